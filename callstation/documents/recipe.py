"""What a document is made from, whole: the data, the words of its e-mail, a company's own Word form; and the making."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from callstation.documents.data import Data, Subject, document_data
from callstation.documents.disk import digest_of, told, write_new
from callstation.documents.kinds import check_format, label_of
from callstation.documents.mail import Attachment, check_mail, mail_words, render_eml
from callstation.documents.names import FILE, safe_name
from callstation.documents.wording import Words, own_path
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import DocumentKind, FileFormat

KEPT = "kept"
"""Where the Word forms that documents were made with are kept, by their digest: ``templates/kept/3f2a.docx``."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a file is made from: the same recipe gives the same bytes."""

    file_format: FileFormat
    data: Data
    mail: Words | None = None
    """Of an e-mail draft."""
    form: str = ""
    """SHA-256 of the company's own Word template; "" for our own form."""
    form_path: str = ""
    """Where that template lay when it was read."""

    def as_json(self) -> str:
        """For ``Document.data``: the data, and beside it what else the file needs."""
        more: dict[str, Any] = {}
        if self.mail is not None:
            more["mail"] = [self.mail.subject, self.mail.paragraphs, self.mail.closing]
        if self.form:
            more["form"] = self.form
        plain = self.data.as_json()
        if not more:
            return plain
        return f"{plain[:-1]},{json.dumps(more, ensure_ascii=False, separators=(',', ':'))[1:]}"

    @classmethod
    def from_json(cls, file_format: FileFormat, text: str) -> "Recipe":
        """What ``as_json`` wrote. ``ValueError`` or ``KeyError`` for anything else."""
        plain = json.loads(text)
        mail = plain.get("mail")
        words = None if mail is None else Words(mail[0], tuple(mail[1]), mail[2])
        return cls(file_format, Data.from_json(text), words, plain.get("form", ""))


def recipe_for(
    work: Work, kind: DocumentKind, subject: Subject, file_format: FileFormat, *, locale: str | None = None
) -> Recipe:
    """What a document for someone would be made from now.

    ``MissingFieldsError`` names what is not known; ``UserError`` for a file that this kind is not made as, an address
    that is none, a template that cannot be used.
    """
    check_format(kind, file_format)
    data = document_data(work, kind, subject, locale=locale)
    if file_format is FileFormat.EML:
        check_mail(data)
        return Recipe(file_format, data, mail_words(work, data))
    if file_format is FileFormat.DOCX:
        path = own_path(work.folder, data.locale.partition("_")[0], kind.value, ".docx")
        if path.exists():
            return Recipe(file_format, data, form=digest_of(_form(path)), form_path=str(path))
    return Recipe(file_format, data)


def render(recipe: Recipe, folder: Path) -> bytes:
    """The file of a recipe; ``folder`` is the data folder, where the company's own templates are kept.

    ``MissingFieldsError`` and ``UserError`` as the recipe, for what only shows while it is written.
    """
    data = recipe.data
    match recipe.file_format:
        case FileFormat.PDF:
            from callstation.documents.pdf import render_pdf

            return render_pdf(data)
        case FileFormat.DOCX:
            from callstation.documents.word import render_docx

            if not recipe.form:
                return render_docx(data)
            return render_docx(data, kept_form(recipe, folder), where=recipe.form_path or f"form {recipe.form[:12]}")
        case FileFormat.XLSX:
            from callstation.documents.sheet import render_xlsx

            return render_xlsx(data)
        case FileFormat.EML:
            return render_eml(data, _attachments(data, folder), words=recipe.mail)


def kept_form(recipe: Recipe, folder: Path) -> bytes:
    """The company's Word template that a document was made with, kept for as long as documents name it."""
    kept = folder / "templates" / KEPT / f"{recipe.form[:32]}.docx"
    if kept.exists():
        form = _form(kept)
    elif recipe.form_path:
        form = _form(Path(recipe.form_path))
        write_new(kept, form)
    else:
        form = b""
    if digest_of(form) != recipe.form:
        raise UserError(
            "The Word template of this document is gone.", f"{kept} is not the one it was made with.", "Make it anew."
        )
    return form


def _attachments(data: Data, folder: Path) -> tuple[Attachment, ...]:
    formats = (FileFormat.PDF, FileFormat.XLSX) if data.kind is DocumentKind.STATEMENT else (FileFormat.PDF,)
    return tuple(
        Attachment(
            safe_name(data.title, ending=f".{one}", longest=FILE, instead=label_of(data.kind)),
            render(Recipe(one, data), folder),
        )
        for one in formats
    )


def _form(path: Path) -> bytes:
    with told(path.parent):
        at = path.stat()
        return _read(path, at.st_mtime_ns, at.st_size)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> bytes:
    return path.read_bytes()
