"""Putting the book down once a day: only what is other than before is written, nothing that was written changes.

Each row holds from its day until the opportunity's next row. Triggers of the store (migration 0005) refuse to change a
row, to add one to a day that is over, and to delete one that a snapshot of the last 400 days needs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from callstation.renewals import live, win_rates
from callstation.renewals.states import COLUMNS, Change, due_changes, grown_by, state_on
from callstation.renewals.sums import CellKey, Sum, added, from_bytes, to_bytes
from callstation.work import Work
from db.stored import from_days, to_days, to_micros

KEPT_DAYS = 400
"""A snapshot is kept so many days, and until there are so many newer ones: a wrong clock deletes nothing."""
_INSERT = f"INSERT INTO snapshot_row (taken_on, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Taken:
    """The snapshot of a day."""

    taken_on: date
    is_new: bool
    """It was taken now; else the day (or a later one, where the clock was put back) had its own already."""
    rows: int
    """Opportunities that stood in it."""
    changed: int
    """Those that were other than in the snapshot before."""


def take_snapshot(work: Work) -> Taken:
    """Put the book down as it stands, once a day: the first one wins. Run through ``app.record``; nothing to undo."""
    last = work.row("SELECT taken_on, rows, changed FROM snapshot ORDER BY taken_on DESC LIMIT 1")
    if last is not None and to_days(work.today) <= last[0]:
        return Taken(from_days(last[0]), False, last[1], last[2])
    changes = [] if last is None else list(due_changes(work))
    if last is None or last[1] + grown_by(changes) != live.how_many(work):
        changes = _all_changes(work)
    return put_down(work, work.today, work.now, changes)


def put_down(work: Work, taken_on: date, taken_at: datetime, changes: Iterable[Change]) -> Taken:
    """Write one snapshot: what is other in it than in the last one, which is of an earlier day."""
    last = work.row("SELECT rows, sums FROM snapshot ORDER BY taken_on DESC LIMIT 1")
    sums: dict[CellKey, Sum] = {} if last is None else from_bytes(last[1])
    changes, day = list(changes), to_days(taken_on)
    win_rates.learn(work, changes)
    rows = []
    for key, before, after in changes:
        state = after or before
        assert state is not None, f"{key} was never in the book"
        stage, category, units, currency, close_on = state
        rows.append(
            (day, int(key.is_growth), key.opportunity_id, stage.value, category.value, units, currency,
             to_days(close_on), int(after is None))
        )  # fmt: skip
    work.raw.executemany(_INSERT, rows)
    count = (0 if last is None else last[0]) + grown_by(changes)
    kept = to_bytes(added(sums, changes), taken_on)
    work.derive(
        "INSERT INTO snapshot (taken_on, taken_at, rows, changed, sums) VALUES (?, ?, ?, ?, ?)",
        (day, to_micros(taken_at), count, len(rows), kept),
        told="snapshot",
    )
    work.derive("DELETE FROM snapshot_due")
    prune(work)
    return Taken(taken_on, True, count, len(rows))


def prune(work: Work) -> int:
    """Let go snapshots older than ``KEPT_DAYS`` with ``KEPT_DAYS`` newer ones, and rows that only they needed.

    The last row of an opportunity before the oldest snapshot that is kept stays, for that one is made of it. How many
    rows went.
    """
    found = work.row(
        "SELECT min(taken_on), max(taken_on) - ?, (SELECT taken_on FROM snapshot ORDER BY taken_on DESC LIMIT 1 "
        "OFFSET ?) FROM snapshot",
        (KEPT_DAYS, KEPT_DAYS),
    )
    if found is None or found[2] is None or found[0] > min(found[1], found[2]):
        return 0
    oldest = found[0]
    work.derive("DELETE FROM snapshot WHERE taken_on <= ?", (min(found[1], found[2]),))
    kept = work.row("SELECT min(taken_on) FROM snapshot")
    assert kept is not None
    went = work.derive(
        "DELETE FROM snapshot_row WHERE (taken_on, is_growth, opportunity_id) IN (SELECT o.taken_on, o.is_growth, "
        "o.opportunity_id FROM snapshot_row n CROSS JOIN snapshot_row o ON o.is_growth = n.is_growth "
        "AND o.opportunity_id = n.opportunity_id AND o.taken_on < n.taken_on "
        "WHERE n.taken_on > ? AND n.taken_on <= ?)",
        (oldest, kept[0]),
    )
    return went + work.derive(
        "DELETE FROM snapshot_row WHERE taken_on >= ? AND taken_on <= ? AND is_gone", (oldest, kept[0])
    )


def _all_changes(work: Work) -> list[Change]:
    """Every opportunity that is other than in the last snapshot, whether a trigger saw it or not."""
    was = state_on(work, date.max) or {}
    changes: list[Change] = []
    for key, state in live.live_states(work):
        before = was.pop(key, None)
        if before != state:
            changes.append((key, before, state))
    changes += [(key, before, None) for key, before in was.items()]
    return sorted(changes, key=lambda change: change[0])
