"""Batches and documents that were made, each list with what can be done with the row in hand below it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.documents.batches import BatchRow, batches, blocked_of
from callstation.documents.filing import DocumentRow, recent_documents
from ui import actions
from ui.documents.again import documents_folder
from ui.documents.blocked_list import of_row
from ui.documents.list_columns import BATCHES_NARROW, DOCUMENTS_NARROW, batch_columns, document_columns
from ui.documents.made_strip import MadeStrip
from ui.documents.rows import place_of
from ui.rows_view import RowsView
from ui.tables import Order, RowsModel
from ui.widgets import Button, Card, KeyBadge, Label, SegmentedTabs

if TYPE_CHECKING:
    from ui.shell import Shell

BATCHES, DOCUMENTS = 0, 1
_MOST = 500


class ListsPanel(QWidget):
    """``wanted(action id)`` for a button; the row in hand is ``current``."""

    wanted = Signal(str)
    mended = Signal(str, object)

    def __init__(self, shell: "Shell", is_making: Callable[[], bool]) -> None:
        super().__init__()
        self._shell, self._is_making = shell, is_making
        app = shell.app
        self.batches: Sequence[BatchRow] = ()
        self.documents: Sequence[DocumentRow] = ()
        self.tabs = SegmentedTabs(["Batches", "Documents"], "Lists")
        self.said = Label("", "body", "text2", wraps=True, tabular=True)
        self.tables = (
            RowsView(RowsModel[BatchRow](
                batch_columns(lambda: app.settings, self._today, is_making), self._some_batches,
                lambda: len(self.batches),
            ), "Batches"),
            RowsView(RowsModel[DocumentRow](
                document_columns(lambda: app.settings, self._today, lambda: documents_folder(shell)),
                self._some_documents, lambda: len(self.documents),
            ), "Documents"),
        )  # fmt: skip
        self.nothing = Label("", "body", "text2", wraps=True)
        self.strip = MadeStrip()
        self._lay_out()
        for table in self.tables:
            table.chosen.connect(lambda _row: self.show_current())
            table.opened.connect(lambda _row: self.wanted.emit("open_made"))
        self.tabs.currentChanged.connect(lambda _index: self._show())
        self.strip.wanted.connect(self.wanted)
        self.strip.mended.connect(self.mended)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(Label("Documents", "account"))
        told.addWidget(self.said)
        head.addLayout(told, 1)
        self.new = Button("New batch", "primary", "plus", height=36)
        self.new.clicked.connect(lambda: self.wanted.emit("add_batch"))
        head.addWidget(self.new)
        head.addWidget(KeyBadge(*actions.caps_of("add_batch")))
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs, 1)
        row.addWidget(KeyBadge(*actions.caps_of("other_list")))
        column.addLayout(row)
        self._stack = QStackedWidget()
        for table in self.tables:
            card = Card(padding=6)
            card.body.addWidget(table)
            self._stack.addWidget(card)
        empty = Card(padding=20)
        empty.body.addWidget(self.nothing)
        empty.body.addStretch(1)
        self._stack.addWidget(empty)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)

    @property
    def table(self) -> RowsView:
        """The list in view."""
        return self.tables[self.tabs.currentIndex()]

    @property
    def current(self) -> BatchRow | DocumentRow | None:
        """The row in hand."""
        return self.table.current

    @property
    def has_any(self) -> bool:
        """Whether anything was ever made."""
        return bool(self.batches or self.documents)

    def _today(self):  # type: ignore[no-untyped-def]
        return self._shell.app.ask(lambda work: work.today)

    def _some_batches(self, offset: int, limit: int, _order: Order) -> Sequence[BatchRow]:
        return self.batches[offset : offset + limit]

    def _some_documents(self, offset: int, limit: int, _order: Order) -> Sequence[DocumentRow]:
        return self.documents[offset : offset + limit]

    def reload(self) -> None:
        """Read both lists anew; the batch in hand stays in hand."""
        app = self._shell.app
        before, had_any = self.tables[BATCHES].current, self.has_any
        self.batches = app.ask(batches)
        self.documents = app.ask(recent_documents, limit=_MOST)
        self.tabs.set_count(BATCHES, len(self.batches))
        self.tabs.set_count(DOCUMENTS, len(self.documents))
        for table in self.tables:
            table.reload()
            if table.current is None:
                table.choose(0)
        if before is not None:
            self.show_batch(before.batch_id)
        if not had_any and self.documents and not self.batches:
            self.tabs.choose(DOCUMENTS)
        files = len(self.documents)
        shown = f"The {files:,} made last are listed." if files >= _MOST else ""
        self.said.setText(
            f"Letters, agreements and statements, filed by account on this computer; and your reports. {shown}".strip()
        )
        self._show()

    def show_batch(self, batch_id: int, *, brings_forward: bool = False) -> None:
        """Bring a batch into hand, if it is in the list, and the list into view if it is to."""
        places = [row.batch_id for row in self.batches]
        if batch_id in places:
            if brings_forward:
                self.tabs.setCurrentIndex(BATCHES)
            self.tables[BATCHES].choose(places.index(batch_id))

    def turn(self) -> None:
        """Show the other list."""
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    def _show(self) -> None:
        index = self.tabs.currentIndex()
        is_empty = self.current is None
        self.new.setEnabled(not self._is_making())
        self.nothing.setText("No batch was made yet. A makes one: the same letter to many, looked at first."
                             if index == BATCHES else
                             "No document was made yet. Press L on the desk, with an account in hand.")  # fmt: skip
        self._stack.setCurrentIndex(2 if is_empty else index)
        self.show_current()
        self._shell.renew_commands()

    def show_current(self) -> None:
        """Show what can be done with the row in hand."""
        row = self.current
        self.strip.setVisible(row is not None)
        if isinstance(row, BatchRow):
            found = self._shell.app.ask(blocked_of, row.batch_id) if row.blocked else ()
            self.strip.show_batch(row, [of_row(one) for one in found], is_making=self._is_making())
        elif isinstance(row, DocumentRow):
            self.strip.show_document(row, self.file is not None)
        self._shell.renew_commands()

    @property
    def file(self) -> Path | None:
        """The file of the document in hand; None where it is missing, and for a batch."""
        row = self.current
        return place_of(row, documents_folder(self._shell)) if isinstance(row, DocumentRow) else None

    def set_room(self, *, is_narrow: bool, is_low: bool) -> None:
        """Show what matters most where there is little room."""
        for table, narrow in zip(self.tables, (BATCHES_NARROW, DOCUMENTS_NARROW), strict=True):
            table.show_columns(narrow if is_narrow else [column.title for column in table.rows.columns])
        self.said.setVisible(not is_low)
        self._column.setSpacing(8 if is_low else 12)
        self.strip.set_low(is_low)
