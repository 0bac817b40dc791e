"""The lines of each way to renew: what is owned for its new term, upgraded where chosen, and the add-ons beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.quotes.coterm import CommonEnd, by_licence_days, paid_per_plan, price_words
from callstation.quotes.money import kept
from callstation.quotes.months import days_in
from callstation.quotes.pricing import Item, price_line
from callstation.quotes.proration import Multiplier, multiplier
from callstation.quotes.terms import Start, renewed_until, start_of
from callstation.quotes.worksheet import Choices, Offer, OwnedLine, Policy, PricedLine, Worksheet
from db.vocabulary import CoTermMethod, LineKind

_MOST = Decimal(10) ** 12
"""No price is typed beyond it."""


@dataclass(frozen=True, slots=True)
class Renewing:
    """An owned line that renews, for how many units and when."""

    line: OwnedLine
    quantity: int
    start: Start
    ends_on: date
    """Renewed for its own last term."""
    item: Item
    """Priced as it is owned."""


def add_on_key(product_id: int) -> str:
    """The key of an add-on's line, by which it is discounted or its price is typed: "a77"."""
    return f"a{product_id}"


def price_key(line: PricedLine) -> str:
    """The key under which the price of a line is typed: its own, or "c12.1>77" where it is upgraded to product 77.

    An upgraded line keeps the owned line's key for its units and its discount, but the price of the new product is
    not that of the old one.
    """
    return _upgrade_key(line.key, line.product_id) if line.kind is LineKind.UPGRADE else line.key


def renewing(sheet: Worksheet, choices: Choices) -> tuple[Renewing, ...]:
    """The owned lines that are not left out."""
    found = []
    for line in sheet.lines:
        quantity = choices.quantities.get(line.key, line.quantity)
        if quantity > 0:
            start = start_of(line, sheet.priced_on, sheet.policy)
            ends_on = renewed_until(start.starts_on, line)
            found.append(Renewing(line, quantity, start, ends_on, _renewal_item(line, quantity, choices, sheet.policy)))
    return tuple(found)


def renewed(one: Renewing, ends_on: date, sheet: Worksheet) -> PricedLine:
    """The line as it is, until a day; by the policy's proration."""
    times = multiplier(sheet.policy.proration, one.start.starts_on, ends_on, one.line.plan_months)
    return _priced(one.item, one, ends_on, times, sheet)


def renewed_by_price(one: Renewing, ends_on: date, sheet: Worksheet) -> PricedLine:
    """The line until a common end by the price of its last term (``coterm.by_price``).

    Where the price is agreed or typed that price is prorated instead, and so is the list price where it is not known
    what was paid, or from when.
    """
    line, starts_on = one.line, one.start.starts_on
    item = one.item
    if item.contracted is None and item.price_source != "typed" and line.paid and line.starts_on:
        old_days, new_days = days_in(line.starts_on, line.ends_on), days_in(starts_on, ends_on)
        per_plan = paid_per_plan(line.paid, line.quantity, old_days, new_days, line.plan_months)
        if per_plan is not None:
            words = price_words(line.paid, old_days, new_days, sheet.currency)
            more = "" if one.quantity == line.quantity else f" x {one.quantity} of {line.quantity} units"
            unit, times = per_plan[0], per_plan[1]._replace(words=f"{words}{more}")
            is_known = item.price_source != "unknown"
            item = item._replace(
                contracted=unit, unit_list=item.unit_list if is_known else unit, price_source="last_paid"
            )
            plain = multiplier(sheet.policy.proration, starts_on, ends_on, line.plan_months)
            return _priced(item, one, ends_on, times, sheet, plain)
    return renewed(one, ends_on, sheet)


def renewed_by_licence_days(one: Renewing, end: CommonEnd, sheet: Worksheet) -> PricedLine:
    """The line to the common end of all licence-days: it pays for one whole term of its own, whenever all end."""
    times = multiplier(sheet.policy.proration, one.start.starts_on, one.ends_on, one.line.plan_months)
    times = times._replace(words=f"{times.words}, in licence-days")
    return _priced(one.item, one, end.ends_on, times, sheet)


def licence_days_end(lines: Iterable[Renewing], today: date) -> CommonEnd:
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


def upgraded(one: Renewing, offer: Offer, sheet: Worksheet, choices: Choices) -> PricedLine:
    """The line as another edition from its renewal on, at that edition's own price: no uplift, no old agreement."""
    line = one.line
    item = _offer_item(
        offer, line.key, _upgrade_key(line.key, offer.product_id), line.renewal_id, line.account, one.quantity, choices
    )
    times = multiplier(sheet.policy.proration, one.start.starts_on, one.ends_on, offer.plan_months)
    return _priced(item, one, one.ends_on, times, sheet)


