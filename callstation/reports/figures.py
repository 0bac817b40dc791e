"""Every figure of a period with its formula, count and list, beside the same days a week and a year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from callstation.percents import share_of
from callstation.reports.figure_rows import FigureRow, measure
from callstation.reports.kpis import (
    ABOUT,
    Days,
    Figure,
    Key,
    Measure,
    Stretch,
    Unit,
    up_to,
    week_before,
    year_before,
)
from callstation.reports.sources import SOURCES, calls
from callstation.work import Work

__all__ = ["Figures", "figures", "list_of"]

MOST_ROWS = 1000
CALL_KEYS = frozenset({Key.CALLS, Key.CONVERSATIONS, Key.REACH_RATE, Key.TALK_TIME})
"""Counted by SQL, for a year holds hundreds of thousands of calls."""
_SHARED = {Key.RENEWALS_WON: Key.ATTACH_RATE, Key.RENEWED_VALUE: Key.ATTACH_RATE, Key.GROWTH_VALUE: Key.GROWTH_WON}
"""Figures that count the very rows of another."""
_CALLS = """
    SELECT count(*), coalesce(sum(is_reached), 0), coalesce(sum(duration_s), 0) FROM activity
    WHERE happened_on BETWEEN ? AND ? AND kind = 'call'"""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period, and the days that they and those they are compared with were counted over."""

    period: Stretch
    week_before: Stretch | None
    year_before: Stretch | None
    figures: tuple[Figure, ...]

    def __getitem__(self, key: Key) -> Figure:
        return next(figure for figure in self.figures if figure.key is key)


def figures(work: Work, period: Days) -> Figures:
    """Count a period as far as it has come; of one that lies ahead, its first day with nothing in it.

    ``UserError`` where the exchange rates of the settings cannot be read.
    """
    days = up_to(period, work.today)
    begun = days or Stretch(period.starts_on, period.ends_on, period.name)
    now = measures(work, days)
    before = [compared(days) if days else None for compared in (week_before, year_before)]
    week, year = (measures(work, one) for one in before)
    found = [
        Figure(
            key, about.name, now[key].value, about.unit, about.formula, begun, now[key].n, about.counted,
            now[key].apart, _compared(week[key]), _compared(year[key]),
            work.settings.currency if about.unit is Unit.MONEY else "",
        )
        for key, about in ABOUT.items()
    ]  # fmt: skip
    return Figures(begun, before[0], before[1], tuple(found))


def measures(work: Work, days: Days | None) -> Mapping[Key, Measure]:
    """Each figure's value over some days; of no days, nothing."""
    if days is None:
        return {key: measure(key, ()) for key in Key}
    found = _calls(work, days)
    rows = {key: SOURCES[key](work, key, days) for key in SOURCES.keys() - CALL_KEYS - _SHARED.keys()}
    return {**found, **{key: measure(key, rows[_SHARED.get(key, key)]) for key in SOURCES.keys() - CALL_KEYS}}


def list_of(
    work: Work, figure_key: Key, period: Days, *, limit: int = MOST_ROWS, offset: int = 0
) -> tuple[FigureRow, ...]:
    """The rows that a figure of a period counts, in the order of time; a page of them."""
    days = up_to(period, work.today)
    if days is None:
        return ()
    if figure_key in CALL_KEYS:
        return tuple(calls(work, figure_key, days, limit, offset))
    return tuple(SOURCES[figure_key](work, figure_key, days)[offset : offset + limit])


def _calls(work: Work, days: Days) -> dict[Key, Measure]:
    made, reached, seconds = work.rows(_CALLS, (days.starts_on.isoformat(), days.ends_on.isoformat()))[0]
    return {
        Key.CALLS: Measure(Decimal(made), made),
        Key.CONVERSATIONS: Measure(Decimal(reached), reached),
        Key.REACH_RATE: Measure(share_of(reached, made), made),
        Key.TALK_TIME: Measure(Decimal(seconds), made),
    }


def _compared(one: Measure) -> Decimal | None:
    """What a figure was before; None where there was nothing."""
    return one.value if one.n else None
