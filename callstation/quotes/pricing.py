"""The price of one line from its factors, rounded once, and the sum in words so that anyone can repeat it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from callstation.quotes.items import Item
from callstation.quotes.money import exact, factor, minor_unit, number, percent, round_to
from callstation.quotes.months import months_words
from callstation.quotes.proration import Multiplier
from callstation.quotes.worksheet import PricedLine, SumStep

_PRICE_WORDS = {
    "list": "list price", "contracted": "contracted price", "typed": "agreed price", "last_paid": "last paid",
}  # fmt: skip


_SIX = Decimal("0.000001")


class Factors(NamedTuple):
    """Everything that decides a line's amount, as its stored row has it too.

    ``price_source`` "typed" with a ``contracted``: that is the typed price, ``unit_list`` the catalogue's.
    ``price_source`` "last_paid" with a ``contracted``: co-termed by price (``coterm.by_price``).
    """

    quantity: int
    unit_list: Decimal
    plan_months: int
    price_source: str
    contracted: Decimal | None
    uplift: Decimal
    discount: Decimal
    multiplier: tuple[int, int]
    multiplier_words: str
    fee: Decimal

    @property
    def unit_price(self) -> Decimal:
        """What a unit costs for ``plan_months`` before uplift and discount."""
        return self.unit_list if self.contracted is None else self.contracted

    @property
    def is_typed_against_list(self) -> bool:
        """Whether the rep typed another price than the catalogue's."""
        return self.price_source == "typed" and self.contracted is not None


def factors_of(line: PricedLine) -> Factors:
    """The factors of a line that is worked out."""
    return Factors(
        line.quantity, line.unit_list, line.plan_months, line.price_source, line.contracted, line.uplift,
        line.discount, line.multiplier, line.multiplier_words, line.fee,
    )  # fmt: skip


def amount_of(factors: Factors, currency: str) -> Decimal:
    """The line's amount, its fee included.

    Quantity x contracted or list x (1 + uplift) x (1 - discount) x multiplier, rounded half-up to the currency's minor
    unit here and never again; the fee is an amount rounded already. Source: trade.md, Renewals, pricing.
    """
    with exact():
        return round_to(_whole(factors), currency) + factors.fee


def undiscounted(factors: Factors, currency: str) -> Decimal:
    """What the line would come to without its discount and without its fee; a typed price counts from the list."""
    with exact():
        unit = factors.unit_price
        if factors.is_typed_against_list:
            unit = max(factors.unit_list, unit * (1 - factors.discount))
        raised = factors.quantity * unit * (1 + factors.uplift)
        return round_to(raised * factors.multiplier[0] / factors.multiplier[1], currency)


def discount_of(factors: Factors) -> Decimal:
    """The share that the rep gives away: the discount, or how far a typed price lies below the list with it; 0..1."""
    if not factors.is_typed_against_list or factors.unit_list <= 0:
        return factors.discount
    with exact():
        return max(1 - factors.unit_price * (1 - factors.discount) / factors.unit_list, Decimal(0))


def explain(factors: Factors, currency: str) -> tuple[SumStep, ...]:
    """The sum, step by step; the last step comes to ``amount_of``. Steps before the rounding show six decimals."""
    with exact():
        return tuple(_steps(factors, currency))


def price_line(
    item: Item, starts_on: date, ends_on: date, times: Multiplier, currency: str, *,
    fee_share: Decimal = Decimal(0), plain: Multiplier | None = None,
) -> PricedLine:  # fmt: skip
    """One line worked out. ``plain``: the multiplier for list price and cost where ``times`` is one by price paid."""
    with exact():
        multiplier = (times.numerator, times.denominator)
        listed = multiplier if plain is None else (plain.numerator, plain.denominator)
        factors = Factors(
            item.quantity, item.unit_list, item.plan_months, item.price_source, item.contracted, item.uplift,
            item.discount, multiplier, times.words, Decimal(0),
        )  # fmt: skip
        if fee_share:
            factors = factors._replace(fee=round_to(amount_of(factors, currency) * fee_share, currency))
        steps = tuple(_steps(factors, currency))
        quantity, cost = item.quantity, item.unit_cost
        return PricedLine(
            item.key, item.kind, item.renewal_id, item.product_id, item.product, item.sku, item.family,
            item.end_customer, quantity, item.unit_list, item.plan_months, item.price_source, item.contracted,
            item.uplift, item.discount, multiplier, times.words, cost, factors.fee, starts_on, ends_on,
            round_to(quantity * item.unit_list * listed[0] / listed[1], currency), steps[-1].amount,
            None if cost is None else round_to(quantity * cost * listed[0] / listed[1], currency), steps,
        )  # fmt: skip


def _whole(factors: Factors) -> Decimal:
    """The amount before rounding: one division, at the end, so that nothing before it is inexact."""
    raised = factors.quantity * factors.unit_price * (1 + factors.uplift) * (1 - factors.discount)
    return raised * factors.multiplier[0] / factors.multiplier[1]


def _steps(factors: Factors, currency: str) -> list[SumStep]:
    numerator, denominator = factors.multiplier
    price = factors.unit_price
    running = factors.quantity * price
    if is_by_price := factors.price_source == "last_paid" and factors.contracted is not None:
        running *= numerator
        steps = [SumStep(factors.multiplier_words, _shown(running / denominator))]
    else:
        words = _PRICE_WORDS.get(factors.price_source)
        for_plan = "a year" if factors.plan_months == 12 else f"for {months_words(factors.plan_months)}"
        first = f"{number(price, currency)} {words} {for_plan}" if words else "no known price"
        steps = [SumStep(f"{factors.quantity} x {first}", _shown(running))]
    over = denominator if is_by_price else 1
    if factors.uplift:
        running *= 1 + factors.uplift
        steps.append(SumStep(f"x {factor(1 + factors.uplift)} uplift", _shown(running / over)))
    if factors.discount:
        running *= 1 - factors.discount
        steps.append(
            SumStep(f"x {factor(1 - factors.discount)} discount of {percent(factors.discount)}", _shown(running / over))
        )
    if not is_by_price and numerator != denominator:
        running *= numerator
        fraction = str(numerator) if denominator == 1 else f"{numerator}/{denominator}"
        steps.append(SumStep(f"x {fraction} ({factors.multiplier_words})", _shown(running / denominator)))
    amount = round_to(_whole(factors), currency)
    if steps[-1].amount == amount:
        steps[-1] = SumStep(steps[-1].words, amount)
    else:
        steps.append(SumStep(f"rounded to {minor_unit(currency)}", amount))
    if factors.fee:
        steps.append(SumStep(f"+ {number(factors.fee, currency)} reinstatement fee", amount + factors.fee))
    return steps


def _shown(amount: Decimal) -> Decimal:
    rounded = amount.quantize(_SIX, ROUND_HALF_UP)
    return amount if amount == rounded else rounded
