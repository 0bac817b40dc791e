"""How good the commit forecast was: what it said 13, 8, 4 and 1 weeks before a period's end, against the result."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from callstation.quotes.money import exact, kept, round_to
from callstation.renewals.adjustment import Adjustment, made_by, of_measure
from callstation.renewals.amounts import Rates, amount_of
from callstation.renewals.fiscal import Period
from callstation.renewals.measures import Measure
from callstation.renewals.sums import Sums

WEEKS = (13, 8, 4, 1)
NEAR_DAYS = 6
"""How many days older than wanted a snapshot may be: one of the same week."""


@dataclass(frozen=True, slots=True)
class PeriodAccuracy:
    """One closed period; money in the own currency, with the adjustments that had been made by then."""

    period: Period
    result: Decimal
    """What was won in it, as it is known now, with what was adjusted in closed."""
    result_count: int
    said: Mapping[int, Decimal | None]
    """Weeks before its end to the commit forecast of then; None where no snapshot was taken in that week."""

    def error(self, weeks: int) -> Decimal | None:
        """What was forecast beyond the result; below zero where too little was."""
        said = self.said[weeks]
        return None if said is None else said - self.result


@dataclass(frozen=True, slots=True)
class Accuracy:
    """All periods so many weeks before their end; None where no snapshot tells of any."""

    weeks: int
    periods: int
    """n: those with a snapshot."""
    bias: Decimal | None
    """The mean of (forecast - result): above zero for too hopeful."""
    mean_error: Decimal | None
    """The mean of |forecast - result|."""
    bias_share: Decimal | None
    """The sum of (forecast - result) / the sum of results, to four places; None where nothing was won."""
    error_share: Decimal | None
    """The sum of |forecast - result| / the sum of results."""


SumsBy = Callable[[date], tuple[Sums, datetime] | None]
"""The sums and the moment of the last snapshot within ``NEAR_DAYS`` before a day, or on it; None without one."""


def period_accuracy(
    period: Period, now: Sums, by: SumsBy, adjustments: Iterable[Adjustment], *, is_growth: bool, rates: Rates
) -> PeriodAccuracy:
    """One period that has ended; ``adjustments``: all that were made in its months."""
    commit = of_measure(adjustments, Measure.COMMIT_FORECAST, is_growth=is_growth)
    said: dict[int, Decimal | None] = {}
    for weeks in WEEKS:
        found = by(weeks_before(period, weeks))
        said[weeks] = None
        if found is not None:
            amount = _measure(found[0], period, Measure.COMMIT_FORECAST, is_growth, rates)[0]
            said[weeks] = amount + _added(made_by(commit, found[1]))
    won, count = _measure(now, period, Measure.CLOSED, is_growth, rates)
    closed = of_measure(commit, Measure.CLOSED, is_growth=is_growth)
    return PeriodAccuracy(period, won + _added(closed), count, said)


def accuracy_of(periods: Iterable[PeriodAccuracy], weeks: int, own: str) -> Accuracy:
    """Bias and mean absolute error over the periods; each told period weighs the same."""
    told = [(one.result, error) for one in periods if (error := one.error(weeks)) is not None]
    if not told:
        return Accuracy(weeks, 0, None, None, None, None)
    results = sum((result for result, _ in told), Decimal(0))
    bias = sum((error for _, error in told), Decimal(0))
    off = sum((abs(error) for _, error in told), Decimal(0))
    with exact():
        return Accuracy(
            weeks, len(told), round_to(bias / len(told), own), round_to(off / len(told), own),
            kept(bias / results) if results else None, kept(off / results) if results else None,
        )  # fmt: skip


def weeks_before(period: Period, weeks: int) -> date:
    """The day so many weeks before a period's last one."""
    return period.ends_on - timedelta(days=min(7 * weeks, period.ends_on.toordinal() - 1))


def _added(adjustments: Iterable[Adjustment]) -> Decimal:
    return sum((one.amount for one in adjustments), Decimal(0))


def _measure(sums: Sums, period: Period, measure: Measure, is_growth: bool, rates: Rates) -> tuple[Decimal, int]:
    found = amount_of(
        (
            (key.currency, value)
            for key, value in sums.items()
            if key.is_growth == is_growth and key.month in period and key.category in measure.categories
        ),
        rates,
    )
    return found.base, found.count
