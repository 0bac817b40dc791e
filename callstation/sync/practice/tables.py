"""The org's records in SQLite: a table an object, a column a field, and one transaction at a time."""

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

from callstation.sync.practice.ids import make_ids, new_instance
from callstation.sync.practice.schema import Field, Schema, SObject
from db.engine import connect

Row = dict[str, Any]
_TYPES = {"boolean": "INTEGER NOT NULL DEFAULT 0", "int": "INTEGER", "double": "REAL", "currency": "REAL",
          "percent": "REAL", "date": "TEXT", "datetime": "TEXT", "id": "TEXT", "reference": "TEXT"}  # fmt: skip
_INDEXED = {"AccountId", "WhoId", "WhatId", "OpportunityId", "ContactId", "LeadId", "CampaignId", "Pricebook2Id",
            "QuoteId", "ContractId"}  # fmt: skip


class Tables:
    """The connection, its lock and its prepared statements. ``path`` None keeps everything in memory."""

    def __init__(self, path: Path | None, schema: Schema) -> None:
        self.schema = schema
        self.lock = threading.RLock()
        self._depth = 0
        if path is None:
            from sqlcipher3 import dbapi2 as sqlite

            self.raw = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False, cached_statements=512)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.raw = connect(path)
        self.raw.create_function("fold", 1, _fold, deterministic=True)
        self.columns = {one.name: _stored(one) for one in schema.objects.values()}
        with self.transaction():
            for one in schema.objects.values():
                self._make(one)
            self.raw.execute(
                "CREATE TABLE IF NOT EXISTS _bin (record_id TEXT PRIMARY KEY, sobject TEXT, root_id TEXT, at TEXT)"
            )
            self.raw.execute("CREATE INDEX IF NOT EXISTS _bin_root ON _bin (root_id)")
            self.raw.execute("CREATE TABLE IF NOT EXISTS _gone (record_id TEXT PRIMARY KEY, sobject TEXT, at TEXT)")
            self.raw.execute("CREATE TABLE IF NOT EXISTS _serial (name TEXT PRIMARY KEY, next INTEGER)")
            self.raw.execute("CREATE TABLE IF NOT EXISTS _about (name TEXT PRIMARY KEY, value TEXT)")
        self.instance = self.about("instance") or self.remember("instance", new_instance())

    def close(self) -> None:
        with self.lock:
            self.raw.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a block within a block is a savepoint."""
        with self.lock:
            name = f"s{self._depth}"
            self.raw.execute("BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth:
                    self.raw.execute(f"ROLLBACK TO {name}")
                    self.raw.execute(f"RELEASE {name}")
                else:
                    self.raw.execute("ROLLBACK")
                raise
            self._depth -= 1
            self.raw.execute(f"RELEASE {name}" if self._depth else "COMMIT")

    # -- reading ---------------------------------------------------------------------------------------------------

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.lock:
            found: list[tuple[Any, ...]] = self.raw.execute(sql, parameters).fetchall()
        return found

    def whole(self, one: SObject, record_ids: Iterable[str]) -> dict[str, Row]:
        """The stored rows of these ids, deleted ones included, by id."""
        names = self.columns[one.name]
        sql = f"SELECT {_list(names)} FROM {_q(one.name)} WHERE Id IN (SELECT value FROM json_each(?))"
        found = self.rows(sql, (json.dumps(list(record_ids)),))
        place = names.index("Id")
        return {row[place]: dict(zip(names, row, strict=True)) for row in found}

    def slim(self, one: SObject, record_ids: Iterable[str]) -> dict[str, Row]:
        """Of these ids only whether they are deleted and which account is theirs."""
        account = "AccountId" if "AccountId" in one.fields else "NULL"
        sql = f"SELECT Id, IsDeleted, {account} FROM {_q(one.name)} WHERE Id IN (SELECT value FROM json_each(?))"
        found = self.rows(sql, (json.dumps(list(record_ids)),))
        return {row[0]: {"IsDeleted": row[1], "AccountId": row[2]} for row in found}

    def by_key(self, one: SObject, key: Field, values: Iterable[Any]) -> dict[str, list[str]]:
        """Folded key -> ids of the live records that carry it."""
        folded = json.dumps([text for text in {key_text(key, value) for value in values} if text is not None])
        found: dict[str, list[str]] = {}
        for record_id, text in self.rows(
            f"SELECT Id, {_q(key.name + '#')} FROM {_q(one.name)} "
            f"WHERE {_q(key.name + '#')} IN (SELECT value FROM json_each(?)) AND NOT IsDeleted ORDER BY Id",
            (folded,),
        ):
            found.setdefault(text, []).append(record_id)
        return found

    # -- writing ---------------------------------------------------------------------------------------------------

    def insert(self, one: SObject, rows: Sequence[Row]) -> None:
        """Rows with every column of the object."""
        if rows:
            names, keys, values = self._bound(one, rows)
            bound = [*names, *(key.name + "#" for key in keys)]
            sql = f"INSERT INTO {_q(one.name)} ({_list(bound)}) VALUES ({', '.join('?' * len(bound))})"
            self.raw.executemany(sql, values)

    def replace(self, one: SObject, rows: Sequence[Row]) -> None:
        """Write whole rows over those with their ids."""
        if rows:
            names, keys, values = self._bound(one, rows)
            bound = [*names, *(key.name + "#" for key in keys)]
            empty = [name for name in self.columns[one.name] if name not in names]
            empty += [key.name + "#" for key in one.keys if key not in keys]
            parts = [*(f"{_q(name)} = ?" for name in bound), *(f"{_q(name)} = NULL" for name in empty)]
            sql = f"UPDATE {_q(one.name)} SET {', '.join(parts)} WHERE Id = ?"
            self.raw.executemany(sql, [(*some, row["Id"]) for some, row in zip(values, rows, strict=True)])

    def ids(self, one: SObject, count: int) -> list[str]:
        return make_ids(one.prefix, self.instance, self.serial(one.name, count), count)

    def serial(self, name: str, count: int = 1) -> int:
        """The first of ``count`` fresh numbers of a sequence."""
        with self.lock:
            found = self.raw.execute(
                "INSERT INTO _serial VALUES (?, ? + 1) ON CONFLICT DO UPDATE SET next = next + ? RETURNING next - ?",
                (name, count, count, count),
            ).fetchone()
        return int(found[0])

    def about(self, name: str) -> str | None:
        found = self.rows("SELECT value FROM _about WHERE name = ?", (name,))
        return str(found[0][0]) if found else None

    def remember(self, name: str, value: str) -> str:
        with self.lock:
            self.raw.execute("INSERT OR REPLACE INTO _about VALUES (?, ?)", (name, value))
        return value

    # -- how -------------------------------------------------------------------------------------------------------

    def _bound(self, one: SObject, rows: Sequence[Row]) -> tuple[list[str], list[Field], list[tuple[Any, ...]]]:
        """The columns and keys that any row fills, and their values: the driver takes fifteen times as long over a None
        as over a text, so that columns without a value are better left out of the statement."""
        names = [name for name in self.columns[one.name] if any(row[name] is not None for row in rows)]
        keys = [key for key in one.keys if key.name in names]
        take = itemgetter(*names)
        if not keys:
            return names, keys, [take(row) for row in rows]
        if len(keys) == 1:
            key, name = keys[0], keys[0].name
            return names, keys, [(*take(row), key_text(key, row[name])) for row in rows]
        return names, keys, [(*take(row), *(key_text(key, row[key.name]) for key in keys)) for row in rows]

    def _make(self, one: SObject) -> None:
        """Make the table, or give a table of an earlier run the columns it lacks."""
        wanted = {column.name: _TYPES.get(column.type, "TEXT COLLATE NOCASE") for column in one.columns}
        wanted |= {"IsDeleted": "INTEGER NOT NULL DEFAULT 0"} | {f"{key.name}#": "TEXT" for key in one.keys}
        there = {row[1] for row in self.raw.execute(f"PRAGMA table_info({_q(one.name)})")}
        if not there:
            body = ", ".join(f"{_q(name)} {kind}" for name, kind in wanted.items())
            self.raw.execute(f"CREATE TABLE {_q(one.name)} ({body}, PRIMARY KEY (Id))")
            self.raw.execute(f"CREATE INDEX {_q(one.name + '.stamp')} ON {_q(one.name)} (SystemModstamp, Id)")
        for name, kind in wanted.items():
            if there and name not in there:
                self.raw.execute(f"ALTER TABLE {_q(one.name)} ADD COLUMN {_q(name)} {kind}")
            if name.endswith("#") or name in _INDEXED:
                self.raw.execute(
                    f"CREATE INDEX IF NOT EXISTS {_q(f'{one.name}.{name}')} ON {_q(one.name)} ({_q(name)}) "
                    f"WHERE {_q(name)} IS NOT NULL"
                )


def _stored(one: SObject) -> tuple[str, ...]:
    """Every table knows whether a row is deleted, also those whose describe does not tell it."""
    names = tuple(column.name for column in one.columns)
    return names if "IsDeleted" in names else (*names, "IsDeleted")


def key_text(key: Field, value: Any) -> str | None:
    """The form in which keys are compared: without case, unless the field minds it."""
    if value is None:
        return None
    if isinstance(value, float) and value == int(value):
        value = int(value)
    text = str(value).strip()
    return text if key.is_case_sensitive else text.casefold()


def _fold(text: Any) -> Any:
    return text.casefold() if isinstance(text, str) else text


def _q(name: str) -> str:
    return f'"{name}"'


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_q, names))
