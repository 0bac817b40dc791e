"""The rail at the window's edge: one icon a page, the keys and the settings at its foot."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui import actions, icons
from ui.pages import PageEntry
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed


class RailButton(Themed, QAbstractButton):
    """One icon; checked for the page in view."""

    def __init__(self, name: str, icon: str, action_id: str | None) -> None:
        super().__init__()
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(actions.tool_tip(action_id) if action_id else name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(40, 40)

    def sizeHint(self) -> QSize:
        return QSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.on(self), theme.tokens
        if self.isChecked():
            edge = tokens.focus if tokens.name == "high_contrast" else None
            paint.box(painter, self.rect(), 6, tokens.selected, edge)
        elif self.underMouse():
            paint.box(painter, self.rect(), 6, tokens.mute.bg)
        at = QRect(10, 10, 20, 20)
        icons.paint(painter, at, self._icon, theme.colour("accent_text" if self.isChecked() else "text2"))
        if self.hasFocus():
            paint.ring(painter, self.rect(), 6)


class Rail(QWidget):
    """57 px wide; ``chosen(action or page id)`` tells what was pressed."""

    page_chosen = Signal(str)
    action_chosen = Signal(str)

    def __init__(self, pages: tuple[PageEntry, ...]) -> None:
        super().__init__()
        self.setFixedWidth(57)
        self.setAccessibleName("Pages")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 9, 12)
        column.setSpacing(4)
        self._buttons: dict[str, RailButton] = {}
        for entry in pages:
            if entry.is_in_rail:
                column.addWidget(self._page_button(entry))
        column.addStretch(1)
        keys = RailButton(actions.action("keys").label, "keyboard", "keys")
        keys.clicked.connect(lambda: self.action_chosen.emit("keys"))
        column.addWidget(keys)
        for entry in pages:
            if entry.id == "settings":
                column.addWidget(self._page_button(entry))

    def _page_button(self, entry: PageEntry) -> RailButton:
        button = self._buttons[entry.id] = RailButton(entry.title, entry.icon, entry.action_id)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.page_chosen.emit(entry.id))
        return button

    def set_current(self, page_id: str) -> None:
        """Mark the page in view."""
        for known, button in self._buttons.items():
            button.setChecked(known == page_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        edge = 0 if self.isRightToLeft() else self.width() - 1
        paint.on(self).fillRect(edge, 0, 1, self.height(), theme.colour("border"))
