"""The lines of each way to renew: what is owned for its new term, upgraded where chosen, and the add-ons beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from callstation.quotes.coterm import CommonEnd, by_licence_days, by_price
from callstation.quotes.items import Item, offer_item, renewal_item, share_for, typed_for, upgrade_key
from callstation.quotes.money import kept
from callstation.quotes.months import days_in
from callstation.quotes.pricing import factors_of, price_line, undiscounted
from callstation.quotes.proration import Multiplier, multiplier
from callstation.quotes.terms import Start, grace_of, renewed_until, start_of
from callstation.quotes.worksheet import Choices, Offer, OwnedLine, PricedLine, Worksheet
from db.vocabulary import LineKind, Proration

_MOST_LINES = 2048
"""A key typed changes few lines: of so many owned ones each option is remembered, and only what changed made anew."""


class Rules(NamedTuple):
    """What decides the price of every line alike."""

    today: date
    currency: str
    proration: Proration
    is_backdated: bool
    uplift: Decimal
    fee_share: Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Renewing:
    """An owned line that renews, for how many units and when; one object for the same question, compared as such."""

    line: OwnedLine
    quantity: int
    start: Start
    ends_on: date
    """Renewed for its own last term."""
    item: Item
    """Priced as it is owned."""
    rules: Rules


class Worked(NamedTuple):
    """A line worked out."""

    line: PricedLine
    before: Decimal
    """What it would come to without discount and fee."""


def renewing(sheet: Worksheet, choices: Choices) -> tuple[Renewing, ...]:
    """The owned lines that are not left out."""
    rules = _rules(sheet)
    return tuple(
        _renewing(
            line, quantity, typed_for(choices, line.key), share_for(choices, line.key),
            grace_of(sheet.policy, line.vendor), rules,
        )
        for line in sheet.lines
        if (quantity := choices.quantities.get(line.key, line.quantity)) > 0
    )  # fmt: skip


@lru_cache(2 * _MOST_LINES)  # as is and for three years
def renewed(one: Renewing, ends_on: date) -> Worked:
    """The line as it is, until a day; by the policy's proration."""
    times = multiplier(one.rules.proration, one.start.starts_on, ends_on, one.line.plan_months)
    return _worked(one.item, one, ends_on, times)


@lru_cache(_MOST_LINES)
def renewed_by_price(one: Renewing, ends_on: date) -> Worked:
    """The line until a common end by the price of its last term (``coterm.by_price``).

    Where the price is agreed or typed that price is prorated instead, and so is the list price where it is not known
    what was paid, or from when.
    """
    line, item, starts_on = one.line, one.item, one.start.starts_on
    if item.contracted is None and item.price_source != "typed" and line.paid and line.starts_on:
        old_days, new_days = days_in(line.starts_on, line.ends_on), days_in(starts_on, ends_on)
        found = by_price(
            line.paid, line.quantity, old_days, new_days, line.plan_months, one.rules.currency, quantity=one.quantity
        )
        if found is not None:
            listed = found.unit_price if item.price_source == "unknown" else item.unit_list
            item = item._replace(contracted=found.unit_price, unit_list=listed, price_source="last_paid")
            plain = multiplier(one.rules.proration, starts_on, ends_on, line.plan_months)
            return _worked(item, one, ends_on, found.times, plain)
    return renewed.__wrapped__(one, ends_on)


@lru_cache(_MOST_LINES)
def renewed_by_licence_days(one: Renewing, ends_on: date) -> Worked:
    """The line to the common end of all licence-days: it pays for one whole term of its own, whenever all end."""
    times = multiplier(one.rules.proration, one.start.starts_on, one.ends_on, one.line.plan_months)
    return _worked(one.item, one, ends_on, times._replace(words=f"{times.words}, in licence-days"))


@lru_cache(_MOST_LINES)
def upgraded(one: Renewing, offer: Offer, typed: Decimal | None) -> Worked:
    """The line as another edition from its renewal on, at that edition's own price: no uplift, no old agreement."""
    line = one.line
    item = offer_item(offer, line.key, one.quantity, one.item.discount, typed, line)
    times = multiplier(one.rules.proration, one.start.starts_on, one.ends_on, offer.plan_months)
    return _worked(item, one, one.ends_on, times)


