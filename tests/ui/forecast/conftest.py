"""A window with the page of the forecast on a filled book, with a snapshot of last week, driven by keys."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.renewals.snapshots import take_snapshot
from callstation.work import Work
from db.vocabulary import ForecastCategory, RenewalStage
from tests.factories import account, contact, contract, phone, renewal
from tests.ui.hands import Fingers, open_window
from tests.ui.pipeline.book import BOOK, fill
from ui.forecast.page import ForecastPage
from ui.shell import Shell

WEEK = 7 * 86_400
READ = ("forecast", "bridge", "accuracy", "list")
"""The jobs that read what the page shows."""


class Hands(Fingers):
    """Fingers on the page of the forecast."""

    def __init__(self, page: ForecastPage) -> None:
        super().__init__(page.shell, READ)
        self.page, self.app = page, page.app

    def accounts(self) -> list[str]:
        model = self.page.listing.model
        rows = (model.row(place) for place in range(model.rowCount()))
        return [row.account for row in rows if isinstance(row, PipelineRow)]

    def figure(self, key: str) -> str:
        return next(one.view.value for one in self.page.figures.figures if one.view.key == key)


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = open_window(qtbot)
    yield made
    made.detach()


def one_more(work: Work) -> None:
    """A contract that came since last week, and is promised."""
    account_id, day = account(work, "Aster Freight"), work.today + timedelta(days=20)
    phone(work, contact(work, account_id, "Ada Birch"), "+16175559999")
    renewal(
        work, contract(work, account_id, day, number="C-new"), account_id, day, amount=Decimal(5000), currency="USD",
        stage=RenewalStage.ORDER_PROMISED, category=ForecastCategory.COMMIT,
    )  # fmt: skip
    refresh_targets(work)


def at_forecast(shell: Shell, app: App) -> Hands:
    shell.attach(app, "forecast")
    page = shell.page("forecast")
    assert isinstance(page, ForecastPage)
    return Hands(page)


@pytest.fixture
def hands(shell: Shell, app: App, clock: ManualClock) -> Hands:
    """Last week the book of the pipeline; since then one more contract."""
    app.record(fill, BOOK)
    app.record(take_snapshot)
    clock.advance(WEEK)
    app.record(one_more)
    return at_forecast(shell, app)
