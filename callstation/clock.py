"""The only place that asks the computer what time it is."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Wall time for what is recorded, monotonic seconds for what is measured."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump, for durations."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that moves only when told: for the scripted day, pictures and tests."""

    def __init__(self, at: datetime) -> None:
        self._at, self._elapsed = at.astimezone(UTC), 0.0

    def now(self) -> datetime:
        return self._at

    def monotonic(self) -> float:
        return self._elapsed

    def advance(self, seconds: float) -> None:
        self._at += timedelta(seconds=seconds)
        self._elapsed += seconds

    def jump(self, at: datetime) -> None:
        """Set the wall clock, as a user or a time server would; the monotonic clock stays."""
        self._at = at.astimezone(UTC)


def working_date(now: datetime, zone: ZoneInfo, turns_at_hour: int) -> date:
    """The rep's date: the day turns at ``turns_at_hour`` local time (trade.md: 04:00), not at midnight."""
    return (now.astimezone(zone) - timedelta(hours=turns_at_hour)).date()
