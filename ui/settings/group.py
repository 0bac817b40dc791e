"""A card of settings under the name of its group, with something beside the lines where a group has it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.settings.row import SettingRow
from ui.theme import theme
from ui.widgets import Card, Label

_ROOM = 860
"""px at 100 % from which there is room for something beside the lines."""


class Group(Card):
    """The settings of one group under its name."""

    def __init__(self, name: str) -> None:
        super().__init__(padding=20)
        self.name, self.rows = name, list[SettingRow]()
        self.body.setSpacing(0)
        self.body.setContentsMargins(20, 20, 20, 10)
        self.body.addWidget(Label(name, "pane_title"))
        self.body.addSpacing(8)
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(32)
        self._lines = QWidget()
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._across.addWidget(self._lines, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._across)
        self._has_aside = False

    def add(self, row: SettingRow) -> None:
        """One more line."""
        self.rows.append(row)
        self._column.addWidget(row)

    def add_aside(self, aside: QWidget) -> None:
        """Put something beside the lines, or below them where there is no room."""
        self._has_aside = True
        self._across.addWidget(aside, 1)

    def keep(self, typed: str) -> bool:
        """Show the rows that match; whether there is one."""
        is_named = typed.casefold() in self.name.casefold()
        first = True
        for row in self.rows:
            is_kept = is_named or row.matches(typed)
            row.setVisible(is_kept)
            row.divider.setVisible(not first)
            first = first and not is_kept
        self.setVisible(not first)
        return not first

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._has_aside:
            is_wide = self.width() * 100 // theme.text_size >= _ROOM
            way = QBoxLayout.Direction
            self._across.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
