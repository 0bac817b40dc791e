"""One letter's data for tests of how it is written, without a store."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.documents.data import Data, Sender
from callstation.documents.values import Day, Money, Row, count
from db.vocabulary import DocumentKind

CONTRACT: Row = {
    "number": "C-1003", "customer": None, "products": "Quillbase Scale", "quantity": count(90),
    "starts_on": Day(date(2025, 12, 14)), "ends_on": Day(date(2026, 12, 13)),
    "value": Money(Decimal("48200.00"), "EUR"), "vendor": "Quillbase", "distributor": None, "order_number": None,
}  # fmt: skip
RENEWAL: Row = {
    "starts_on": Day(date(2026, 12, 14)), "ends_on": Day(date(2027, 12, 13)),
    "amount": Money(Decimal("48200.00"), "EUR"), "quantity": count(90), "days_left": count(18),
    "old_price": Money(Decimal("48200.00"), "EUR"), "new_price": Money(Decimal("50610.00"), "EUR"),
    "order_number": "PO-77",
}  # fmt: skip
QUOTE: Row = {
    "number": "Q-2026-0001", "version": count(2), "total": Money(Decimal("48200.00"), "EUR"),
    "valid_until": Day(date(2026, 12, 1)), "priced_on": Day(date(2026, 11, 25)), "starts_on": Day(date(2026, 12, 14)),
    "ends_on": Day(date(2027, 12, 13)), "option": "as_is", "note": None,
}  # fmt: skip
SENDER = Sender(
    "Nordlicht Software GmbH", ("Hafenstr. 12", "20457 Hamburg"), signed_by="Dana Kim", signed_as="Renewals"
)


def letter(*, fields: Mapping[str, Row | None] | None = None, **values: Any) -> Data:
    """A reminder to Halden Robotics, with what the test speaks of put in."""
    own: dict[str, Row | None] = {
        "account": {"name": "Halden Robotics", "city": "Boston", "region": "MA", "postal_code": None, "country": None},
        "contact": {"name": "Priya Raman", "role": None, "email": None}, "contract": CONTRACT, "renewal": RENEWAL,
        "quote": None, "partner": None, "company": {"name": "Nordlicht", "address": None, "contact": None},
        "user": {"name": "Dana Kim", "role": "Renewals"},
    }  # fmt: skip
    defaults: dict[str, Any] = {
        "kind": DocumentKind.REMINDER, "locale": "en_US", "paper": "A4", "made_on": date(2026, 11, 25),
        "title": "Reminder", "subject": "Reminder", "paragraphs": ("Dear Priya Raman,", "It ends soon."),
        "closing": "Kind regards,", "sender": SENDER, "address": ("Halden Robotics", "Boston, MA"),
    }  # fmt: skip
    return Data(**{**defaults, **values, "fields": {**own, **(fields or {})}})
