"""The page of documents: batches that are chosen, looked at and made, and what was made before."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.changes import Changes
from callstation.documents.batches import BatchRow
from callstation.documents.filing import DocumentRow, file_of
from callstation.errors import UserError
from ui.documents.again import documents_folder, make_again
from ui.documents.batching import Batching
from ui.documents.lists_panel import ListsPanel
from ui.documents.opening import open_file, open_folder
from ui.documents.running_card import RunningCard
from ui.page import Commands, Page
from ui.theme import theme
from ui.widgets import EmptyState

if TYPE_CHECKING:
    from ui.shell import Shell

_LISTS, _EMPTY, _ORDER = range(3)
_MAKING_MS = 600


class DocumentsPage(Page):
    """A orders a batch, J and K walk what was made, Enter opens it, O its folder, R goes on with what was stopped."""

    nouns = ("document", "document_batch", "batch_item")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.lists = ListsPanel(shell, lambda: self.batching.is_making)
        self.batching = Batching(self)
        self._later = QTimer(self, singleShot=True, interval=_MAKING_MS)
        self._later.timeout.connect(self._on_later)
        self.running = RunningCard()
        self.empty = EmptyState(
            "file-text", "No documents yet",
            "Letters, agreements and call sheets are made on the desk with L; the same letter to many is a batch.",
        )  # fmt: skip
        self.empty.add_action("New batch", lambda: shell.run("add_batch"), "A", icon="plus", is_main=True)
        self.empty.add_action("Go to the desk", lambda: shell.go("desk"), "G", "D", icon="phone-call")
        self._stack = QStackedWidget()
        for widget in (self.lists, self.empty, self.batching.panel):
            self._stack.addWidget(widget)
        whole = QWidget()
        whole.setMaximumWidth(1320)
        column = self._column = QVBoxLayout(whole)
        column.setSpacing(12)
        column.addWidget(self.running)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(whole, 100)
        row.addStretch(1)
        self.lists.wanted.connect(shell.run)
        self.lists.mended.connect(self.mend)
        self.running.wanted.connect(shell.run)
        self.running.progress.stopped.connect(self.batching.stop)

    # -- the page --------------------------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        return "batch" if self.is_ordering else ""

    @property
    def is_ordering(self) -> bool:
        """Whether a new batch is being chosen."""
        return self._stack.currentIndex() == _ORDER

    def commands(self) -> Commands:
        if self.is_ordering:
            return self.batching.commands()
        found: dict[str, Any] = {"back": self._back, "other_list": self.lists.turn}
        if not self.batching.is_making:
            found["add_batch"] = self.batching.begin
        row = self.lists.current
        if row is not None:
            found |= {"next": lambda: self.lists.table.step(1), "previous": lambda: self.lists.table.step(-1),
                      "open_made": self._open, "open_folder": self._open_folder}  # fmt: skip
        if isinstance(row, BatchRow):
            found["open_index"] = self._open_index
        if self._may_go_on(row):
            found["resume_batch"] = self._go_on
        return found

    def refresh(self) -> None:
        self.lists.reload()
        self.running.offer(self.lists.batches, is_making=self.batching.is_making)
        if not self.is_ordering:
            self.show_lists()

    def take_changes(self, changes: Changes) -> None:
        if not self.batching.is_making:
            self.refresh()
        elif not self._later.isActive():  # a batch tells of every chunk, and the list follows now and then
            self.lists.reload()
            self._later.start()

    def _on_later(self) -> None:
        if self.shell.current:  # the book may be closed meanwhile
            self.lists.reload()

    def open(self, *, batch_id: int = 0, **target: Any) -> None:
        """Show one batch."""
        self.lists.show_batch(batch_id, brings_forward=True)

    def on_shown(self) -> None:
        if self.is_ordering:
            self.setFocus()
        else:
            (self.lists.table if self.lists.current is not None else self).setFocus()

    def show_lists(self) -> None:
        """Show what was made, or how a first one comes about."""
        is_empty = not self.lists.has_any and not self.batching.is_making
        self._stack.setCurrentIndex(_EMPTY if is_empty else _LISTS)
        self.shell.renew_commands()
        if self.isVisible():
            self.on_shown()

    def show_order(self) -> None:
        """Show the new batch that is being chosen."""
        self._stack.setCurrentIndex(_ORDER)
        self.running.close_result()
        self.setFocus()
        self.shell.renew_commands()

    def mend(self, page: str, target: dict[str, Any]) -> None:
        """Go where a missing field is filled in."""
        self.shell.go(page, **target)

    def _back(self) -> None:
        if self.batching.is_making:
            self.batching.stop()
        else:
            self.running.close_result()
            self.on_shown()

    # -- what was made ---------------------------------------------------------------------------------------------

    def _may_go_on(self, row: BatchRow | DocumentRow | None) -> bool:
        if self.batching.is_making:
            return False
        if self.running.offered is not None:
            return True
        return bool(row.left or row.blocked) if isinstance(row, BatchRow) else row is not None and not self.lists.file

    def _open(self) -> None:
        row = self.lists.current
        if isinstance(row, BatchRow):
            self._open_folder()
        elif row is not None:
            open_file(file_of(documents_folder(self.shell), row.path))

    def _open_folder(self) -> None:
        row, folder = self.lists.current, documents_folder(self.shell)
        if row is not None:
            open_folder(file_of(folder, row.folder) if isinstance(row, BatchRow) else file_of(folder, row.path).parent)

    def _open_index(self) -> None:
        from callstation.documents.batch_index import NAME

        row = self.lists.current
        if isinstance(row, BatchRow):
            open_file(file_of(documents_folder(self.shell), row.folder) / NAME)

    def _go_on(self) -> None:
        """Go on with the batch that was stopped, or make a missing file again."""
        row = self.lists.current
        if isinstance(row, DocumentRow):
            make_again(self.shell, row, self, self.refresh)
        elif isinstance(row, BatchRow) and (row.left or row.blocked):
            self.batching.resume(row.batch_id, row.name)
        elif self.running.offered is not None:
            self.batching.resume(self.running.offered.batch_id, self.running.offered.name)
        else:
            raise UserError("There is nothing to go on with.", "", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = 100 / theme.text_size
        is_low, is_narrow = self.height() * scale < 660, self.width() * scale < 1000
        self._column.setContentsMargins(0, 12 if is_low else 24, 0, 12 if is_low else 16)
        self.running.set_low(is_low)
        self.lists.set_room(is_narrow=is_narrow, is_low=is_low)
        self.batching.panel.set_room(is_narrow=is_narrow)
