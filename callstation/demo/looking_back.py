"""Snapshots of the practice book's last thirteen weeks: each renewal put as it may have stood, then as it stands."""

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from callstation.calling.targets import day_starts_at
from callstation.demo.terms import CATEGORIES
from callstation.renewals.snapshots import take_snapshot
from callstation.work import Work
from db.stored import to_micros

WEEKS = 13
_PATH = ("not_started", "contacted", "quoted", "verbal_yes", "order_promised")
_SINCE = (0, 61, 33, 15, 5)
"""How many days ago, at most, a renewal came to each step of its path."""


class _Now(NamedTuple):
    renewal_id: int
    stage: str
    category: str
    amount: int | None
    close_on: str | None
    due_on: str
    closed_at: int | None


def add_snapshots(work: Work) -> None:
    """Weekly, and daily in the last week; none of today, which is taken as the day is opened."""
    rows = [
        _Now(*row)
        for row in work.rows("SELECT id, stage, category, amount, close_on, due_on, closed_at FROM renewal ORDER BY id")
    ]
    for ago in (*range(7 * WEEKS, 7, -7), *range(7, 0, -1)):
        today = work.today - timedelta(days=ago)
        then = replace(work, now=day_starts_at(work, today), today=today)  # as it is opened, before the day's work
        for row in rows:
            _put(work, _as_of(row, ago, to_micros(then.now)))
        take_snapshot(then)
    for row in rows:
        _put(work, row)


def _as_of(row: _Now, ago: int, now: int) -> _Now:
    """How a renewal stood so many days ago: fewer steps on its path, another amount or day, not closed yet."""
    stage, category, closed_at = row.stage, row.category, row.closed_at
    amount, close_on, number = row.amount, row.close_on, row.renewal_id
    if closed_at is not None and closed_at > now:
        days = (closed_at - now) // 86_400_000_000
        steps = sum(days <= limit for limit in (70, 40, 18, 7))
        stage = _PATH[steps]
        category, closed_at = CATEGORIES[stage], None
    elif closed_at is None:
        last = _PATH.index(stage) if stage in _PATH else 1
        shift = number * 5 % 11
        step = max(place for place in range(last + 1) if not place or ago <= _SINCE[place] - shift)
        if (ago > 3 + shift and stage not in _PATH) or step < last:
            stage = _PATH[step]
            category = CATEGORIES[stage]
    if amount is not None and closed_at is None:
        if number % 5 == 0 and ago > 4:
            amount = amount * 106 // 1_000_000 * 10_000
        elif number % 7 == 0 and ago > 2:
            amount = amount * 95 // 1_000_000 * 10_000
    if closed_at is None and close_on is None and number % 6 == 1 and ago > 5:
        close_on = _moved(row.due_on, -24 if number % 4 else 35)
    return row._replace(stage=stage, category=category, amount=amount, close_on=close_on, closed_at=closed_at)


def _moved(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def _put(work: Work, row: _Now) -> None:
    work.derive(
        "UPDATE renewal SET stage = ?, category = ?, amount = ?, close_on = ?, closed_at = ? WHERE id = ? AND "
        "(stage, category, amount, close_on, closed_at) IS NOT (?, ?, ?, ?, ?)",
        (row.stage, row.category, row.amount, row.close_on, row.closed_at, row.renewal_id, row.stage, row.category,
         row.amount, row.close_on, row.closed_at),
    )  # fmt: skip
