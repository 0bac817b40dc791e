"""The forecast of a period: categories by months with last week beside them, the figures, and what each is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from callstation.calling.clock_words import date_words
from callstation.quotes.policy import read_rates
from callstation.renewals import forecast_side as sides
from callstation.renewals.adjustment import Adjustment, made_by
from callstation.renewals.adjustments import adjustments_in
from callstation.renewals.amounts import Amount, Rates
from callstation.renewals.fiscal import Period, period_of, rolling
from callstation.renewals.forecast_side import Cell, Side
from callstation.renewals.likelihood import WinRates
from callstation.renewals.live import live_sums
from callstation.renewals.measures import GRID, Measure
from callstation.renewals.needed_calls import CallRates, NeededCalls, call_rates, needed_calls
from callstation.renewals.pipeline_filter import Filter, Standing
from callstation.renewals.quotas import quota_of
from callstation.renewals.state import OPEN_CATEGORIES
from callstation.renewals.states import Snapshot, snapshot_by, sums_now, sums_on
from callstation.renewals.sums import KEPT_DAYS, CellKey, Sum, Sums
from callstation.renewals.win_rates import win_rates
from callstation.settings import Settings
from callstation.work import Work
from db.vocabulary import ForecastCategory, PeriodKind

__all__ = [
    "GRID", "Amount", "Cell", "Forecast", "Measure", "Side", "filter_of", "forecast", "overdue_filter", "period_named",
    "rates_of",
]  # fmt: skip

WEEK = timedelta(days=7)
_SECOND_DAY = date.min + timedelta(days=1)
PERIODS = ("month", "quarter", "year", "rolling")
"""What ``period_named`` takes."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Renewals and growth, never added up."""

    period: Period
    today: date
    rates: Rates
    renewals: Side
    growth: Side
    week_ago_on: date | None
    """The day of the snapshot that stands beside; None where none is a week old."""
    adjustments: tuple[Adjustment, ...]
    win_rates: WinRates
    calls: Mapping[bool, CallRates]
    """By whether it is growth: what the calls of the last 90 days came to."""

    def side(self, *, is_growth: bool) -> Side:
        """Growth, or renewals."""
        return self.growth if is_growth else self.renewals

    def needed(self, *, is_growth: bool = False) -> NeededCalls:
        """How many calls it takes to close the gap."""
        return needed_calls(self.side(is_growth=is_growth).gap, self.calls[is_growth])


def forecast(work: Work, period: Period) -> Forecast:
    """Read it: what the book comes to now, and a week ago from the last snapshot by then.

    A period that began more than ``KEPT_DAYS`` ago has nothing beside it: snapshots do not know what was closed then.
    """
    rates, rated = rates_of(work.settings), win_rates(work)
    is_kept = period.starts_on >= work.today - timedelta(days=KEPT_DAYS)
    now = sums_now(work) if is_kept else live_sums(work)
    taken = snapshot_by(work, work.today - WEEK) if is_kept else None
    ago = None if taken is None else sums_on(work, taken.taken_on)
    adjustments = adjustments_in(work, period)
    made = [
        side_of(work, period, rates, rated, now, ago, adjustments, taken, is_growth=is_growth)
        for is_growth in (False, True)
    ]
    return Forecast(
        period=period, today=work.today, rates=rates, renewals=made[0], growth=made[1],
        week_ago_on=None if taken is None else taken.taken_on, adjustments=adjustments, win_rates=rated,
        calls=call_rates(work, rates),
    )  # fmt: skip


def period_named(work: Work, name: str, day: date | None = None) -> Period:
    """The month, quarter or year around a day (today), or the four rolling months from it: one of ``PERIODS``."""
    day = day or work.today
    return rolling(day) if name == "rolling" else period_of(day, PeriodKind(name), work.settings.fiscal_year_starts)


def filter_of(cell: Cell, period: Period) -> Filter:
    """The pipeline's filter that lists the contracts of a cell."""
    wanted = cell.measure.categories
    found = Filter(
        standing=Standing.OPEN if wanted <= set(OPEN_CATEGORIES) else Standing.ALL, is_growth=cell.is_growth,
        categories=tuple(one for one in ForecastCategory if one in wanted), closes_from=period.starts_on,
        closes_to=period.ends_on,
    )  # fmt: skip
    return found if cell.month is None else found.in_month(cell.month)


def overdue_filter(side: Side) -> Filter:
    """The pipeline's filter that lists what is open and was expected before the period."""
    return Filter(
        is_growth=side.is_growth, categories=OPEN_CATEGORIES,
        closes_to=max(side.period.starts_on, _SECOND_DAY) - timedelta(days=1),
    )  # fmt: skip


def rates_of(settings: Settings) -> Rates:
    """The exchange rates of the settings, and each in words: "1 EUR = 1.08 USD on 20 Nov 2026"."""
    found = read_rates(settings.rates)
    words = tuple(
        f"1 {currency} = {one.rate} {settings.currency}{f' on {date_words(one.on)}' if one.on else ''}"
        for currency, one in found.items()
    )
    return Rates(settings.currency, {currency: one.rate for currency, one in found.items()}, words)


def side_of(
    work: Work, period: Period, rates: Rates, rated: WinRates, now: Sums, ago: Mapping[CellKey, Sum] | None,
    adjustments: tuple[Adjustment, ...], taken: Snapshot | None, *, is_growth: bool,
) -> Side:  # fmt: skip
    """Growth or renewals by what the book comes to, and came to in the snapshot ``taken`` a week before."""
    ago_adjustments = () if taken is None else made_by(adjustments, taken.taken_at)
    adjusted = sides.adjusted_by(adjustments, is_growth=is_growth)
    weighed = sides.weighted(now, is_growth=is_growth, period=period, rates=rates, win_rates=rated)
    for (_, category), amount in adjusted.items():
        weighed += amount if category is ForecastCategory.CLOSED else Decimal(0)
    return Side(
        is_growth=is_growth, period=period, rates=rates,
        now=sides.by_month(now, is_growth=is_growth, period=period),
        ago=None if ago is None else sides.by_month(ago, is_growth=is_growth, period=period),
        adjusted=adjusted, adjusted_ago=sides.adjusted_by(ago_adjustments, is_growth=is_growth),
        weighted=weighed, quota=quota_of(work, period, is_growth=is_growth),
        stages=sides.open_stages(now, is_growth=is_growth, period=period, rates=rates, win_rates=rated),
        overdue=sides.overdue(now, is_growth=is_growth, period=period, rates=rates),
    )  # fmt: skip
