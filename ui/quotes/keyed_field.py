"""A field of one line with the key that goes to it; Enter and Escape give the keys back."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed

_LONGEST = 1000


class KeyedField(Themed, QLineEdit):
    """``said(words)`` at each key, ``left`` when it is done with."""

    said = Signal(str)
    left = Signal()

    def __init__(self, prompt: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setPlaceholderText(prompt)
        self.setAccessibleName(prompt)
        self.setMaxLength(_LONGEST)
        self.textEdited.connect(self.said)
        self.restyle()

    def show_words(self, words: str) -> None:
        """Show words that were said before, unless they are being typed."""
        if not self.hasFocus() and self.text() != words:
            self.setText(words)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(90), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            size = paint.badge_size(self._key)
            left = self.width() - theme.px(8) - size.width()
            cap = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
            painter = paint.on(self)
            paint.badge(painter, paint.placed(painter, self.rect(), cap), self._key)

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(32))
        before, after = 0, theme.px(22)
        if self.isRightToLeft():
            before, after = after, before
        self.setTextMargins(before, 0, after, 0)
