"""The real window on a book, without a screen, driven by keys: what several goals measure."""

import os
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from callstation.app import App
from tests.bench.books import SETTINGS, open_book
from ui.calling.page import DeskPage
from ui.main import qt_application
from ui.shell import Shell


def application() -> QApplication:
    """The application as the program dresses it, silent about what a platform without a screen cannot do."""
    qInstallMessageHandler(lambda _kind, _context, _words: None)
    return qt_application(SETTINGS)


class BenchDesk:
    """A window of 1440 x 900 with the first account in hand."""

    def __init__(self, path: Path) -> None:
        self.qt = application()
        self.app: App = open_book(path)
        self.shell = Shell()
        self.shell.show()
        self.shell.attach(self.app, "desk")
        self.settle()

    @property
    def page(self) -> DeskPage:
        page = self.shell.page("desk")
        assert isinstance(page, DeskPage)
        return page

    def press(self, key: Qt.Key) -> float:
        """Press a key and paint what came of it; seconds until the key was handled, before anything was painted."""
        began = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget() or self.shell, key)
        handled = time.perf_counter() - began
        self.qt.processEvents()
        return handled

    def log(self) -> float:
        """Log "No answer" and open the next account; as ``press``."""
        return self.press(Qt.Key.Key_1)

    def settle(self, ms: int = 180) -> None:
        """Let pass what a pause is for: the next card is read ahead, writes are moved to the main file."""
        QTest.qWait(ms)

    def close(self) -> None:
        self.shell.detach()
        self.shell.close()
        self.app.close()
        self.qt.processEvents()
