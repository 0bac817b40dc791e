"""Errors end in the window: a notice for what the user can mend, details to copy for a fault."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from callstation.errors import CancelledError, UserError
from tests.ui.pages_for_tests import ENTRIES
from tests.ui.walk import nameless, rich
from ui import crash
from ui.bus import Notice
from ui.crash_dialog import CrashDialog
from ui.shell import Shell


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    before, made = sys.excepthook, Shell(ENTRIES)
    qtbot.addWidget(made)
    made.show()
    yield made
    sys.excepthook = before


def fail(hook: crash.Hook, error: BaseException) -> None:
    """Let an error go through the hook as Python would."""
    try:
        raise error
    except BaseException as raised:
        hook(type(raised), raised, raised.__traceback__)


def test_a_fault_shows_its_details_to_copy(shell: Shell, tmp_path: Path, qtbot: QtBot, qapp: object) -> None:
    hook = crash.install(shell, tmp_path / "logs")
    fail(hook, ZeroDivisionError("first <b>fault</b>"))
    fail(hook, KeyError("second"))
    dialogs = shell.findChildren(CrashDialog)
    assert len(dialogs) == 1
    details = dialogs[0].details.toPlainText()
    assert "ZeroDivisionError: first <b>fault</b>" in details
    assert "KeyError: 'second'" in details
    assert "Callstation" in details.splitlines()[0]
    copy = next(button for button in dialogs[0].findChildren(QPushButton) if button.text() == "Copy details")
    copy.click()
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == details
    assert rich(dialogs[0]) == []
    assert nameless(dialogs[0]) == []
    dialogs[0].close()


def test_a_fault_is_logged(shell: Shell, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="callstation"):
        fail(crash.install(shell, tmp_path), RuntimeError("broken"))
    assert "broken" in caplog.text


def test_what_the_user_can_mend_is_a_notice_and_no_dialog(shell: Shell, tmp_path: Path, qtbot: QtBot) -> None:
    hook = crash.install(shell, tmp_path)
    with qtbot.waitSignal(shell.bus.noticed) as heard:
        fail(hook, UserError("The disk is full.", "detail", "hint"))
    assert heard.args == [Notice("The disk is full.", "bad", "detail", "hint")]
    assert shell.findChildren(CrashDialog) == []


def test_cancelled_work_is_no_error(shell: Shell, tmp_path: Path) -> None:
    fail(crash.install(shell, tmp_path), CancelledError())
    assert shell.findChildren(CrashDialog) == []
