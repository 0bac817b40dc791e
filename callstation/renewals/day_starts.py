"""When the rep's days begin, in SQL: a stored moment compared with a stored day, without turning it into one first."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from callstation.work import Work
from db.stored import to_micros

_EPOCH_JULIAN = 2440587.5
_DAY_MICROS = 86_400_000_000
_STEP = 7


def day_start_sql(work: Work, column: str, first: date, last: date, *, later: int) -> str:
    """SQL for the moment at which the day ``later`` days after that of a column (ISO text) begins for the rep.

    Exact for columns from ``first`` to ``last``; through every change of the clocks, as ``targets.day_starts_at``.
    """
    settings = work.settings
    shifts = _shifts(settings.zone, settings.day_turns_at_hour, first, last, later)
    days = f"CAST(julianday({column}) - {_EPOCH_JULIAN - later} AS INTEGER) * {_DAY_MICROS}"
    if len(shifts) == 1:
        return f"({days} + {shifts[0][1]})"
    whens = " ".join(f"WHEN {column} <= '{until}' THEN {shift}" for until, shift in shifts[:-1])
    return f"({days} + CASE {whens} ELSE {shifts[-1][1]} END)"


@lru_cache(maxsize=64)
def _shifts(zone: ZoneInfo, turns_at: int, first: date, last: date, later: int) -> tuple[tuple[date, int], ...]:
    """(last day, micros from its midnight in UTC to the start of the rep's day) of each run of days that are alike."""
    low, high = first.toordinal(), max(last, first).toordinal()

    def shift(day: int) -> int:
        on = date.fromordinal(min(max(day + later, 1), date.max.toordinal()))
        return to_micros(datetime.combine(on, time(turns_at), zone)) - to_micros(datetime.combine(on, time(), UTC))

    found: list[tuple[date, int]] = []
    now = shift(low)
    while low < high:
        ahead = min(low + _STEP, high)
        if shift(ahead) != now:  # the change lies in between: no zone goes there and back within a week
            while ahead - low > 1:
                middle = (low + ahead) // 2
                low, ahead = (middle, ahead) if shift(middle) == now else (low, middle)
            found.append((date.fromordinal(low), now))
            now = shift(ahead)
        low = ahead
    return (*found, (date.fromordinal(high), now))
