"""Saving, previewing and sending a quote: its PDF and e-mail draft are made beside the window, then it is sent."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from callstation.errors import UserError
from callstation.paths import Places
from callstation.quotes.quotes import Saved, ask_approval, save_quote
from callstation.quotes.stored_quote import stored_quote
from callstation.quotes.worksheet import Choices
from db.vocabulary import DocumentKind, FileFormat, QuoteStatus
from ui.quotes.asks import ask_why_discount

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.documents.sending import Papers
    from ui.quotes.preview import PreviewSheet
    from ui.quotes.quoting import Quoting


class Sending:
    """While the paper is made the call goes on, and nothing is sent a second time."""

    def __init__(self, quoting: "Quoting") -> None:
        self._quoting, self._page, self._app = quoting, quoting.page, quoting.app
        self.is_busy = False

    # -- saving ----------------------------------------------------------------------------------------------------

    def write(self, verb: Callable[..., Saved], *args: Any, **values: Any) -> Saved:
        """Do a verb and say so; the queue and the customer's panel follow."""
        saved = self._page.steps.write(verb, *args, **values)
        self._page.reader.reload()
        self._page.rounds.show_again()
        self._page.teller.say(f"{saved.label}.", may_undo=True)
        return saved

    def save(self) -> Saved:
        """What is chosen is in the store when this returns; ``UserError`` where it cannot be quoted as it stands."""
        draft = self._quoting.draft
        assert draft is not None
        saved = self.write(save_quote, self._quoting.target_id, draft.choices, quote_id=self._quoting.quote_id)
        draft.settle()
        self._quoting.go_on_with(saved.quote_id)
        return saved

    def save_by_hand(self) -> None:
        """Ctrl+S: save it as it stands, and go on with it."""
        if self._quoting.editing.finish():
            self._try(self.save)

    def keep(self, target_id: int, choices: Choices, quote_id: int | None) -> bool:
        """Save what was left unsaved as a draft; False where it cannot be quoted as it stands."""
        try:
            self._page.steps.write(save_quote, target_id, choices, quote_id=quote_id)
        except UserError:
            return False
        return True

    def ask_approval(self, reason: str) -> None:
        """Save it with its reason; it waits for whoever may allow the discount."""
        draft = self._quoting.draft
        if draft is None:
            return
        draft.reword(reason=reason)
        saved = self._try(self.save)
        if saved is not None:
            self._try(partial(self.write, ask_approval, saved.quote_id, reason))
            self._quoting.reread(saved.quote_id)

    def _try(self, act: Callable[[], Saved]) -> Saved | None:
        """Do it, or say on the sheet why it cannot be done."""
        try:
            return act()
        except UserError as error:
            self._quoting.say(" ".join(part for part in (error.title, error.detail, error.hint) if part), "bad")
            return None

    # -- sending ---------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Save, make the PDF and the e-mail draft, open that and mark the quote sent; or ask for approval."""
        draft = self._quoting.draft
        if draft is None or not self._quoting.editing.finish():
            return
        if draft.view.problems or not draft.view.lines:
            self._try(self.save)
        elif draft.view.approval.is_within:
            saved = self._try(self.save)
            if saved is not None:
                self.mail(saved.quote_id)
        elif draft.choices.reason.strip():
            self.ask_approval(draft.choices.reason.strip())
        else:
            self._quoting.deciding.ask(ask_why_discount(draft.view.approval.words))

    def mail(self, quote_id: int) -> None:
        """Make the papers of a saved quote beside the window; once they are there it is sent, and the draft opened."""
        if self.is_busy:
            return
        self._busy(True)
        app, folder = self._app, Places(self._app.store.parent).documents
        run = self._page.shell.jobs.run
        if self._app.ask(stored_quote, quote_id).status is QuoteStatus.SENT:
            run(lambda report: _papers_again(app, quote_id, folder), done=self._on_made_again, failed=self._on_failed,
                label="make the quote's papers", owner=self._page)  # fmt: skip
        else:
            run(lambda report: _papers(app, quote_id, folder), done=self._on_made, failed=self._on_failed,
                label="make the quote's papers", owner=self._page)  # fmt: skip

    def _on_made(self, papers: "Papers") -> None:
        from callstation.documents.sending import drop_papers, send_with_papers

        self._busy(False)
        try:
            saved = self.write(send_with_papers, papers)
        except UserError as error:
            drop_papers(papers)
            self._on_failed(error)
            return
        where = self._open(papers.draft.path)
        label = f"{saved.number} v{saved.version}"
        self._quoting.after_sent(saved)
        self._page.teller.say("Sent", label, f"for {papers.about.account}. {where}", may_undo=True)

    def _on_made_again(self, draft: Path) -> None:
        self._busy(False)
        self._page.reader.reload()
        self._page.rounds.show_again()
        self._page.teller.say(f"Mailed again. {self._open(draft)}")

    def _open(self, draft: Path) -> str:
        """Hand the draft to the mail program; where it waits, in words."""
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft))):
            return "The e-mail waits in your mail program."
        return f"No program here opens e-mail drafts; it lies in {draft.parent.name}."

    def _on_failed(self, error: Exception) -> None:
        self._busy(False)
        if not isinstance(error, UserError):
            raise error
        self._quoting.say(f"{error.title} {error.hint}".strip(), "bad")
        self._page.shell.show_problem(error)

    def _busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self._quoting.sheet.foot.set_busy(is_busy)
        if self._quoting.is_open:
            if self._quoting.draft is not None:
                self._quoting.showing.show_foot()
            elif is_busy:
                self._quoting.say("Making the PDF and the e-mail draft…", "text2")
        self._page.shell.renew_commands()

    # -- the paper -------------------------------------------------------------------------------------------------

    @property
    def is_preview_hidden(self) -> bool:
        """Whether no paper lies over the desk."""
        return "_preview" not in self.__dict__ or self._preview.isHidden()

    @cached_property
    def _preview(self) -> "PreviewSheet":
        from ui.quotes.preview import PreviewSheet

        page = self._page
        made = PreviewSheet(page.shell.centralWidget() or page, page.shell.jobs)
        made.opened.connect(page.shell.renew_commands)
        made.closed.connect(page.shell.renew_commands)
        page.destroyed.connect(made.deleteLater)
        return made

    def close_preview(self) -> None:
        """Take the paper off the desk."""
        if "_preview" in self.__dict__:
            self._preview.close_overlay()

    def preview(self) -> None:
        """Show the paper; what is worked on is saved as a draft first, for the paper is made of what is stored."""
        quote_id = self._quoting.quote_id
        if self._quoting.draft is not None:
            if not self._quoting.editing.finish():
                return
            saved = self._try(self.save)
            if saved is None:
                return
            quote_id = saved.quote_id
        if quote_id is None:
            return
        app = self._app
        self._quoting.say("Making the preview…", "text2")
        self._page.shell.jobs.run(
            lambda report: _paper(app, quote_id), done=self._on_drawn, failed=self._on_failed, label="preview",
            owner=self._page,
        )  # fmt: skip

    def _on_drawn(self, made: tuple[str, bytes]) -> None:
        if self._quoting.is_open:
            self._quoting.say("")
            self._preview.show_pdf(*made)


