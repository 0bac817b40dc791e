"""The rep's day of a stored moment, worked out by SQL: for grouping and sorting what was closed."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from callstation.calling.targets import day_starts_at
from callstation.work import Work
from db.stored import to_micros

SINCE_YEAR = 2000
"""Before, its offset counts; and that of the year after the rep's date beyond it."""
FOREVER = 2**63 - 1
_SECOND = timedelta(seconds=1)


def day_sql(work: Work, column: str) -> str:
    """SQL for the rep's day ("2026-11-23") of a column of moments; NULL stays NULL. As ``clock.working_date``."""
    settings = work.settings
    return _day_sql(settings.zone, settings.day_turns_at_hour, column, work.today.year + 1)


def day_ends_at(work: Work, day: date) -> int:
    """The stored moment at which a day is over for the rep; the last day of all is never over."""
    return FOREVER if day == date.max else to_micros(day_starts_at(work, day + timedelta(days=1)))


@lru_cache(maxsize=16)
def _day_sql(zone: ZoneInfo, turns_at_hour: int, column: str, until_year: int) -> str:
    turns = timedelta(hours=turns_at_hour)
    first, changes = offsets(zone, until_year)
    cases = " ".join(
        f"WHEN {column} >= {to_micros(at)} THEN {_micros(offset - turns)}" for at, offset in reversed(changes)
    )
    usual = _micros(first - turns)
    shift = f"CASE {cases} ELSE {usual} END" if changes else str(usual)
    return f"date(({column} + {shift}) / 1000000, 'unixepoch')"


@lru_cache(maxsize=16)
def offsets(zone: ZoneInfo, until_year: int) -> tuple[timedelta, tuple[tuple[datetime, timedelta], ...]]:
    """A zone's offset from UTC in ``SINCE_YEAR``, and each later change of it, the earliest first."""
    at = datetime(SINCE_YEAR, 1, 1, tzinfo=UTC)
    first = last = _offset(zone, at)
    changes: list[tuple[datetime, timedelta]] = []
    while at.year <= until_year:
        after = at + timedelta(days=7)  # no zone goes there and back within a week
        if _offset(zone, after) != last:
            low, high = at, after
            while high - low > _SECOND:
                middle = low + (high - low) // 2
                low, high = (middle, high) if _offset(zone, middle) == last else (low, middle)
            at_change = high.replace(microsecond=0)
            last = _offset(zone, at_change)
            changes.append((at_change, last))
        at = after
    return first, tuple(changes)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _micros(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
