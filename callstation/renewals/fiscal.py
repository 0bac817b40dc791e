"""The fiscal calendar: months, quarters and years of a company whose year starts in any month."""

from dataclasses import dataclass
from datetime import date, timedelta

from callstation.calling.clock_words import MONTHS as MONTH_WORDS
from callstation.quotes.months import months_later
from db.vocabulary import PeriodKind

MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}
ROLLING_MONTHS = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole calendar months; ``kind`` is None where it is no month, quarter or year of the calendar."""

    kind: PeriodKind | None
    starts_on: date
    ends_on: date
    """The last day, which belongs to it."""
    name: str
    """"Nov 2026", "FY27 Q2", "FY27", "Nov 2026 to Feb 2027"."""

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month."""
        return tuple(date(at // 12, at % 12 + 1, 1) for at in range(_at(self.starts_on), _at(self.ends_on) + 1))


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_name(month: date) -> str:
    """The month of a day with its year: "Nov 2026"."""
    return f"{MONTH_WORDS[month.month - 1]} {month.year}"


def period_of(day: date, kind: PeriodKind, year_starts: int) -> Period:
    """The month, quarter or year around a day; ``year_starts``: the month (1 to 12) in which fiscal years begin.

    A fiscal year is named after the calendar year in which it ends. Where the calendar of dates ends (years 1 and
    9999), so does the period.
    """
    if not 1 <= year_starts <= 12:
        raise ValueError(f"a fiscal year cannot start in month {year_starts}")
    into_year = (day.month - year_starts) % 12
    first = _at(day) - into_year % MONTHS[kind]
    starts_on, ends_on = _run(first, MONTHS[kind])
    year = (first - into_year + into_year % MONTHS[kind] + 11) // 12
    name = f"FY{year % 100:02d}"
    if kind is PeriodKind.QUARTER:
        name = f"{name} Q{into_year // 3 + 1}"
    elif kind is PeriodKind.MONTH:
        name = month_name(starts_on)
    return Period(kind, starts_on, ends_on, name)


def rolling(day: date, months: int = ROLLING_MONTHS) -> Period:
    """The month of a day and those after it, ``months`` in all."""
    if months < 1:
        raise ValueError(f"a period cannot have {months} months")
    starts_on, ends_on = _run(_at(day), months)
    first, last = month_name(starts_on), month_name(ends_on)
    return Period(None, starts_on, ends_on, first if first == last else f"{first} to {last}")


def after(period: Period, year_starts: int) -> Period:
    """The period of the same kind that follows; the same one again where dates end."""
    if period.ends_on == date.max:
        return period
    return _around(period.ends_on + _DAY, period, year_starts)


def before(period: Period, year_starts: int) -> Period:
    """The period of the same kind that comes before; the same one again where dates begin."""
    if period.starts_on == date.min:
        return period
    if period.kind is None:
        return rolling(months_later(period.starts_on, -len(period.months)), len(period.months))
    return _around(period.starts_on - _DAY, period, year_starts)


def closed_before(day: date, kind: PeriodKind, year_starts: int, count: int) -> tuple[Period, ...]:
    """The last ``count`` periods that had ended by the day before ``day``, the newest first."""
    found: list[Period] = []
    period = period_of(day, kind, year_starts)
    while len(found) < count and period.starts_on != date.min:
        period = before(period, year_starts)
        found.append(period)
    return tuple(found)


def parts_of(period: Period, kind: PeriodKind, year_starts: int) -> tuple[Period, ...]:
    """The months or quarters that a longer period is made of, in order."""
    found = [period_of(period.starts_on, kind, year_starts)]
    while found[-1].ends_on < period.ends_on:
        found.append(after(found[-1], year_starts))
    return tuple(found)


def _around(day: date, period: Period, year_starts: int) -> Period:
    if period.kind is None:
        return rolling(day, len(period.months))
    return period_of(day, period.kind, year_starts)


def _at(day: date) -> int:
    return day.year * 12 + day.month - 1


def _run(first: int, months: int) -> tuple[date, date]:
    """The first and the last day of so many months; ``first`` counts months since the year 0."""
    starts_on = date.min if first < 12 else date(first // 12, first % 12 + 1, 1)
    until = first + months
    ends_on = date.max if until // 12 > date.max.year else date(until // 12, until % 12 + 1, 1) - _DAY
    return starts_on, ends_on
