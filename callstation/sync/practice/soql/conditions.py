"""WHERE and HAVING in SQL: two-valued like SOQL's, text without case, ids with it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.ids import full_id
from callstation.sync.practice.schema import Field
from callstation.sync.practice.soql.dates import span
from callstation.sync.practice.soql.fields import Found, Source
from callstation.sync.practice.soql.tree import Among, Call, Compare, Condition, Literal, Not, Operand, Query
from callstation.sync.practice.tables import key_text
from callstation.sync.practice.values import moment_text

_FLIPPED = {"=": "IS", "!=": "IS NOT"}


@dataclass(slots=True)
class Conditions:
    """Translates the conditions of one source. ``nested`` gives a semi-join's SQL and its parameters."""

    source: Source
    today: date
    nested: Callable[[Query, Found], tuple[str, list[Any]]]
    function: Callable[[Call], Found]
    parameters: list[Any] = field(default_factory=list)

    def sql(self, one: Condition) -> str:
        if isinstance(one, Not):
            return f"NOT ifnull({self.sql(one.inner)}, 0)"
        if isinstance(one, Compare):
            return self._compare(self._operand(one.left), one.operator, one.right)
        if isinstance(one, Among):
            text = self._among(self._operand(one.left), one)
            return f"NOT ifnull({text}, 0)" if one.is_not else text
        return "(" + f" {one.word} ".join(self.sql(part) for part in one.parts) + ")"

    def _operand(self, left: Operand) -> Found:
        found = self.function(left) if isinstance(left, Call) else self.source.find(left)
        if not found.field.is_filterable:
            raise OrgError("INVALID_FIELD", f"field '{found.field.name}' can not be filtered in a query call")
        return found

    def _compare(self, found: Found, operator: str, right: Literal) -> str:
        column = found.field
        if operator == "LIKE":
            return self._like(found, right)
        if operator not in _FLIPPED and column.type == "boolean":
            raise OrgError("INVALID_FIELD", f"invalid operator on boolean field: {column.name}")
        if right.kind == "word":
            return self._span(found, operator, right)
        value = self._value(column, right)
        if value is None:
            if operator not in _FLIPPED:
                raise OrgError("MALFORMED_QUERY", f"null can only be compared with = and !=: {column.name}")
            return f"{found.sql} {_FLIPPED[operator]} NULL"
        sql = found.sql
        if column.is_text and operator in _FLIPPED:
            sql, value = self._text(found, value)
        self.parameters.append(value)
        return f"{sql} {_FLIPPED.get(operator, operator)} ?"

    def _text(self, found: Found, value: str) -> tuple[str, str]:
        """Equality of text: by the key's index where there is one, else without case (NOCASE knows ASCII alone)."""
        column = found.field
        if column.is_case_sensitive:
            return f"{found.sql} COLLATE BINARY", value
        if found.owner and column in self.source_keys(found):
            return f'{found.owner}."{column.name}#"', key_text(column, value) or ""
        return (found.sql, value) if value.isascii() else (f"fold({found.sql})", value.casefold())

    def source_keys(self, found: Found) -> list[Field]:
        if found.owner == self.source.root:
            return self.source.one.keys
        return next((target.keys for alias, target in self.source.joins.values() if alias == found.owner), [])

    def _like(self, found: Found, right: Literal) -> str:
        if right.kind != "string" or not found.field.is_text:
            raise OrgError("INVALID_FIELD", f"invalid operator on {found.field.type} field: {found.field.name}")
        pattern = right.pattern
        if pattern.isascii():
            self.parameters.append(pattern)
            return f"{found.sql} LIKE ? ESCAPE '\\'"
        self.parameters.append(pattern.casefold())
        return f"fold({found.sql}) LIKE ? ESCAPE '\\'"

    def _span(self, found: Found, operator: str, right: Literal) -> str:
        if found.field.type not in ("date", "datetime"):
            raise OrgError("MALFORMED_QUERY", f"unexpected token: '{right.value}'")
        first, after = span(right.value, self.today)
        start, end = (self._day(found.field, day) for day in (first, after))
        sql = found.sql
        if operator in ("=", "!="):
            self.parameters += [start, end]
            inside = f"({sql} >= ? AND {sql} < ?)"
            return inside if operator == "=" else f"NOT ifnull({inside}, 0)"
        self.parameters.append(start if operator in ("<", ">=") else end)
        return f"{sql} {'<' if operator in ('<', '<=') else '>='} ?"

    def _day(self, column: Field, day: date) -> str:
        return day.isoformat() + ("T00:00:00.000+0000" if column.type == "datetime" else "")

    def _among(self, found: Found, one: Among) -> str:
        if isinstance(one.choices, Query):
            text, parameters = self.nested(one.choices, found)
            self.parameters += parameters
            return f"{found.sql} IN ({text})"
        spans = [choice for choice in one.choices if choice.kind == "word"]
        if spans:
            return "(" + " OR ".join(self._compare(found, "=", choice) for choice in one.choices) + ")"
        values = [self._value(found.field, choice) for choice in one.choices]
        given = [value for value in values if value is not None]
        sql = found.sql
        if found.field.is_text and given:
            column = found.field
            if found.owner and column in self.source_keys(found) and not column.is_case_sensitive:
                sql, given = f'{found.owner}."{column.name}#"', [key_text(column, value) for value in given]
            elif column.is_case_sensitive:
                sql = f"{sql} COLLATE BINARY"
            elif not all(value.isascii() for value in given):
                sql, given = f"fold({sql})", [value.casefold() for value in given]
        self.parameters.append(json.dumps(given))
        text = f"{sql} IN (SELECT value FROM json_each(?))"
        return text if len(given) == len(values) else f"({text} OR {found.sql} IS NULL)"

    def _value(self, column: Field, right: Literal) -> Any:
        """The stored form of a literal. Raises INVALID_FIELD where it is of another type than the field."""
        kind, value = right.kind, right.value
        if kind == "null":
            return None
        if column.is_id:
            if kind != "string":
                raise _wrong(column, "string", is_quoted=True)
            if value == "":
                return None
            whole = full_id(value)
            if whole is None:
                raise OrgError("INVALID_QUERY_FILTER_OPERATOR", f"invalid ID field: {value}")
            return whole
        if column.is_text:
            if kind != "string":
                raise _wrong(column, "string", is_quoted=True)
            return value or None
        wanted = {"boolean": "boolean", "date": "date", "datetime": "datetime"}.get(column.type, "number")
        if kind != wanted:
            shown = {"datetime": "dateTime", "number": column.type if column.type == "int" else "double"}
            raise _wrong(column, shown.get(wanted, wanted))
        if kind == "boolean":
            return int(value)
        if kind == "datetime":
            return _moment(value)
        if kind == "date":
            return _checked(value)
        return value


def _wrong(column: Field, kind: str, *, is_quoted: bool = False) -> OrgError:
    tail = "should be enclosed in quotes" if is_quoted else "should not be enclosed in quotes"
    return OrgError(
        "INVALID_FIELD", f"value of filter criterion for field '{column.name}' must be of type {kind} and {tail}"
    )


def _moment(text: str) -> str:
    """A moment as stored; a part of a second stays, so that ``>`` and ``<`` mean what they say."""
    try:
        at = datetime.fromisoformat(text.upper())
        whole = moment_text(at)
    except (ValueError, OverflowError):
        raise OrgError("MALFORMED_QUERY", f"line 1:1 bad date or time: {text}") from None
    return whole.replace(".000", f".{at.microsecond // 1000:03d}")


def _checked(text: str) -> str:
    try:
        return (date.fromisoformat(text) + timedelta(0)).isoformat()
    except ValueError:
        raise OrgError("MALFORMED_QUERY", f"line 1:1 bad date: {text}") from None
