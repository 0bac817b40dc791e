"""What every widget of ours shares: it restyles itself when the look changes, and never trusts text."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object

LONGEST = 2000  # characters given to a layout engine; longer text stalls the window and says no more on screen


class Themed(_Base):
    """Mixed in before a Qt class: calls ``restyle`` once the look has changed."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.restyle()

    def restyle(self) -> None:
        """Take fonts and sizes from the theme again; colours are read while painting."""


def doubled(text: str) -> str:
    """Text for a control that would take ``&`` as a mnemonic."""
    return text.replace("&", "&&")


def one_line(text: str) -> str:
    """Data as one line of bounded length; line and paragraph separators become spaces."""
    return " ".join(text[:LONGEST].split())
