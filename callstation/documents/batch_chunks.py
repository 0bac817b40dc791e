"""One chunk of a batch: read, rendered, onto the disk, named, recorded; each step leaves nothing half."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from callstation.documents.data import Subject
from callstation.documents.disk import PART, digest_of, replace_all, told, write_part
from callstation.documents.fields import MissingFieldsError
from callstation.documents.filing import About, find, record
from callstation.documents.names import FILE, safe_name
from callstation.documents.recipe import Recipe, recipe_for, render
from callstation.errors import CancelledError, UserError
from callstation.work import Work
from db.nouns import BatchItem
from db.vocabulary import BatchState, DocumentKind, FileFormat

CHUNK = 50
"""Documents written, named and recorded together."""


class Item(NamedTuple):
    """One document that is to be made."""

    position: int
    account_id: int
    renewal_id: int | None


class Ready(NamedTuple):
    """An item with what it is made from, or its problem; the rest once it is made."""

    item: Item
    about: About | None
    recipe: Recipe | None
    problem: str
    name: str = ""
    content: bytes = b""
    digest: str = ""
    data: str = ""
    """The recipe as JSON: worked out before the transaction, which must not keep a logged call waiting."""


def waiting(work: Work, batch_id: int) -> list[Item]:
    """The next chunk of what is to be made."""
    rows = work.rows(
        "SELECT position, account_id, renewal_id FROM batch_item WHERE batch_id = ? AND state = ? "
        "ORDER BY position LIMIT ?",
        (batch_id, BatchState.WAITING.value, CHUNK),
    )
    return [Item(*row) for row in rows]


def read_recipes(
    work: Work, items: Sequence[Item], kind: DocumentKind, file_format: FileFormat, language: str
) -> list[Ready]:
    """What each item would be made from, or why it is blocked: one consistent view of the store for a chunk."""
    found = []
    for item in items:
        try:
            about = find(work, kind, Subject(item.account_id, item.renewal_id))
            recipe = recipe_for(work, kind, about.subject, file_format, locale=language or None)
            name = f"{item.position:04} {about.account} {about.contract}".strip()
            found.append(Ready(item, about, recipe, "", safe_name(name, ending=f".{file_format}", longest=FILE)))
        except UserError as error:
            found.append(Ready(item, None, None, why_blocked(error)))
    return found


def rendered(ready: Sequence[Ready], home: Path, tell: Callable[[int, str], object]) -> tuple[list[Ready], bool]:
    """The items of a chunk with their content, as far as they came; whether the work was stopped."""
    made: list[Ready] = []
    for done, one in enumerate(ready):
        try:
            tell(done, one.about.account if one.about else "")
            made.append(one if one.recipe is None else _made(one, one.recipe, home))
        except CancelledError:
            return made, True
        except UserError as error:
            made.append(one._replace(recipe=None, problem=why_blocked(error)))
    return made, False


def _made(one: Ready, recipe: Recipe, home: Path) -> Ready:
    content = render(recipe, home)
    return one._replace(content=content, digest=digest_of(content), data=recipe.as_json())


def write_files(made: Sequence[Ready], root: Path, leftovers: dict[int, list[Path]]) -> None:
    """Every file of a chunk onto the disk, then all their names; nothing is left of them where the disk refuses."""
    halves: list[tuple[Path, Path]] = []
    with told(root):
        try:
            for one in made:
                path = root / one.name
                for other in leftovers.pop(one.item.position, ()):
                    if one.recipe is None or other != path:
                        other.unlink(missing_ok=True)
                if one.recipe is not None:
                    halves.append((write_part(path, one.content), path))
            replace_all(halves, root)
        except OSError:
            for half, _ in halves:
                half.unlink(missing_ok=True)
            raise


def leftovers_in(root: Path) -> dict[int, list[Path]]:
    """What is in the folder of a batch by the number in front of its name; half-made files are thrown away."""
    found: dict[int, list[Path]] = {}
    for path in root.iterdir():
        number = path.name.partition(" ")[0]
        if path.name.endswith(PART) and path.is_file():
            path.unlink()
        elif len(number) >= 4 and number.isascii() and number.isdigit():
            found.setdefault(int(number), []).append(path)
    return found


def keep(work: Work, batch_id: int, place: str, made: Sequence[Ready]) -> None:
    """Record a chunk: its documents, their lines on the timeline, what became of each item."""
    for one in made:
        key = {"batch_id": batch_id, **one.item._asdict()}
        still = work.row(
            "SELECT 1 FROM batch_item WHERE batch_id = ? AND position = ? AND state = ?",
            (batch_id, one.item.position, BatchState.WAITING.value),
        )
        if still is None:  # another window was quicker
            continue
        if one.recipe is None or one.about is None:
            work.replace(BatchItem, **key, state=BatchState.BLOCKED, document_id=None, problem=one.problem)
            continue
        document_id = record(
            work, one.about, one.recipe, f"{place}/{one.name}", one.digest, batch_id=batch_id, data=one.data
        )
        work.replace(BatchItem, **key, state=BatchState.DONE, document_id=document_id)


def why_blocked(error: UserError) -> str:
    """Why one document is blocked: what is missing and where to fill it in."""
    parts = (
        (error.detail, error.hint) if isinstance(error, MissingFieldsError) else (error.title, error.detail, error.hint)
    )
    return " ".join(part for part in parts if part)
