"""The merge: a plan written in one transaction, with everything that takes it back."""

import json
from collections.abc import Callable
from typing import Any

from callstation.accounts.importing.plan import ListPlan
from callstation.accounts.importing.writing import Target, targets, write_runs
from callstation.calling.targets import forget_order, refresh_targets
from callstation.errors import CancelledError
from callstation.renewals.states import free_id
from callstation.work import Work
from db.stored import to_micros

MANY_ACCOUNTS = 2000
"""From here on all call targets are brought in step, which costs less than asking for each account."""

Progress = Callable[[int, int], None]
_REFS = {
    "contact": {0: "account"},
    "contact_phone": {0: "contact", 1: "phone"},
    "contract": {1: "account", 2: "account"},
    "contract_line": {0: "contract", 2: "product"},
    "renewal": {0: "contract", 1: "account"},
    "activity": {0: "account"},
    "price_entry": {0: "price_book", 1: "product"},
}
"""Which places of a planned row are refs, and to which table."""
_OWNERS = {"account_id": "account", "partner_id": "account"}


class Writer:
    """One merge under way: where each table's new ids begin, and how far it has come."""

    def __init__(self, work: Work, plan: ListPlan, batch_id: int, progress: Progress, is_cancelled: Callable[[], bool]):
        self.work, self.plan, self.batch_id = work, plan, batch_id
        self.progress, self.is_cancelled = progress, is_cancelled
        self.targets = targets(to_micros(work.now), work.today.isoformat())
        self.before_first = {table: self._newest(table) for table in (*self.targets, "call_target")}
        self.made = plan.made
        self.written = {table: len(rows) for table, rows in self.made.items()}
        updates = sum(map(len, plan.updates.values()))
        self.done, self.total = 0, sum(self.written.values()) + updates + 1

    def write(self) -> None:
        """Make the new rows, change the stored ones, bring the call targets in step."""
        for target in self.targets.values():
            self._make(target)
        for table, rows in self.plan.updates.items():
            self._change(table, rows)
        self._refresh()

    def _make(self, target: Target) -> None:
        rows = self.made.get(target.table)
        if not rows:
            return
        refs = [(place, self.before_first[other]) for place, other in _REFS.get(target.table, {}).items()]

        def settled(row: tuple[Any, ...]) -> tuple[Any, ...]:
            values = list(row)
            for place, base in refs:
                ref = values[place]
                if ref is not None and ref < 0:
                    values[place] = base - ref
            return tuple(values)

        first_id = self.before_first[target.table] + 1
        write_runs(self.work, self.batch_id, target, rows, first_id, settled if refs else tuple, self._advance)
        rows.clear()

    def _change(self, table: str, rows: dict[int, dict[str, Any]]) -> None:
        """Rows that change the same columns go through one statement; each leaves its image."""
        by_columns: dict[tuple[str, ...], list[int]] = {}
        base = self.before_first[table]
        rows = {base - row_id if row_id < 0 else row_id: values for row_id, values in rows.items()}
        for row_id, values in rows.items():
            by_columns.setdefault(tuple(sorted(values)), []).append(row_id)
        for columns, ids in by_columns.items():
            names = ", ".join(columns)
            stored = {
                row[0]: row[1:]
                for row in self.work.rows(
                    f"SELECT id, {names} FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)
                )
            }
            images, written = [], []
            for row_id, was in stored.items():
                after = [self._settled(column, rows[row_id][column]) for column in columns]
                written.append((*after, row_id))
                before, is_now = (json.dumps(dict(zip(columns, values, strict=True))) for values in (was, after))
                images.append((self.batch_id, table, row_id, row_id, before, is_now))
            marks = ", ".join(f"{column} = ?" for column in columns)
            self.work.raw.executemany(f"UPDATE {table} SET {marks} WHERE id = ?", written)
            self.work.raw.executemany(
                """INSERT INTO import_image (batch_id, table_name, row_id, last_id, before, after)
                   VALUES (?, ?, ?, ?, ?, ?)""",
                images,
            )
            self._advance(len(written))

    def _settled(self, column: str, value: Any) -> Any:
        owner = _OWNERS.get(column)
        return self.before_first[owner] - value if owner and value is not None and value < 0 else value

    def _refresh(self) -> None:
        settle_targets(self.work, touched_accounts(self.work, self.batch_id))
        newest = self._newest("call_target")
        if newest > self.before_first["call_target"]:
            self.work.raw.execute(
                "INSERT INTO import_image (batch_id, table_name, row_id, last_id) VALUES (?, 'call_target', ?, ?)",
                (self.batch_id, self.before_first["call_target"] + 1, newest),
            )
        self._advance(1)

    def _newest(self, table: str) -> int:
        if table == "renewal":
            return free_id(self.work, is_growth=False) - 1
        row = self.work.row(f"SELECT coalesce(max(id), 0) FROM {table}")
        assert row is not None
        newest: int = row[0]
        return newest

    def _advance(self, rows: int) -> None:
        self.done += rows
        self.progress(self.done, self.total)
        if self.is_cancelled():
            raise CancelledError


def settle_targets(work: Work, account_ids: set[int] | None) -> None:
    """Bring the call targets of these accounts in step, and let the queue's order be made anew."""
    if account_ids is None or account_ids:  # a list of prices concerns nobody's
        refresh_targets(work, account_ids)
        forget_order(work)


def touched_accounts(work: Work, batch_id: int) -> set[int] | None:
    """The accounts whose call targets a batch concerns; None where they are so many that all are looked at."""
    found: set[int] = set()
    for table, column in (
        ("account", "id"), ("contact", "account_id"), ("contract", "account_id"), ("contract", "partner_id"),
        ("renewal", "account_id"),
    ):  # fmt: skip
        rows = work.rows(
            f"""SELECT DISTINCT t.{column} FROM import_image i JOIN {table} t ON t.id BETWEEN i.row_id AND i.last_id
                WHERE i.batch_id = ? AND i.table_name = ? AND t.{column} IS NOT NULL LIMIT ?""",
            (batch_id, table, MANY_ACCOUNTS),
        )
        found.update(row[0] for row in rows)
    linked = work.rows(
        """SELECT DISTINCT c.account_id FROM import_image i JOIN contact_phone l ON l.id BETWEEN i.row_id AND i.last_id
           JOIN contact c ON c.id = l.contact_id WHERE i.batch_id = ? AND i.table_name = 'contact_phone' LIMIT ?""",
        (batch_id, MANY_ACCOUNTS),
    )
    found.update(row[0] for row in linked)
    moved = work.rows(
        """SELECT DISTINCT j.value FROM import_image i, json_each(json_array(i.before, i.after)) o, json_each(o.value) j
           WHERE i.batch_id = ? AND i.before IS NOT NULL AND j.key IN ('account_id', 'partner_id')
           AND j.value IS NOT NULL LIMIT ?""",
        (batch_id, MANY_ACCOUNTS),
    )
    found.update(row[0] for row in moved)  # where they were, and where they are
    return None if len(found) >= MANY_ACCOUNTS else found
