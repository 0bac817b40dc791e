"""A book with a pipeline: renewals in several stages and currencies, and growth beside them."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from callstation.calling.targets import refresh_targets
from callstation.work import Work
from db.nouns import Growth
from db.vocabulary import ForecastCategory, GrowthKind, RenewalStage
from tests.factories import account, contact, contract, phone, renewal


@dataclass(frozen=True)
class One:
    """One renewal of the book; ``closes_in`` days from the rep's today."""

    name: str
    closes_in: int
    amount: str | None = "1000"
    stage: RenewalStage = RenewalStage.NOT_STARTED
    category: ForecastCategory = ForecastCategory.PIPELINE
    currency: str = "USD"
    step: str | None = None
    slips: int = 0


BOOK = (
    One("Halden Robotics", 12, "48200", RenewalStage.QUOTED, ForecastCategory.BEST_CASE, step="Call the CFO"),
    One("Orchard & Vine", 25, "9000.50", RenewalStage.VERBAL_YES, ForecastCategory.MOST_LIKELY, slips=2),
    One("Kestrel Analytics", -3, "12000", RenewalStage.CONTACTED, currency="EUR"),
    One("Blue Fjord", 70, None),
)


def fill(work: Work, ones: tuple[One, ...] = BOOK, *, has_growth: bool = True) -> None:
    for place, one in enumerate(ones):
        account_id = account(work, one.name)
        phone(work, contact(work, account_id, "Priya Raman"), f"+1617555{place:04}")
        day = work.today + timedelta(days=one.closes_in)
        contract_id = contract(work, account_id, day, number=f"C-{place}", currency=one.currency)
        renewal(
            work, contract_id, account_id, day, amount=None if one.amount is None else Decimal(one.amount),
            currency=one.currency, stage=one.stage, category=one.category, next_step=one.step, slips=one.slips,
        )  # fmt: skip
    if has_growth:
        work.insert(
            Growth, uid=uuid4().hex, kind=GrowthKind.CROSS_SELL, account_id=1, title="Mail Archive",
            amount=Decimal(700), currency="USD", term_months=Decimal(12), stage=RenewalStage.QUOTED,
            category=ForecastCategory.BEST_CASE, close_on=work.today + timedelta(days=40), created_at=work.now,
        )  # fmt: skip
    refresh_targets(work)
