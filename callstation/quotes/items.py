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


def renewal_item(line: OwnedLine, quantity: int, typed: Decimal | None, discount: Decimal, uplift: Decimal) -> Item:
    """What is owned: at the typed price, else the contracted, else the list's; ``uplift`` is the policy's.

    The uplift of the line beats that of the contract, and both the policy's. A typed price is the price: no uplift.
    """
    unit_list, contracted, source = kept(line.unit_list), line.contracted, line.price_source
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
        None if line.unit_cost is None else kept(line.unit_cost),
    )  # fmt: skip


def offer_item(
    offer: Offer, key: str, quantity: int, discount: Decimal, typed: Decimal | None, replaced: OwnedLine | None = None
) -> Item:
    """What is offered: at the typed price, else the list's; in the place of an owned line, or beside them."""
    return Item(
        key, offer.kind, replaced.renewal_id if replaced else None, offer.product_id, offer.product, offer.sku,
        offer.family, replaced.account if replaced else "", quantity, kept(offer.unit_list), offer.plan_months,
        "list" if typed is None else "typed", typed, Decimal(0), discount,
        None if offer.unit_cost is None else kept(offer.unit_cost),
    )  # fmt: skip


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
