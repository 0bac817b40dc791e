"""Calls over time, for pictures: by day, by outcome, and by the hour of the weekday."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from callstation.reports.figure_rows import FigureRow
from callstation.reports.kpis import Days, Hour, Key, up_to
from callstation.reports.sources import calls
from callstation.work import Work
from db.vocabulary import Disposition

QUARTER = 900_000_000
"""Fifteen minutes in stored moments: every zone's offset is a multiple of it."""
_BY_DAY = """
    SELECT happened_on, disposition, count(*), sum(is_reached), sum(duration_s) FROM activity
    WHERE happened_on BETWEEN ? AND ? AND kind = 'call' GROUP BY 1, 2"""
_BY_QUARTER = f"""
    SELECT happened_at / {QUARTER}, count(*), sum(is_reached) FROM activity
    WHERE happened_on BETWEEN ? AND ? AND kind = 'call' GROUP BY 1"""


@dataclass(frozen=True, slots=True)
class DayCalls:
    """The calls of one of the rep's dates; a day without any is there too."""

    on: date
    calls: int
    conversations: int
    seconds: int
    outcomes: Mapping[Disposition, int]


def calls_by_day(work: Work, period: Days) -> tuple[DayCalls, ...]:
    """Every day of a period that has begun."""
    days = up_to(period, work.today)
    if days is None:
        return ()
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    outcomes: dict[str, Counter[Disposition]] = defaultdict(Counter)
    for on, disposition, number, reached, seconds in work.rows(
        _BY_DAY, (days.starts_on.isoformat(), days.ends_on.isoformat())
    ):
        for at, value in enumerate((number, reached, seconds)):
            sums[on][at] += value
        if disposition:
            outcomes[on][Disposition(disposition)] += number
    found = []
    day = days.starts_on
    while day <= days.ends_on:
        text = day.isoformat()
        number, reached, seconds = sums.get(text, [0, 0, 0])
        found.append(DayCalls(day, number, reached, seconds, dict(outcomes.get(text, {}))))
        day += timedelta(days=1)
    return tuple(found)


def calls_by_hour(work: Work, period: Days) -> tuple[Hour, ...]:
    """Every hour of the week in which a call began, by the rep's clock."""
    days = up_to(period, work.today)
    if days is None:
        return ()
    zone = work.settings.zone
    made: Counter[tuple[int, int]] = Counter()
    reached: Counter[tuple[int, int]] = Counter()
    for quarter, number, talked in work.rows(_BY_QUARTER, (days.starts_on.isoformat(), days.ends_on.isoformat())):
        at = datetime.fromtimestamp(quarter * QUARTER // 1_000_000, UTC).astimezone(zone)
        made[at.weekday(), at.hour] += number
        reached[at.weekday(), at.hour] += talked
    return tuple(Hour(*key, number, reached[key]) for key, number in sorted(made.items()))


def calls_of_hour(work: Work, period: Days, weekday: int, hour: int) -> tuple[FigureRow, ...]:
    """The calls that began in one hour of one weekday: the list behind a field of the heat map."""
    days = up_to(period, work.today)
    if days is None:
        return ()
    zone = work.settings.zone
    wanted = [
        row[0]
        for row in work.rows(
            "SELECT id, happened_at FROM activity WHERE happened_on BETWEEN ? AND ? AND kind = 'call'",
            (days.starts_on.isoformat(), days.ends_on.isoformat()),
        )
        if (at := datetime.fromtimestamp(row[1] // 1_000_000, UTC).astimezone(zone)).weekday() == weekday
        and at.hour == hour
    ]
    return tuple(calls(work, Key.REACH_RATE, days, among=wanted))
