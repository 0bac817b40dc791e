"""What a practice org is filled with, read from a store in one go."""

from dataclasses import dataclass
from typing import Any

from callstation.work import Work
from db.stored import from_units
from db.vocabulary import NumberKind

Row = dict[str, Any]
_MONEY = ("value", "amount")


@dataclass(frozen=True, slots=True)
class Book:
    """Rows as dicts with the store's own ids; money as float, days as text."""

    accounts: list[Row]
    contacts: list[Row]
    products: list[Row]
    contracts: list[Row]
    lines: list[Row]
    renewals: list[Row]
    campaign: str
    prices: dict[int, float]
    """Product to its newest list price for a year, where the catalogue has one."""


def read_book(work: Work) -> Book:
    """Everything but what has been done: that is what the sync is to bring."""
    contacts = _rows(work, "contact", ("id", "account_id", "name", "role", "email", "is_do_not_call"), "is_active")
    _add_phones(work, contacts)
    found = work.row("SELECT name FROM campaign WHERE is_active ORDER BY id LIMIT 1")
    return Book(
        _rows(work, "account", ("id", "kind", "name", "street", "city", "region", "postal_code", "country")),
        contacts,
        _rows(work, "product", ("id", "name", "family", "sku")),
        _rows(work, "contract", ("id", "account_id", "number", "starts_on", "ends_on")),
        _rows(work, "contract_line", ("id", "contract_id", "product_id", "quantity", "value")),
        _rows(
            work, "renewal",
            ("id", "account_id", "contract_id", "due_on", "close_on", "amount", "stage", "category", "next_step"),
            "stage NOT IN ('won', 'lost')",
        ),
        found[0] if found else "Renewal calls",
        {
            product_id: round(float(from_units(amount)) * 12 / plan_months, 2)
            for product_id, amount, plan_months in work.rows(
                "SELECT e.product_id, e.amount, e.plan_months FROM price_entry e JOIN price_book b "
                "ON b.id = e.price_book_id ORDER BY b.valid_from, e.min_quantity DESC, e.id"
            )
        },
    )  # fmt: skip


def _rows(work: Work, table: str, columns: tuple[str, ...], where: str = "1") -> list[Row]:
    found = [
        dict(zip(columns, row, strict=True))
        for row in work.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE {where} ORDER BY id")
    ]
    for row in found:
        for name in _MONEY:
            if row.get(name) is not None:
                row[name] = float(from_units(row[name]))
    return found


def _add_phones(work: Work, contacts: list[Row]) -> None:
    """The first fixed and the first mobile number of each; a number not to be called makes its contact so."""
    by_id = {one["id"]: one | {"phone": None, "mobile": None} for one in contacts}
    for contact_id, e164, kind, is_blocked in work.rows(
        """SELECT l.contact_id, p.e164, p.kind, p.is_do_not_call FROM contact_phone l JOIN phone p ON p.id = l.phone_id
           ORDER BY l.contact_id, l.position, l.id"""
    ):
        one = by_id.get(contact_id)
        if one is not None:
            which = "mobile" if kind == NumberKind.MOBILE else "phone"
            one[which] = one[which] or e164
            one["is_do_not_call"] = one["is_do_not_call"] or is_blocked
    contacts[:] = by_id.values()
