"""A list on its way in: where it comes from, and what the rep has told about it so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.source import Overrides, Source, open_pasted, open_source


@dataclass(frozen=True, slots=True)
class Draft:
    """Either a file or pasted text; a change makes a new draft, so that a job never sees half of one."""

    path: Path | None = None
    text: str = ""
    told: Overrides = field(default_factory=Overrides)
    decisions: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    """The lexicon's name of the sort of list that the rep says it is; "" goes by its header."""

    def read(self) -> Source:
        """Read the list and find its table. ``UserError`` for what cannot be read."""
        return open_pasted(self.text, self.told) if self.path is None else open_source(self.path, self.told)

    def with_column(self, item: Field, header: str | None) -> "Draft":
        """The column ``header`` is this field; None: the list does not have it."""
        columns = {one: name for one, name in self.told.columns.items() if name is None or name != header}
        return replace(self, told=replace(self.told, columns={**columns, item: header}))

    def with_told(self, **values: object) -> "Draft":
        """Tell something about the whole list, such as ``date_order``."""
        return replace(self, told=replace(self.told, **values))  # type: ignore[arg-type]

    def with_sheet(self, sheet: str) -> "Draft":
        """Another sheet has other columns: what was told of the first is dropped."""
        return replace(self, told=replace(Overrides(), sheet=sheet, profile=self.told.profile), decisions={})

    def with_sort(self, sort: str) -> "Draft":
        """Another sort of list has other fields: what was told of the columns is dropped."""
        return replace(self, sort=sort, told=replace(self.told, columns={}, profile=""), decisions={})

    def with_decisions(self, decisions: Mapping[str, str]) -> "Draft":
        """Answer near matches."""
        return replace(self, decisions={**self.decisions, **decisions})
