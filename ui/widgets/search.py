"""A search field with its icon and the key that goes to it."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed


class SearchField(Themed, QLineEdit):
    """Typing finds; Escape empties the field and then leaves it; Enter and Down go to the results."""

    left = Signal()
    entered = Signal()

    def __init__(self, prompt: str, key: str = "/", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setPlaceholderText(prompt)
        self.setAccessibleName(prompt)
        self.setMaxLength(200)
        self.restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(100), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, px = paint.on(self), theme.px
        glass = QRect(px(9), (self.height() - px(16)) // 2, px(16), px(16))
        icons.paint(painter, paint.placed(painter, self.rect(), glass), "search", theme.colour("text3"))
        if self._key and not self.text() and not self.hasFocus():
            size = paint.badge_size(self._key)
            left = self.width() - px(12) - size.width()
            cap = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
            paint.badge(painter, paint.placed(painter, self.rect(), cap), self._key)

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(32))
        before, after = theme.px(24), theme.px(26) if self._key else 0
        if self.isRightToLeft():
            before, after = after, before
        self.setTextMargins(before, 0, after, 0)