def _papers(app: "App", quote_id: int, folder: Path) -> "Papers":
    from callstation.documents.sending import make_papers

    return make_papers(app, quote_id, folder=folder)


def _papers_again(app: "App", quote_id: int, folder: Path) -> Path:
    """The PDF and the e-mail draft of a quote that was sent before, on file again; where the draft lies."""
    from callstation.documents.filing import make_document

    subject = _subject(app, quote_id)
    make_document(app, DocumentKind.QUOTE, subject, FileFormat.PDF, folder=folder)
    return make_document(app, DocumentKind.QUOTE, subject, FileFormat.EML, folder=folder).path


def _paper(app: "App", quote_id: int) -> tuple[str, bytes]:
    """The title and the PDF of a quote as it is stored."""
    from callstation.documents.data import document_data
    from callstation.documents.pdf import render_pdf
    from callstation.quotes.stored_quote import stored_quote

    label = app.ask(stored_quote, quote_id).label
    return label, render_pdf(app.ask(document_data, DocumentKind.QUOTE, _subject(app, quote_id)))


def _subject(app: "App", quote_id: int) -> Any:
    from callstation.documents.data import Subject

    quote = app.ask(stored_quote, quote_id)
    return Subject(quote.account_id, renewal_id=quote.renewal_id, quote_id=quote_id, contact_id=quote.contact_id)
