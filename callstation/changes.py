"""What an action touched: the before-images that undo it, and the nouns that screens must show anew."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from callstation.work import Work

UNJOURNALED = frozenset({"note_draft", "sync_conflict"})
"""Tables that are also written without a step: a row may stand there again before an old one is brought back."""

DERIVED = frozenset({"call_target"})
"""Tables that are kept in step with what they are made of: a job's hand on them takes no undo away."""

Key = tuple[tuple[str, Any], ...]
"""Primary key columns with their stored values."""


@dataclass(frozen=True, slots=True)
class Image:
    """One row before and after: no ``before`` means it was made, no ``after`` that it was deleted. Stored values."""

    table: str
    key: Key
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Which nouns (table names) and ids an action touched; ``everything`` where it were too many to name."""

    ids: Mapping[str, frozenset[Any]] = field(default_factory=dict)
    everything: bool = False

    def touch(self, *nouns: str) -> bool:
        """Whether any of these nouns was touched."""
        return self.everything or any(noun in self.ids for noun in nouns)

    @staticmethod
    def of(images: Iterable[Image], told: Iterable[str] = ()) -> "Changes":
        touched: dict[str, set[Any]] = {noun: set() for noun in told}
        for image in images:
            touched.setdefault(image.table, set()).add(image.key[-1][1])
        return Changes({noun: frozenset(ids) for noun, ids in touched.items()})


@dataclass(slots=True)
class Journal:
    """What one action did. The verb names it; a verb that touches very many rows brings its own way back."""

    label: str = ""
    """Past tense, as the screen says it: "Logged No answer for Orchard & Vine"."""
    images: list[Image] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    """Nouns that were written without images, for they are no part of an undo step (see ``Work.derive``)."""
    reversal: "tuple[Callable[[Work], None], Callable[[Work], None]] | None" = None
    """(undo, redo) for an action whose images are kept on disk, such as an import."""

    @property
    def changes(self) -> Changes:
        return Changes(everything=True) if self.reversal else Changes.of(self.images, self.told)

    @property
    def is_empty(self) -> bool:
        return not self.images and self.reversal is None


def where(key: Key) -> str:
    """The SQL condition that finds one row by its key."""
    return " AND ".join(f"{column} = ?" for column, _ in key)


def meets(one: Image, other: Image) -> bool:
    """Whether two images of one row speak of the same column; a row that is made or deleted is all of its columns."""
    if None in (one.before, one.after, other.before, other.after):
        return True
    return not set(one.after or ()).isdisjoint(other.after or ())


def put_back(raw: Any, image: Image) -> None:
    """Bring one row to its ``before``; with the images taken in reverse order, the whole action is undone."""
    found = tuple(value for _, value in image.key)
    if image.before is None:
        raw.execute(f"DELETE FROM {image.table} WHERE {where(image.key)}", found)
    elif image.after is None:
        row = {**dict(image.key), **image.before}
        marks = ", ".join("?" * len(row))
        columns = ", ".join(row)
        verb = "INSERT OR REPLACE" if image.table in UNJOURNALED else "INSERT"
        raw.execute(f"{verb} INTO {image.table} ({columns}) VALUES ({marks})", tuple(row.values()))
    else:
        columns = ", ".join(f"{column} = ?" for column in image.before)
        raw.execute(f"UPDATE {image.table} SET {columns} WHERE {where(image.key)}", (*image.before.values(), *found))


def put_again(raw: Any, image: Image) -> None:
    """Bring one row to its ``after``: redo."""
    put_back(raw, Image(image.table, image.key, image.after, image.before))
