"""Buttons in a row, each with the key of its action."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions
from ui.widgets import Button, KeyBadge


class KeyedButtons(QWidget):
    """Of actions by their ids, as (id, name); ``gap`` px apart. ``wanted(action id)``."""

    wanted = Signal(str)

    def __init__(self, names: Sequence[tuple[str, str]], gap: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for at, (action_id, name) in enumerate(names):
            button = Button(name, "small")
            button.clicked.connect(lambda _=False, one=action_id: self.wanted.emit(one))
            if at:
                row.addSpacing(gap)
            row.addWidget(button)
            row.addWidget(KeyBadge(*actions.caps_of(action_id)))
        row.addStretch(1)
