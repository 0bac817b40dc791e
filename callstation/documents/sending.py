"""A quote on its way out: its PDF and e-mail draft are made as of its sending, and filed in the step that sends it."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from callstation.documents.data import Data, Subject, document_data
from callstation.documents.disk import digest_of, write_new
from callstation.documents.filing import About, account_folder, file_name, find, record
from callstation.documents.mail import check_mail, mail_words
from callstation.documents.recipe import Recipe, render
from callstation.quotes.quotes import Saved, check_sendable, send_quote
from callstation.quotes.stored_quote import stored_quote
from callstation.work import Work
from db.vocabulary import DocumentKind, FileFormat, QuoteStatus

if TYPE_CHECKING:
    from callstation.app import App


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of a quote that lies on the disk already; its row is written when the quote is sent."""

    recipe: Recipe
    place: str
    """Below the documents folder, with forward slashes."""
    digest: str
    path: Path
    is_new: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """What goes out with a quote: the PDF, and the e-mail draft that carries it."""

    quote_id: int
    about: About
    pdf: Paper
    draft: Paper


def make_papers(app: "App", quote_id: int, *, folder: Path) -> Papers:
    """Make and write both, below ``folder`` (``Places.documents``), as they are once the quote is sent.

    ``UserError`` where it may not be sent, ``MissingFieldsError`` where something that they say is not known; then no
    file is left that was not there before.
    """
    about, recipes = app.ask(_recipes, quote_id)
    written: list[Paper] = []
    try:
        for recipe in recipes:
            content = render(recipe, app.store.parent)
            path, is_new = write_new(folder / account_folder(about) / file_name(about, recipe), content)
            place = path.relative_to(folder).as_posix()
            written.append(Paper(recipe, place, digest_of(content), path, is_new))
    except BaseException:
        _remove(written)
        raise
    return Papers(quote_id, about, written[0], written[1])


def send_with_papers(work: Work, papers: Papers) -> Saved:
    """The quote has gone out with its papers: ``send_quote``, and both filed, as one step.

    Undo takes the sending and the records back and leaves the files, which the next sending adopts.
    """
    saved = send_quote(work, papers.quote_id)
    for paper in (papers.pdf, papers.draft):
        known = work.row("SELECT id FROM document WHERE path = ? AND digest = ?", (paper.place, paper.digest))
        if known is None:
            record(work, papers.about, paper.recipe, paper.place, paper.digest)
    work.journal.label = saved.label
    return saved


def drop_papers(papers: Papers) -> None:
    """The quote was not sent after all: files that were made for it go."""
    _remove([papers.pdf, papers.draft])


def _recipes(work: Work, quote_id: int) -> tuple[About, tuple[Recipe, Recipe]]:
    quote = stored_quote(work, quote_id)
    check_sendable(work, quote)
    subject = Subject(quote.account_id, quote.renewal_id, quote_id, quote.contact_id)
    about = find(work, DocumentKind.QUOTE, subject)
    data = _as_sent(document_data(work, DocumentKind.QUOTE, about.subject))
    check_mail(data)
    mail = Recipe(FileFormat.EML, data, mail_words(work, data))
    return about, (Recipe(FileFormat.PDF, data), mail)


def _as_sent(data: Data) -> Data:
    """What it says once it is sent: no watermark, and its status."""
    fields = {**data.fields, "quote": {**data.group("quote"), "status": QuoteStatus.SENT.value}}
    return replace(data, fields=fields, watermark="")


def _remove(papers: list[Paper]) -> None:
    for paper in papers:
        if paper.is_new:
            with suppress(OSError):
                paper.path.unlink(missing_ok=True)
