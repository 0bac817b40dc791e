"""Every figure of a period with its formula, count and list, beside the period before and the days a year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from callstation.reports.counted import counted
from callstation.reports.figure_rows import FigureRow, measure
from callstation.reports.kpis import (
    ABOUT,
    Days,
    Figure,
    Key,
    Measure,
    Stretch,
    Unit,
    before_words,
    period_before,
    up_to,
    year_before,
)
from callstation.reports.sources import SOURCES, calls
from callstation.work import Work

__all__ = ["Figures", "figures", "list_of"]

MOST_ROWS = 1000
CALL_KEYS = frozenset({Key.CALLS, Key.CONVERSATIONS, Key.REACH_RATE, Key.TALK_TIME})
"""Their lists are read a page at a time, for a year holds hundreds of thousands of calls."""
_NOTHING: Mapping[Key, Measure] = {key: measure(key, ()) for key in Key}


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period, and the days that they and those they are compared with were counted over."""

    period: Stretch
    before: Stretch | None
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
    before = [period_before(period, days), year_before(days)] if days else [None, None]
    some = [one for one in (days, *before) if one is not None]
    by_days = dict(zip(some, counted(work, some), strict=True))
    now, last, year = (by_days[one] if one else _NOTHING for one in (days, *before))
    found = [
        Figure(
            key, about.name, now[key].value, about.unit, about.formula, begun, now[key].n, about.counted,
            now[key].apart, _compared(last, key), before_words(period), _compared(year, key),
            work.settings.currency if about.unit is Unit.MONEY else "",
        )
        for key, about in ABOUT.items()
    ]  # fmt: skip
    return Figures(begun, before[0], before[1], tuple(found))


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


def _compared(before: Mapping[Key, Measure], key: Key) -> Decimal | None:
    """What a figure was before; None where nothing at all was done then, for nobody knows whether there was a book."""
    return before[key].value if any(one.n for one in before.values()) else None
