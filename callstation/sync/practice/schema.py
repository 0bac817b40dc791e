"""The objects and fields of the practice org, read from their one-line forms."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from callstation.errors import UserError
from callstation.sync.practice.custom import CustomField

_LINE = re.compile(
    r"(?P<name>\w+) (?P<type>\w+)(?:\((?P<size>[\d,]+)\))? (?P<flags>[CUNDLRX]+|-)"
    r"(?: ->(?P<to>[\w,]+):(?P<relation>\w*)(?:<(?P<child>\w*)(?P<cascade>!?))?)?(?: =(?P<choices>.+))?$"
)
_ADDRESS = (
    ("Street", "textarea", 255), ("City", "string", 40), ("State", "string", 80), ("PostalCode", "string", 20),
    ("Country", "string", 80), ("Latitude", "double", 0), ("Longitude", "double", 0),
    ("GeocodeAccuracy", "picklist", 40),
)  # fmt: skip
_ACCURACIES = ("Address", "NearAddress", "Block", "Street", "ExtendedZip", "Zip", "Neighborhood", "City", "County",
               "State", "Unknown")  # fmt: skip
QUOTED = ("Quote", "QuoteLineItem")
"""What an org has only where quotes are switched on."""
_TEXTS = frozenset({"string", "textarea", "combobox", "email", "phone", "url", "picklist", "multipicklist"})
_NUMBERS = frozenset({"int", "double", "currency", "percent"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field as describe tells it; ``parts`` are the columns an address is made of (no column of its own)."""

    name: str
    type: str
    length: int = 0
    precision: int = 0
    scale: int = 0
    is_createable: bool = False
    is_updateable: bool = False
    is_nillable: bool = True
    is_defaulted: bool = False
    is_lookup: bool = False
    is_restricted: bool = False
    targets: tuple[str, ...] = ()
    relation: str = ""
    child_relation: str = ""
    is_cascading: bool = False
    choices: tuple[str, ...] = ()
    default: str | None = None
    is_external: bool = False
    is_unique: bool = False
    is_case_sensitive: bool = False
    parts: tuple[str, ...] = ()
    is_hidden: bool = False
    """Can be read but not asked for, whatever its length."""

    @property
    def is_custom(self) -> bool:
        return self.name.endswith("__c")

    @property
    def is_key(self) -> bool:
        """May find a record in an upsert."""
        return self.is_external or self.is_lookup

    @property
    def is_text(self) -> bool:
        return self.type in _TEXTS

    @property
    def is_number(self) -> bool:
        return self.type in _NUMBERS

    @property
    def is_id(self) -> bool:
        return self.type in ("id", "reference")

    @property
    def is_filterable(self) -> bool:
        """Long text (over 255) can be read but not asked for."""
        return not (self.is_hidden or self.type == "address" or (self.type == "textarea" and self.length > 255))

    @property
    def label(self) -> str:
        words = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", self.name.removesuffix("__c").replace("_", " "))
        return re.sub(r"\bId\b", "ID", words)


@dataclass(slots=True)
class SObject:
    """One object: its fields in describe order, and who points at it."""

    name: str
    prefix: str
    label: str
    plural: str
    is_readonly: bool = False
    is_kept: bool = False
    is_mergeable: bool = False
    is_unmodified: bool = False
    fields: dict[str, Field] = field(default_factory=dict)
    lower: dict[str, Field] = field(default_factory=dict)
    relations: dict[str, Field] = field(default_factory=dict)
    """Lower-case parent relationship name -> its reference field."""
    children: dict[str, tuple["SObject", Field]] = field(default_factory=dict)
    """Lower-case child relationship name -> (child object, its reference field)."""
    pointers: list[tuple["SObject", Field]] = field(default_factory=list)
    """Every (object, reference field) that can hold an id of this object."""

    def find(self, name: str) -> Field | None:
        return self.lower.get(name.lower())

    def add(self, one: Field) -> None:
        self.fields[one.name] = one
        self.lower[one.name.lower()] = one
        if one.relation:
            self.relations[one.relation.lower()] = one

    @property
    def columns(self) -> list[Field]:
        """The fields that are stored."""
        return [one for one in self.fields.values() if not one.parts]

    @property
    def keys(self) -> list[Field]:
        """The stored fields with an index of their own: external ids, unique ones and look-up fields other than Id."""
        return [one for one in self.columns if (one.is_key or one.is_unique) and one.name != "Id"]


