"""The buttons of a page's head that print it and export its table, each with its key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import actions
from ui.widgets import Button, KeyBadge

LEAST_WIDE = 1180
"""A page that is less wide leaves them to the sheet of keys; px at 100 %."""
_NAMES = (("print_page", "Print"), ("export_table", "Export"))


class PrintButtons(QWidget):
    """``wanted(action id)``."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for action_id, name in _NAMES:
            button = Button(name, "small")
            button.clicked.connect(lambda _=False, one=action_id: self.wanted.emit(one))
            row.addWidget(button)
            row.addWidget(KeyBadge(*actions.caps_of(action_id)))

    def fit(self, wide: int) -> None:
        """Stand there where a page of a width has room; px at 100 %."""
        self.setVisible(wide >= LEAST_WIDE)
