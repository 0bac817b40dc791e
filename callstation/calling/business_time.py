"""Their working time: moments moved into the business hours, working days and zones of whoever is called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_LONGEST_REST = 30  # days; no country rests longer, so a search that long has been told every day is free


@dataclass(frozen=True, slots=True)
class BusinessTime:
    """Where someone works and when.

    ``zones`` are IANA names, at least one, the first the one shown.
    ``is_working_day`` takes (country, region, day). Hours are local there, ``closes`` excluded.
    """

    zones: tuple[str, ...]
    country: str
    region: str
    is_working_day: Callable[[str, str, date], bool]
    opens: time = time(9)
    closes: time = time(17, 30)
    lunch: tuple[time, time] = (time(12), time(13))

    @property
    def zone(self) -> ZoneInfo:
        """The zone their time is told in."""
        return ZoneInfo(self.zones[0])

    def works_on(self, day: date) -> bool:
        """Whether they work that day."""
        return self.is_working_day(self.country, self.region, day)

    def at(self, day: date, clock: time) -> datetime:
        """That clock time there, in UTC; a time the clocks skip is moved forward, of one that comes twice the first."""
        return datetime.combine(day, clock, tzinfo=self.zone).astimezone(UTC)

    def add_working_days(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day``; 0 = ``day`` or the next working day."""
        for _ in range(count):
            day = self._first_working_day(day + timedelta(days=1))
        return self._first_working_day(day) if count == 0 else day

    def into_hours(self, at: datetime, *, may_meet_lunch: bool = True) -> datetime:
        """``at`` or the first moment after it (UTC) within their business hours, in all zones where those overlap."""
        day = at.astimezone(self.zone).date()
        for _ in range(_LONGEST_REST):
            if self.works_on(day):
                start, end = self._span(day)
                moment = max(at.astimezone(UTC), start)
                if not may_meet_lunch and self.lunch[0] <= self._clock(moment) < self.lunch[1]:
                    moment = self.at(day, self.lunch[1])
                if moment < end:
                    return moment
            day += timedelta(days=1)
        return at.astimezone(UTC)

    def add_hours(self, at: datetime, length: timedelta) -> datetime:
        """``at`` plus that much business time (UTC): the service clock of promises."""
        moment, left = self.into_hours(at), length
        while True:
            end = self._span(moment.astimezone(self.zone).date())[1]
            if moment + left <= end:
                return moment + left
            left -= end - moment
            moment = self.into_hours(end)

    def _clock(self, at: datetime) -> time:
        return at.astimezone(self.zone).time()

    def _first_working_day(self, day: date) -> date:
        for ahead in range(_LONGEST_REST):
            if self.works_on(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        return day

    def _span(self, day: date) -> tuple[datetime, datetime]:
        """(start, end) of business on a day in every zone at once; in the first alone where they do not overlap."""
        edges = [
            tuple(
                datetime.combine(day, clock, tzinfo=ZoneInfo(name)).astimezone(UTC)
                for clock in (self.opens, self.closes)
            )
            for name in self.zones
        ]
        start, end = max(edge[0] for edge in edges), min(edge[1] for edge in edges)
        return (start, end) if start < end else (edges[0][0], edges[0][1])
