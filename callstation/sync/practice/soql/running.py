"""Running a query: its rows, then the rows of each child subquery for all of them at once."""

import json
from typing import Any

from callstation.sync.practice.answers import Column, QueryResult
from callstation.sync.practice.schema import SObject
from callstation.sync.practice.soql.select import Selection, Translator, find_object
from callstation.sync.practice.soql.shape import Record, records
from callstation.sync.practice.soql.tree import Query
from callstation.sync.practice.tables import Tables


def run(tables: Tables, translator: Translator, query: Query, version: str) -> QueryResult:
    """The whole answer; a COUNT() has its number in ``total`` and no records."""
    one = find_object(translator.schema, query.source)
    selection = translator.select(query, one)
    with tables.lock:  # no writer between the parents and their children
        rows = tables.rows(selection.sql, selection.parameters)
        if selection.shape is None:
            return _sums(selection, rows)
        found, columns = _records(tables, translator, selection, rows, version)
    return QueryResult(one.name, columns, len(found), found, one.prefix)


def _sums(selection: Selection, rows: list[tuple[Any, ...]]) -> QueryResult:
    one = selection.one
    if selection.is_count:
        return QueryResult(one.name, (), int(rows[0][0]), [], one.prefix)
    found: list[Record] = []
    for row in rows:
        record: Record = {"attributes": {"type": "AggregateResult"}}
        for (name, is_flag), value in zip(selection.names, row, strict=True):
            record[name] = bool(value) if is_flag else value
        found.append(record)
    return QueryResult(one.name, selection.columns, len(found), found, one.prefix, is_grouped=True)


def _records(
    tables: Tables, translator: Translator, selection: Selection, rows: list[tuple[Any, ...]], version: str
) -> tuple[list[Record], tuple[Column, ...]]:
    assert selection.shape is not None
    found = records(translator.schema, selection.shape, rows, version)
    columns = list(selection.columns)
    if selection.children:
        ids = [row[selection.id_at] for row in rows]
        places = [place for place, column in enumerate(columns) if column.type == "subquery"]
        for place, child in zip(places, selection.children, strict=True):
            name = columns[place].path[0]
            inner = _children(tables, translator, selection.one, child, ids, version)
            columns[place] = Column((name,), "subquery", children=inner[1])
            for record, record_id in zip(found, ids, strict=True):
                record[name] = inner[0].get(record_id)
    return found, tuple(columns)


def _children(
    tables: Tables, translator: Translator, parent: SObject, query: Query, ids: list[str], version: str
) -> tuple[dict[str, Record], tuple[Column, ...]]:
    """Parent id -> the nested answer; a parent without children has none."""
    child, pointer = parent.children[query.source.lower()]
    selection = translator.select(query, child, pointer=pointer.name)
    rows = tables.rows(selection.sql, [json.dumps(ids), *selection.parameters])
    by_parent: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        by_parent.setdefault(row[selection.parent_at], []).append(row)
    end = None if selection.limit is None else selection.offset + selection.limit
    kept = {parent_id: some[selection.offset : end] for parent_id, some in by_parent.items()}
    flat = [row for some in kept.values() for row in some]
    found, columns = _records(tables, translator, selection, flat, version)
    answers: dict[str, Record] = {}
    place = 0
    for parent_id, some in kept.items():
        if some:
            inner = found[place : place + len(some)]
            answers[parent_id] = {"totalSize": len(inner), "done": True, "records": inner}
        place += len(some)
    return answers, columns
