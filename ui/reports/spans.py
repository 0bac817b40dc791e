"""The period that a report is of: a day, a week, or a month, quarter or year of the fiscal calendar."""

from datetime import date, timedelta

from callstation.renewals import fiscal
from callstation.reports.kpis import Stretch, day_of, week_of
from db.vocabulary import PeriodKind

KINDS = ("day", "week", "month", "quarter", "year")
AHEAD = "120 days ahead"
"""What coverage looks at first: today, and as far on as a cadence begins; and what ended before and is open."""
_AHEAD_DAYS = 120


def span_of(kind: str, on: date, year_starts: int) -> Stretch:
    """The day, week, month, quarter or year around a day; both its days are included."""
    if kind == "day":
        return day_of(on)
    if kind == AHEAD:
        return Stretch(on, on + timedelta(days=min(_AHEAD_DAYS, (date.max - on).days)), kind)
    if kind == "week":
        return week_of(on)
    found = fiscal.period_of(on, PeriodKind(kind), year_starts)
    return Stretch(found.starts_on, found.ends_on, found.name)


def has_ended(span: Stretch, today: date) -> bool:
    """Whether what ended before a period and is still open belongs to it: days that were chosen are those days."""
    return span.name == AHEAD and span.starts_on == today


def beside(span: Stretch, *, is_later: bool) -> date:
    """A day of the period after, or before; the same where dates end."""
    if is_later:
        return span.ends_on if span.ends_on == date.max else span.ends_on + timedelta(days=1)
    return span.starts_on if span.starts_on == date.min else span.starts_on - timedelta(days=1)
