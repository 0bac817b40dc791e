"""What a question or a verb works with: one connection in one transaction, the moment, the settings, the journal."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callstation.changes import Image, Journal, where
from db.nouns import Noun
from db.stored import to_micros, to_units

if TYPE_CHECKING:
    from callstation.settings import Settings


@dataclass(slots=True)
class Work:
    """Handed as the first argument to every question (which reads) and every verb (which writes)."""

    raw: Any
    """The sqlite connection, for the few statements on hot paths."""
    now: datetime
    today: date
    """The rep's date, which turns at the hour of the settings."""
    settings: "Settings"
    journal: Journal
    folder: Path
    """Where the store lies, and beside it what else is the user's own: templates, documents."""

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one hand-written statement, in stored values."""
        found: list[tuple[Any, ...]] = self.raw.execute(sql, values).fetchall()
        return found

    def each(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of one hand-written statement as they are found, for a walk that may end early."""
        found: Iterator[tuple[Any, ...]] = self.raw.execute(sql, values)
        return found

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of one hand-written statement, in stored values."""
        found: tuple[Any, ...] | None = self.raw.execute(sql, values).fetchone()
        return found

    def derive(self, sql: str, values: Sequence[Any] = (), *, told: str = "") -> int:
        """Write what can be computed again (ranks, scores, what the CRM said), which needs no undo.

        The number of rows written. ``told`` names the noun whose screens are to read anew.
        """
        written: int = self.raw.execute(sql, values).rowcount
        if told:
            self.journal.told.add(told)
        return written

    def insert(self, noun: Noun, **values: Any) -> int:
        """Add one row; returns its id (0 for nouns keyed by something else)."""
        stored = {**noun.defaults, **_stored(values)}
        cursor = self.raw.execute(_insert(noun.table, tuple(stored)), tuple(stored.values()))
        if noun.key == ("id",):
            stored.setdefault("id", cursor.lastrowid)
        key = tuple((column, stored.pop(column)) for column in noun.key)
        self.journal.images.append(Image(noun.table, key, None, stored))
        return key[0][1] if noun.key == ("id",) else 0

    def update(self, noun: Noun, row_id: int, **values: Any) -> None:
        """Change columns of one row; what is the same already is left alone. ``LookupError`` where it is gone."""
        key = (("id", row_id),)
        stored = _stored(values)
        found = self.raw.execute(_select(noun.table, tuple(stored), ("id",)), (row_id,)).fetchone()
        if found is None:
            raise LookupError(f"{noun.table} {row_id} is gone")
        before, after = {}, {}
        for (column, value), was in zip(stored.items(), found, strict=True):
            if value != was:
                before[column], after[column] = was, value
        if after:
            self.raw.execute(_update(noun.table, tuple(after)), (*after.values(), row_id))
            self.journal.images.append(Image(noun.table, key, before, after))

    def replace(self, noun: Noun, **values: Any) -> None:
        """Insert a row, or overwrite the one with the same primary key."""
        stored = {**noun.defaults, **_stored(values)}
        key = tuple((column, stored.pop(column)) for column in noun.key)
        found = self.raw.execute(_select(noun.table, tuple(stored), noun.key), [v for _, v in key]).fetchone()
        before = None if found is None else dict(zip(stored, found, strict=True))
        if before == stored:
            return
        columns = (*noun.key, *stored)
        verb = _insert(noun.table, columns).replace("INSERT", "INSERT OR REPLACE", 1)
        self.raw.execute(verb, (*(value for _, value in key), *stored.values()))
        self.journal.images.append(Image(noun.table, key, before, stored))

    def delete(self, noun: Noun, *key_values: Any) -> bool:
        """Remove one row by its primary key; whether there was one."""
        key = tuple(_stored(dict(zip(noun.key, key_values, strict=True))).items())
        values = [value for _, value in key]
        cursor = self.raw.execute(f"SELECT * FROM {noun.table} WHERE {where(key)}", values)
        found = cursor.fetchone()
        if found is None:
            return False
        row = {column[0]: value for column, value in zip(cursor.description, found, strict=True)}
        self.raw.execute(f"DELETE FROM {noun.table} WHERE {where(key)}", values)
        before = {column: value for column, value in row.items() if column not in noun.key}
        self.journal.images.append(Image(noun.table, key, before, None))
        return True


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    return {column: _FORMS.get(type(value), _as_it_is)(value) for column, value in values.items()}


def _as_it_is(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


_FORMS: dict[type, Callable[[Any], Any]] = {
    datetime: to_micros, date: date.isoformat, Decimal: to_units, bool: int,
}  # fmt: skip
"""How a value is stored, by its type; words of the vocabulary by their value."""


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@cache
def _update(table: str, columns: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE id = ?"


@cache
def _select(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {' AND '.join(f'{column} = ?' for column in key)}"
