"""A card beside the lists that can be closed: its title, a line of words, and what is in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.errors import UserError
from ui.widgets import Card, Label


class Aside(Card):
    """``left`` when Escape is pressed in it; put rows into ``aside.rows``."""

    left = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(padding=16)
        self.setAccessibleName(title)
        self.title = Label(title, "emphasis", wraps=True)
        self.said = Label("", "secondary", "text2", wraps=True, tabular=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.said)
        head.addLayout(words, 1)
        self.head = head
        self.body.addLayout(head)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(6)
        self.body.addLayout(self.rows)

    def say(self, words: str) -> None:
        """The line under the title; none for empty words."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def clear(self) -> None:
        """Take every row out."""
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add(self, widget: QWidget) -> None:
        """Put a row at the end."""
        self.rows.addWidget(widget)

    def pick(self, digit: int) -> None:
        """A digit was pressed on the page: picks something where there is something to pick."""

    def show_problem(self, error: UserError) -> None:
        """Say what cannot be taken, with the words still there."""
        self.say(" ".join(part for part in (error.title, error.detail, error.hint) if part))
        self.said.set_tone("bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def line(name: str, value: str, tone: str = "text", *, parent: QWidget | None = None) -> QWidget:
    """A name and its value at the other end of the line."""
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    row.addWidget(Label(name, "secondary", "text2", wraps=True), 1)
    row.addWidget(Label(value, "label", tone, tabular=True))
    return holder
