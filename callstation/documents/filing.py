"""Documents on file: made, written whole into the account's folder, told of on the timeline, made again from data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from callstation.documents.data import Subject
from callstation.documents.disk import digest_in, digest_of, write_new
from callstation.documents.kinds import FORMAT_LABELS, label_of
from callstation.documents.names import FILE, FOLDER, safe_name
from callstation.documents.recipe import Recipe, recipe_for, render
from callstation.errors import UserError
from callstation.sync.outbox import mark_new
from callstation.work import Work
from db.nouns import Activity, Document
from db.stored import from_micros
from db.vocabulary import ActivityKind, DocumentKind, FileFormat, SyncEntity

if TYPE_CHECKING:
    from callstation.app import App


@dataclass(frozen=True, slots=True)
class Made:
    """A document on file. ``is_new`` is false where the very same one was there already."""

    document_id: int
    path: Path
    label: str
    """The sentence for the screen."""
    is_new: bool


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of an account, as a list shows it."""

    document_id: int
    account_id: int | None
    account: str
    """None and "" of a report, which is no account's."""
    kind: DocumentKind
    file_format: FileFormat
    title: str
    """"Reminder C-1003"; of a report the name of its file, "2026-11-25 Weekly report"."""
    contact: str
    language: str
    path: str
    """Below the documents folder, with forward slashes; see ``file_of``."""
    made_at: datetime
    batch_id: int | None


@dataclass(frozen=True, slots=True)
class About:
    """Whom and what a document is about, every id found."""

    kind: DocumentKind
    account_id: int
    account: str
    contact_id: int | None
    renewal_id: int | None
    contract: str
    quote_id: int | None
    quote: str
    """"Q-2026-0012 v2"."""
    target_id: int | None

    @property
    def subject(self) -> Subject:
        return Subject(self.account_id, self.renewal_id, self.quote_id, self.contact_id)

    @property
    def title(self) -> str:
        """ "Reminder C-1003"."""
        return " ".join(part for part in (label_of(self.kind), self.quote or self.contract) if part)


def make_document(
    app: "App",
    kind: DocumentKind,
    subject: Subject,
    file_format: FileFormat,
    *,
    folder: Path,
    locale: str | None = None,
) -> Made:
    """Make a document, write it below ``folder`` (``Places.documents``) and file it, in one undoable step.

    Undo takes the record and the line on the timeline back and leaves the file, which the next making of the same
    document adopts. ``MissingFieldsError`` and ``UserError`` where it cannot be made or written; then nothing is left.
    """
    about = app.ask(find, kind, subject)
    recipe = app.ask(recipe_for, kind, about.subject, file_format, locale=locale)
    content = render(recipe, app.store.parent)
    wanted = folder / account_folder(about) / file_name(about, recipe)
    path, is_new = write_new(wanted, content)
    place = path.relative_to(folder).as_posix()
    if not is_new and (known := app.ask(on_file, place, digest_of(content))) is not None:
        return Made(known, path, f"{about.title} for {about.account} is on file already", False)
    try:
        document_id = app.do(record, about, recipe, place, digest_of(content))
    except BaseException:
        if is_new:
            path.unlink(missing_ok=True)
        raise
    return Made(document_id, path, f"Filed {about.title} for {about.account}", True)


def record(
    work: Work, about: About, recipe: Recipe, place: str, digest: str, *, batch_id: int | None = None, data: str = ""
) -> int:
    """Note a file that is written: its row, a line on the timeline, a word for the CRM; the document's id.

    ``data`` is ``recipe.as_json()`` where that was worked out before, off the transaction.
    """
    document_id = work.insert(
        Document, uid=uuid4().hex, kind=about.kind, format=recipe.file_format, account_id=about.account_id,
        contact_id=about.contact_id, renewal_id=about.renewal_id, quote_id=about.quote_id, batch_id=batch_id,
        language=recipe.data.locale, path=place, digest=digest, data=data or recipe.as_json(), made_at=work.now,
    )  # fmt: skip
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.DOCUMENT, target_id=about.target_id, account_id=about.account_id,
        contact_id=about.contact_id, renewal_id=about.renewal_id, happened_at=work.now, happened_on=work.today,
        note=f"{about.title} ({FORMAT_LABELS[recipe.file_format]})",
    )  # fmt: skip
    mark_new(work, SyncEntity.ACTIVITY, activity_id)
    work.journal.label = f"Filed {about.title} for {about.account}"
    return document_id


