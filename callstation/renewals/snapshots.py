"""Putting the book down once a day: only what is other than before is written, nothing that was written changes.

Each row holds from its day until the opportunity's next row. Triggers of the store (migration 0005) refuse to change a
row, to add one to a day that is over, and to delete one that a snapshot of the last 400 days needs.
"""

from dataclasses import dataclass
from datetime import date

from callstation.renewals import live, win_rates
from callstation.renewals.states import last_rows, note_days, sums_and_trust
from callstation.renewals.sums import to_bytes
from callstation.work import Work
from db.stored import from_days, to_days, to_micros

KEPT_DAYS = 400
"""A snapshot is kept so many days, and until there are so many newer ones: a wrong clock deletes nothing."""
LAST, NOW = "temp.snapshot_last", "temp.snapshot_now"
_FACTS = "stage, category, amount, currency, close_on"
_INSERT = f"INSERT INTO snapshot_row (taken_on, is_growth, opportunity_id, {_FACTS}, is_gone)"


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
    _read_last(work, "snapshot_due")
    _read_now(work, is_due=True)
    sums, is_due = sums_and_trust(work, f"{LAST} r", f"{NOW} r")
    if not is_due:
        _read_last(work, "(SELECT DISTINCT is_growth, opportunity_id FROM snapshot_row)")
        _read_now(work, is_due=False)
    day = to_days(work.today)
    changed = _write_changed(work, day) + _write_gone(work, day)
    win_rates.learn(work, day, LAST)
    rows = live.how_many(work)
    work.derive(
        "INSERT INTO snapshot (taken_on, taken_at, rows, changed, sums) VALUES (?, ?, ?, ?, ?)",
        (day, to_micros(work.now), rows, changed, to_bytes(sums, work.today)),
        told="snapshot",
    )
    note_days(work)
    work.derive("DELETE FROM snapshot_due")
    for table in (LAST, NOW):
        work.derive(f"DELETE FROM {table}")
    return Taken(work.today, True, rows, changed)


def look_at_all(work: Work) -> None:
    """Let the next snapshot compare every opportunity, not only what triggers saw."""
    for side in live.SIDES:
        work.derive(
            "INSERT OR IGNORE INTO snapshot_due (is_growth, opportunity_id) "
            f"SELECT {side.is_growth}, id FROM {side.table}"
        )


def _read_last(work: Work, keys: str) -> None:
    """The last row of each of some opportunities, put beside in memory: it is asked for four times over."""
    _make_empty(work, LAST)
    columns = f"is_growth, opportunity_id, {_FACTS}, is_gone".replace(", ", ", r.")
    work.derive(f"INSERT INTO {LAST} SELECT r.{columns} FROM {last_rows(keys)}")


def _read_now(work: Work, *, is_due: bool) -> None:
    """The same of the book as it stands: of what was touched, or of all."""
    _make_empty(work, NOW)
    for side in live.SIDES:
        work.derive(
            f"INSERT INTO {NOW} SELECT {side.is_growth}, x.id, x.stage, {live.COUNTS_AS}, x.amount, x.currency, "
            f"unixepoch({side.closes(work)}) / 86400, 0 FROM {live.source_of(side, is_due=is_due)}"
        )


def _make_empty(work: Work, table: str) -> None:
    work.derive(
        f"CREATE TEMP TABLE IF NOT EXISTS {table} (is_growth INTEGER, opportunity_id INTEGER, {_FACTS}, is_gone, "
        "PRIMARY KEY (is_growth, opportunity_id)) WITHOUT ROWID"
    )
    work.derive(f"DELETE FROM {table}")


def _write_changed(work: Work, day: int) -> int:
    """A row for each opportunity that is other than its last one; how many."""
    return work.derive(
        f"{_INSERT} SELECT ?, n.is_growth, n.opportunity_id, n.stage, n.category, n.amount, n.currency, n.close_on, 0 "
        f"FROM {NOW} n LEFT JOIN {LAST} r ON r.is_growth = n.is_growth AND r.opportunity_id = n.opportunity_id "
        "WHERE r.is_gone IS NOT 0 OR (n.stage, n.category, n.amount, n.currency, n.close_on) "
        "IS NOT (r.stage, r.category, r.amount, r.currency, r.close_on)",
        (day,),
    )


def _write_gone(work: Work, day: int) -> int:
    """A row for each opportunity that is no longer in the book; how many."""
    return work.derive(
        f"{_INSERT} SELECT ?, r.is_growth, r.opportunity_id, r.stage, r.category, r.amount, r.currency, r.close_on, 1 "
        f"FROM {LAST} r WHERE NOT r.is_gone AND NOT EXISTS (SELECT 1 FROM {NOW} n WHERE n.is_growth = r.is_growth "
        "AND n.opportunity_id = r.opportunity_id)",
        (day,),
    )


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
