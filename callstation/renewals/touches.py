"""The touch points that a cadence plans for a year: the days on which someone is to be called or written to."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from callstation.calling.cadence import CadencePath, CadenceTable, Standing, plan
from db.vocabulary import StepStatus


class Run(NamedTuple):
    """A contract's time in the book as its cadence sees it."""

    ends_on: date
    path: CadencePath
    since: date
    """The day from which it was known: nobody could have called before."""
    until: date | None
    """The day it was won or lost, from which nothing more is planned; None while it is open."""


def planned_days(runs: Iterable[Run], table: CadenceTable, first: date, last: date) -> set[date]:
    """The days of every step of these contracts within both days (included): one call a day is for all contracts.

    As the cadence lays them out from Monday to Friday: a step of a weekend moves on, a daily one rests.
    """
    found: set[date] = set()
    for run in runs:
        low = max(first, run.since)
        high = last if run.until is None else min(last, run.until - timedelta(days=1))
        if low <= high:
            found.update(day for day in _days_of(run.ends_on, run.path, table) if low <= day <= high)
    return found


@lru_cache(maxsize=16384)
def _days_of(ends_on: date, path: CadencePath, table: CadenceTable) -> frozenset[date]:
    steps = plan(
        ends_on, path, table=table, today=date.min, standing=Standing(), is_working_day=lambda day: day.weekday() < 5
    )
    return frozenset(step.due_on for step in steps if step.status is not StepStatus.SKIPPED)