def find(work: Work, kind: DocumentKind, subject: Subject) -> About:
    """Whom a document would be about, with what the subject leaves open. ``UserError`` where the account is gone."""
    from callstation.documents.subjects import about

    found = work.row("SELECT name FROM account WHERE id = ?", (subject.account_id,))
    if found is None:
        raise UserError("This account is gone.", f"There is no account {subject.account_id}.", "Reload the list.")
    renewal_id, contact_id, contract = subject.renewal_id, subject.contact_id, ""
    quote_id, quote = subject.quote_id, ""
    if kind is DocumentKind.QUOTE:
        quote_id, quote, renewal_id, contact_id = _quote(work, subject)
    elif kind not in (DocumentKind.STATEMENT, DocumentKind.CALL_SHEET):
        topic = about(work, kind, subject.account_id, renewal_id)
        if topic is not None:
            renewal_id, contract = topic.renewal_id, str(topic.contract["number"])
            contact_id = contact_id if contact_id is not None else topic.contact_id
    if contact_id is None:
        person = work.row(
            "SELECT id FROM contact WHERE account_id = ? AND is_active ORDER BY is_decision_maker DESC, id",
            (subject.account_id,),
        )
        contact_id = person[0] if person else None
    target = work.row("SELECT id FROM call_target WHERE account_id = ? ORDER BY id LIMIT 1", (subject.account_id,))
    return About(
        kind, subject.account_id, found[0], contact_id, renewal_id, contract, quote_id, quote,
        target[0] if target else None,
    )  # fmt: skip


def _quote(work: Work, subject: Subject) -> tuple[int | None, str, int | None, int | None]:
    found = work.row(
        "SELECT id, number, version, renewal_id, contact_id FROM quote WHERE "
        + ("id = ?" if subject.quote_id is not None else "account_id = ? ORDER BY id DESC LIMIT 1"),
        (subject.quote_id if subject.quote_id is not None else subject.account_id,),
    )
    if found is None:
        return subject.quote_id, "", subject.renewal_id, subject.contact_id
    return found[0], f"{found[1]} v{found[2]}", found[3], subject.contact_id or found[4]


def account_folder(about: About) -> str:
    """The folder of an account: its name and number, so that two of one name are two."""
    return safe_name(about.account, ending=f" ({about.account_id})", longest=FOLDER, instead="Account")


def file_name(about: About, recipe: Recipe) -> str:
    """ "2026-11-25 Reminder C-1003.pdf"."""
    return safe_name(f"{recipe.data.made_on.isoformat()} {about.title}", ending=f".{recipe.file_format}", longest=FILE)


def documents_of(work: Work, account_id: int) -> tuple[DocumentRow, ...]:
    """The documents of an account, the newest first."""
    return tuple(_row(row) for row in work.rows(f"{_ROWS} WHERE d.account_id = ? {_NEWEST}", (account_id,)))


def recent_documents(work: Work, *, limit: int = 50) -> tuple[DocumentRow, ...]:
    """The documents made last, of all accounts."""
    return tuple(_row(row) for row in work.rows(f"{_ROWS} {_NEWEST} LIMIT ?", (limit,)))


