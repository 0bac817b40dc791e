"""The dialog of a fault: that the work is safe, and the details as text to copy."""

import platform
import traceback
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from callstation import __version__
from ui.widgets.button import Button
from ui.widgets.text import Label


class CrashDialog(QDialog):
    """Says that something broke, that the work is safe, and offers the details as plain text."""

    def __init__(self, parent: QWidget | None, log_folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.resize(640, 420)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 24, 24, 24)
        rows.setSpacing(12)
        rows.addWidget(Label("Something went wrong in Callstation", "account", wraps=True))
        words = "This is a fault of the program. Every call you logged before it is saved, and you can go on working."
        rows.addWidget(Label(words, "body", "text2", wraps=True))
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Details of the fault")
        rows.addWidget(self.details, 1)
        rows.addWidget(Label(f"The log is in {log_folder}", "secondary", "text3", wraps=True, selectable=True))
        foot = QHBoxLayout()
        foot.addStretch(1)
        copy, close = Button("Copy details", "plain", "copy"), Button("Go on", "primary", height=32)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        close.clicked.connect(self.close)
        foot.addWidget(copy)
        foot.addWidget(close)
        rows.addLayout(foot)

    def add(self, words: str) -> None:
        """Add one fault below those shown."""
        self.details.appendPlainText(words)


def details_of(error: BaseException) -> str:
    """The fault as text to send: versions and the places in the program, without the values of variables."""
    places = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}, Qt {qVersion()}"
    return f"Callstation {__version__} on {system}\n{places}"
