"""The accuracy of the commit forecast over the periods that have ended, read from the snapshots that are kept."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from callstation.renewals.accuracy import (
    NEAR_DAYS,
    WEEKS,
    Accuracy,
    PeriodAccuracy,
    accuracy_of,
    period_accuracy,
    weeks_before,
)
from callstation.renewals.adjustments import adjustments_in
from callstation.renewals.fiscal import closed_before
from callstation.renewals.forecast import rates_of
from callstation.renewals.states import snapshot_by, sums_now, sums_on
from callstation.renewals.sums import Sums
from callstation.work import Work
from db.vocabulary import PeriodKind

MOST = {PeriodKind.MONTH: 13, PeriodKind.QUARTER: 5, PeriodKind.YEAR: 1}
"""How many closed periods are shown: about as far back as snapshots are kept."""


@dataclass(frozen=True, slots=True)
class AccuracyHistory:
    """The newest period first; only those of which a snapshot tells."""

    periods: tuple[PeriodAccuracy, ...]
    by_weeks: tuple[Accuracy, ...]


def accuracy_history(work: Work, kind: PeriodKind, *, is_growth: bool = False) -> AccuracyHistory:
    """The months, quarters or years that have ended, of renewals or of growth."""
    rates, now = rates_of(work.settings), sums_now(work)
    kept: dict[date, Sums] = {}

    def by(day: date) -> tuple[Sums, datetime] | None:
        taken = snapshot_by(work, day)
        if taken is None or taken.taken_on < day - timedelta(days=NEAR_DAYS):
            return None
        if taken.taken_on not in kept:
            kept[taken.taken_on] = sums_on(work, taken.taken_on) or {}
        return kept[taken.taken_on], taken.taken_at

    periods = tuple(
        period_accuracy(period, now, by, adjustments_in(work, period), is_growth=is_growth, rates=rates)
        for period in closed_before(work.today, kind, work.settings.fiscal_year_starts, MOST[kind])
        if any(by(weeks_before(period, weeks)) is not None for weeks in WEEKS)
    )
    own = work.settings.currency
    return AccuracyHistory(periods, tuple(accuracy_of(periods, weeks, own) for weeks in WEEKS))
