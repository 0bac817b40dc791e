"""The forecast as it stood at the end of an earlier day, by the snapshots: never today's under that day's name."""

from dataclasses import dataclass
from datetime import date, timedelta

from callstation.calling.clock_words import date_words
from callstation.calling.targets import day_starts_at
from callstation.renewals.adjustment import Adjustment
from callstation.renewals.adjustments import adjustments_in
from callstation.renewals.fiscal import Period
from callstation.renewals.forecast import WEEK, Forecast, rates_of, side_of
from callstation.renewals.needed_calls import call_rates
from callstation.renewals.states import Snapshot, snapshot_by, snapshots, sums_now, sums_on
from callstation.renewals.win_rates import win_rates
from callstation.reports.kpis import week_of
from callstation.work import Work

UNKNOWN_THEN = frozenset({"weighted", "needed_calls"})
"""Figures that rest on rates of their own day, which nothing remembers."""


@dataclass(frozen=True, slots=True)
class End:
    """How the book stood when a day was over: as the first snapshot after it says, or (None) as it stands now."""

    day: date
    taken: Snapshot | None

    @property
    def taken_on(self) -> date | None:
        """The day of the snapshot."""
        return None if self.taken is None else self.taken.taken_on

    @property
    def words(self) -> str:
        """Where it is known from."""
        if self.taken is None:
            return f"As the book stands: it was not opened since {date_words(self.day)}."
        taken_on = date_words(self.taken.taken_on)
        return f"As the book stood at the end of {date_words(self.day)}, by the snapshot of {taken_on}."


def week_end(work: Work, day: date) -> date:
    """The day that the report of a week is as of: its last one, or today. A day that lies ahead stays as it is."""
    return day if day > work.today else min(week_of(day).ends_on, work.today)


def end_of(work: Work, day: date) -> End | None:
    """The end of a day that is over; None where no snapshot is as old.

    A snapshot is taken as a day is opened, so that the next one after a day has all that was done on it.
    """
    if snapshot_by(work, day) is None:
        return None
    return End(day, began(work, day + timedelta(days=1)))


def began(work: Work, day: date) -> Snapshot | None:
    """The snapshot of the book as a day began: the first one from then on; None where it was not opened since."""
    return next((one for one in snapshots(work) if day <= one.taken_on <= work.today), None)


def no_snapshot_words(work: Work, day: date) -> str:
    """Why nothing is said of a day."""
    every = snapshots(work)
    since = f"the first one is of {date_words(every[0].taken_on)}" if every else "none was taken yet"
    return f"How the book stood on {date_words(day)} is not known: no snapshot is as old, {since}."


def forecast_then(work: Work, period: Period, day: date) -> Forecast | None:
    """The forecast of a period at the end of an earlier day, last week beside it; None where no snapshot tells.

    Adjustments are those made by then that still stand; quotas and exchange rates are those of today.
    """
    end = end_of(work, day)
    if end is None:
        return None
    now = sums_now(work) if end.taken is None else sums_on(work, end.taken.taken_on) or {}
    taken = snapshot_by(work, day - WEEK)
    ago = None if taken is None else sums_on(work, taken.taken_on)
    adjustments = adjustments_then(work, period, day)
    rates, rated = rates_of(work.settings), win_rates(work)
    renewals, growth = (
        side_of(work, period, rates, rated, now, ago, adjustments, taken, is_growth=is_growth)
        for is_growth in (False, True)
    )
    return Forecast(
        period=period, today=day, rates=rates, renewals=renewals, growth=growth,
        week_ago_on=None if taken is None else taken.taken_on, adjustments=adjustments, win_rates=rated,
        calls=call_rates(work, rates),
    )  # fmt: skip


def adjustments_then(work: Work, period: Period, day: date) -> tuple[Adjustment, ...]:
    """Those of a period that were made by the end of a day, as they still stand."""
    until = day_starts_at(work, day + timedelta(days=1))
    return tuple(one for one in adjustments_in(work, period) if one.made_at < until)
