"""Contracts that end on different days brought to one end: by the price of the days, or by licence-days."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import gcd
from typing import NamedTuple

from callstation.quotes.money import exact, factor, kept, number
from callstation.quotes.months import days_words
from callstation.quotes.proration import Multiplier

_LAST_DAY = date.max.toordinal()


class ByPrice(NamedTuple):
    """What a unit costs until the common end, told so that a store keeps it."""

    unit_price: Decimal
    """Per plan, in ten-thousandths."""
    times: Multiplier
    """With the sum in words: "6,000.00 / 181 days x 306 days"."""


class CommonEnd(NamedTuple):
    """The day on which all end together."""

    ends_on: date
    days: int
    """From today."""
    words: str
    """The sum: "(20 x 45 + 10 x 365) / 30 = 151.67, so 152 days"."""


def by_price(
    paid: Decimal, units: int, old_days: int, new_days: int, plan_months: int, currency: str, *, quantity: int
) -> ByPrice | None:
    """(old price / old days) x new days, for ``quantity`` of the ``units`` that were paid; before uplift and discount.

    Source: trade.md, Co-term by price (IBM): 6000 x 1.1 x 306/181 = 11,158.01. As a line's price it is paid / units,
    spread over the plan's days (365 a year) and rounded to ten-thousandths, and the multiplier takes the rounding
    back: quantity x unit price x multiplier is the sum in words to the last digit. None where nothing was paid, or too
    little to say per unit, or a term has no days.
    """
    if paid <= 0 or units <= 0 or old_days <= 0 or new_days <= 0:
        return None
    with exact():
        paid_units = int(kept(paid).scaleb(4))
        per, over = paid_units * 365 * plan_months, units * 12 * old_days
        unit_price = (2 * per + over) // (2 * over)
        if unit_price <= 0:
            return None
        numerator, denominator = paid_units * new_days, units * old_days * unit_price
        common = gcd(numerator, denominator)
        words = f"{number(paid, currency)} / {days_words(old_days)} x {days_words(new_days)}"
        more = "" if quantity == units else f" x {quantity} of {units} units"
        times = Multiplier(numerator // common, denominator // common, f"{words}{more}")
        return ByPrice(Decimal(unit_price).scaleb(-4), times)


def by_licence_days(today: date, pools: Sequence[tuple[int, int]], units: int | None = None) -> CommonEnd:
    """today + ceil(sum(units x days) / units): all licence-days, spread over the units that run from now on.

    ``pools``: (units, days left to them from today); a pool may be behind (negative days). ``units``: how many run on;
    all pools' together where not told, as when new licences join old ones. Source: trade.md, Co-term by licence-days
    (Panda/WatchGuard): (20 x 45 + 10 x 365) / 30 -> 152 days. ``ValueError`` for no units.
    """
    over = sum(count for count, _ in pools) if units is None else units
    if over <= 0:
        raise ValueError(f"licence-days are spread over one unit at least, not {over}")
    total = sum(count * days for count, days in pools)
    days = -(-total // over)
    with exact():
        exactly = factor(Decimal(total) / over, 2)
    rounded = f" = {exactly}, so {days_words(days)}" if total % over else f" = {days_words(days)}"
    return CommonEnd(_later(today, days), days, f"{_pools_words(pools)} / {over}{rounded}")


def _later(today: date, days: int) -> date:
    ordinal = today.toordinal() + days
    return date.fromordinal(min(max(ordinal, 1), _LAST_DAY))


def _pools_words(pools: Sequence[tuple[int, int]], most: int = 6) -> str:
    shown = [f"{count} x {days}" for count, days in pools[:most]]
    more = ["..."] if len(pools) > most else []
    return f"({' + '.join([*shown, *more])})"
