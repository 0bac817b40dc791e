"""A large choice: icon, title, a line of words, and its key."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line


class Choice(Themed, QAbstractButton):
    """One way to go on, 56 px high; press it, Enter on it, or its key."""

    def __init__(self, icon: str, title: str, words: str, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._title, self._words, self._keys = icon, title, words, keys
        self.setText(doubled(one_line(title)))
        self.setAccessibleName(one_line(title))
        self.setAccessibleDescription(one_line(words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), theme.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        is_hot = self.underMouse() and self.isEnabled()
        ground = tokens.hover if is_hot or self.isDown() else tokens.surface
        paint.box(painter, whole, 10, ground, tokens.border)
        picture = QRect(px(16), (self.height() - px(20)) // 2, px(20), px(20))
        icons.paint(painter, paint.placed(painter, whole, picture), self._icon, theme.colour("accent_text"))
        right = whole.right() - px(16)
        for key in reversed(self._keys):
            size = paint.badge_size(key)
            cap = QRect(right - size.width() + 1, (self.height() - size.height()) // 2, size.width(), size.height())
            paint.badge(painter, paint.placed(painter, whole, cap), key)
            right = cap.left() - px(8)
        title = QRect(px(50), px(10), right - px(58), px(18))
        words = QRect(px(50), px(28), right - px(58), px(18))
        paint.text(painter, paint.placed(painter, whole, title), self._title, theme.font("emphasis"), tokens.text)
        paint.text(painter, paint.placed(painter, whole, words), self._words, theme.font("secondary"), tokens.text2)
        if self.hasFocus():
            paint.ring(painter, whole, 10)

    def restyle(self) -> None:
        self.updateGeometry()
