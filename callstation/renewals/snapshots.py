"""Putting the book down once a day: only what is other than before is written, nothing that was written changes.

Each row holds from its day until the opportunity's next row. Triggers of the store (migration 0005) refuse to change a
row, to add one to a day that is over, and to delete one that a snapshot of the last 400 days needs.
"""

from dataclasses import dataclass
from datetime import date

from callstation.renewals import live, win_rates
from callstation.renewals.states import LAST_ROW, sums_and_trust
from callstation.renewals.sums import to_bytes
from callstation.work import Work
from db.stored import from_days, to_days, to_micros

KEPT_DAYS = 400
"""A snapshot is kept so many days, and until there are so many newer ones: a wrong clock deletes nothing."""
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
    sums, is_due = sums_and_trust(work)
    day, changed = to_days(work.today), 0
    for side in live.SIDES:
        changed += _write_changed(work, side, day, is_due=is_due)
    if last is not None:
        changed += _write_gone(work, day, is_due=is_due)
        win_rates.learn(work, day)
    rows = live.how_many(work)
    work.derive(
        "INSERT INTO snapshot (taken_on, taken_at, rows, changed, sums) VALUES (?, ?, ?, ?, ?)",
        (day, to_micros(work.now), rows, changed, to_bytes(sums, work.today)),
        told="snapshot",
    )
    work.derive("DELETE FROM snapshot_due")
    prune(work)
    return Taken(work.today, True, rows, changed)


def look_at_all(work: Work) -> None:
    """Let the next snapshot compare every opportunity, not only what triggers saw."""
    for side in live.SIDES:
        work.derive(
            "INSERT OR IGNORE INTO snapshot_due (is_growth, opportunity_id) "
            f"SELECT {side.is_growth}, id FROM {side.table}"
        )


def _write_changed(work: Work, side: live.Side, day: int, *, is_due: bool) -> int:
    """A row for each opportunity that is other than its last one; how many."""
    return work.derive(
        f"{_INSERT} SELECT ?, l.is_growth, l.id, l.stage, l.category, l.amount, l.currency, l.close_on, 0 "
        f"FROM (SELECT {side.is_growth} AS is_growth, x.id, x.stage, {live.COUNTS_AS} AS category, x.amount, "
        f"x.currency, unixepoch({side.closes(work)}) / 86400 AS close_on FROM {live.source_of(side, is_due=is_due)}) l "
        "LEFT JOIN snapshot_row r ON r.is_growth = l.is_growth AND r.opportunity_id = l.id AND r.taken_on = "
        "(SELECT max(n.taken_on) FROM snapshot_row n WHERE n.is_growth = l.is_growth AND n.opportunity_id = l.id) "
        "WHERE r.taken_on IS NULL OR r.is_gone OR (l.stage, l.category, l.amount, l.currency, l.close_on) "
        "IS NOT (r.stage, r.category, r.amount, r.currency, r.close_on) ORDER BY 2, 3",
        (day,),
    )


def _write_gone(work: Work, day: int, *, is_due: bool) -> int:
    """A row for each opportunity that is no longer in the book; how many."""
    keys = "snapshot_due" if is_due else "(SELECT DISTINCT is_growth, opportunity_id FROM snapshot_row)"
    gone = (
        f"(SELECT k.is_growth, k.opportunity_id FROM {keys} k WHERE NOT EXISTS (SELECT 1 FROM renewal "
        "WHERE id = k.opportunity_id AND NOT k.is_growth UNION ALL SELECT 1 FROM growth WHERE id = k.opportunity_id "
        "AND k.is_growth))"
    )
    return work.derive(
        f"{_INSERT} SELECT ?, r.is_growth, r.opportunity_id, r.stage, r.category, r.amount, r.currency, r.close_on, 1 "
        f"FROM {LAST_ROW.format(keys=gone)} WHERE NOT r.is_gone",
        (day, day),
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
