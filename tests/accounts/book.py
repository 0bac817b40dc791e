"""A small book that several tests read: two customers, one of them sold to by a partner."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.calling.targets import refresh_targets
from callstation.work import Work
from db.vocabulary import AccountKind, RenewalStage
from tests import factories


@dataclass(frozen=True, slots=True)
class Book:
    """The ids of what is in the book."""

    direct: int
    sold: int
    partner: int

    @staticmethod
    def target_of(work: Work, account_id: int) -> int:
        return int(work.rows("SELECT id FROM call_target WHERE account_id = ?", (account_id,))[0][0])


def small_book(work: Work) -> Book:
    """Halden Robotics (direct), Orchard & Vine through Northgate Systems; all with a person and a number."""
    direct = factories.customer(work, ends_on=date(2026, 12, 2))
    partner = factories.account(work, "Northgate Systems", kind=AccountKind.PARTNER, city="Leeds", country="GB")
    factories.phone(work, factories.contact(work, partner, "Élodie Marchand"), "+442079460018")
    sold = factories.account(work, "Orchard & Vine", city="Leeds", country="GB")
    factories.phone(work, factories.contact(work, sold, "Marta Ellison", role="Head of IT"), "+442079460999")
    contract = factories.contract(
        work, sold, date(2027, 1, 31), "OV-2024-117", partner_id=partner, value=Decimal(9000), currency="GBP"
    )
    factories.renewal(work, contract, sold, date(2027, 1, 31), amount=Decimal(9000), currency="GBP")
    ended = factories.contract(work, sold, date(2025, 1, 31), "OV-2023-090", partner_id=partner, currency="GBP")
    factories.renewal(
        work, ended, sold, date(2025, 1, 31), currency="GBP", stage=RenewalStage.WON, closed_at=work.now
    )  # fmt: skip
    refresh_targets(work)
    return Book(direct, sold, partner)


def whole_store(work: Work) -> list[object]:
    """Every row of every table, to compare a store before and after."""
    tables = work.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' AND name <> 'snapshot_due'"
    )
    return [(name, sorted(work.rows(f"SELECT * FROM {name}"), key=str)) for (name,) in tables]