class Schema:
    """All objects by name (any case) and by key prefix."""

    def __init__(self, custom_fields: Sequence[CustomField] = (), *, has_quotes: bool = True) -> None:
        self.objects: dict[str, SObject] = {}
        text = (files("resources") / "practice" / "schema.txt").read_text(encoding="utf-8")
        self._read(line for line in text.splitlines() if line and not line.startswith(";"))
        for name in () if has_quotes else QUOTED:
            del self.objects[name]
        for custom in custom_fields:
            self._add_custom(custom)
        self._lower = {name.lower(): one for name, one in self.objects.items()}
        self.by_prefix = {one.prefix: one for one in self.objects.values()}
        self._point()

    def find(self, name: str) -> SObject | None:
        return self._lower.get(name.lower())

    def of_id(self, record_id: str) -> SObject | None:
        return self.by_prefix.get(record_id[:3])

    def _read(self, lines: Iterable[str]) -> None:
        one = SObject("", "", "", "")
        for line in lines:
            if line.startswith("["):
                one = _heading(line)
                self.objects[one.name] = one
                for system in _system_fields(one):
                    one.add(system)
            elif line.endswith(" group"):
                _add_address(one, line.removesuffix(" group").strip("-"))
            else:
                one.add(_field(line))

    def _add_custom(self, custom: CustomField) -> None:
        wanted = ("Task", "Event") if custom.sobject.lower() == "activity" else (custom.sobject,)
        lower = {name.lower(): one for name, one in self.objects.items()}
        for name in wanted:
            one = lower.get(name.lower())
            if one is None or one.is_readonly:
                raise UserError(
                    "This custom field has no place",
                    f"There is no object “{name}” that takes fields in the practice org.",
                )
            is_flag = custom.type == "boolean"
            one.add(
                Field(
                    custom.name, custom.type, custom.length, custom.precision, custom.scale,
                    is_createable=True, is_updateable=True, is_nillable=not is_flag, is_defaulted=is_flag,
                    is_lookup=custom.is_external, is_external=custom.is_external, is_unique=custom.is_unique,
                    choices=custom.picklist, is_case_sensitive=custom.is_case_sensitive,
                )
            )  # fmt: skip

    def _point(self) -> None:
        for one in self.objects.values():
            for pointer in one.fields.values():
                for target in pointer.targets:
                    parent = self.objects.get(target)
                    if parent is None:
                        continue
                    parent.pointers.append((one, pointer))
                    if pointer.child_relation:
                        parent.children.setdefault(pointer.child_relation.lower(), (one, pointer))


def _heading(line: str) -> SObject:
    name, prefix, rest = line.split(" ", 2)
    labels, *tags = re.split(r" (?=[a-z]+\b)", rest)
    label, plural = labels.split("/")
    return SObject(
        name.strip("[]"), prefix, label, plural, is_readonly="readonly" in tags, is_kept="keeps" in tags,
        is_mergeable="merges" in tags, is_unmodified="unmodified" in tags,
    )  # fmt: skip


def _system_fields(one: SObject) -> list[Field]:
    found = [Field("Id", "id", 18, is_nillable=False, is_defaulted=True, is_lookup=True)]
    if not one.is_kept:
        found.append(Field("IsDeleted", "boolean", is_nillable=False, is_defaulted=True))
    for stem in ("Created",) if one.is_unmodified else ("Created", "LastModified"):
        found.append(Field(f"{stem}Date", "datetime", is_nillable=False, is_defaulted=True))
        found.append(
            Field(f"{stem}ById", "reference", 18, is_nillable=False, is_defaulted=True, targets=("User",),
                  relation=f"{stem}By")
        )  # fmt: skip
    return [*found, Field("SystemModstamp", "datetime", is_nillable=False, is_defaulted=True)]


def _add_address(one: SObject, stem: str) -> None:
    parts = []
    for name, kind, length in _ADDRESS:
        is_picklist = kind == "picklist"
        one.add(
            Field(stem + name, kind, length, 18 if kind == "double" else 0, 15 if kind == "double" else 0,
                  is_createable=True, is_updateable=True, is_restricted=is_picklist,
                  choices=_ACCURACIES if is_picklist else ())
        )  # fmt: skip
        parts.append(stem + name)
    one.add(Field(f"{stem}Address", "address", parts=tuple(parts)))


def _field(line: str) -> Field:
    found = _LINE.match(line)
    if found is None:
        raise ValueError(f"no field line: {line}")
    kind, flags = found["type"], found["flags"]
    sizes = [int(part) for part in (found["size"] or "0").split(",")]
    choices = (found["choices"] or "").split("|") if found["choices"] else []
    return Field(
        found["name"], kind, 18 if kind == "reference" else sizes[0] if kind in _TEXTS else 0,
        sizes[0] if kind in _NUMBERS else 0, sizes[1] if len(sizes) > 1 else 0,
        is_createable="C" in flags, is_updateable="U" in flags, is_nillable="N" in flags, is_defaulted="D" in flags,
        is_lookup="L" in flags, is_restricted="R" in flags,
        is_hidden="X" in flags,
        targets=tuple(found["to"].split(",")) if found["to"] else (), relation=found["relation"] or "",
        child_relation=found["child"] or "", is_cascading=bool(found["cascade"]),
        choices=tuple(choice.rstrip("*") for choice in choices),
        default=next((choice[:-1] for choice in choices if choice.endswith("*")), None),
    )  # fmt: skip
