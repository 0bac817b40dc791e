"""Hands on the keyboard of a window: what is pressed and typed goes to whatever has the focus."""

from dataclasses import replace

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.pages import PAGES
from ui.shell import Shell

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)
"""The pages with a desk that only keeps what it is told."""


class Fingers:
    """They press keys and type words; ``reads`` are the jobs that read what the page shows."""

    def __init__(self, shell: Shell, reads: tuple[str, ...] = ()) -> None:
        self.shell, self.reads = shell, reads

    def press(self, *keys: str) -> None:
        for key in keys:
            stroke = QKeySequence.fromString(key)[0]  # type: ignore[index]
            QTest.keyClick(self._focus(), stroke.key(), stroke.keyboardModifiers())
            self.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(self._focus(), words)
        QApplication.processEvents()

    def settle(self) -> None:
        """Until what is read beside the window is shown."""
        QApplication.processEvents()
        while any(label in self.reads for label in self.shell.jobs.running):
            QApplication.processEvents()

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget() or QApplication.activeWindow()
        assert focus is not None
        return focus


def open_window(qtbot: QtBot) -> Shell:
    """A window of the usual size, shown and in front; whoever opens it detaches it."""
    made = Shell(ENTRIES)
    made.resize(1440, 900)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made
