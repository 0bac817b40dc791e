"""The documents of the account in hand on the desk: which is looked at, and what each key does with it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from callstation.documents.data import Subject
from callstation.documents.fields import MissingField, MissingFieldsError
from callstation.documents.fitting import Fit, fitting
from callstation.documents.kinds import FORMATS, label_of
from callstation.documents.wording import languages_of
from callstation.errors import UserError
from callstation.paths import Places
from db.vocabulary import DocumentKind, FileFormat
from ui.documents.looking import SHORT_NAMES, Look, language_name, look
from ui.documents.mending import way_to
from ui.documents.opening import open_file, open_folder
from ui.documents.rewording import Rewording
from ui.documents.sheet import DocumentSheet
from ui.page import Commands
from ui.quotes.preview import PreviewSheet

if TYPE_CHECKING:
    from callstation.documents.filing import Made
    from ui.calling.page import DeskPage

_PAUSE_MS = 40
Wanted = tuple[DocumentKind, Subject, FileFormat, str | None]
PER_ACCOUNT = (DocumentKind.STATEMENT, DocumentKind.CALL_SHEET)


class Documenting:
    """One for a desk, made at its first document."""

    def __init__(self, page: "DeskPage") -> None:
        self.page, self.app = page, page.app
        self.sheet = DocumentSheet(self, page.shell.jobs)
        self.fits: tuple[Fit, ...] = ()
        self.place = self.contract = 0
        self.file_format = FileFormat.PDF
        self.locale: str | None = None
        self.seen: Look | None = None
        self.made: Path | None = None
        self.large = PreviewSheet(page.shell.centralWidget() or page, page.shell.jobs, "Preview of the document")
        self.languages: tuple[str, ...] = ()
        self._is_making = False
        self._pause = QTimer(self.sheet, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.rewording = Rewording(self)
        sheet = self.sheet
        sheet.picked.connect(self.pick)
        sheet.wanted.connect(page.shell.run)
        sheet.format_chosen.connect(self._choose_format)
        sheet.language_chosen.connect(self._choose_language)
        sheet.contract_chosen.connect(self._choose_contract)
        sheet.missing.mended.connect(self.mend)
        self.large.opened.connect(page.shell.renew_commands)
        self.large.closed.connect(page.shell.renew_commands)
        page.destroyed.connect(self.large.deleteLater)

    # -- what is in hand -------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the sheet is on the desk."""
        return self.page.space.sheet is self.sheet

    @property
    def kind(self) -> DocumentKind:
        """The kind in hand."""
        return self.fits[self.place].kind

    @property
    def subject(self) -> Subject:
        """Whom it is for, and about which contract."""
        card = self.page.card
        assert card is not None
        if self.kind in PER_ACCOUNT or not card.renewals:
            return Subject(card.account_id, contact_id=card.contact_id)
        return Subject(card.account_id, card.renewals[self.contract].renewal_id, contact_id=card.contact_id)

    @property
    def wanted(self) -> Wanted:
        """What is in hand, whole: the answer of a job is for it, or comes too late."""
        return self.kind, self.subject, self.file_format, self.locale

    def is_wanted(self, wanted: Wanted) -> bool:
        """Whether the sheet is open with just that in hand, of the same account."""
        return self.is_open and self.page.card is not None and wanted == self.wanted

    @property
    def folder(self) -> Path:
        """Where documents are filed."""
        return Places(self.app.store.parent).documents

    def open(self) -> None:
        """Show what can be made for the account in hand, the letter of this moment first."""
        card = self.page.card
        if card is None:
            return
        self.fits = fitting(
            card.days, is_partner=card.is_partner, is_won=not card.renewals, is_accepted=bool(card.closing)
        )  # fmt: skip
        self.place = self.contract = 0
        self.file_format, self.locale, self.made = FileFormat.PDF, None, None
        self.sheet.show_kinds(self.fits, 0)
        self._show_contracts()
        self._show_kind()
        self.page.open_sheet(self.sheet)

    def forget(self) -> None:
        """The sheet was left."""
        self.large.close_overlay()
        self._pause.stop()
        self.seen = None
        self.rewording.forget()

    def commands(self) -> Commands:
        """What the sheet answers to."""
        found: dict[str, Callable[..., object]] = {
            "pick_document": self.pick, "next": lambda: self.step(1), "previous": lambda: self.step(-1),
            "document_format": self.next_format, "document_language": self.next_language, "make_document": self.make,
            "edit_words": self.rewording.begin, "document_preview": self.preview,
            "copy_number": self.page.keys.copy_number, "context": self.page.toggle_context,
        }  # fmt: skip
        if self.page.card is not None and len(self.page.card.renewals) > 1:
            found["document_contract"] = self.next_contract
        if self.made is not None:
            found |= {"open_made": self.open_made, "open_folder": self.open_folder}
        return found

    # -- choosing --------------------------------------------------------------------------------------------------

    def pick(self, digit: int) -> None:
        """The kind on a digit."""
        if 1 <= digit <= len(self.fits):
            self.place = digit - 1
            self.sheet.show_kinds(self.fits, self.place)
            self._show_contracts()
            self._show_kind()

    def step(self, by: int) -> None:
        """The next kind, or the one before."""
        self.pick(max(1, min(len(self.fits), self.place + 1 + by)))

    def next_format(self) -> None:
        """The next file it can be had as."""
        formats = FORMATS[self.kind]
        self._choose_format((formats.index(self.file_format) + 1) % len(formats))

    def next_language(self) -> None:
        """The next language it can be written in."""
        if self.languages:
            now = self.sheet.languages.currentIndex()
            self._choose_language((now + 1) % len(self.languages))

    def next_contract(self) -> None:
        """The next contract of the account."""
        card = self.page.card
        if card is not None and card.renewals and self.kind not in PER_ACCOUNT:
            self._choose_contract((self.contract + 1) % len(card.renewals))

    def _choose_format(self, index: int) -> None:
        self.file_format = FORMATS[self.kind][index]
        self.sheet.formats.choose(index)
        self.look_soon()

    def _choose_language(self, index: int) -> None:
        self.locale = self.languages[index]
        self.sheet.languages.choose(index)
        self.look_soon()

    def _choose_contract(self, index: int) -> None:
        self.contract = index
        self.sheet.contracts.setCurrentIndex(index)
        self.look_soon()

    def _show_contracts(self) -> None:
        card = self.page.card
        is_about_one = card is not None and self.kind not in PER_ACCOUNT
        renewals = card.renewals if card is not None and is_about_one else ()
        is_partner = card is not None and card.is_partner
        numbers = [f"{one.number}, {one.account}" if is_partner else one.number for one in renewals]
        self.sheet.show_contracts(numbers, min(self.contract, max(0, len(numbers) - 1)))

    def _show_kind(self) -> None:
        formats = FORMATS[self.kind]
        if self.file_format not in formats:
            self.file_format = formats[0]
        self.sheet.formats.set_labels([SHORT_NAMES[one] for one in formats])
        self.sheet.formats.choose(formats.index(self.file_format))
        self.languages = languages_of(self.app.store.parent, self.kind)
        self.sheet.languages.set_labels([language_name(one) for one in self.languages])
        self.look_soon()

    # -- looking ---------------------------------------------------------------------------------------------------

    def look_soon(self) -> None:
        """What is in hand has changed: look at it a moment later."""
        self.seen, self.made = None, None
        self.sheet.show_made("")
        self.sheet.show_edit(self.rewording.may_begin)
        self.sheet.say("")
        self._pause.start()
        self.page.shell.renew_commands()

    def _look(self) -> None:
        if self.page.card is None or not self.is_open or not self.page.shell.current:
            return  # the account was left, or the book closed, meanwhile
        app, wanted = self.app, self.wanted
        self.page.shell.jobs.run(
            lambda report: look(app, *wanted), done=partial(self._on_looked, wanted), label="look", owner=self.sheet
        )

    def _on_looked(self, wanted: Wanted, seen: Look) -> None:
        if not self.is_wanted(wanted):
            if self.is_open and not self._pause.isActive():
                self.look_soon()  # the account's contracts changed meanwhile
            return
        self.seen, sheet = seen, self.sheet
        if seen.error is not None:
            sheet.missing.show_error(seen.error)
            sheet.show_missing()
            sheet.make.setEnabled(isinstance(seen.error, MissingFieldsError))
            fields = seen.error.fields if isinstance(seen.error, MissingFieldsError) else ()
            sheet.make.set_words("Fill it in" if fields else "Make and file it")
            sheet.say("Nothing is made until this is known." if fields else "")
            return
        if seen.language in self.languages:
            sheet.languages.choose(self.languages.index(seen.language))
        sheet.make.setEnabled(True)
        sheet.make.set_words("Make and open the draft" if self.file_format is FileFormat.EML else "Make and file it")
        sheet.show_page(seen.title, seen.pdf)
        sheet.say(self._words(seen))

    def _words(self, seen: Look) -> str:
        if self.file_format is FileFormat.EML:
            return f"An e-mail to {seen.person}, with this attached."
        if seen.has_own_form:
            return "Written into your own Word form; the pages here are ours."
        if self.file_format is FileFormat.DOCX:
            return "The same words as a Word file, to go on writing in."
        if self.file_format is FileFormat.XLSX:
            return "The same rows as a sheet with live sums."
        return f"To {seen.person}" if seen.person and self.kind is not DocumentKind.CALL_SHEET else ""

    def preview(self) -> None:
        """The pages over the whole window."""
        if self.seen is not None and self.seen.pdf:
            self.large.show_pdf(self.seen.title, self.seen.pdf)

    # -- making ----------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """Make and file what is looked at; or, where something is missing, go where it is filled in."""
        if self._is_making or self.page.card is None:
            return
        error = self.seen.error if self.seen is not None else None
        if isinstance(error, MissingFieldsError) and error.fields:
            self.mend(error.fields[0])
            return
        if error is not None:
            raise error
        from callstation.documents.filing import make_document

        app, wanted = self.app, self.wanted
        kind, subject, file_format, locale = wanted
        folder, self._is_making = self.folder, True
        self.sheet.say(f"Making {label_of(kind).lower()}.")
        self.page.shell.jobs.run(
            lambda report: make_document(app, kind, subject, file_format, folder=folder, locale=locale),
            done=partial(self._on_made, wanted), failed=self.on_failed, label="make", owner=self.page,
        )  # fmt: skip

    def _on_made(self, wanted: Wanted, made: "Made") -> None:
        self._is_making = False
        self.page.teller.say(made.label + ".", may_undo=made.is_new)
        is_mail = made.path.suffix == ".eml"
        if self.is_wanted(wanted):
            self.made = made.path
            self.sheet.show_made(str(made.path))
            self.sheet.say(made.path.name, "ok")
            self.page.shell.renew_commands()
        if is_mail:
            self.page.keys.guarded(lambda: open_file(made.path))

    def on_failed(self, error: Exception) -> None:
        """A job could not do it; what the user can mend is told."""
        self._is_making = False
        if not isinstance(error, UserError):
            raise error
        self.sheet.say("")
        self.page.shell.show_problem(error)

    def open_made(self) -> None:
        """Open the file that was made with the program that takes it."""
        if self.made is not None:
            open_file(self.made)

    def open_folder(self) -> None:
        """Open the folder it lies in."""
        if self.made is not None:
            open_folder(self.made.parent)

    def mend(self, field: MissingField) -> None:
        """Go where a missing field is filled in."""
        card = self.page.card
        page, target = way_to(field, card.account_id if card is not None else 0)
        if page == "desk":
            self.page.close_sheet()
            self.page.shell.run("quote")
        else:
            self.page.shell.go(page, **target)
