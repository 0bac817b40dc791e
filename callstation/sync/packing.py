"""How rows travel: parents first, rows of one parent together, as few requests as the API allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from callstation.sync.context import Context
from callstation.sync.crm import MOST_LISTS, MOST_ROWS, Part
from callstation.sync.rows import ORDER, Row, Verb
from db.vocabulary import SyncEntity

BULK_FROM = 2001
"""Rows of one object from which Bulk 2.0 carries them (salesforce.md: Salesforce itself puts the line at 2,000)."""


@dataclass(frozen=True, slots=True)
class RowList:
    """Rows of one collections request."""

    sobject: str
    verb: Verb
    rows: tuple[Row, ...]


def lists_of(rows: Iterable[Row]) -> list[RowList]:
    """At most 200 rows of one object and verb each, parents first, rows of one parent side by side.

    Rows of one parent may meet at the seam of two lists; as lists are sent one after another, no lock is fought for.
    """
    groups: dict[tuple[int, str, Verb], list[Row]] = {}
    for row in rows:
        groups.setdefault((_level(row), row.sobject, row.verb), []).append(row)
    found = []
    for (_, sobject, verb), some in sorted(groups.items(), key=lambda item: item[0]):
        some.sort(key=lambda row: (row.parent, row.record_id))
        found += [
            RowList(sobject, verb, tuple(some[start : start + MOST_ROWS])) for start in range(0, len(some), MOST_ROWS)
        ]
    return found


def packages_of(lists: Sequence[RowList]) -> list[tuple[RowList, ...]]:
    """At most five lists a request; what may be repeated and what may not travel apart."""
    found: list[list[RowList]] = []
    for one in lists:
        if found and len(found[-1]) < MOST_LISTS and is_repeatable(found[-1]) == is_repeatable([one]):
            found[-1].append(one)
        else:
            found.append([one])
    return [tuple(one) for one in found]


def without_the_rest(package: Sequence[RowList], rows: Iterable[Row]) -> tuple[RowList, ...]:
    """The lists of a package with these of their rows alone; empty ones fall away."""
    keys = {row.key for row in rows}
    kept = (RowList(one.sobject, one.verb, tuple(row for row in one.rows if row.key in keys)) for one in package)
    return tuple(one for one in kept if one.rows)


def is_repeatable(lists: Iterable[RowList]) -> bool:
    """Whether doing all of it twice does no harm."""
    return all(one.verb is not Verb.INSERT for one in lists)


def part_of(one: RowList, context: Context) -> Part:
    """The subrequest that carries a list."""
    kind = {"attributes": {"type": one.sobject}}
    if one.verb is Verb.DELETE:
        ids = ",".join(row.crm_id or "" for row in one.rows)
        return Part("DELETE", f"/composite/sobjects?ids={quote(ids, safe=',')}&allOrNone=false")
    records: list[dict[str, Any]]
    if one.verb is Verb.UPSERT:
        key = context.key_of(one.sobject)
        records = [{**kind, str(key): row.uid, **row.values} for row in one.rows]
        return Part("PATCH", f"/composite/sobjects/{one.sobject}/{key}", {"allOrNone": False, "records": records})
    if one.verb is Verb.UPDATE:
        records = [{**kind, "id": row.crm_id, **row.values} for row in one.rows]
        return Part("PATCH", "/composite/sobjects", {"allOrNone": False, "records": records})
    records = [{**kind, **row.values} for row in one.rows]
    return Part("POST", "/composite/sobjects", {"allOrNone": False, "records": records})


def _level(row: Row) -> int:
    level = ORDER.index(row.entity)
    return ORDER.index(SyncEntity.ACTIVITY) if row.entity is SyncEntity.CALLBACK else level
