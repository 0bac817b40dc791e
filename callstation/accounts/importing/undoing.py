"""Taking a merged list back, and putting it in again: whole, or not at all and saying what stands in the way."""

import json
from collections.abc import Iterator
from typing import Any

from callstation.accounts.importing.collector import no_cycle_search
from callstation.accounts.importing.merging import settle_targets, touched_accounts
from callstation.accounts.importing.writing import Target, digest_of, targets
from callstation.errors import UserError
from callstation.work import Work
from db.engine import IntegrityError
from db.stored import to_micros

_IMAGES = "SELECT id FROM import_image WHERE batch_id = ? ORDER BY id {way}"
_UNINDEXED = (
    ("activity", "contact_id"), ("activity", "renewal_id"), ("document", "contact_id"), ("document", "renewal_id"),
    ("quote", "contact_id"), ("quote_line", "product_id"), ("batch_item", "account_id"), ("batch_item", "renewal_id"),
    ("growth", "contact_id"), ("growth", "product_id"),
)  # fmt: skip
"""What refers to imported rows without an index of its own, which would cost every logged call."""
_DERIVED = {"contract": ("last_due_on",), "renewal": ("target_id", "target_a_year", "amount_a_year")}
"""Columns that are worked out from others, so their change is no one's work."""
_OWN = {
    "account": (("contracted_price", "account_id"), ("whitespace_mark", "account_id")),
    "contact": (("growth", "contact_id"),),
    "price_book": (("price_entry", "price_book_id"),),
    "renewal": (("closing_mark", "renewal_id"),),
}
"""Tables whose rows are deleted with what they belong to, or lose it, with the column that says so."""
_NOUNS = {
    "account": "account", "contact": "contact", "phone": "phone number", "contact_phone": "phone number",
    "contract": "contract", "contract_line": "contract line", "renewal": "renewal", "activity": "call or note",
    "callback": "callback", "call_target": "account", "note_draft": "unfinished note", "product": "product",
    "price_book": "price book", "price_entry": "price", "contracted_price": "contracted price",
    "quote": "quote", "quote_line": "line of a quote", "closing_mark": "closing step", "document": "document",
    "batch_item": "document", "growth": "opportunity", "whitespace_mark": "whitespace mark",
}  # fmt: skip


@no_cycle_search()
def take_back(work: Work, batch_id: int) -> None:
    """Bring every row back to where it was before the batch.

    ``UserError`` naming what was touched since; nothing has been changed then, as the transaction is given up.
    """
    target_ids = touched_accounts(work, batch_id)
    batch = work.row("SELECT merged_at FROM import_batch WHERE id = ?", (batch_id,))
    assert batch is not None
    made = targets(batch[0], "")
    for child, column in _UNINDEXED:  # without it, each row taken away would be looked for in every call ever logged
        work.raw.execute(f"CREATE INDEX undo_{child}_{column} ON {child} ({column})")
    for (image_id,) in work.rows(_IMAGES.format(way="DESC"), (batch_id,)):
        table, first, last, before, after, digest = _image(work, image_id)
        if before is not None:
            _put(work, batch_id, table, first, json.loads(after), json.loads(before))
            continue
        if digest is not None and not _is_untouched(work, made[table], first, last, digest):
            raise _touched(work, batch_id, table, first, last)
        if any(_has_own(work, table, first, last)):
            raise _in_use(work, table, first, last)
        _keep(work, image_id, table, first, last)
        try:
            work.raw.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
        except IntegrityError as error:
            raise _in_use(work, table, first, last) from error
    for child, column in _UNINDEXED:
        work.raw.execute(f"DROP INDEX undo_{child}_{column}")
    settle_targets(work, target_ids)
    work.raw.execute("UPDATE import_batch SET undone_at = ? WHERE id = ?", (to_micros(work.now), batch_id))
    # Later lists were found unchanged beside rows that are gone now.
    work.raw.execute("UPDATE import_batch SET row_digests = NULL WHERE id > ?", (batch_id,))


@no_cycle_search()
def put_in_again(work: Work, batch_id: int) -> None:
    """Redo: the rows as they were when they were taken back."""
    for (image_id,) in work.rows(_IMAGES.format(way="ASC"), (batch_id,)):
        table, first, _, before, after, _ = _image(work, image_id)
        if before is not None:
            _put(work, batch_id, table, first, json.loads(before), json.loads(after))
            continue
        kept = json.loads(after)
        names = ", ".join(kept["columns"])
        marks = ", ".join("?" * len(kept["columns"]))
        work.raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", kept["rows"])
        work.raw.execute("UPDATE import_image SET after = NULL WHERE id = ?", (image_id,))
    work.raw.execute("UPDATE import_batch SET undone_at = NULL WHERE id = ?", (batch_id,))
    settle_targets(work, touched_accounts(work, batch_id))


def _image(work: Work, image_id: int) -> tuple[Any, ...]:
    sql = "SELECT table_name, row_id, last_id, before, after, digest FROM import_image WHERE id = ?"
    found = work.row(sql, (image_id,))
    assert found is not None
    return found


def _put(work: Work, batch_id: int, table: str, row_id: int, expected: dict[str, Any], wanted: dict[str, Any]) -> None:
    columns = ", ".join(wanted)
    found = work.row(f"SELECT {columns} FROM {table} WHERE id = ?", (row_id,))
    if found is None or found != tuple(expected.values()):
        raise _touched(work, batch_id, table, row_id, row_id)
    marks = ", ".join(f"{column} = ?" for column in wanted)
    work.raw.execute(f"UPDATE {table} SET {marks} WHERE id = ?", (*wanted.values(), row_id))


