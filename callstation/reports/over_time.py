"""Quotes and renewals over time, for pictures: by day, week or month, each number with the list behind it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from callstation.calling.clock_words import MONTHS
from callstation.renewals.due_list import Part, due_rows
from callstation.renewals.due_sql import Of, bounds_of, days_late_sql
from callstation.renewals.fiscal import month_name
from callstation.renewals.rep_day import day_sql
from callstation.reports.figure_rows import FigureRow
from callstation.reports.figures import MOST_ROWS, list_of
from callstation.reports.kpis import WEEK, Days, Key, Stretch, day_of, up_to, week_of
from callstation.work import Work

MOST_DAYS, MOST_WEEKS = 14, 18
"""So many places at most are days, and weeks; the months of a longer period stand side by side."""
_BY_DAY = "SELECT {day}, count(*) FROM {table} WHERE {moment} >= ? AND {moment} < ? {also} GROUP BY 1"


class Happened(StrEnum):
    """What is counted."""

    MADE = "made"
    SENT = "sent"
    ACCEPTED = "accepted"
    ON_TIME = "on_time"
    LATE = "late"
    LOST = "lost"


QUOTES = (Happened.MADE, Happened.SENT, Happened.ACCEPTED)
RENEWALS = (Happened.ON_TIME, Happened.LATE, Happened.LOST)
Counts = Mapping[Happened, tuple[int, ...]]
"""For each, as many numbers as there are places."""
_KEYS = {Happened.MADE: Key.QUOTES_MADE, Happened.SENT: Key.QUOTES_SENT, Happened.ACCEPTED: Key.MARGIN}
"""The figure that counts the very quotes."""
_QUOTES = {
    Happened.MADE: ("created_at", ""), Happened.SENT: ("sent_at", ""),
    Happened.ACCEPTED: ("decided_at", "AND status = 'accepted'"),
}  # fmt: skip
_PARTS = {Happened.ON_TIME: Part.ON_TIME, Happened.LATE: Part.LATE, Happened.LOST: Part.LOST}


def places_of(work: Work, period: Days) -> tuple[Stretch, ...]:
    """The days, weeks (from Monday) or months of a period as far as it has begun, cut to it."""
    days = up_to(period, work.today)
    return () if days is None else split(days)


def split(days: Days) -> tuple[Stretch, ...]:
    """Days in a row as days, weeks (from Monday) or months, cut to them."""
    count = (days.ends_on - days.starts_on).days + 1
    made: list[Stretch] = []
    first = days.starts_on
    while first <= days.ends_on:
        if count <= MOST_DAYS:
            one = day_of(first)
            name = _day(first)
        elif count <= MOST_WEEKS * 7:
            one = week_of(first)
            name = _day(first)
        else:
            one = Stretch(first, _month_end(first))
            name = month_name(first)
        made.append(Stretch(first, min(one.ends_on, days.ends_on), name))
        if made[-1].ends_on == date.max:
            break
        first = made[-1].ends_on + timedelta(days=1)
    return tuple(made)


def step_of(places: Sequence[Stretch]) -> str:
    """What the places are: "day", "week", "month"."""
    longest = max(((one.ends_on - one.starts_on).days + 1 for one in places), default=1)
    return "day" if longest == 1 else "week" if longest <= WEEK else "month"


def counts_of(work: Work, places: tuple[Stretch, ...]) -> Counts:
    """How many quotes were made, sent, accepted, and renewals won in time, won late, lost, in each place."""
    if not places:
        return dict.fromkeys(Happened, ())
    bounds = bounds_of(work, places[0].starts_on, places[-1].ends_on)
    found: dict[Happened, dict[str, int]] = {}
    for one, (moment, also) in _QUOTES.items():
        sql = _BY_DAY.format(day=day_sql(work, moment), table="quote", moment=moment, also=also)
        found[one] = dict(work.rows(sql, bounds))
    late = days_late_sql(work)
    which = {
        Happened.ON_TIME: f"r.stage = 'won' AND {late} <= 0", Happened.LATE: f"r.stage = 'won' AND {late} > 0",
        Happened.LOST: "r.stage = 'lost'",
    }  # fmt: skip
    for one, also in which.items():
        day = day_sql(work, "r.closed_at")
        sql = _BY_DAY.format(day=day, table="renewal r", moment="r.closed_at", also=f"AND {also}")
        found[one] = dict(work.rows(sql, bounds))
    return {one: tuple(_placed(days, places)) for one, days in found.items()}


def happened_in(work: Work, what: Happened, days: Days, *, limit: int = MOST_ROWS) -> tuple[FigureRow, ...]:
    """The quotes or renewals that a number counts."""
    if what in _KEYS:
        return list_of(work, _KEYS[what], days, limit=limit)
    rows = due_rows(work, days.starts_on, days.ends_on, of=Of.CLOSED, part=_PARTS[what], limit=limit)
    return tuple(
        FigureRow(
            row.closed_on or row.due_on, row.account_id, row.account, row.target_id, row.contract_number,
            row.renewal_id, row.result, amount=row.target if what is Happened.LOST else row.result,
            currency=row.currency,
        )
        for row in rows
    )  # fmt: skip


def _placed(days: Mapping[str, int], places: tuple[Stretch, ...]) -> list[int]:
    """The sums of days (ISO) within each place; every day lies in one."""
    starts = [one.starts_on.isoformat() for one in places]
    sums = [0] * len(places)
    for day, number in days.items():
        sums[bisect_right(starts, day) - 1] += number
    return sums


def _day(on: date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]}"


def _month_end(on: date) -> date:
    """The last day of a day's month."""
    if (on.year, on.month) == (date.max.year, date.max.month):
        return date.max
    after = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return after - timedelta(days=1)
