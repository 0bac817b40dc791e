"""The window's first frame: its grounds in the colours of the look, painted before the rest is imported."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui.tokens import Tokens

LONGEST_WAIT_MS = 500
"""A window that starts covered or minimized is not painted; the start goes on without."""


class FirstFrame(QFrame):
    """Stands in for rail, page and status bar; ``painted`` is emitted once, after it was on the screen.

    Painted by a style sheet alone: to name a colour or a pen in Python makes Qt's hundred enums first.
    """

    painted = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._is_waiting = True
        self._rail, self._foot = QFrame(self), QFrame(self)
        self._rail.setObjectName("rail")
        self._foot.setObjectName("foot")
        self.setStyleSheet(
            f"FirstFrame {{ background: {tokens.window}; }} #rail, #foot {{ border: 0px solid {tokens.border}; }}"
            f"#rail {{ border-right-width: 1px; }} #foot {{ background: {tokens.surface}; border-top-width: 1px; }}"
        )
        self._held: QWidget | None = None
        QTimer.singleShot(LONGEST_WAIT_MS, self, self._go_on)

    def hold(self, page: QWidget) -> None:
        """Show something where the pages will be."""
        self._held = page
        page.setParent(self)
        page.setGeometry(57, 0, self.width() - 57, self.height() - 36)
        page.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide, high = self.width(), self.height()
        self._rail.setGeometry(0, 0, 57, high - 36)
        self._foot.setGeometry(0, high - 36, wide, 36)
        if self._held is not None:
            self._held.setGeometry(57, 0, wide - 57, high - 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_waiting:
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self.painted.emit()
