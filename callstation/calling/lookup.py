"""Rows of the queue for accounts that a search found, whether or not they are due."""

from collections.abc import Sequence

from callstation.calling.queue import COLUMNS, FROM, QueueRow, Reading, row_of


def rows_for(work: Reading, account_ids: Sequence[int]) -> tuple[QueueRow, ...]:
    """The call targets of these accounts, in the order of the accounts; an account without one has no row."""
    wanted = list(dict.fromkeys(account_ids))
    marks = ", ".join("?" * len(wanted))
    found = work.rows(f"SELECT {COLUMNS} {FROM} WHERE t.account_id IN ({marks}) ORDER BY t.rank, t.id", wanted)
    order = {account_id: place for place, account_id in enumerate(wanted)}
    return tuple(row_of(work, row, "found") for row in sorted(found, key=lambda row: order[row[1]]))


def row_for(work: Reading, target_id: int) -> QueueRow | None:
    """The row of one call target, None where it is gone."""
    found = work.rows(f"SELECT {COLUMNS} {FROM} WHERE t.id = ?", (target_id,))
    return row_of(work, found[0], "found") if found else None
