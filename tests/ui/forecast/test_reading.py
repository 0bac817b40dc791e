"""A large book's forecast is read beside the window, and worked by the same keys."""

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.snapshots import take_snapshot
from tests.ui.forecast.conftest import WEEK, Hands, at_forecast, one_more
from tests.ui.pipeline.book import fill
from ui import reading
from ui.shell import Shell


@pytest.fixture
def large(shell: Shell, app: App, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> Hands:
    """A book of which every size is large."""
    monkeypatch.setattr(reading, "LARGE", 1)
    app.record(fill)
    app.record(take_snapshot)
    clock.advance(WEEK)
    app.record(one_more)
    hands = at_forecast(shell, app)
    hands.settle()
    return hands


def test_the_last_period_stays_while_the_next_is_read(large: Hands) -> None:
    page = large.page
    assert page.grid.heads[0] == "Nov 2026"
    page._move(is_later=True)
    page._move(is_later=True)
    assert (page.reading.is_reading, page.layout_.said.text()) == (True, "Reading …")
    assert page.grid.heads[0] == "Nov 2026"
    large.settle()
    assert page.grid.heads[0] == "Jul 2027"
    assert page.layout_.said.text().startswith("Jul 2027 to Oct 2027")


def test_growth_is_there_at_once(large: Hands) -> None:
    large.page.layout_.sides.setCurrentIndex(1)
    assert not large.page.reading.is_reading
    assert large.figure("open_pipeline") == "$700"


def test_bridge_and_accuracy_come_with_the_focus(large: Hands) -> None:
    large.press("B")
    assert large.page.bridge.table.hasFocus()
    assert [one.account for one in large.page.bridge.moves] == ["Aster Freight"]
    large.press("M", "4", "A", "A")
    assert large.page.grid.hasFocus()
    large.press("B", "S", "1")
    assert large.page.bridge.found is not None


def test_a_cell_opens_its_contracts(large: Hands) -> None:
    large.press("Right", "J", "Return")
    assert large.accounts() == ["Aster Freight"]


def test_a_list_is_read_beside_the_window_and_takes_the_focus_when_it_is_there(large: Hands) -> None:
    page = large.page
    large.press("Right", "J")
    page._open_cell()
    assert (page.listing.reading.is_reading, page.listing.isHidden()) == (True, True)
    assert page.grid.hasFocus()
    large.settle()
    assert page.listing.table.hasFocus()


def test_a_list_that_is_given_up_while_it_is_read_does_not_open(large: Hands) -> None:
    page = large.page
    large.press("Right", "J")
    page._open_cell()
    page._back()
    large.settle()
    assert page.listing.isHidden()
    assert page.grid.hasFocus()


def test_a_cell_that_holds_nothing_opens_no_list(large: Hands) -> None:
    page = large.page
    empty = next(cell for row in page.cells for cell in row if not cell.amount.count)
    page._open(empty)
    large.settle()
    assert page.listing.isHidden()
    assert page.grid.hasFocus()
