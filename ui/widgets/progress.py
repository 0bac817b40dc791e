"""A bar in two parts: how much was reached, and of that how much truly counted."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed


class ProgressBar(Themed, QWidget):
    """``set_parts(8, 23, 71)``: 8 conversations within 23 calls of 71; the words beside it say the same."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._parts = name, (0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(0, 0, 0)

    def set_parts(self, counted: int, done: int, total: int) -> None:
        """``counted`` <= ``done`` <= ``total``, all counts."""
        self._parts = (counted, done, total)
        self.setAccessibleName(f"{self._name}: {done} of {total}, {counted} of them counted")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.on(self), theme.tokens
        counted, done, total = self._parts
        paint.box(painter, self.rect(), 1, tokens.mute.bg, tokens.strong if self._is_stark() else None)
        if total <= 0:
            return
        end, mid = (round(self.width() * min(1.0, n / total)) for n in (done, counted))
        if end:
            rest = QRect(0, 0, end, self.height())
            paint.box(painter, paint.placed(painter, self.rect(), rest), 1, tokens.text3)
        if mid:
            paint.box(painter, paint.placed(painter, self.rect(), QRect(0, 0, mid, self.height())), 1, tokens.accent)
            if end > mid:
                gap = QRect(mid, 0, 2, self.height())
                painter.fillRect(paint.placed(painter, self.rect(), gap), theme.colour("surface"))

    def _is_stark(self) -> bool:
        return theme.tokens.name == "high_contrast"
