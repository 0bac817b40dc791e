"""A batch from the first choice to the last file: chosen and looked at in jobs, made in one that can be stopped."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from callstation.calling.campaign_filter import CampaignFilter
from callstation.calling.campaign_form import words_of
from callstation.calling.campaigns import switcher
from callstation.documents import batch
from callstation.documents.batch import Chosen, Looked, Result
from callstation.documents.kinds import label_of
from callstation.documents.wording import languages_of
from callstation.errors import CancelledError, UserError
from db.vocabulary import DocumentKind
from ui.documents.again import documents_folder
from ui.documents.order_panel import OrderPanel
from ui.documents.ordering import KINDS, STARTS, Found, Order, blocked, find, look
from ui.page import Commands

if TYPE_CHECKING:
    from ui.documents.page import DocumentsPage
    from ui.jobs import Job, Report

_PAUSE_MS = 120
_UPDATES = 200


class Batching:
    """One for a page of documents."""

    def __init__(self, page: "DocumentsPage") -> None:
        self.page, self.app, self.shell = page, page.app, page.shell
        self.panel = OrderPanel(page.shell.jobs)
        self.order: Order | None = None
        self.chosen: Chosen | None = None
        self.result: Result | None = None
        self.on_progress: Callable[[int, int], object] = lambda done, total: None
        self._job: Job[Any] | None = None
        self._name = ""
        self._pause = QTimer(self.panel, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._find)
        form, view = self.panel.form, self.panel.view
        form.changed.connect(self._wait)
        form.kind_chosen.connect(self._choose_kind)
        view.mended.connect(page.mend)
        view.walked.connect(self.shell.run)
        self.panel.wanted.connect(self.shell.run)

    @property
    def is_making(self) -> bool:
        """Whether a batch is being made."""
        return self._job is not None

    def commands(self) -> Commands:
        """What the order answers to."""
        form, view = self.panel.form, self.panel.view
        return {
            "back": self.page.show_lists, "pick_document": self._pick, "document_format": form.next_format,
            "document_language": form.next_language, "next_page": lambda: view.step(1),
            "previous_page": lambda: view.step(-1), "batch_tab": view.turn, "make_batch": self.make,
        }  # fmt: skip

    # -- choosing --------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Order a new batch: reminders, as most are."""
        self.result = None
        self.panel.form.show_campaigns(self.app.ask(switcher))
        self._choose_kind(self.panel.form.kind)
        self.page.show_order()

    def _pick(self, digit: int) -> None:
        self._choose_kind(KINDS[digit - 1])

    def _choose_kind(self, kind: DocumentKind) -> None:
        """Another kind, with the contracts at its place in time."""
        form, wanted = self.panel.form, STARTS.get(kind, CampaignFilter())
        form.show_kind(kind, languages_of(self.app.store.parent, kind))
        form.filter.show_filter(wanted, self.app.ask(words_of, wanted), is_other=True)
        self._wait()

    def _wait(self) -> None:
        """Look once the typing pauses; nothing is made until it is known for whom."""
        self.panel.make.setEnabled(False)
        self._pause.start()

    def _find(self) -> None:
        """Who gets it as it stands in the form; then ten are looked at, then all are checked."""
        if not self.shell.current:
            return  # the book was closed meanwhile
        order = self.order = self.panel.form.order()
        self.shell.jobs.run(
            lambda report: self.app.ask(find, order), done=partial(self._on_found, order), failed=self._on_failed,
            label="find", owner=self.panel,
        )  # fmt: skip

    def _on_found(self, order: Order, found: Found) -> None:
        if order is not self.order:
            return
        self.chosen = found.chosen
        self.panel.form.filter.show_problems(dict(found.problems))
        self.panel.view.show_chosen(found.chosen, label_of(order.kind).lower())
        self.panel.show_count(0 if found.chosen is None else len(found.chosen.recipients))
        if found.chosen is None or not found.chosen.recipients:
            return
        app, chosen = self.app, found.chosen
        run, failed, owner = self.shell.jobs.run, self._on_failed, self.panel
        run(lambda report: look(app, order, chosen, report), done=partial(self._on_looked, order), failed=failed,
            label="look", owner=owner)  # fmt: skip
        run(lambda report: blocked(app, order, chosen, report), done=partial(self._on_checked, order), failed=failed,
            label="check", owner=owner)  # fmt: skip

    def _on_looked(self, order: Order, looked: tuple[Looked, ...]) -> None:
        if order is self.order:
            self.panel.view.show_looked(looked)

    def _on_checked(self, order: Order, found: tuple[Looked, ...]) -> None:
        if order is self.order:
            self.panel.view.show_blocked(found)

    # -- making ----------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """Make what is chosen."""
        order, chosen = self.order, self.chosen
        if self.is_making or order is None or chosen is None or self._pause.isActive():
            return
        if not chosen.recipients:
            raise UserError("There is nobody to write to.", "", "Widen the filter, or choose another campaign.")
        app, folder = self.app, documents_folder(self.shell)
        self._begin(label_of(order.kind))
        self._run(lambda report: batch.make(
            app, chosen, order.file_format, folder=folder, name=self._name, locale=order.locale, report=report
        ))  # fmt: skip

    def resume(self, batch_id: int, name: str) -> None:
        """Go on with one that was stopped."""
        if self.is_making:
            return
        app, folder = self.app, documents_folder(self.shell)
        self._begin(name)
        self._run(lambda report: batch.resume(app, batch_id, folder=folder, report=report))

    def stop(self) -> None:
        """Stop after the document under way; what is made stays."""
        if self._job is not None:
            self._job.cancel()
            self.page.running.progress.words.setText("Stopping")

    def _begin(self, name: str) -> None:
        self._name = name
        self.page.running.show_progress(f"{name}: beginning")

    def _run(self, work: Callable[["Report"], Result]) -> None:
        self._job = self.shell.jobs.run(
            work, done=self._on_made, failed=self._on_not_made, progress=self._on_progress, label="batch",
            owner=self.page,
        )  # fmt: skip
        self.page.show_lists()

    def _on_progress(self, done: int, total: int, _said: str) -> None:
        is_due = done % max(1, total // _UPDATES) == 0  # the window has better things to do than to count
        if total and is_due and self._job is not None and not self._job.stop.is_set():
            self.page.running.show_progress(f"{self._name}: {done:,} of {total:,} made", done, total)
            self.on_progress(done, total)

    def _on_made(self, result: Result) -> None:
        self._job, self.result = None, result
        self.page.running.show_result(self._name, result)
        said = QAccessibleAnnouncementEvent(self.page, self.page.running.title.text())
        QAccessible.updateAccessibility(said)
        self.page.refresh()
        self.page.lists.show_batch(result.batch_id, brings_forward=True)

    def _on_not_made(self, error: Exception) -> None:
        self._job = None
        self.page.running.progress.hide()
        self.page.running.hide()
        self.page.refresh()
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, UserError):
            raise error
        self.shell.show_problem(error)
