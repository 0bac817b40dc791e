"""When a book is synced by itself: at its opening, in a pause, every so often, at the day's end; and when not."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from callstation.settings import Settings

IDLE_SECONDS = 300
FIRST_WAIT, LONGEST_WAIT = 120, 3_600
"""Seconds before the next try without a network; each is twice the one before."""


def is_wanted(settings: Settings) -> bool:
    """Whether anything at all syncs by itself."""
    return bool(
        settings.is_synced_at_start
        or settings.is_synced_when_idle
        or settings.is_synced_at_day_end
        or settings.sync_every_min
    )


@dataclass(slots=True)
class Timetable:
    """Remembers what was done and what is owed. ``at_s`` are monotonic seconds, ``now`` the wall clock, aware."""

    looked_at: datetime
    ended_s: float
    touched_s: float
    is_owed: bool = False
    has_rested: bool = False
    failures: int = 0
    not_before_s: float = 0.0

    @classmethod
    def begin(cls, settings: Settings, now: datetime, at_s: float) -> "Timetable":
        """A book was opened."""
        return cls(now, at_s, at_s, is_owed=settings.is_synced_at_start)

    def touch(self, at_s: float) -> None:
        """A key was pressed, or a call is under way."""
        self.touched_s, self.has_rested = at_s, False

    def end(self, at_s: float, *, is_offline: bool) -> None:
        """A sync ended, whoever began it; one that found no network is owed still, each time later than the last."""
        self.ended_s, self.is_owed = at_s, is_offline
        self.failures = self.failures + 1 if is_offline else 0
        wait = min(FIRST_WAIT * 2 ** (self.failures - 1), LONGEST_WAIT) if is_offline else 0
        self.not_before_s = at_s + wait

    def is_due(self, settings: Settings, now: datetime, at_s: float) -> bool:
        """Whether to sync now; asked again and again, it owes each occasion once."""
        before, self.looked_at = self.looked_at, now
        if not is_wanted(settings):
            self.is_owed = False
            return False
        if settings.is_synced_at_day_end and _has_ended(settings, before, now):
            self.is_owed = True
        if settings.is_synced_when_idle and not self.has_rested and at_s - self.touched_s >= IDLE_SECONDS:
            self.is_owed = self.has_rested = True
        if settings.sync_every_min and at_s - self.ended_s >= 60 * settings.sync_every_min:
            self.is_owed = True
        return self.is_owed and at_s >= self.not_before_s


def _has_ended(settings: Settings, before: datetime, now: datetime) -> bool:
    """Whether the rep's day ended between two looks; 24 is the midnight after it."""
    today = now.astimezone(settings.zone).date()
    ends = (
        datetime.combine(today - timedelta(days=back), time(), settings.zone) + timedelta(hours=settings.work_ends_at)
        for back in (0, 1)
    )
    return any(before < at <= now for at in ends)
