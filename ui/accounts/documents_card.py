"""The documents of an account: each opened by its button, made again where its file is gone."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.documents.filing import DocumentRow
from callstation.settings import Settings
from ui.documents.rows import MARKS, about, made_words, place_of
from ui.widgets import Button, Card, Chip, ElidedLabel, IconLabel, Label

FIRST = 6


class DocumentsCard(Card):
    """``opened(row)`` asks for the file, ``again(row)`` to make it again from its data; hidden while there is none."""

    opened = Signal(object)
    again = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Documents")
        head = QHBoxLayout()
        head.addWidget(Label("Documents", "pane_title"))
        head.addStretch(1)
        self.count = Label("", "secondary", "text3", tabular=True)
        head.addWidget(self.count)
        self.body.addLayout(head)
        self._rows: QWidget | None = None
        self.more = Button("", "text")
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.more)
        self.lines: list[DocumentLine] = []
        self.hide()

    def show_documents(self, rows: Sequence[DocumentRow], folder: Path, today: date, settings: Settings) -> None:
        """Show another account's, the newest first."""
        self._shown = (rows, folder, today, settings)
        self.setVisible(bool(rows))
        self.count.setText(f"{len(rows):,}" if len(rows) > 1 else "")
        self.more.set_words(f"Show {len(rows) - FIRST:,} more")
        self.more.setVisible(len(rows) > FIRST)
        self._fill(rows[:FIRST])

    def _on_more(self) -> None:
        self._fill(self._shown[0])
        self.more.hide()

    def _fill(self, rows: Sequence[DocumentRow]) -> None:
        _all, folder, today, settings = self._shown
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.lines = [DocumentLine(row, place_of(row, folder) is not None, today, settings) for row in rows]
        for line in self.lines:
            line.open.clicked.connect(lambda _=False, row=line.row: self.opened.emit(row))
            line.again.clicked.connect(lambda _=False, row=line.row: self.again.emit(row))
            column.addWidget(line)
        self.body.insertWidget(1, self._rows)


class DocumentLine(QWidget):
    """One document: its title is the button that opens it."""

    def __init__(self, row: DocumentRow, is_there: bool, today: date, settings: Settings) -> None:
        super().__init__()
        self.row = row
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.open = Button(row.title, "link", height=26)
        self.open.setAccessibleDescription(about(row))
        self.again = Button("Make again", "small")
        self.again.setAccessibleName(f"Make again: {row.title}")
        self.chip = Chip("" if is_there else "File is missing", "bad")
        line.addWidget(IconLabel(MARKS[row.file_format], "text2"))
        line.addWidget(self.open)
        line.addWidget(ElidedLabel(about(row), "secondary", "text2"), 1)
        line.addWidget(self.chip)
        line.addWidget(self.again)
        line.addWidget(Label(made_words(row, today, settings), "secondary", "text3", tabular=True))
        self.again.setVisible(not is_there)
        self.open.setEnabled(is_there)
