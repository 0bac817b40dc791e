"""What a line sells and at which price, as owned or offered and as the rep chose, before it is known for how long."""

from decimal import Decimal
from typing import NamedTuple

from callstation.quotes.money import kept
from callstation.quotes.worksheet import Choices, Offer, OwnedLine
from db.vocabulary import LineKind

_MOST = Decimal(10) ** 12
"""No price is typed beyond it."""


class Item(NamedTuple):
    """A line without its term; every price and share in ten-thousandths, as a store keeps it."""

    key: str
    kind: LineKind
    renewal_id: int | None
    product_id: int
    product: str
    sku: str
    family: str
    end_customer: str
    quantity: int
    unit_list: Decimal
    plan_months: int
    price_source: str
    contracted: Decimal | None
    uplift: Decimal
    discount: Decimal
    unit_cost: Decimal | None


class Listed(NamedTuple):
    """The list price and the cost of a unit; no amount where the catalogue has no price for so few."""

    amount: Decimal | None
    cost: Decimal | None


def renewal_item(line: OwnedLine, quantity: int, typed: Decimal | None, discount: Decimal, uplift: Decimal) -> Item:
    """What is owned: at the typed price, else the contracted, else the list's for so many; ``uplift`` is the policy's.

    The uplift of the line beats that of the contract, and both the policy's. A typed price is the price: no uplift.
    """
    listed = listed_at(line, quantity)
    unit_list, contracted, source = kept(listed.amount or Decimal(0)), line.contracted, line.price_source
    if listed.amount is None:
        source = "unknown"
    if contracted is not None:
        contracted, source = kept(contracted), "contracted"
        unit_list = unit_list or contracted
    uplift = next((share for share in (line.line_uplift, line.contract_uplift) if share is not None), uplift)
    if typed is not None:
        is_listed = source != "unknown" and unit_list > 0
        unit_list, contracted = (unit_list, typed) if is_listed else (typed, None)
        source, uplift = "typed", Decimal(0)
    return Item(
        line.key, LineKind.RENEWAL, line.renewal_id, line.product_id, line.product, line.sku, line.family,
        line.account, quantity, unit_list, line.plan_months, source, contracted, kept(uplift), discount,
        None if listed.cost is None else kept(listed.cost),
    )  # fmt: skip


def offer_item(
    offer: Offer, key: str, quantity: int, discount: Decimal, typed: Decimal | None, replaced: OwnedLine | None = None
) -> Item:
    """What is offered: at the typed price, else the list's for so many; in place of an owned line, or beside them."""
    listed = listed_at(offer, quantity)
    unit_list, contracted, source = kept(listed.amount or Decimal(0)), typed, "list"
    if listed.amount is None:  # what is typed is all there is
        unit_list, contracted, source = typed or Decimal(0), None, "unknown"
    if typed is not None:
        source = "typed"
    return Item(
        key, offer.kind, replaced.renewal_id if replaced else None, offer.product_id, offer.product, offer.sku,
        offer.family, replaced.account if replaced else "", quantity, unit_list, offer.plan_months,
        source, contracted, Decimal(0), discount, None if listed.cost is None else kept(listed.cost),
    )  # fmt: skip


def listed_at(one: OwnedLine | Offer, quantity: int) -> Listed:
    """What the catalogue asks for a unit of so many, and what we pay for it."""
    if not one.breaks:
        return Listed(one.unit_list, one.unit_cost)
    for held in reversed(one.breaks):
        if held.min_quantity <= quantity:
            return Listed(held.amount, held.cost)
    return Listed(None, None)


def typed_for(choices: Choices, key: str) -> Decimal | None:
    """The price typed for a line; None where there is none, or what is typed is no price."""
    typed = choices.prices.get(key)
    return kept(typed) if typed is not None and typed.is_finite() and 0 <= typed < _MOST else None


def share_for(choices: Choices, key: str) -> Decimal:
    """The discount on a line, its own or the quote's, from 0 to 1; 0 for what is no number."""
    share = choices.discounts.get(key, choices.discount)
    return kept(min(max(share, Decimal(0)), Decimal(1))) if share.is_finite() else Decimal(0)


def upgrade_key(key: str, product_id: int) -> str:
    """The key under which the price of a line upgraded to a product is typed: "c12.1>77"."""
    return f"{key}>{product_id}"
