"""What a query selects, in SQL: fields, parents, aggregates; and the order and the limits of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from callstation.sync.practice.answers import Column
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.schema import Field, Schema, SObject
from callstation.sync.practice.soql.conditions import Conditions
from callstation.sync.practice.soql.fields import Found, Source
from callstation.sync.practice.soql.shape import Shape, kind_of
from callstation.sync.practice.soql.tree import Call, Item, Query

_SUMS = {"COUNT": "count({})", "COUNT_DISTINCT": "count(DISTINCT {})", "SUM": "CAST(sum({}) AS REAL)", "AVG": "avg({})",
         "MIN": "min({})", "MAX": "max({})"}  # fmt: skip
_SAME = {"TOLABEL", "FORMAT", "CONVERTCURRENCY"}
_DAYS = {"CALENDAR_YEAR": "CAST(substr({}, 1, 4) AS INTEGER)", "CALENDAR_MONTH": "CAST(substr({}, 6, 2) AS INTEGER)",
         "DAY_IN_MONTH": "CAST(substr({}, 9, 2) AS INTEGER)", "DAY_ONLY": "substr({}, 1, 10)"}  # fmt: skip


@dataclass(slots=True)
class Selection:
    """A query in SQL: ``sql`` with ``parameters``; ``shape`` of its rows, or ``names`` of sums (is it a flag?)."""

    one: SObject
    sql: str
    parameters: list[Any]
    columns: tuple[Column, ...]
    shape: Shape | None = None
    names: list[tuple[str, bool]] = field(default_factory=list)
    children: list[Query] = field(default_factory=list)
    is_count: bool = False
    id_at: int = 0
    parent_at: int = 0
    limit: int | None = None
    offset: int = 0


@dataclass(slots=True)
class Translator:
    """Translates queries as of a day; ``is_all`` sees deleted rows; ``user_id`` is whose "mine" it is."""

    schema: Schema
    today: date
    user_id: str
    is_all: bool
    _letters: int = 0

    def select(self, query: Query, one: SObject, *, pointer: str = "") -> Selection:
        """The SQL of a query over ``one``; of a child subquery ``pointer`` is the field that holds the parent's id,
        which the SQL then takes as one JSON list, its last parameter before the conditions'."""
        source = self._source(query, one)
        conditions = self._conditions(source)
        query = _expanded(query, one)
        if any(isinstance(item, Call) and item.name.upper() in _SUMS for item in query.items) or query.group:
            return self._sums(query, one, source, conditions)
        selection = self._fields(query, one, source, pointer)
        where = self._where(query, source, conditions, pointer)
        order = self._order(query, source)
        selection.sql = f"SELECT {selection.sql} FROM {source.sql}{where}{order}"
        selection.parameters = conditions.parameters
        if pointer:
            selection.limit, selection.offset = query.limit, query.offset
        else:
            selection.sql += _limits(query)
        return selection

    def _source(self, query: Query, one: SObject) -> Source:
        self._letters += 1
        return Source(self.schema, one, query.alias, f"t{self._letters}_", self.is_all or query.is_all_rows)

    def _conditions(self, source: Source) -> Conditions:
        return Conditions(source, self.today, self._nested, lambda call: self._function(source, call))

    # -- plain rows ------------------------------------------------------------------------------------------------

    def _fields(self, query: Query, one: SObject, source: Source, pointer: str) -> Selection:
        expressions, columns = [f"{source.root}.Id"], []
        children: list[Query] = []
        shape = Shape(one.name, 0)
        parent_at = 0
        if pointer:
            parent_at = len(expressions)
            expressions.append(f'{source.root}."{pointer}"')
        seen = set()
        for item in query.items:
            if isinstance(item, Query):
                child = one.children.get(item.source.lower())
                if child is None:
                    raise _no_relation(item.source, one)
                shape.items.append(("child", _relation(one, item.source), len(children)))
                columns.append(Column((_relation(one, item.source),), "subquery"))
                children.append(item)
                continue
            found = self._function(source, item) if isinstance(item, Call) else source.find(item.path)
            path = (item.alias or item.name,) if isinstance(item, Call) else found.path
            if isinstance(item, Call) and item.name.upper() in _SAME:
                path = (item.alias,) if item.alias else found.path
            if path in seen:
                raise OrgError("INVALID_FIELD", f"duplicate field selected: {'.'.join(path)}")
            seen.add(path)
            columns.append(_column(found, path))
            self._place(shape, source, found, path, expressions)
        return Selection(one, ", ".join(expressions), [], tuple(columns), shape, children=children, parent_at=parent_at)

    def _place(self, shape: Shape, source: Source, found: Found, path: Sequence[str], expressions: list[str]) -> None:
        """Put a field where it belongs in the tree of shapes, making the parents on the way."""
        for depth, name in enumerate(path[:-1], start=1):
            inner = shape.parents.get(name)
            if inner is None:
                joined = source.joins.get(tuple(path[:depth]))
                if joined:
                    expressions.append(f"{joined[0]}.Id")
                else:
                    pointer = source.find(".".join((*path[:depth], "Id")))
                    expressions.append(pointer.sql)
                inner = shape.parents[name] = Shape(joined[1].name if joined else "", len(expressions) - 1)
                shape.items.append(("parent", name, inner))
            shape = inner
        if found.field.parts:
            places = []
            for part in found.field.parts:
                expressions.append(f'{found.owner}."{part}"')
                places.append(len(expressions) - 1)
            shape.items.append(("address", path[-1], places))
        else:
            expressions.append(found.sql)
            shape.items.append((kind_of(found.field), path[-1], len(expressions) - 1))

    def _where(self, query: Query, source: Source, conditions: Conditions, pointer: str) -> str:
        parts = []
        if pointer:
            parts.append(f'{source.root}."{pointer}" IN (SELECT value FROM json_each(?))')
        if not source.is_all:
            parts.append(f"NOT {source.root}.IsDeleted")
        if query.is_mine and "OwnerId" in source.one.fields:
            parts.append(f"{source.root}.OwnerId = '{self.user_id}'")
        if query.where is not None:
            parts.append(conditions.sql(query.where))
        return f" WHERE {' AND '.join(parts)}" if parts else ""

    def _order(self, query: Query, source: Source) -> str:
        parts = []
        for one in query.order:
            found = self._function(source, one.by) if isinstance(one.by, Call) else source.find(one.by)
            if not found.field.is_filterable:
                raise OrgError("INVALID_FIELD", f"field '{found.field.name}' can not be sorted in a query call")
            parts.append(f"{found.sql}{_direction(one.is_descending, one.is_nulls_last)}")
        if not query.group:
            parts.append(f"{source.root}.Id")
        return f" ORDER BY {', '.join(parts)}" if parts else ""

    # -- aggregates ------------------------------------------------------------------------------------------------

    def _sums(self, query: Query, one: SObject, source: Source, conditions: Conditions) -> Selection:
        groups = [source.find(path) for path in query.group]
        grouped = {found.path for found in groups}
        first = query.items[0]
        is_count = isinstance(first, Call) and first.name.upper() == "COUNT" and first.path is None
        if is_count and (len(query.items) > 1 or groups):
            raise OrgError("MALFORMED_QUERY", "count() must be the only element in the select list")
        expressions, names, columns, unnamed = [], [], [], 0
        for item in query.items:
            if isinstance(item, Query):
                raise OrgError("MALFORMED_QUERY", "a grouped query has no subqueries")
            if isinstance(item, Call):
                found = self._function(source, item)
                alias = item.alias or f"expr{unnamed}"
                unnamed += not item.alias
            else:
                found = source.find(item.path)
                alias = item.alias or found.path[-1]
                if found.path not in grouped:
                    raise OrgError("MALFORMED_QUERY", f"Field must be grouped or aggregated: {item.path}")
            expressions.append(found.sql)
            names.append((alias, found.field.type == "boolean"))
            columns.append(Column((alias,), found.field.type, is_aggregate=True))
        where = self._where(query, source, conditions, "")
        tail = f" GROUP BY {', '.join(found.sql for found in groups)}" if groups else ""
        if query.having is not None:
            tail += f" HAVING {conditions.sql(query.having)}"
        tail += self._order(query, source) if groups else ""
        sql = f"SELECT {', '.join(expressions)} FROM {source.sql}{where}{tail}{_limits(query) if groups else ''}"
        return Selection(one, sql, conditions.parameters, tuple(columns), names=names, is_count=is_count)

    def _function(self, source: Source, call: Call) -> Found:
        name = call.name.upper()
        if call.path is None:
            if name != "COUNT":
                raise OrgError("MALFORMED_QUERY", f"unexpected token: '{call.name}'")
            return Found(Field("count", "int"), "count(*)", (call.alias or "expr0",), "")
        found = source.find(call.path)
        if name in _SAME:
            return found
        if name in _DAYS and found.field.type in ("date", "datetime"):
            kind = "date" if name == "DAY_ONLY" else "int"
            return Found(Field(call.name, kind), _DAYS[name].format(found.sql), found.path, "")
        if name not in _SUMS:
            raise OrgError("MALFORMED_QUERY", f"unexpected token: '{call.name}('")
        is_sum = name in ("SUM", "AVG")
        if (is_sum and not found.field.is_number) or not found.field.is_filterable:
            raise OrgError("MALFORMED_QUERY", f"field {call.path} does not support aggregate operator {name}")
        kind = "int" if name.startswith("COUNT") else "double" if is_sum else found.field.type
        return Found(Field(call.name, kind), _SUMS[name].format(found.sql), found.path, "")

    # -- semi-joins ------------------------------------------------------------------------------------------------

    def _nested(self, query: Query, left: Found) -> tuple[str, list[Any]]:
        one = find_object(self.schema, query.source)
        if len(query.items) != 1 or not isinstance(query.items[0], Item):
            raise OrgError("MALFORMED_QUERY", "semi join sub-selects must select exactly one field")
        source = self._source(query, one)
        found = source.find(query.items[0].path)
        if not found.field.is_id or not left.field.is_id:
            raise OrgError("INVALID_FIELD", "semi join sub-selects can only compare ids with ids")
        conditions = self._conditions(source)
        where = self._where(query, source, conditions, "")
        joint = "AND" if where else "WHERE"
        return (
            f"SELECT {found.sql} FROM {source.sql}{where} {joint} {found.sql} IS NOT NULL{_limits(query)}",
            conditions.parameters,
        )


