"""Where a field of a query comes from: a column of the object, of a parent by joins, or of whatever an id points at."""

from dataclasses import dataclass, field

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.schema import Field, Schema, SObject

_MOST_LEVELS = 5
_NAME_FIELDS = {"Id": "id", "Name": "string", "Type": "picklist", "FirstName": "string", "LastName": "string",
                "Email": "email", "Phone": "phone", "Title": "string", "Username": "string",
                "Alias": "string"}  # fmt: skip
_NAMES = {"Case": "CaseNumber", "Contract": "ContractNumber", "Quote": "Name"}


@dataclass(frozen=True, slots=True)
class Found:
    """A field in SQL: its expression, and ``owner``, the alias of its table ("" through a pointer of many kinds)."""

    field: Field
    sql: str
    path: tuple[str, ...]
    owner: str


@dataclass(slots=True)
class Source:
    """The tables of one query; joins are added as fields are looked up. Aliases start with ``letter``."""

    schema: Schema
    one: SObject
    alias: str | None
    letter: str = "t"
    is_all: bool = False
    joins: dict[tuple[str, ...], tuple[str, SObject]] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"{self.letter}0"

    @property
    def sql(self) -> str:
        return " ".join([f'"{self.one.name}" AS {self.root}', *self.text])

    def find(self, written: str) -> Found:
        """The field of a dotted path in any case. Raises INVALID_FIELD."""
        parts = written.split(".")
        first = parts[0].lower()
        if len(parts) > 1 and (
            first == (self.alias or "").lower() or (first == self.one.name.lower() and first not in self.one.relations)
        ):
            parts = parts[1:]
        if len(parts) - 1 > _MOST_LEVELS:
            raise OrgError("INVALID_FIELD", f"maximum depth of {_MOST_LEVELS} parents is exceeded in {written}")
        alias, one, path = self.root, self.one, ()
        for place, part in enumerate(parts[:-1]):
            reference = one.relations.get(part.lower())
            if reference is None:
                raise OrgError("INVALID_FIELD", f"Didn't understand relationship '{part}' in field path '{written}'")
            targets = [self.schema.objects[name] for name in reference.targets if name in self.schema.objects]
            path = (*path, reference.relation)  # type: ignore[assignment]
            if len(targets) > 1:
                if place != len(parts) - 2:
                    raise OrgError("INVALID_FIELD", f"No such relation '{parts[place + 1]}' on entity 'Name'")
                return self._pointed(alias, reference, targets, path, parts[-1])
            if not targets:
                raise OrgError("INVALID_FIELD", f"Didn't understand relationship '{part}' in field path '{written}'")
            alias, one = self.join(path, alias, reference, targets[0])
        column = one.find(parts[-1])
        if column is None:
            raise OrgError(
                "INVALID_FIELD",
                f"No such column '{parts[-1]}' on entity '{one.name}'. If you are attempting to use a custom field, "
                "be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe "
                "call for the appropriate names.",
            )
        return Found(column, f'{alias}."{column.name}"', (*path, column.name), alias)

    def join(self, path: tuple[str, ...], alias: str, reference: Field, target: SObject) -> tuple[str, SObject]:
        """The alias of a parent's table, joined once; a deleted parent is not seen unless all rows are asked for."""
        if path not in self.joins:
            name = f"{self.letter}{len(self.joins) + 1}"
            alive = "" if self.is_all else f" AND NOT {name}.IsDeleted"
            self.text.append(f'LEFT JOIN "{target.name}" AS {name} ON {name}.Id = {alias}."{reference.name}"{alive}')
            self.joins[path] = (name, target)
        return self.joins[path]

    def _pointed(self, alias: str, reference: Field, targets: list[SObject], path: tuple[str, ...], last: str) -> Found:
        """A field of ``Name``, what records of several kinds have in common (Who, What)."""
        name = next((each for each in _NAME_FIELDS if each.lower() == last.lower()), None)
        if name is None:
            raise OrgError("INVALID_FIELD", f"No such column '{last}' on entity 'Name'.")
        pointer = f'{alias}."{reference.name}"'
        if name == "Id":
            return Found(Field("Id", "id", 18), pointer, (*path, "Id"), "")
        cases = []
        for target in targets:
            column = _NAMES.get(target.name, "Name") if name == "Name" else name
            if name == "Type":
                cases.append(f"WHEN '{target.prefix}' THEN '{target.name}'")
            elif column in target.fields:
                inner = f'(SELECT x."{column}" FROM "{target.name}" AS x WHERE x.Id = {pointer})'
                cases.append(f"WHEN '{target.prefix}' THEN {inner}")
        sql = f"CASE substr({pointer}, 1, 3) {' '.join(cases)} END COLLATE NOCASE" if cases else "NULL"
        return Found(Field(name, _NAME_FIELDS[name], 255), f"({sql})", (*path, name), "")
