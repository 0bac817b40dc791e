"""Books with a catalogue: customers who own something priced, and a partner with end customers."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.work import Work
from db.nouns import ContractLine, PriceBook, PriceEntry, Product
from db.vocabulary import AccountKind, ProductKind
from tests import factories as make

PRICES: dict[str, tuple[str, str, str, str | None, ProductKind]] = {
    "Quillbase Starter": ("QB-S", "Quillbase", "240", "150", ProductKind.PLAN),
    "Quillbase Growth": ("QB-G", "Quillbase", "535.56", "320", ProductKind.PLAN),
    "Quillbase Scale": ("QB-X", "Quillbase", "780", "460", ProductKind.PLAN),
    "Sentrylane Team": ("SL-T", "Sentrylane", "96", None, ProductKind.PLAN),
    "Quillbase SSO": ("QB-SSO", "Quillbase", "36", "12", ProductKind.ADD_ON),
}
Owned = Sequence[tuple[str, int, str | None]]
"""Product, units, value."""


def catalogue(work: Work, /, **renamed: str) -> dict[str, int]:
    """The products with their prices of the year; their ids by name. ``renamed``: SKU without its dash to a name."""
    ids = {}
    book = work.insert(
        PriceBook, uid=uuid4().hex, name="2026", currency="USD", valid_from=date(2026, 1, 1), valid_to=None,
        created_at=work.now,
    )  # fmt: skip
    for usual, (sku, family, price, cost, kind) in PRICES.items():
        name = renamed.get(sku.replace("-", ""), usual)
        ids[usual] = work.insert(
            Product, name=name, name_key=name.casefold(), sku=sku, family=family, vendor=family, kind=kind
        )
        work.insert(
            PriceEntry, price_book_id=book, product_id=ids[usual], amount=Decimal(price),
            cost=None if cost is None else Decimal(cost),
        )  # fmt: skip
    return ids


def owns(work: Work, ids: dict[str, int], account_id: int, number: str, days: int, lines: Owned, **values: Any) -> None:
    """A contract of a year that ends in so many days, with its renewal."""
    ends_on = work.today + timedelta(days=days)
    value = sum((Decimal(value) for *_, value in lines if value is not None), Decimal(0)) or None
    contract_id = make.contract(
        work, account_id, ends_on, number=number, value=value,
        starts_on=ends_on.replace(year=ends_on.year - 1) + timedelta(days=1), **values,
    )  # fmt: skip
    for position, (name, units, paid) in enumerate(lines):
        work.insert(
            ContractLine, contract_id=contract_id, position=position, product_id=ids[name], quantity=units,
            value=None if paid is None else Decimal(paid),
        )  # fmt: skip
    currency = values.get("currency", "USD")
    make.renewal(work, contract_id, account_id, ends_on, amount=value, quantity=lines[0][1], currency=currency)


def customers(work: Work, /, *, name: str = "Halden Robotics", **renamed: str) -> None:
    """Two customers: one with two contracts that end on different days, one with a single contract."""
    ids = catalogue(work, **renamed)
    halden = make.account(work, name)
    person = make.contact(work, halden, "Priya Raman", role="Head of Operations", email="priya@halden.example")
    make.phone(work, person)
    owns(work, ids, halden, "C-1003", 9, [("Quillbase Growth", 90, "48200.40")])
    owns(work, ids, halden, "C-1017", 96, [("Sentrylane Team", 40, "3840")])
    fjord = make.account(work, "Blue Fjord Logistics")
    make.phone(work, make.contact(work, fjord, "Anders Lie", email="anders@fjord.example"), "+16175550143")
    owns(work, ids, fjord, "C-2001", 16, [("Quillbase Starter", 60, "14400")])


def partner(work: Work, /, customers_of: Sequence[str], name: str = "Kestrel Software") -> None:
    """A partner whose end customers each own something that ends."""
    ids = catalogue(work)
    partner_id = make.account(work, name, kind=AccountKind.PARTNER)
    make.phone(work, make.contact(work, partner_id, "Pat Partner", email="pat@kestrel.example"), "+16175550100")
    for place, customer in enumerate(customers_of):
        customer_id = make.account(work, customer)
        owns(work, ids, customer_id, f"P-{place}", 9 + 7 * place, [("Quillbase Growth", 10 + place, "6000")],
             partner_id=partner_id)  # fmt: skip
