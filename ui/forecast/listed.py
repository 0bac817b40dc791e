"""What a list behind a number is called, what it says and what is in it, as the forecast of now has it."""

from collections.abc import Callable
from datetime import date

from callstation.renewals.adjustment import Adjustment
from callstation.renewals.fiscal import month_name
from callstation.renewals.forecast import Forecast, filter_of, overdue_filter
from callstation.renewals.measures import Measure
from callstation.renewals.pipeline_filter import Filter
from callstation.settings import Settings
from ui.forecast import said

Found = tuple[str, str, Filter, tuple[Adjustment, ...]] | None
Listed = Callable[[Forecast, Settings], Found]
"""Title, words of it, its filter, and the adjustments in it; None where the forecast no longer has such a cell."""


def cell_list(measure: Measure, month: date | None, *, is_growth: bool) -> Listed:
    """What a cell stands for; a ``month`` of None is the whole period."""

    def listed(found: Forecast, settings: Settings) -> Found:
        side = found.side(is_growth=is_growth)
        if month is not None and month not in side.months:
            return None
        cell = side.cell(measure, month)
        where = found.period.name if month is None else month_name(month)
        told = said.cell_words(cell, found.period, settings).said.partition(": ")[2]
        adjustments = said.adjustments_of(cell, found.adjustments)
        return f"{measure.label}, {where}", told, filter_of(cell, found.period), adjustments

    return listed


def overdue_list(*, is_growth: bool) -> Listed:
    """What was expected before the period, and is open."""

    def listed(found: Forecast, settings: Settings) -> Found:
        side = found.side(is_growth=is_growth)
        told = said.overdue_words(side.overdue, settings).partition(": ")[2]
        return "Expected before the period", f"{told}, still open", overdue_filter(side), ()

    return listed