def upgrades(sheet: Worksheet, choices: Choices) -> dict[str, tuple[Offer, Decimal | None]]:
    """The edition each owned line is upgraded to, by its key, with its price where one is typed.

    The chosen one, else the first that is offered for it.
    """
    found: dict[str, Offer] = {}
    for offer in sheet.offers:
        key = offer.replaces
        if offer.kind is LineKind.UPGRADE and (key not in found or offer.product_id == choices.upgrades.get(key)):
            found[key] = offer
    return {key: (offer, typed_for(choices, upgrade_key(key, offer.product_id))) for key, offer in found.items()}


def add_ons(sheet: Worksheet, choices: Choices, starts_on: date | None, ends_on: date) -> Iterator[Worked]:
    """The chosen add-ons, prorated from the first new term's start (never before today) to the option's end.

    They stand in the catalogue's order, not in that of choosing, which JSON does not keep.
    """
    offers = {offer.product_id: offer for offer in sheet.offers if offer.kind is LineKind.ADD_ON}
    begins = max(starts_on or sheet.priced_on, sheet.priced_on)
    for product_id, offer in offers.items():
        units = choices.add_ons.get(product_id, 0)
        if units > 0:
            key = add_on_key(product_id)
            item = offer_item(offer, key, units, share_for(choices, key), typed_for(choices, key))
            times = multiplier(sheet.policy.proration, begins, ends_on, offer.plan_months)
            line = price_line(item, begins, ends_on, times, sheet.currency)
            yield Worked(line, undiscounted(factors_of(line), sheet.currency))


def licence_days_end(lines: Sequence[Renewing], today: date) -> CommonEnd:
    """Where all licence-days end together: those left to the units owned, and a term for each unit that renews.

    ``ValueError`` for no lines.
    """
    pools, units = [], 0
    for one in lines:
        term = days_in(one.start.starts_on, one.ends_on)
        left = one.start.starts_on.toordinal() - 1 - today.toordinal()
        units += one.quantity
        if one.quantity == one.line.quantity:
            pools.append((one.quantity, left + term))
        else:
            pools += [(one.line.quantity, left), (one.quantity, term)]
    return by_licence_days(today, pools, units)


def add_on_key(product_id: int) -> str:
    """The key of an add-on's line, by which it is discounted or its price is typed: "a77"."""
    return f"a{product_id}"


def price_key(line: PricedLine) -> str:
    """The key under which the price of a line is typed: its own, or "c12.1>77" where it is upgraded to product 77.

    An upgraded line keeps the owned line's key for its units and its discount, but the price of the new product is
    not that of the old one.
    """
    return upgrade_key(line.key, line.product_id) if line.kind is LineKind.UPGRADE else line.key


def _rules(sheet: Worksheet) -> Rules:
    policy = sheet.policy
    return Rules(
        sheet.priced_on, sheet.currency, policy.proration, policy.is_backdated, kept(policy.uplift),
        kept(policy.reinstatement_fee),
    )  # fmt: skip


@lru_cache(_MOST_LINES)
def _renewing(
    line: OwnedLine, quantity: int, typed: Decimal | None, share: Decimal, grace_days: int, rules: Rules
) -> Renewing:
    start = start_of(line, rules.today, grace_days=grace_days, is_backdated=rules.is_backdated)
    item = renewal_item(line, quantity, typed, share, rules.uplift)
    return Renewing(line, quantity, start, renewed_until(start.starts_on, line), item, rules)


def _worked(item: Item, one: Renewing, ends_on: date, times: Multiplier, plain: Multiplier | None = None) -> Worked:
    fee, currency = one.rules.fee_share if one.start.has_fee else Decimal(0), one.rules.currency
    line = price_line(item, one.start.starts_on, ends_on, times, currency, fee_share=fee, plain=plain)
    return Worked(line, undiscounted(factors_of(line), currency))
