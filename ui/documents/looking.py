"""A document looked at before it is made: its recipe and its pages, or why it cannot be made; read in a job."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callstation.documents.data import Subject
from callstation.errors import UserError
from db.vocabulary import DocumentKind, FileFormat

if TYPE_CHECKING:
    from callstation.app import App

FORMAT_NAMES = {
    FileFormat.PDF: "PDF", FileFormat.DOCX: "Word", FileFormat.XLSX: "Excel", FileFormat.EML: "E-mail draft",
}  # fmt: skip
SHORT_NAMES = {**FORMAT_NAMES, FileFormat.EML: "E-mail"}
"""Where there is little room."""


@dataclass(frozen=True, slots=True)
class Look:
    """What would be made: the pages as PDF, in which language, to whom; or ``error`` instead."""

    pdf: bytes
    title: str
    language: str
    """"de"."""
    person: str
    has_own_form: bool
    """Whether it would be written into a Word form of the company's own, which the pages do not show."""
    error: UserError | None = None


def look(app: "App", kind: DocumentKind, subject: Subject, file_format: FileFormat, locale: str | None) -> Look:
    """Read and draw it; what the user can mend is in the answer, not raised."""
    from callstation.documents.pdf import render_pdf
    from callstation.documents.recipe import recipe_for
    from callstation.documents.word_own import check_form

    try:
        recipe = app.ask(recipe_for, kind, subject, file_format, locale=locale)
        data = recipe.data
        if recipe.form:
            app.ask(check_form, kind, data.locale.partition("_")[0])
        person = data.group("contact")
        return Look(
            render_pdf(data), data.title, data.locale.partition("_")[0], str(person.get("name") or ""),
            bool(recipe.form),
        )  # fmt: skip
    except UserError as error:
        return Look(b"", "", "", "", False, error)


def language_name(code: str) -> str:
    """``de`` as "German"; the code where it has no name."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(code).get_display_name("en") or code)
    except (UnknownLocaleError, ValueError):
        return code
