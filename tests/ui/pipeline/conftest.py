"""A window with the page of the pipeline on a filled book, driven by keys."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from callstation.app import App
from tests.ui.pipeline.book import fill
from ui.pages import PAGES
from ui.pipeline.page import PipelinePage
from ui.shell import Shell

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)


class Hands:
    """What is pressed and typed goes to whatever has the focus."""

    def __init__(self, page: PipelinePage) -> None:
        self.page, self.app = page, page.app

    def press(self, *keys: str) -> None:
        for key in keys:
            stroke = QKeySequence.fromString(key)[0]  # type: ignore[index]
            QTest.keyClick(self._focus(), stroke.key(), stroke.keyboardModifiers())
            QApplication.processEvents()
            self.page._show_strip()  # the pause in which a row is read

    def type(self, words: str) -> None:
        QTest.keyClicks(self._focus(), words)
        QApplication.processEvents()

    def cell(self, title: str) -> str:
        """What the row in hand shows in a column."""
        column = [one.title for one in self.page.model.columns].index(title)
        return self.page.model.words(self.page.table.currentIndex().row(), column)

    def accounts(self) -> list[str]:
        rows = (self.page.model.row(place) for place in range(self.page.model.rowCount()))
        return [row.account for row in rows if row is not None]

    def _focus(self) -> QWidget:
        focus = QApplication.focusWidget() or QApplication.activeWindow()
        assert focus is not None
        return focus


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
    shell.attach(app, "pipeline")
    page = shell.page("pipeline")
    assert isinstance(page, PipelinePage)
    return Hands(page)


@pytest.fixture
def told(shell: Shell) -> list[str]:
    """What is said on the line of the last action."""
    said: list[str] = []
    shell.bus.noticed.connect(lambda notice: said.append(notice.words))
    return said
