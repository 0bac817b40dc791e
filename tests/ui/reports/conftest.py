"""A window with the page of the reports on a filled book with calls, driven by keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.work import Work
from db.vocabulary import ActivityKind, Disposition
from tests.factories import activity
from tests.ui.forecast.conftest import ENTRIES
from tests.ui.pipeline.book import fill
from ui.reports.page import ReportsPage
from ui.shell import Shell

READ = ("figures", "list", "retention", "contracts", "coverage", "ledger")
"""The jobs that read what a page shows."""


class Hands:
    """What is pressed goes to whatever has the focus."""

    def __init__(self, page: ReportsPage) -> None:
        self.page, self.app, self.shell = page, page.app, page.shell

    def press(self, *keys: str) -> None:
        for key in keys:
            stroke = QKeySequence.fromString(key)[0]  # type: ignore[index]
            focus = QApplication.focusWidget() or QApplication.activeWindow()
            assert focus is not None
            QTest.keyClick(focus, stroke.key(), stroke.keyboardModifiers())
            self.settle()

    def settle(self) -> None:
        """Until what is read beside the window is shown."""
        QApplication.processEvents()
        while any(label in READ for label in self.shell.jobs.running):
            QApplication.processEvents()


def called(work: Work) -> None:
    """Three calls of today, one of them a conversation."""
    for at, disposition in enumerate((Disposition.NO_ANSWER, Disposition.NO_ANSWER, Disposition.CALLBACK_AGREED)):
        activity(
            work, 1, kind=ActivityKind.CALL, disposition=disposition, is_reached=at == 2, duration_s=60,
            happened_at=work.now,
        )  # fmt: skip


def at_reports(shell: Shell, app: App) -> Hands:
    shell.attach(app, "reports")
    page = shell.page("reports")
    assert isinstance(page, ReportsPage)
    return Hands(page)


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    made.resize(1440, 900)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.detach()


@pytest.fixture
def hands(shell: Shell, app: App) -> Hands:
    app.record(fill)
    app.record(called)
    return at_reports(shell, app)
