"""While the browser has the word: what is waited for, and the ways out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.keyed_buttons import keyed
from ui.widgets import Button, Card, FlowLayout, IconLabel, Label

_TOLD = "Sign in on the page that has opened, then come back here. Callstation waits for five minutes."
_NOT_OPEN = "No browser could be opened. Copy the address and open it yourself; Callstation waits for five minutes."


class BrowserCard(Card):
    """``cancelled`` and ``again`` for its buttons."""

    cancelled = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16, radius=6, tone="sunken")
        self.setAccessibleName("Waiting for your browser")
        self._url = ""
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel("external-link", "accent_text", 20), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(Label("Waiting for your browser", "emphasis"))
        self.words = Label(_TOLD, "body", "text2", wraps=True)
        told.addWidget(self.words)
        row.addLayout(told, 1)
        self.body.addLayout(row)
        ways = FlowLayout(spacing=8)
        self.cancel = Button("Cancel", "plain")
        self.open = Button("Open the page again", "plain", "external-link")
        self.copy = Button("Copy the address", "plain", "copy")
        self.cancel.clicked.connect(self.cancelled)
        self.open.clicked.connect(self.again)
        self.copy.clicked.connect(self._on_copy)
        for widget in (keyed(self.cancel, "back"), self.open, self.copy):
            ways.addWidget(widget)
        self.body.addSpacing(4)
        self.body.addLayout(ways)
        self.hide()

    def wait_for(self, url: str, *, is_open: bool) -> None:
        """Show what is waited for; without an address the browser has not been asked yet."""
        self._url = url
        self.words.setText(_TOLD if is_open else _NOT_OPEN)
        self.open.setEnabled(bool(url))
        self.copy.setEnabled(bool(url))
        self.copy.set_words("Copy the address")
        self.show()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._url)
        self.copy.set_words("Copied")