def find_object(schema: Schema, name: str) -> SObject:
    """Raises INVALID_TYPE in the real org's words."""
    one = schema.find(name)
    if one is None:
        raise OrgError(
            "INVALID_TYPE",
            f"sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append "
            "the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate "
            "names.",
        )
    return one


def _expanded(query: Query, one: SObject) -> Query:
    """FIELDS(ALL), FIELDS(STANDARD) and FIELDS(CUSTOM) written out."""
    items: list[Any] = []
    for item in query.items:
        if not isinstance(item, Call) or item.name.upper() != "FIELDS":
            items.append(item)
            continue
        which = (item.path or "").upper()
        if which not in ("ALL", "STANDARD", "CUSTOM"):
            raise OrgError("MALFORMED_QUERY", f"unexpected token: '{item.path}'")
        if which != "STANDARD" and not (query.limit is not None and query.limit <= 200):
            raise OrgError("MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200")
        items += [
            Item(name) for name, column in one.fields.items()
            if which == "ALL" or column.is_custom is (which == "CUSTOM")
        ]  # fmt: skip
    return Query(
        tuple(items), query.source, query.alias, query.where, query.group, query.having, query.order, query.limit,
        query.offset, query.is_mine, query.is_all_rows,
    )  # fmt: skip


def _column(found: Found, path: Sequence[str]) -> Column:
    one = found.field
    return Column(tuple(path), one.type, one.label, one.is_custom, one.is_createable, one.is_updateable)


def _direction(is_descending: bool, is_nulls_last: bool) -> str:
    # SQLite's own order puts nulls first going up and last going down; SOQL's puts them first both ways.
    if is_descending:
        return " DESC NULLS LAST" if is_nulls_last else " DESC NULLS FIRST"
    return " NULLS LAST" if is_nulls_last else ""


def _limits(query: Query) -> str:
    if query.limit is None and not query.offset:
        return ""
    return f" LIMIT {query.limit if query.limit is not None else -1} OFFSET {query.offset}"


def _relation(one: SObject, written: str) -> str:
    return one.children[written.lower()][1].child_relation


def _no_relation(name: str, one: SObject) -> OrgError:
    return OrgError(
        "INVALID_TYPE",
        f"Didn't understand relationship '{name}' in FROM part of query call on {one.name}. If you are attempting to "
        "use a custom relationship, be sure to append the '__r' after the custom relationship name.",
    )
