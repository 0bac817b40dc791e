"""The import page: read a list, check its columns and rows, merge it, take it back; each long step in a job."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.accounts.importing.imports import ImportResult, batches, merge, preview, undo_import
from callstation.accounts.importing.lexicon import PRICES
from callstation.accounts.importing.preview import ListPreview, QuestionKind
from callstation.accounts.importing.source import Source
from callstation.changes import Changes
from callstation.errors import CancelledError, UserError
from callstation.quotes.price_lists.price_list import is_price_list, preview_prices
from db.vocabulary import Verdict
from ui.importing.draft import Draft
from ui.importing.review_panel import ReviewPanel
from ui.importing.start_panel import StartPanel
from ui.page import Commands, Page
from ui.theme import theme
from ui.widgets import Scroll

if TYPE_CHECKING:
    from ui.jobs import Job, Report
    from ui.shell import Shell

_READS = "Lists (*.csv *.tsv *.txt *.tab *.xlsx *.xlsm *.xlsb *.xls *.ods *.html *.htm);;All files (*)"


class ImportPage(Page):
    """I chooses a file, Ctrl+V pastes, Ctrl+Return merges, Escape stops or goes back."""

    nouns = ("import_batch",)

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.draft: Draft | None = None
        self.source: Source | None = None
        self.preview: ListPreview[Any] | None = None
        self.result: ImportResult | None = None
        self._job: Job[Any] | None = None
        self._is_writing = False
        self.start = StartPanel()
        self.review = ReviewPanel(self.app.settings, self._today)
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(_centred(self.start)))
        self._stack.addWidget(self.review)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.start.zone.file_wanted.connect(self._choose)
        self.start.zone.paste_wanted.connect(self._paste)
        self.start.earlier.undo_wanted.connect(self._undo)
        review = self.review
        review.again_wanted.connect(self._begin_again)
        review.merge_wanted.connect(self._merge)
        review.sort.chosen.connect(lambda sort: self._tell(lambda draft: draft.with_sort(sort)))
        review.columns.chosen.connect(lambda item, header: self._tell(lambda d: d.with_column(item, header)))
        review.questions.answered.connect(self._on_answered)
        review.questions.decided.connect(lambda some: self._tell(lambda d: d.with_decisions(some)))
        review.reading.told.connect(self._on_told)
        review.reading.sheet_chosen.connect(lambda sheet: self._tell(lambda d: d.with_sheet(sheet), reads=True))
        review.progress.stopped.connect(self._stop)
        review.result.undo_wanted.connect(self._on_undo_wanted)
        review.result.again_wanted.connect(self._begin_again)
        review.result.next_wanted.connect(lambda: shell.go("catalogue" if self._is_prices else "desk"))

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        return {
            "import_list": self._choose, "paste_rows": self._paste, "turn_list": self._turn, "merge": self._merge,
            "back": self._back,
        }  # fmt: skip

    def refresh(self) -> None:
        known = self.app.ask(batches)
        self.start.earlier.show_batches(known, self._today(), self.app.settings)
        if self.result is not None:
            undone = {batch.batch_id for batch in known if batch.undone_at is not None}
            if self.result.batch_id in undone and not self._is_writing:
                self._begin_again()  # taken back by Ctrl+Z: what it did is no longer so

    def take_changes(self, changes: Changes) -> None:
        self.refresh()

    def open(self, *, path: Path | None = None, text: str = "", **target: Any) -> None:
        """Take a file or pasted rows."""
        if path is not None or text:
            self._take(Draft(path, text))

    def on_shown(self) -> None:
        self.setFocus()

    def _today(self) -> date:
        return self.app.ask(lambda work: work.today)

    def _back(self) -> None:
        """Stop what runs, else leave the list."""
        if self._job is not None:
            self._stop()
        elif self._stack.currentIndex():
            self._begin_again()

    @property
    def _is_prices(self) -> bool:
        return self.preview is not None and self.preview.sort.lexicon.name == PRICES.name

    def _turn(self) -> None:
        """Take the list as the other sort."""
        if self._stack.currentIndex() and self._job is None and self.result is None:
            self.review.sort.turn()

    def _begin_again(self) -> None:
        self.draft = self.source = self.preview = self.result = None
        self.start.problem.show_problem(None)
        self._stack.setCurrentIndex(0)
        self.refresh()
        self.setFocus()

    # -- taking a list ---------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        """The system's own window for choosing a file."""
        dialog = QFileDialog(self.window(), "Choose a list", "", _READS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._take(Draft(Path(name))))
        dialog.open()

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._fail(
                UserError(
                    "There is nothing to paste.", "The clipboard holds no text.", "Copy the rows with their header."
                )
            )
            return
        self._take(Draft(text=text))

    def _take(self, draft: Draft) -> None:
        if self._is_writing:
            self.shell.say("One list at a time: this one is still being saved. Esc stops it.", "info")
            return
        self.result = None
        self.draft, self.source = draft, None
        self.review.show_merged(False)
        self.start.problem.show_problem(None)
        self._read(draft)

    def _tell(self, change: Callable[[Draft], Draft], *, reads: bool = False) -> None:
        """The rep says something about the list: look at it again."""
        if self.draft is None or self.result is not None:
            return
        self.draft = change(self.draft)
        if reads:
            self.source = None
        self._read(self.draft)

    def _on_answered(self, kind: QuestionKind, value: str) -> None:
        from callstation.accounts.importing.amounts import DecimalMark
        from callstation.accounts.importing.days import DateOrder

        readers: dict[QuestionKind, Callable[[str], object]] = {
            QuestionKind.DATE_ORDER: DateOrder, QuestionKind.DECIMAL_MARK: DecimalMark, QuestionKind.PLAN_MONTHS: int,
        }  # fmt: skip
        self._on_told(kind.value, readers[kind](value))

    def _on_told(self, name: str, value: object) -> None:
        self._tell(lambda draft: draft.with_told(**{name: value}), reads=name == "header_row")

    def _read(self, draft: Draft) -> None:
        """Read the list unless that is done, then look at every row; the answer of an older look is dropped."""
        app, source = self.app, self.source

        def look(report: "Report") -> tuple[Source, ListPreview[Any]]:
            found = source or draft.read()
            report(0, 0)
            is_prices = draft.sort == PRICES.name if draft.sort else app.ask(is_price_list, found)
            seen: ListPreview[Any]
            if is_prices:
                seen = app.ask(preview_prices, found, draft.told)
            else:
                seen = app.ask(preview, found, draft.told, dict(draft.decisions))
            assert seen.counts.is_complete, "every row of the file is in exactly one place"
            return found, seen

        name = "the pasted rows" if draft.path is None else draft.path.name
        self._begin(f"Reading {name}")
        self._job = self.shell.jobs.run(
            look, done=lambda found: self._on_read(draft, *found), failed=self._on_failed, label="import", owner=self
        )

    def _on_read(self, draft: Draft, source: Source, found: ListPreview[Any]) -> None:
        self._end()
        self.draft, self.source, self.preview = draft, source, found
        self.review.show_preview(found, draft, self.app.settings.home_region)
        self._stack.setCurrentIndex(1)

    # -- the merge -------------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        if (
            self.preview is None
            or self._job is not None
            or self.result is not None
            or not self.review.merge.isEnabled()
        ):
            return
        app, found = self.app, self.preview
        self._begin("Merging", is_writing=True)

        def work(report: "Report") -> ImportResult:
            return app.do(merge, found, progress=lambda done, total: report(done, total, "Merging"))

        self._job = self.shell.jobs.run(
            work, done=self._on_merged, failed=self._on_failed, progress=self._on_progress, label="import", owner=self
        )

    def _on_progress(self, done: int, total: int, said: str) -> None:
        if total:
            self.review.progress.show_progress(f"{said}: {done:,} of {total:,}", done, total)

    def _on_merged(self, result: ImportResult) -> None:
        self._end()
        self.result = result
        if self.preview is not None:
            self.review.result.show_result(self.preview, result, self.app.settings)
            said = QAccessibleAnnouncementEvent(self, f"{self.review.result.title.text()}.")
            QAccessible.updateAccessibility(said)
        self.review.show_merged(True)
        if result.counts.verdicts[Verdict.UPDATE]:
            self.review.rows.show_verdict(Verdict.UPDATE)  # what changed is what one wants to see
        self.refresh()

    def _on_undo_wanted(self) -> None:
        if self.result is not None:
            self._undo(self.result.batch_id)

    def _undo(self, batch_id: int) -> None:
        app = self.app
        if self._is_writing:
            return
        self._begin("Taking the import back", is_writing=True)
        self._job = self.shell.jobs.run(
            lambda report: app.do(undo_import, batch_id), done=self._on_undone, failed=self._on_failed, label="import",
            owner=self,
        )  # fmt: skip

    def _on_undone(self, file_name: str) -> None:
        self._end()
        self._begin_again()
        self.shell.say(f"The import of {file_name} is undone.", may_undo=True)

    # -- what runs -------------------------------------------------------------------------------------------------

    def _begin(self, said: str, *, is_writing: bool = False) -> None:
        self._is_writing = is_writing
        self.review.set_busy(True)
        self.review.progress.show_progress(said)
        self.start.setEnabled(False)
        self.start.busy.show_progress(said)

    def _end(self) -> None:
        self._job, self._is_writing = None, False
        self.review.set_busy(False)
        self.review.progress.hide()
        self.start.setEnabled(True)
        self.start.busy.hide()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.review.progress.words.setText("Stopping")

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, CancelledError):
            self.shell.say("Stopped. Nothing was saved.", "mute")
        elif isinstance(error, UserError):
            self._fail(error)
        else:
            raise error

    def _fail(self, error: UserError) -> None:
        """On the page where the list was to come in; over a list that is there, on the line below."""
        if self._stack.currentIndex() and self.preview is not None:
            self.shell.show_problem(error)
        else:
            self.start.problem.show_problem(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.review.set_wide(self.width() * 100 // theme.text_size)


def _centred(inside: QWidget, widest: int = 820) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(24, 0, 24, 0)
    row.addStretch(1)
    inside.setMaximumWidth(widest)
    row.addWidget(inside, 100)
    row.addStretch(1)
    return holder
