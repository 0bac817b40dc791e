"""From rows of SQL to the records of the API: attributes, parents within, children within."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from callstation.sync.practice.schema import Field, Schema

_ADDRESS = ("street", "city", "state", "postalCode", "country", "latitude", "longitude", "geocodeAccuracy")
Record = dict[str, Any]


@dataclass(slots=True)
class Shape:
    """One record, or a parent in it: ``sobject`` "" where the id tells the kind, ``id_at`` the place of its id."""

    sobject: str
    id_at: int
    items: "list[tuple[str, str, Any]]" = field(default_factory=list)
    """(kind, name, what): value/flag with a place, address with places, parent with a Shape, child with a number."""
    parents: "dict[str, Shape]" = field(default_factory=dict)


def records(schema: Schema, shape: Shape, rows: Sequence[tuple[Any, ...]], version: str) -> list[Record]:
    """The rows as records. ``child`` items are left null for who runs the subqueries."""
    base = f"/services/data/v{version}/sobjects/"
    if all(kind in ("value", "flag") for kind, _, _ in shape.items):
        prefix, at, name = f"{base}{shape.sobject}/", shape.id_at, shape.sobject
        flags = [key for kind, key, _ in shape.items if kind == "flag"]
        places = [(key, place) for _, key, place in shape.items]
        found: list[Record] = []
        for row in rows:
            record: Record = {"attributes": {"type": name, "url": prefix + row[at]}}
            for key, place in places:
                record[key] = row[place]
            for key in flags:
                record[key] = bool(record[key])
            found.append(record)
        return found
    return [_record(schema, shape, row, base) or {} for row in rows]


def _record(schema: Schema, shape: Shape, row: tuple[Any, ...], base: str) -> Record | None:
    record_id = row[shape.id_at]
    if record_id is None:
        return None
    name = shape.sobject
    if not name:
        one = schema.of_id(record_id)
        name = one.name if one else "Name"
    record: Record = {"attributes": {"type": name, "url": f"{base}{name}/{record_id}"}}
    for kind, key, what in shape.items:
        if kind == "value":
            record[key] = row[what]
        elif kind == "flag":
            record[key] = bool(row[what])
        elif kind == "parent":
            record[key] = _record(schema, what, row, base)
        elif kind == "address":
            parts = {part: row[place] for part, place in zip(_ADDRESS, what, strict=True)}
            is_there = any(value is not None for value in parts.values())
            record[key] = dict(sorted(parts.items())) if is_there else None
        else:
            record[key] = None
    return record


def kind_of(column: Field) -> str:
    return "flag" if column.type == "boolean" else "value"