_ROWS = """
    SELECT d.id, d.account_id, a.name, d.kind, d.format, d.language, d.path, d.made_at, d.batch_id, c.name, k.number,
           q.number, q.version
    FROM document d LEFT JOIN account a ON a.id = d.account_id LEFT JOIN contact c ON c.id = d.contact_id
    LEFT JOIN renewal r ON r.id = d.renewal_id
    LEFT JOIN contract k ON k.id = r.contract_id LEFT JOIN quote q ON q.id = d.quote_id"""
_NEWEST = "ORDER BY d.made_at DESC, d.id DESC"


def _row(row: tuple[Any, ...]) -> DocumentRow:
    (document_id, account_id, account, kind, file_format, language, path, made_at, batch_id, contact, contract, quote,
     version) = row  # fmt: skip
    about = f"{quote} v{version}" if quote else contract or ""
    title = " ".join(part for part in (label_of(DocumentKind(kind)), about) if part)
    if account_id is None:
        title = PurePosixPath(path).stem
    return DocumentRow(
        document_id, account_id, account or "", DocumentKind(kind), FileFormat(file_format), title, contact or "",
        language, path, from_micros(made_at), batch_id,
    )  # fmt: skip


def file_of(folder: Path, path: str) -> Path:
    """The file of a stored path below the documents folder. ``UserError`` for a path that leads out of it."""
    parts = path.split("/")
    if any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts):
        raise UserError("This file lies outside the documents folder.", path, "Make the document again.")
    return folder.joinpath(*parts)


def make_again(app: "App", document_id: int) -> bytes:
    """The bytes of a document as it was made, from its data alone.

    ``UserError`` where it is gone, or where today's program, template or logo no longer gives the same bytes.
    """
    row = "SELECT kind, format, data, digest FROM document WHERE id = ?"
    found = app.ask(lambda work: work.row(row, (document_id,)))
    if found is None:
        raise UserError("This document is gone.", f"There is no document {document_id}.", "Reload the list.")
    kind, file_format, data, digest = found
    if DocumentKind(kind).is_report:
        from callstation.reports.kept import made_from

        content = made_from(FileFormat(file_format), data)
    else:
        content = render(Recipe.from_json(FileFormat(file_format), data), app.store.parent)
    if digest_of(content) != digest:
        raise UserError(
            "This document cannot be made the same again.",
            "The program has changed the form of such documents since.",
            "Make it anew from today's data.",
        )
    return content


def put_back(app: "App", document_id: int, *, folder: Path) -> Path:
    """Write the file of a document again where it is missing or was changed; where it lies.

    A changed file stays beside it under its own name. ``UserError`` as ``make_again``.
    """
    content = make_again(app, document_id)
    (place,) = app.ask(lambda work: work.rows("SELECT path FROM document WHERE id = ?", (document_id,)))[0]
    path = file_of(folder, place)
    if path.exists() and digest_in(path) != digest_of(content):
        aside = path.with_name(f"{path.stem} (changed){path.suffix}")
        write_new(aside, path.read_bytes())
        path.unlink()
    return write_new(path, content)[0]


def states_of(work: Work, folder: Path, document_ids: Sequence[int] | None = None) -> Mapping[int, str]:
    """Document id to "missing" or "changed", for those whose file is not as it was made; reads each file.

    ``document_ids`` are the ones to look at, all without them.
    """
    wanted = None if document_ids is None else set(document_ids)
    found = {}
    for document_id, place, digest in work.rows("SELECT id, path, digest FROM document ORDER BY id"):
        if wanted is None or document_id in wanted:
            now = _digest_at(folder, place)
            if now != digest:
                found[document_id] = "missing" if now is None else "changed"
    return found


def _digest_at(folder: Path, place: str) -> str | None:
    try:
        return digest_in(file_of(folder, place))
    except UserError:  # a path that no document of ours has
        return None


def on_file(work: Work, place: str, digest: str) -> int | None:
    """The document whose file this is; None where it is on no record."""
    found = work.row("SELECT id FROM document WHERE path = ? AND digest = ? ORDER BY id LIMIT 1", (place, digest))
    return None if found is None else int(found[0])