def upgrades(sheet: Worksheet, choices: Choices) -> dict[str, Offer]:
    """The edition each owned line is upgraded to, by its key: the chosen one, else the first that is offered for it."""
    found: dict[str, Offer] = {}
    for offer in sheet.offers:
        key = offer.replaces
        if offer.kind is LineKind.UPGRADE and (key not in found or offer.product_id == choices.upgrades.get(key)):
            found[key] = offer
    return found


def add_ons(sheet: Worksheet, choices: Choices, starts_on: date | None, ends_on: date) -> Iterator[PricedLine]:
    """The chosen add-ons, prorated from the first new term's start (never before today) to the option's end.

    They stand in the catalogue's order, not in that of choosing, which JSON does not keep.
    """
    offers = {offer.product_id: offer for offer in sheet.offers if offer.kind is LineKind.ADD_ON}
    begins = max(starts_on or sheet.priced_on, sheet.priced_on)
    for product_id, offer in offers.items():
        units = choices.add_ons.get(product_id, 0)
        if units > 0:
            key = add_on_key(product_id)
            item = _offer_item(offer, key, key, None, "", units, choices)
            times = multiplier(sheet.policy.proration, begins, ends_on, offer.plan_months)
            yield price_line(item, begins, ends_on, times, sheet.currency)


def common_end(lines: Iterable[Renewing], sheet: Worksheet, choices: Choices) -> CommonEnd | None:
    """Where a co-termed quote ends: as typed, by licence-days where the policy says so, else the latest end as is.

    None for no lines; its words are empty where nothing had to be worked out.
    """
    found = tuple(lines)
    if not found:
        return None
    ends_on = choices.ends_on
    if ends_on is None and sheet.policy.co_term is CoTermMethod.BY_LICENCE_DAYS:
        return licence_days_end(found, sheet.priced_on)
    ends_on = ends_on or max(one.ends_on for one in found)
    return CommonEnd(ends_on, (ends_on - sheet.priced_on).days, "")


def _priced(
    item: Item, one: Renewing, ends_on: date, times: Multiplier, sheet: Worksheet, plain: Multiplier | None = None
) -> PricedLine:
    fee = kept(sheet.policy.reinstatement_fee) if one.start.has_fee else Decimal(0)
    return price_line(item, one.start.starts_on, ends_on, times, sheet.currency, fee_share=fee, plain=plain)


def _renewal_item(line: OwnedLine, quantity: int, choices: Choices, policy: Policy) -> Item:
    unit_list, contracted, source = kept(line.unit_list), line.contracted, line.price_source
    if contracted is not None:
        contracted, source = kept(contracted), "contracted"
        unit_list = unit_list or contracted
    uplift = next((at for at in (line.line_uplift, line.contract_uplift) if at is not None), policy.uplift)
    typed = _typed(choices, line.key)
    if typed is not None:
        is_priced = source != "unknown" and unit_list > 0
        unit_list, contracted = (unit_list, typed) if is_priced else (typed, None)
        source, uplift = "typed", Decimal(0)
    return Item(
        line.key, LineKind.RENEWAL, line.renewal_id, line.product_id, line.product, line.sku, line.family,
        line.account, quantity, unit_list, line.plan_months, source,
        contracted, kept(uplift), _discount(choices, line.key),
        None if line.unit_cost is None else kept(line.unit_cost),
    )  # fmt: skip


def _offer_item(
    offer: Offer, key: str, typed_key: str, renewal_id: int | None, account: str, units: int, choices: Choices
) -> Item:
    typed = _typed(choices, typed_key)
    return Item(
        key, offer.kind, renewal_id, offer.product_id, offer.product, offer.sku, offer.family, account, units,
        kept(offer.unit_list), offer.plan_months, "list" if typed is None else "typed", typed, Decimal(0),
        _discount(choices, key), None if offer.unit_cost is None else kept(offer.unit_cost),
    )  # fmt: skip


def _typed(choices: Choices, key: str) -> Decimal | None:
    typed = choices.prices.get(key)
    return kept(typed) if typed is not None and typed.is_finite() and 0 <= typed < _MOST else None


def _discount(choices: Choices, key: str) -> Decimal:
    share = choices.discounts.get(key, choices.discount)
    return kept(min(max(share, Decimal(0)), Decimal(1))) if share.is_finite() else Decimal(0)


def _upgrade_key(key: str, product_id: int) -> str:
    return f"{key}>{product_id}"
