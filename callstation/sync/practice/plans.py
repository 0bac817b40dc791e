"""How the keys of a written row are read, worked out once for every set of keys that comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.schema import Field, Schema, SObject
from callstation.sync.practice.values import Coerce, coerce

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """A parent named by its external id: ``value`` of ``key`` in ``target`` is to fill ``field``."""

    field: Field
    target: SObject
    key: Field
    value: Any


@dataclass(frozen=True, slots=True)
class _Plan:
    columns: tuple[tuple[str, str, Coerce], ...]
    relations: tuple[tuple[str, Field, str], ...]


class Plans:
    """The compiled plans of a schema, and the coercions of its fields."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._plans: dict[tuple[str, bool, frozenset[str], tuple[str, ...]], _Plan | OrgError] = {}
        self._coercions: dict[tuple[str, str], Coerce] = {}

    def read(
        self, one: SObject, row: Mapping[str, Any], *, is_new: bool, besides: frozenset[str] = _NONE
    ) -> tuple[dict[str, Any], list[Link]]:
        """Column -> stored value, and the parents named by key. ``besides``: lower-case keys left to the caller.

        Raises ``OrgError`` for a field that is unknown, not writable or of another type.
        """
        shape = (one.name, is_new, besides, tuple(row))
        plan = self._plans.get(shape)
        if plan is None:
            if len(self._plans) > 2000:
                self._plans.clear()
            plan = self._plans[shape] = self._compile(one, tuple(row), is_new=is_new, besides=besides)
        if isinstance(plan, OrgError):
            raise OrgError(plan.code, plan.message, plan.fields, status=plan.status)
        values = {name: take(row[key]) for key, name, take in plan.columns}
        if not plan.relations:
            return values, []
        links = []
        for key, reference, key_name in plan.relations:
            link = self._link(one, reference, key, key_name, row[key])
            if link is None:
                values[reference.name] = None
            else:
                links.append(link)
        return values, links

    def coercion(self, one: SObject, column: Field) -> Coerce:
        found = self._coercions.get((one.name, column.name))
        if found is None:
            targets = [self._schema.objects.get(target) for target in column.targets]
            known = frozenset(target.prefix for target in targets if target is not None)
            is_open = any(target is None for target in targets)
            found = coerce(column, None if is_open else known)
            self._coercions[one.name, column.name] = found
        return found

    def _compile(
        self, one: SObject, keys: tuple[str, ...], *, is_new: bool, besides: frozenset[str]
    ) -> _Plan | OrgError:
        columns: list[tuple[str, str, Coerce]] = []
        relations: list[tuple[str, Field, str]] = []
        denied = []
        for key in keys:
            if key == "attributes" or key.lower() == "id" or key.lower() in besides:
                continue
            column = one.find(key)
            if column is None:
                head, _, tail = key.partition(".")
                name = head.rpartition(":")[2]
                reference = one.relations.get(name.lower())
                if reference is None or (tail and "." in tail):
                    return OrgError("INVALID_FIELD", f"No such column '{key}' on sobject of type {one.name}")
                if not (reference.is_createable if is_new else reference.is_updateable):
                    denied.append(reference.name)
                relations.append((key, reference, tail))
            elif not (column.is_createable if is_new else column.is_updateable):
                denied.append(column.name)
            else:
                columns.append((key, column.name, self.coercion(one, column)))
        if denied:
            return OrgError(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                f"Unable to create/update fields: {', '.join(denied)}. Please check the security settings of this "
                "field and verify that it is read/write for your profile or permission set.",
                denied,
            )
        return _Plan(tuple(columns), tuple(relations))

    def _link(self, one: SObject, reference: Field, written: str, key_name: str, value: Any) -> Link | None:
        kind = written.partition(":")[0] if ":" in written else None  # ``Contact:Who.Email``
        if not key_name:
            if value is None:
                return None
            if not isinstance(value, Mapping):
                raise OrgError(
                    "JSON_PARSER_ERROR", f"Cannot deserialize instance of {reference.relation} from {value!r}"
                )
            attributes = value.get("attributes")
            kind = attributes.get("type") if isinstance(attributes, Mapping) else value.get("type")
            named = [key for key in value if key not in ("attributes", "type")]
            if len(named) != 1:
                raise OrgError("INVALID_FIELD", f"{reference.relation}: exactly one external id field must be given")
            key_name, value = named[0], value[named[0]]
        if value is None or value == "":
            return None
        targets = [self._schema.objects[target] for target in reference.targets if target in self._schema.objects]
        for target in targets:
            if kind and target.name.lower() != str(kind).lower():
                continue
            key = target.find(key_name)
            if key is not None and key.is_key:
                return Link(reference, target, key, value)
        entity = targets[0].name if targets else one.name
        raise OrgError(
            "INVALID_FIELD", f"Field name provided, {key_name} is not an External ID or indexed field for {entity}"
        )
