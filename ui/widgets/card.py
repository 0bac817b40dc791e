"""Cards and dividers: the grounds other widgets stand on."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets import paint


class Card(QWidget):
    """A surface with a border; put content into ``card.body`` (a QVBoxLayout, spacing 8).

    ``tone``: ``surface`` for a pane, ``sunken`` for a box inside a card.
    """

    def __init__(
        self, *, padding: int = 16, radius: int = 10, tone: str = "surface", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._radius, self._tone = radius, tone
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens
        paint.box(QPainter(self), self.rect(), self._radius, tokens.colour(self._tone), tokens.border)


class Divider(QWidget):
    """A line of one px."""

    def __init__(self, *, is_vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if is_vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("border"))