def _is_untouched(work: Work, target: Target, first: int, last: int, digest: str) -> bool:
    """Whether the run is as it was written: the columns written by their digest, all others still empty."""
    rows = work.rows(
        f"SELECT {', '.join(target.columns)} FROM {target.table} WHERE id BETWEEN ? AND ? ORDER BY id", (first, last)
    )
    return digest_of(rows) == digest and _changed_rows(work, target, first, last) == []


def _changed_rows(work: Work, target: Target, first: int, last: int) -> list[int]:
    """Ids of the run whose shared or empty columns are no longer as every made row had them."""
    same = {name: value for name, value in target.same.items() if name not in ("created_at", "happened_on")}
    derived = _DERIVED.get(target.table, ())
    others = [
        name
        for name in _columns(work, target.table)
        if name not in target.columns and name not in target.same and name not in derived
    ]
    tests = [f"{name} IS NOT ?" for name in same] + [f"coalesce({name}, '') <> ''" for name in others]
    if not tests:
        return []
    sql = f"SELECT id FROM {target.table} WHERE id BETWEEN ? AND ? AND ({' OR '.join(tests)}) LIMIT 4"
    return [row[0] for row in work.rows(sql, (first, last, *same.values()))]


def _keep(work: Work, image_id: int, table: str, first: int, last: int) -> None:
    columns = _columns(work, table)
    rows = work.rows(f"SELECT {', '.join(columns)} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", (first, last))
    content = json.dumps({"columns": columns, "rows": rows})
    work.raw.execute("UPDATE import_image SET after = ? WHERE id = ?", (content, image_id))


def _columns(work: Work, table: str) -> list[str]:
    return [row[1] for row in work.rows(f"PRAGMA table_info({table})")]


def _has_own(work: Work, table: str, first: int, last: int) -> Iterator[bool]:
    """Whether rows that would go with these unasked are the rep's own work."""
    for child, column in _OWN.get(table, ()):
        yield work.row(f"SELECT 1 FROM {child} WHERE {column} BETWEEN ? AND ? LIMIT 1", (first, last)) is not None


def _touched(work: Work, batch_id: int, table: str, first: int, last: int) -> UserError:
    later = work.rows(
        "SELECT row_id FROM import_image WHERE batch_id > ? AND table_name = ? AND row_id BETWEEN ? AND ? LIMIT 4",
        (batch_id, table, first, last),
    )
    ids = [row[0] for row in later] or (
        [first] if first == last else _changed_rows(work, targets(0, "")[table], first, last)
    )
    names = ", ".join(dict.fromkeys(f"“{name}”" for row_id in ids[:3] if (name := _name(work, table, row_id))))
    noun = _NOUNS.get(table, table)
    what = f"{_a(noun).capitalize()} it brought or changed has been worked on since{f': {names}' if names else ''}."
    return UserError("This import cannot be undone.", what, "Import a corrected list instead.")


def _in_use(work: Work, table: str, first: int, last: int) -> UserError:
    """What refers to one of these rows and came from elsewhere."""
    noun, name = "row", ""
    for (child,) in work.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%REFERENCES%'"):
        for key in work.rows(f"PRAGMA foreign_key_list({child})"):
            parent, column, on_delete = key[2], key[3], key[6]
            if parent != table or (on_delete != "NO ACTION" and (child, column) not in _OWN.get(table, ())):
                continue
            row = work.row(f"SELECT rowid FROM {child} WHERE {column} BETWEEN ? AND ? LIMIT 1", (first, last))
            if row is not None:
                noun, name = _NOUNS.get(child, child.replace("_", " ")), _name(work, child, row[0])
    owner = _NOUNS.get(table, table.replace("_", " "))
    what = f"Since then {_a(noun)} was added to {_a(owner)} it brought{f': {name}' if name else ''}."
    return UserError("This import cannot be undone.", what, "Undo the later work first, or import a corrected list.")


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _name(work: Work, table: str, row_id: int) -> str:
    """Something to recognise a row by, or ""."""
    sql = {
        "account": "SELECT name FROM account WHERE id = ?",
        "contact": "SELECT name FROM contact WHERE id = ?",
        "phone": "SELECT e164 FROM phone WHERE id = ?",
        "contract": "SELECT number FROM contract WHERE id = ?",
        "activity": "SELECT a.name FROM activity t JOIN account a ON a.id = t.account_id WHERE t.id = ?",
        "renewal": "SELECT k.number FROM renewal r JOIN contract k ON k.id = r.contract_id WHERE r.id = ?",
        "quote": "SELECT number FROM quote WHERE id = ?",
        "quote_line": "SELECT q.number FROM quote_line l JOIN quote q ON q.id = l.quote_id WHERE l.id = ?",
        "growth": "SELECT title FROM growth WHERE id = ?",
        "product": "SELECT name FROM product WHERE id = ?",
        "price_book": "SELECT name FROM price_book WHERE id = ?",
        "price_entry": "SELECT p.name FROM price_entry e JOIN product p ON p.id = e.product_id WHERE e.id = ?",
        "contracted_price": """SELECT p.name FROM contracted_price c JOIN product p ON p.id = c.product_id
            WHERE c.id = ?""",
    }.get(table)
    row = work.row(sql, (row_id,)) if sql else None
    return str(row[0]) if row else ""
