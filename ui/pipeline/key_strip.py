"""A strip at the foot of a page: what is in hand, with a chip, a line about it, and the keys that change it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions
from ui.widgets import Button, Card, Chip, ElidedLabel, FlowLayout, KeyBadge


class KeyStrip(Card):
    """``wanted(action id)`` for a button. ``self.foot`` stays the last of what is added to the body."""

    wanted = Signal(str)

    def __init__(self, name: str, keys: tuple[tuple[str, str], ...]) -> None:
        """``keys``: action ids with the names of their buttons."""
        super().__init__(padding=12)
        self.body.setContentsMargins(16, 10, 16, 10)
        self.body.setSpacing(4)
        self.setAccessibleName(name)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title, self.chip = ElidedLabel("", "emphasis"), Chip()
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        self.body.addLayout(head)
        self.about = ElidedLabel("", "secondary", "text2", tabular=True)
        self.body.addWidget(self.about)
        self.foot = QWidget()
        flow = FlowLayout(self.foot, spacing=10)
        for action_id, words in keys:
            flow.addWidget(self._button(action_id, words, *(actions.caps_of(action_id) or ("↵",))))
        self.body.addWidget(self.foot)

    def be_compact(self, is_compact: bool) -> None:
        """Leave the buttons to the sheet of keys."""
        self.foot.setVisible(not is_compact)

    def _button(self, action_id: str, words: str, *keys: str) -> QWidget:
        button = Button(words, "small")
        button.clicked.connect(lambda _=False: self.wanted.emit(action_id))
        return row_of(button, KeyBadge(*keys))


def row_of(*widgets: QWidget) -> QWidget:
    """Widgets side by side, as one item of a flow."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 6, 0)
    row.setSpacing(5)
    for widget in widgets:
        row.addWidget(widget)
    return holder
