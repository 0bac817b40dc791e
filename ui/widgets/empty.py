"""What a page shows when there is nothing to list: what happened, and the next step with its key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import KeyBadge
from ui.widgets.flow import FlowLayout
from ui.widgets.text import IconLabel, Label


class EmptyState(QWidget):
    """A card in the middle of the room: icon, title, words, figures if any, then the actions."""

    def __init__(
        self, icon: str, title: str, words: str = "", *, tone: str = "text2", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        self.card = Card(padding=32)
        self.card.setMaximumWidth(620)
        self.card.setMinimumWidth(280)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.card, 20)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        self.icon = IconLabel(icon, tone, 28)
        self.title = Label(title, "account", wraps=True)
        self.words = Label(words, "body", "text2", wraps=True)
        body = self.card.body
        body.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignLeft)
        body.addSpacing(4)
        body.addWidget(self.title)
        body.addWidget(self.words)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(32)
        self._figures.addStretch(1)
        body.addLayout(self._figures)
        self._actions = FlowLayout(spacing=8)
        body.addSpacing(4)
        body.addLayout(self._actions)

    def add_figure(self, value: str, label: str) -> Label:
        """One number over its name; returns the label of the value, to be changed later."""
        column = QVBoxLayout()
        column.setSpacing(0)
        number = Label(value, "account", tabular=True)
        column.addWidget(number)
        column.addWidget(Label(label, "secondary", "text3"))
        self._figures.insertLayout(self._figures.count() - 1, column)
        return number

    def add_action(
        self, words: str, pressed: Callable[[], object], *keys: str, icon: str | None = None, is_main: bool = False
    ) -> Button:
        """A button for a next step, with its keys shown beside it."""
        button = Button(words, "primary" if is_main else "plain", icon, height=32)
        button.clicked.connect(lambda _checked=False: pressed())
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 8 if keys else 0, 0)
        row.setSpacing(8)
        row.addWidget(button)
        if keys:
            row.addWidget(KeyBadge(*keys))
        self._actions.addWidget(holder)
        return button
