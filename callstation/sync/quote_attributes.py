"""What of a quote and its lines is the same on both sides, and what its states are called there."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from callstation.sync.attribute import NOT_SAID, Attribute, Fields, Local, text
from callstation.sync.context import Context
from callstation.sync.line_price import line_price
from db.stored import from_units
from db.vocabulary import QuoteStatus

STATUS_NAMES: Mapping[QuoteStatus, tuple[str, ...]] = {
    QuoteStatus.SENT: ("Presented",),
    QuoteStatus.ACCEPTED: ("Accepted",),
    QuoteStatus.REJECTED: ("Denied", "Rejected"),
    QuoteStatus.EXPIRED: ("Expired", "Presented"),
    QuoteStatus.SUPERSEDED: ("Superseded", "Replaced", "Rejected", "Denied"),
}
"""``Quote.Status`` (salesforce.md, Objects): the first that the company has; where it is not quite ours, the quote's
description says so. Quotes that were not sent are not told of."""
DECISIONS: Mapping[str, QuoteStatus] = {
    "accepted": QuoteStatus.ACCEPTED, "denied": QuoteStatus.REJECTED, "rejected": QuoteStatus.REJECTED,
    "expired": QuoteStatus.EXPIRED,
}  # fmt: skip
"""What is taken from there. A quote that was decided here is not opened again by a machine."""


def status_name(status: str, context: Context) -> str | None:
    """What a state is called there; None where the company's list has nothing that is near it."""
    names = STATUS_NAMES.get(QuoteStatus(status), ())
    shape = context.field("Quote", "Status")
    if shape is None or not shape.values:
        return names[0] if names else None
    known = {value.casefold(): value for value in shape.values}
    return next((known[name.casefold()] for name in names if name.casefold() in known), None)


def _status(local: Local, context: Context) -> dict[str, Any]:
    name = status_name(local["status"], context)
    return {} if name is None else {"Status": name}


def _read_status(fields: Fields, context: Context) -> Any:
    said, ours = str(fields.get("Status") or ""), fields.get("~status")
    if ours is not None and said == status_name(ours, context):
        return ours
    found = DECISIONS.get(said.casefold())
    return NOT_SAID if found is None else found.value


def _parent(local: Local, context: Context) -> dict[str, Any]:
    return {("QuoteId" if local["is_quote_line"] else "OpportunityId"): local["parent"]}


def _price(local: Local, context: Context) -> dict[str, Any]:
    """An opportunity's line takes its total as it is; a quote's has to come to it."""
    amount = from_units(local["amount"])
    if not local["is_quote_line"]:
        return {"Quantity": local["quantity"] or 1, "TotalPrice": float(amount)}
    found = line_price(local["quantity"], amount, from_units(local["discount"]))
    values: dict[str, Any] = {"Quantity": found.quantity, "UnitPrice": float(found.unit_price)}
    return values if found.discount is None else {**values, "Discount": float(found.discount)}


def _place(local: Local, context: Context) -> dict[str, Any]:
    return {"SortOrder": local["position"] + 1} if local["is_quote_line"] else {}


def seats_are_lost(quantity: int, amount: Decimal, discount: Decimal) -> bool:
    """Whether a line goes as one piece, so that its words have to say how many it is."""
    return line_price(quantity, amount, discount).quantity != quantity


QUOTE = (
    text("title", "Name", "Name", is_read=False),
    text("opportunity", "Opportunity", "OpportunityId", is_create_only=True, is_read=False),
    text("contact", "Contact", "ContactId", is_read=False),
    Attribute("status", "Status", ("Status",), _status, _read_status),
    text("valid_until", "Valid until", "ExpirationDate", is_read=False),
    text("note", "Description", "Description", is_read=False),
    Attribute(
        "book", "Price book", ("Pricebook2Id",),
        lambda local, context: {"Pricebook2Id": local["book"]} if local["book"] else {},
    ),
)  # fmt: skip
QUOTE_LINE = (
    Attribute("parent", "Quote", ("QuoteId", "OpportunityId"), _parent, is_create_only=True),
    text("entry", "Price", "PricebookEntryId", is_create_only=True, is_read=False),
    Attribute("amount", "Price", ("UnitPrice", "TotalPrice", "Quantity", "Discount"), _price),
    text("note", "Description", "Description", is_read=False),
    text("starts_on", "Starts", "ServiceDate", is_read=False),
    Attribute("position", "Place", ("SortOrder",), _place),
)  # fmt: skip
"""Of a line of a quote, or of an opportunity where the company has no quotes."""
