"""Many documents in one go: looked at first, made in chunks that are whole or not there, gone on with after a stop."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from callstation.documents.batch_chunks import (
    CHUNK,
    keep,
    leftovers_in,
    read_recipes,
    rendered,
    waiting,
    why_blocked,
    write_files,
)
from callstation.documents.batch_index import write_index
from callstation.documents.choosing import Chosen, Recipient, choose
from callstation.documents.data import Subject
from callstation.documents.disk import told
from callstation.documents.fields import MissingField, MissingFieldsError
from callstation.documents.filing import file_of
from callstation.documents.kinds import check_format, label_of
from callstation.documents.names import FOLDER as SHORT
from callstation.documents.names import numbered, safe_name
from callstation.documents.recipe import recipe_for, render
from callstation.errors import UserError
from callstation.work import Work
from db.nouns import BatchItem, DocumentBatch
from db.vocabulary import BatchState, DocumentKind, FileFormat

if TYPE_CHECKING:
    from callstation.app import App

__all__ = ["Chosen", "Looked", "Recipient", "Result", "check", "choose", "make", "order", "preview", "resume"]

FOLDER = "Batches"
Report = Callable[[int, int, str], object]
"""Called with (done, total, words); raises ``CancelledError`` once the work is to stop."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One document of a batch, looked at before any is made: its file, or why it is blocked."""

    recipient: Recipient
    content: bytes
    problem: str
    """In words; "" where there is none."""
    fields: tuple[MissingField, ...]
    """What is missing, and where to fill it in."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a batch so far."""

    batch_id: int
    folder: Path
    index: Path
    made: int
    blocked: int
    left: int
    """Not tried yet, because it was stopped."""
    is_cancelled: bool

    @property
    def words(self) -> str:
        """In words: "12 made, 1 blocked."."""
        said = f"{self.made:,} made"
        if self.blocked:
            said += f", {self.blocked:,} blocked"
        return f"{said}, {self.left:,} left." if self.left else f"{said}."


def _nobody(_done: int, _total: int, why_blocked: str) -> None:
    """The report of work that nobody watches."""


def preview(
    app: "App", chosen: Chosen, file_format: FileFormat, *, locale: str = "", count: int = 10, report: Report = _nobody
) -> tuple[Looked, ...]:
    """The first ``count`` documents with real data, none of them kept. ``UserError`` for a file this kind has not."""
    check_format(chosen.kind, file_format)
    found = []
    for done, one in enumerate(chosen.recipients[:count]):
        report(done, min(count, len(chosen.recipients)), one.account)
        try:
            recipe = app.ask(recipe_for, chosen.kind, _subject(one), file_format, locale=locale or None)
            found.append(Looked(one, render(recipe, app.store.parent), "", ()))
        except UserError as error:
            found.append(_blocked(one, error))
    return tuple(found)


def check(
    work: Work, chosen: Chosen, file_format: FileFormat, *, locale: str = "", report: Report = _nobody
) -> tuple[Looked, ...]:
    """All that would be blocked, each with what is missing; nothing is drawn for it."""
    check_format(chosen.kind, file_format)
    found = []
    for done, recipient in enumerate(chosen.recipients):
        if done % CHUNK == 0:
            report(done, len(chosen.recipients), recipient.account)
        try:
            recipe_for(work, chosen.kind, _subject(recipient), file_format, locale=locale or None)
        except UserError as error:
            found.append(_blocked(recipient, error))
    return tuple(found)


def make(
    app: "App", chosen: Chosen, file_format: FileFormat, *, folder: Path, name: str = "", locale: str = "",
    report: Report = _nobody,
) -> Result:  # fmt: skip
    """Order a batch and make it below ``folder`` (``Places.documents``); stopped by ``report``, it keeps what it made.

    ``UserError`` where nobody is chosen, or the disk does not take the files; what was recorded until then stays.
    """
    return resume(app, app.record(order, chosen, file_format, name=name, locale=locale), folder=folder, report=report)


