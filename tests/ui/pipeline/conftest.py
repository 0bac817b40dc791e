"""A window with the page of the pipeline on a filled book, driven by keys."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from callstation.app import App
from tests.ui.hands import Fingers, open_window
from tests.ui.pipeline.book import fill
from ui.pipeline.page import PipelinePage
from ui.shell import Shell


class Hands(Fingers):
    """Fingers on the page of the pipeline."""

    def __init__(self, page: PipelinePage) -> None:
        super().__init__(page.shell)
        self.page, self.app = page, page.app

    def settle(self) -> None:
        super().settle()
        self.page._show_strip()  # the pause in which a row is read

    def cell(self, title: str) -> str:
        """What the row in hand shows in a column."""
        column = [one.title for one in self.page.model.columns].index(title)
        return self.page.model.words(self.page.table.currentIndex().row(), column)

    def accounts(self) -> list[str]:
        rows = (self.page.model.row(place) for place in range(self.page.model.rowCount()))
        return [row.account for row in rows if row is not None]


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = open_window(qtbot)
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
