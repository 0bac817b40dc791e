"""What keys do to the line in hand, as key caps with a word each; those that do not fit are left off."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed

HINTS = (
    ("↵", "Seats"), ("D", "Discount"), ("P", "Price"), ("X", "Leave out"), ("A", "Add-on"), ("U", "Upgrade"),
    ("T", "Common end"),
)  # fmt: skip


class KeyHints(Themed, QWidget):
    """Painted in one go; the key sheet lists the same and more."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(f"{key} {word}" for key, word in HINTS))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, whole, font = paint.on(self), theme.px, self.rect(), theme.font("secondary")
        left = 0
        for key, word in HINTS:
            cap, wide = paint.badge_size(key), QFontMetrics(font).horizontalAdvance(word) + 2
            if left + cap.width() + px(5) + wide > self.width():
                break
            at = QRect(left, (self.height() - cap.height()) // 2, cap.width(), cap.height())
            paint.badge(painter, paint.placed(painter, whole, at), key)
            said = QRect(at.right() + px(5), 0, wide, self.height())
            paint.text(painter, paint.placed(painter, whole, said), word, font, theme.tokens.text3)
            left = said.right() + px(12)

    def restyle(self) -> None:
        self.updateGeometry()
