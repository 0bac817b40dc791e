"""The coverage ledger day by day: for pictures of what is due when, and how it is covered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from callstation.renewals.cover import Cover, Why, cover_of
from callstation.renewals.cover_sql import came_late_sql, due_sql, ended_since, loose_sql
from callstation.renewals.outside import outsiders
from callstation.work import Work


@dataclass(frozen=True, slots=True)
class DueDays:
    """How many contracts end on each day, by what covers them; they add up to the ledger of the same window."""

    days: Mapping[tuple[date, Cover], int]
    undated: int
    """Of an imported list that says no end: due on any day, and covered by nothing."""


def due_days(work: Work, first: date, last: date, *, with_ended: bool = False) -> DueDays:
    """Count what is due within both days (included), with what ended before and is still open if that is wanted."""
    since = ended_since(work, first) if with_ended else first
    found: Counter[tuple[date, Cover]] = Counter()
    sql, values = due_sql(work, first, last, since=since, columns="r.due_on AS due_on")
    for due_on, why, number in work.rows(f"SELECT due_on, why, count(*) FROM ({sql}) GROUP BY 1, 2", values):
        found[date.fromisoformat(due_on), cover_of(Why(why))] += number
    sql, values = loose_sql(work, since, last, "k.ends_on, count(*)")
    for ends_on, number in work.rows(f"{sql} AND NOT {came_late_sql(work)} GROUP BY 1", values):
        found[date.fromisoformat(ends_on), Cover.NOTHING] += number
    outside = Counter(one.ends_on for one in outsiders(work, first, last, with_open=with_ended))
    for on, number in outside.items():
        if on is not None:
            found[on, Cover.NOTHING] += number
    return DueDays(found, outside[None])
