"""The window's first frame: its grounds in the colours of the look, painted before the rest is imported."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.tokens import Tokens

LONGEST_WAIT_MS = 500
"""A window that starts covered or minimized is not painted; the start goes on without."""


class FirstFrame(QWidget):
    """Stands in for rail, page and status bar; ``painted`` is emitted once, after it was on the screen."""

    painted = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens, self._is_waiting = tokens, True
        QTimer.singleShot(LONGEST_WAIT_MS, self, self._go_on)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, wide, high = QPainter(self), self._tokens, self.width(), self.height()
        painter.fillRect(0, 0, wide, high, QColor(tokens.window))
        painter.fillRect(56, 0, 1, high - 36, QColor(tokens.border))
        painter.fillRect(0, high - 36, wide, 36, QColor(tokens.surface))
        painter.fillRect(0, high - 36, wide, 1, QColor(tokens.border))
        if self._is_waiting:
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self.painted.emit()
