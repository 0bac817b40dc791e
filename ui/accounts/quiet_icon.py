"""An icon one can press that keeps quiet until the pointer or the focus is on it."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent

from ui import icons
from ui.theme import theme
from ui.widgets import Button, paint


class QuietIcon(Button):
    """No frame of its own; the words are its name and its tool tip."""

    def __init__(self, words: str, icon: str) -> None:
        self._name = icon
        super().__init__(words, "icon", icon, height=26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme.tokens
        if self.underMouse() or self.isDown():
            paint.box(painter, self.rect(), 6, tokens.hover, tokens.border)
        side = theme.px(14)
        at = QRect(0, 0, side, side)
        at.moveCenter(self.rect().center())
        icons.paint(painter, at, self._name, theme.colour("text2"))
        if self.hasFocus():
            paint.ring(painter, self.rect(), 6)