def order(work: Work, chosen: Chosen, file_format: FileFormat, *, name: str = "", locale: str = "") -> int:
    """Write down whom a batch is for, before anything is made; its id."""
    check_format(chosen.kind, file_format)
    if not chosen.recipients:
        raise UserError(
            "There is nothing to make.", chosen.words, "Choose other contracts, or include those who had it already."
        )
    title = name.strip() or label_of(chosen.kind)
    wanted = f"{FOLDER}/{safe_name(f'{work.today.isoformat()} {title}', longest=SHORT)}"
    taken = {folder for (folder,) in work.rows("SELECT folder FROM document_batch")}
    free = next(name for n in range(1, len(taken) + 2) if (name := numbered(wanted, n)) not in taken)
    batch_id = work.insert(
        DocumentBatch, uid=uuid4().hex, name=title, kind=chosen.kind, format=file_format, language=locale, folder=free,
        state=BatchState.WAITING, created_at=work.now,
    )  # fmt: skip
    for position, one in enumerate(chosen.recipients, start=1):
        work.insert(
            BatchItem, batch_id=batch_id, position=position, account_id=one.account_id, renewal_id=one.renewal_id,
            state=BatchState.WAITING,
        )  # fmt: skip
    work.journal.label = f"Ordered {title}"
    return batch_id


def resume(app: "App", batch_id: int, *, folder: Path, report: Report = _nobody) -> Result:
    """Go on with a batch where it stopped; what was blocked is tried again, and nothing is made twice.

    Each chunk is rendered, written to the disk under another name, named, and recorded in one transaction. A kill in
    between leaves files that are whole and not recorded: the same ones are adopted here, others of theirs give way.
    """
    kind, file_format, language, place = _batch(app.ask(_read_batch, batch_id))
    app.record(_wait_again, batch_id)
    root = file_of(folder, place)
    with told(root):
        root.mkdir(parents=True, exist_ok=True)
        leftovers = leftovers_in(root)
    total = app.ask(_total, batch_id)
    is_cancelled = False
    while not is_cancelled and (items := app.ask(waiting, batch_id)):
        done = total - app.ask(_left, batch_id)
        ready = app.ask(read_recipes, items, kind, file_format, language)
        made, is_cancelled = rendered(ready, app.store.parent, partial(_tell, report, done, total))
        write_files(made, root, leftovers)
        app.record(keep, batch_id, place, made)
    index = app.ask(write_index, batch_id, root)
    made_count, blocked, left = app.record(_finish, batch_id, is_cancelled=is_cancelled)
    return Result(batch_id, root, index, made_count, blocked, left, is_cancelled)


def _tell(report: Report, done: int, total: int, one: int, words: str) -> None:
    report(done + one, total, words)


def _finish(work: Work, batch_id: int, *, is_cancelled: bool) -> tuple[int, int, int]:
    counts = dict(work.rows("SELECT state, count(*) FROM batch_item WHERE batch_id = ? GROUP BY state", (batch_id,)))
    left = counts.get(BatchState.WAITING.value, 0)
    state = BatchState.CANCELLED if is_cancelled and left else BatchState.WAITING if left else BatchState.DONE
    work.update(DocumentBatch, batch_id, state=state, finished_at=None if left else work.now)
    return counts.get(BatchState.DONE.value, 0), counts.get(BatchState.BLOCKED.value, 0), left


def _wait_again(work: Work, batch_id: int) -> None:
    for position, account_id, renewal_id in work.rows(
        "SELECT position, account_id, renewal_id FROM batch_item WHERE batch_id = ? AND state = ?",
        (batch_id, BatchState.BLOCKED.value),
    ):
        work.replace(
            BatchItem, batch_id=batch_id, position=position, account_id=account_id, renewal_id=renewal_id,
            state=BatchState.WAITING, document_id=None,
        )  # fmt: skip
    work.update(DocumentBatch, batch_id, state=BatchState.WAITING, finished_at=None)


def _read_batch(work: Work, batch_id: int) -> tuple[str, str, str, str]:
    found = work.row("SELECT kind, format, language, folder FROM document_batch WHERE id = ?", (batch_id,))
    if found is None:
        raise UserError("This batch is gone.", f"There is no batch {batch_id}.", "Choose another one.")
    return found[0], found[1], found[2], found[3]


def _batch(found: tuple[str, str, str, str]) -> tuple[DocumentKind, FileFormat, str, str]:
    return DocumentKind(found[0]), FileFormat(found[1]), found[2], found[3]


def _total(work: Work, batch_id: int) -> int:
    return int(work.rows("SELECT count(*) FROM batch_item WHERE batch_id = ?", (batch_id,))[0][0])


def _left(work: Work, batch_id: int) -> int:
    sql = "SELECT count(*) FROM batch_item WHERE batch_id = ? AND state = ?"
    return int(work.rows(sql, (batch_id, BatchState.WAITING.value))[0][0])


def _subject(one: Recipient) -> Subject:
    return Subject(one.account_id, one.renewal_id)


def _blocked(one: Recipient, error: UserError) -> Looked:
    return Looked(one, b"", why_blocked(error), error.fields if isinstance(error, MissingFieldsError) else ())
