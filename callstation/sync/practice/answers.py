"""What the practice org answers with, where a plain dict would hide its shape."""

from dataclasses import dataclass, field
from typing import Any

from callstation.sync.practice.errors import Ambiguous, OrgError

Created = str | OrgError
"""One row of a batch: its 18-character id, or why it was refused."""
Upserted = tuple[str, bool] | OrgError | Ambiguous
"""One row of an upsert: (id, was it created), or why it was refused."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing selected, in query order: ``path`` is ``("Account", "Name")``; a child subquery has ``children``.

    ``type`` is the API's type name (``string``, ``id``, ``double``...); an aggregate's path is its alias.
    """

    path: tuple[str, ...]
    type: str
    label: str = ""
    is_custom: bool = False
    is_createable: bool = False
    is_updateable: bool = False
    is_aggregate: bool = False
    children: tuple["Column", ...] = ()

    @property
    def name(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """All rows of a query, fully shaped; the pages are cut by who serves them.

    A record has ``attributes`` (``type``, and ``url`` after ``/services/data/vXX.0``: the server puts the version in).
    """

    sobject: str
    columns: tuple[Column, ...]
    total: int
    records: list[dict[str, Any]] = field(default_factory=list)
    key_prefix: str = ""
    is_grouped: bool = False
