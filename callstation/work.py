"""What a question or a verb works with: one connection in one transaction, the moment, the settings, the journal."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from callstation.changes import Image, Journal, where

if TYPE_CHECKING:
    from sqlalchemy import Connection, CursorResult, Executable

    from callstation.settings import Settings
    from db.base import Base


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
    open_connection: "Callable[[], Connection]"

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

    def derive(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Write what can be computed again (ranks, scores), which needs no undo; the number of rows written."""
        written: int = self.raw.execute(sql, values).rowcount
        return written

    def execute(self, statement: "Executable") -> "CursorResult[Any]":
        """Run a SQLAlchemy statement in this transaction. Writes through here are not undoable."""
        return self.open_connection().execute(statement)

    def insert(self, noun: "type[Base]", **values: Any) -> int:
        """Add one row; returns its id (0 for nouns keyed by something else)."""
        shape = _shape(noun)
        stored = shape.stored({**shape.defaults, **values})
        cursor = self.raw.execute(_insert(shape.table, tuple(stored)), tuple(stored.values()))
        if shape.key == ("id",):
            stored.setdefault("id", cursor.lastrowid)
        key = tuple((column, stored.pop(column)) for column in shape.key)
        self.journal.images.append(Image(shape.table, key, None, stored))
        return key[0][1] if shape.key == ("id",) else 0

    def update(self, noun: "type[Base]", row_id: int, **values: Any) -> None:
        """Change columns of one row; what is the same already is left alone. ``LookupError`` where it is gone."""
        shape = _shape(noun)
        key = (("id", row_id),)
        stored = shape.stored(values)
        found = self.raw.execute(_select(shape.table, tuple(stored), ("id",)), (row_id,)).fetchone()
        if found is None:
            raise LookupError(f"{shape.table} {row_id} is gone")
        before, after = {}, {}
        for (column, value), was in zip(stored.items(), found, strict=True):
            if value != was:
                before[column], after[column] = was, value
        if after:
            self.raw.execute(_update(shape.table, tuple(after)), (*after.values(), row_id))
            self.journal.images.append(Image(shape.table, key, before, after))

    def replace(self, noun: "type[Base]", **values: Any) -> None:
        """Insert a row, or overwrite the one with the same primary key."""
        shape = _shape(noun)
        stored = shape.stored({**shape.defaults, **values})
        key = tuple((column, stored.pop(column)) for column in shape.key)
        found = self.raw.execute(_select(shape.table, tuple(stored), shape.key), [v for _, v in key]).fetchone()
        before = None if found is None else dict(zip(stored, found, strict=True))
        if before == stored:
            return
        columns = (*shape.key, *stored)
        verb = _insert(shape.table, columns).replace("INSERT", "INSERT OR REPLACE", 1)
        self.raw.execute(verb, (*(value for _, value in key), *stored.values()))
        self.journal.images.append(Image(shape.table, key, before, stored))

    def delete(self, noun: "type[Base]", *key_values: Any) -> bool:
        """Remove one row by its primary key; whether there was one."""
        shape = _shape(noun)
        key = tuple(zip(shape.key, shape.stored_key(key_values), strict=True))
        columns = tuple(column for column in shape.columns if column not in shape.key)
        values = [value for _, value in key]
        found = self.raw.execute(_select(shape.table, columns, shape.key), values).fetchone()
        if found is None:
            return False
        self.raw.execute(f"DELETE FROM {shape.table} WHERE {where(key)}", values)
        self.journal.images.append(Image(shape.table, key, dict(zip(columns, found, strict=True)), None))
        return True


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a noun is written: its table, key, defaults, and what turns each value into its stored form."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    converters: dict[str, Callable[[Any], Any] | None]
    defaults: dict[str, Any]

    def stored(self, values: dict[str, Any]) -> dict[str, Any]:
        converters = self.converters
        return {
            column: value if value is None or (convert := converters[column]) is None else convert(value)
            for column, value in values.items()
        }

    def stored_key(self, values: Sequence[Any]) -> list[Any]:
        return list(self.stored(dict(zip(self.key, values, strict=True))).values())


@cache
def _shape(noun: "type[Base]") -> _Shape:
    from sqlalchemy import Boolean, Date, Enum, Table

    from db.base import Money, UtcDateTime, to_micros, to_units

    def converter(kind: Any) -> Callable[[Any], Any] | None:
        if isinstance(kind, UtcDateTime):
            return to_micros
        if isinstance(kind, Money):
            return to_units
        if isinstance(kind, Enum):
            return lambda item: item.value
        if isinstance(kind, Date):
            return lambda day: day.isoformat()
        return int if isinstance(kind, Boolean) else None

    table = noun.__table__
    assert isinstance(table, Table)
    return _Shape(
        table.name,
        tuple(column.name for column in table.primary_key),
        tuple(column.name for column in table.columns),
        {column.name: converter(column.type) for column in table.columns},
        {c.name: c.default.arg for c in table.columns if c.default is not None and c.default.is_scalar},
    )


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


@cache
def _update(table: str, columns: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{column} = ?' for column in columns)} WHERE id = ?"


@cache
def _select(table: str, columns: tuple[str, ...], key: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(columns)} FROM {table} WHERE {' AND '.join(f'{column} = ?' for column in key)}"
