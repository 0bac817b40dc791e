"""A query after reading: what is selected, from where, under which conditions."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as written. ``kind``: string, number, date, datetime, word (TODAY, LAST_N_DAYS:3), boolean, null."""

    kind: str
    value: Any
    pattern: str = ""
    """Of a string: what LIKE compares with, ``\\`` being its escape."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function over a field, or over nothing: ``COUNT()``."""

    name: str
    path: str | None
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A selected field, as written."""

    path: str
    alias: str | None = None


Operand = str | Call


@dataclass(frozen=True, slots=True)
class Compare:
    """``operator`` is one of ``= != < <= > >= LIKE``."""

    left: Operand
    operator: str
    right: Literal


@dataclass(frozen=True, slots=True)
class Among:
    """``IN`` a list of literals or the rows of a query."""

    left: Operand
    choices: "tuple[Literal, ...] | Query"
    is_not: bool


@dataclass(frozen=True, slots=True)
class Not:
    inner: "Condition"


@dataclass(frozen=True, slots=True)
class Several:
    """All of them (``AND``) or any (``OR``)."""

    word: str
    parts: "tuple[Condition, ...]"


Condition = Compare | Among | Not | Several


@dataclass(frozen=True, slots=True)
class Order:
    by: Operand
    is_descending: bool = False
    is_nulls_last: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One query; of a child subquery ``source`` is the relationship's name."""

    items: "tuple[Item | Call | Query, ...]"
    source: str
    alias: str | None = None
    where: Condition | None = None
    group: tuple[str, ...] = ()
    having: Condition | None = None
    order: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0
    is_mine: bool = False
    is_all_rows: bool = False
