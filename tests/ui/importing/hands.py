"""What a test does with the import page: press keys, hand it a file, wait until it has read it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.importing.page import ImportPage
from ui.shell import Shell


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


CTRL = Qt.KeyboardModifier.ControlModifier


def settle(shell: Shell, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=20_000)


def take(page: ImportPage, qtbot: QtBot, path: Path) -> None:
    page.shell.go("import", path=path)
    settle(page.shell, qtbot)
