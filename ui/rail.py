"""The rail at the window's edge: one icon a page, the keys and the settings at its foot."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui import actions, icons
from ui.pages import PageEntry
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed

SIDE, LEAST = 40, 26
"""The height of a button in px, and what it may shrink to."""
_GAP_BEFORE = ("accounts", "pipeline", "import")
"""The pages that begin a group: the day, the book, what is made for it, what comes in and goes out."""


class RailButton(Themed, QAbstractButton):
    """One icon; checked for the page in view."""

    def __init__(self, name: str, icon: str, action_id: str | None) -> None:
        super().__init__()
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(actions.tool_tip(action_id) if action_id else name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.on(self), theme.tokens
        if self.isChecked():
            edge = tokens.focus if tokens.name == "high_contrast" else None
            paint.box(painter, self.rect(), 6, tokens.selected, edge)
        elif self.underMouse():
            paint.box(painter, self.rect(), 6, tokens.mute.bg)
        at = QRect(0, 0, 20, 20)
        at.moveCenter(self.rect().center())
        icons.paint(painter, at, self._icon, theme.colour("accent_text" if self.isChecked() else "text2"))
        if self.hasFocus():
            paint.ring(painter, self.rect(), 6)


class Rail(QWidget):
    """57 px wide; ``page_chosen`` and ``action_chosen`` tell what was pressed.

    The buttons lie at fixed steps, closer where the window is low: with many pages they must not set its height.
    """

    page_chosen = Signal(str)
    action_chosen = Signal(str)

    def __init__(self, pages: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setFixedWidth(57)
        self.setAccessibleName("Pages")
        self._buttons: dict[str, RailButton] = {}
        self._above = [self._page_button(entry) for entry in pages if entry.is_in_rail]
        self._gaps = [self._above.index(self._buttons[one]) for one in _GAP_BEFORE if one in self._buttons]
        keys = RailButton(actions.action("keys").label, "keyboard", "keys")
        keys.setParent(self)
        keys.clicked.connect(lambda: self.action_chosen.emit("keys"))
        self._below = [keys, *(self._page_button(entry) for entry in pages if entry.id == "settings")]

    def _page_button(self, entry: PageEntry) -> RailButton:
        button = self._buttons[entry.id] = RailButton(entry.title, entry.icon, entry.action_id)
        button.setParent(self)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.page_chosen.emit(entry.id))
        return button

    def set_current(self, page_id: str) -> None:
        """Mark the page in view."""
        for known, button in self._buttons.items():
            button.setChecked(known == page_id)

    def sizeHint(self) -> QSize:
        return QSize(57, self._high(SIDE, 4, 12, 8))

    def minimumSizeHint(self) -> QSize:
        return QSize(57, self._high(LEAST, 1, 4, 0))

    def _high(self, side: int, gap: int, edge: int, part: int) -> int:
        """The height that buttons of ``side`` px ask for, ``gap`` px apart, ``part`` px more between groups."""
        count = len(self._above) + len(self._below)
        return count * side + (count - 1) * gap + 2 * edge + part * len(self._gaps)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = self.height()
        side, gap, edge, part = SIDE, 4, 12, 8
        if self._high(side, gap, edge, part) > high:
            gap, edge, part = 2, 6, 4
        if self._high(side, gap, edge, part) > high:
            part = 0
            side = max(LEAST, side - -(-(self._high(side, gap, edge, part) - high) // (len(self._above) + 2)))
        top = edge
        for place, button in enumerate(self._above):
            top += part if place in self._gaps else 0
            button.setGeometry(8, top, SIDE, side)
            top += side + gap
        foot = high - edge - side
        for button in reversed(self._below):
            button.setGeometry(8, foot, SIDE, side)
            foot -= side + gap

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = 0 if self.isRightToLeft() else self.width() - 1
        paint.on(self).fillRect(edge, 0, 1, self.height(), theme.colour("border"))
