"""What a company's Salesforce looks like to this user: objects and fields by describe, small enough to keep."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

from callstation.sync.crm import Crm, CrmError, Part
from callstation.sync.salesforce.errors import parse_refusal


@dataclass(frozen=True, slots=True)
class FieldShape:
    """One field as this user may use it; ``length`` in characters, 0 where it has none."""

    name: str
    label: str
    type: str
    length: int
    is_createable: bool
    is_updateable: bool
    is_nillable: bool
    is_external_id: bool
    is_unique: bool
    is_restricted: bool
    """Whether only the picklist's own values are taken."""
    values: tuple[str, ...] = ()
    """The active values of a picklist."""
    reference_to: tuple[str, ...] = ()


_NAMES = tuple(one.name for one in fields(FieldShape))


@dataclass(frozen=True, slots=True)
class Shape:
    """One object; a field that this user may not see is not among its fields."""

    sobject: str
    fields: Mapping[str, FieldShape]


def describe(client: Crm, names: Sequence[str]) -> dict[str, Shape]:
    """The shapes of up to 25 objects in one request; objects that this user may not see are left out."""
    parts = [Part("GET", f"/sobjects/{name}/describe") for name in names]
    shapes = {}
    for name, answer in zip(names, client.composite(parts, is_repeatable=True), strict=True):
        if answer.is_ok:
            shapes[name] = _shape(answer.body)
        elif answer.status != 404:
            raise CrmError(answer.status, parse_refusal(answer.body))
    return shapes


def to_json(shapes: Mapping[str, Shape]) -> str:
    """Compact text to keep; ``from_json`` reads it."""
    return json.dumps(
        {name: [astuple(one) for one in shape.fields.values()] for name, shape in shapes.items()},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def from_json(text: str) -> dict[str, Shape]:
    """Shapes as ``to_json`` wrote them; ``ValueError`` for anything else."""
    try:
        kept = json.loads(text)
        return {name: Shape(name, {row[0]: _field(row) for row in rows}) for name, rows in kept.items()}
    except (TypeError, AttributeError, LookupError) as error:
        raise ValueError("these are no shapes") from error


def _field(row: Sequence[Any]) -> FieldShape:
    told: dict[str, Any] = dict(zip(_NAMES, row, strict=True))
    return FieldShape(**told | {"values": tuple(told["values"]), "reference_to": tuple(told["reference_to"])})


def _shape(told: Mapping[str, Any]) -> Shape:
    found = [
        FieldShape(
            name=one["name"],
            label=one.get("label") or one["name"],
            type=one["type"],
            length=int(one.get("length") or 0),
            is_createable=bool(one.get("createable")),
            is_updateable=bool(one.get("updateable")),
            is_nillable=bool(one.get("nillable")),
            is_external_id=bool(one.get("externalId")),
            is_unique=bool(one.get("unique")),
            is_restricted=bool(one.get("restrictedPicklist")),
            values=tuple(value["value"] for value in one.get("picklistValues") or () if value.get("active", True)),
            reference_to=tuple(one.get("referenceTo") or ()),
        )
        for one in told["fields"]
    ]
    return Shape(str(told["name"]), {one.name: one for one in found})
