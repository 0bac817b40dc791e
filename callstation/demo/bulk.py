"""Loading very many rows at once: indexes and search triggers stand aside and come back complete."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

SEARCH = {
    "search_account": ("account", "name, city", ""),
    "search_contact": ("contact", "name, email", ""),
    "search_contract": ("contract", "number, order_number", ""),
    "search_note": ("activity", "note", "WHERE note <> ''"),
    "search_phone": ("phone", "e164", ""),
}
"""Each search index: the table it reads, its columns, and which rows have something to find."""


def load(raw: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of stored values; ``columns`` is their names, comma separated."""
    marks = ", ".join("?" * len(columns.split(",")))
    raw.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


@contextmanager
def unindexed(raw: Any, *tables: str) -> Iterator[None]:
    """Drop the indexes and triggers of some tables for a load, then make them again, sorted, in one pass each."""
    marks = ", ".join("?" * len(tables))
    made = raw.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL "
        f"AND tbl_name IN ({marks})",
        tables,
    ).fetchall()
    for kind, name, _ in made:
        raw.execute(f"DROP {kind} {name}")
    yield
    for _, _, statement in made:
        raw.execute(statement)
    for index, (table, _, _) in SEARCH.items():
        if table in tables:
            rebuild_search(raw, index)


def rebuild_search(raw: Any, index: str) -> None:
    """Fill one search index anew from its table, as its triggers would have."""
    table, columns, condition = SEARCH[index]
    raw.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    raw.execute(f"INSERT INTO {index} (rowid, {columns}) SELECT id, {columns} FROM {table} {condition} ORDER BY id")
