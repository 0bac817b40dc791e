"""A list that is drawn by hand and walked by arrows: what the board and the whitespace grid share."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea

from ui.theme import theme
from ui.widgets.base import Themed

ARROWS = {
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
}  # fmt: skip
"""How far across and down an arrow goes."""


class DrawnView(Themed, QAbstractScrollArea):
    """Takes the focus, draws its own ring, and repaints as a whole where it scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("rings", "row")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)

    def measure(self) -> None:
        """Set how far the scroll bars go: each view knows how large it is."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(120))

    def restyle(self) -> None:
        self.measure()
