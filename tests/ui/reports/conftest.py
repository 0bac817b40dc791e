"""A window with the page of the reports on a filled book with calls, driven by keys."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.work import Work
from db.vocabulary import ActivityKind, Disposition
from tests.factories import activity
from tests.ui.hands import Fingers, open_window
from tests.ui.pipeline.book import fill
from ui import reading
from ui.reports.page import ReportsPage
from ui.shell import Shell

READ = ("figures", "list", "retention", "contracts", "coverage", "ledger")
"""The jobs that read what a page shows."""


class Hands(Fingers):
    """Fingers on the page of the reports."""

    def __init__(self, page: ReportsPage) -> None:
        super().__init__(page.shell, READ)
        self.page, self.app = page, page.app


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
    made = open_window(qtbot)
    yield made
    made.detach()


@pytest.fixture
def hands(shell: Shell, app: App) -> Hands:
    app.record(fill)
    app.record(called)
    return at_reports(shell, app)


@pytest.fixture
def large(shell: Shell, app: App, monkeypatch: pytest.MonkeyPatch) -> Hands:
    """A book of which every size is large."""
    monkeypatch.setattr(reading, "LARGE", 1)
    app.record(fill)
    app.record(called)
    hands = at_reports(shell, app)
    hands.settle()
    return hands
