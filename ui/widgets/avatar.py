"""A person's initials in a circle."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line


def initials(name: str) -> str:
    """First letters of the first and last word that begin with a letter; ``?`` if there is none."""
    words = [word for word in one_line(name).split() if word[0].isalpha()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


class Avatar(Themed, QWidget):
    """Decoration beside a name that is written out, so it has no accessible name of its own."""

    def __init__(self, name: str, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials, self._size = initials(name), size
        self.restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, pair = paint.on(self), theme.tokens.mute
        paint.box(painter, self.rect(), self.width() / 2, pair.bg)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, self.rect(), self._initials, theme.font("chip"), pair.fg, centre)

    def restyle(self) -> None:
        self.setFixedSize(theme.px(self._size), theme.px(self._size))
