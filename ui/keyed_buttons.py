"""Buttons with the key of their action beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions
from ui.widgets import Button, KeyBadge


def keyed(button: Button, action_id: str, *, gap: int = 8, after: int = 8) -> QWidget:
    """The button and the cap of its action's key as one thing in a row; ``gap`` px apart, ``after`` px behind."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, after, 0)
    row.setSpacing(gap)
    row.addWidget(button)
    row.addWidget(KeyBadge(*actions.caps_of(action_id)))
    return holder


class KeyedButtons(QWidget):
    """Small buttons in a row, of actions by (id, name); ``gap`` px apart. ``wanted(action id)``."""

    wanted = Signal(str)

    def __init__(self, names: Sequence[tuple[str, str]], gap: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(gap)
        for action_id, name in names:
            button = Button(name, "small")
            button.clicked.connect(lambda _=False, one=action_id: self.wanted.emit(one))
            row.addWidget(keyed(button, action_id, gap=6, after=0))
        row.addStretch(1)
