"""The bridge and the accuracy by keys: what moved and by what, and how good the forecast was."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.bridge import LineKind
from callstation.renewals.measures import Measure
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.states import snapshots
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, RenewalStage
from tests.ui.forecast.conftest import WEEK, Hands, at_forecast
from tests.ui.pages_for_tests import DeskForTests
from tests.ui.pipeline.book import One, fill
from tests.ui.walk import nameless, rich
from ui.forecast.bridge_asks import offered, read_day
from ui.shell import Shell


def win(work: Work, amount: Decimal) -> None:
    """The first renewal of the book is won."""
    work.update(
        Renewal, 1, stage=RenewalStage.WON, category=ForecastCategory.CLOSED, amount=amount, closed_at=work.now
    )  # fmt: skip


def moved(hands: Hands) -> list[tuple[LineKind, str]]:
    return [(one.move.kind, one.account) for one in hands.page.bridge.moves]


def test_the_bridge_leads_from_last_week_to_now_and_names_each_move(hands: Hands, app: App) -> None:
    hands.press("B")
    found = hands.page.bridge.found
    assert found is not None
    assert (found.bridge.start, found.bridge.end) == (Decimal(0), Decimal(5000))
    assert moved(hands) == [(LineKind.NEW, "Aster Freight")]
    assert hands.page.bridge.table.hasFocus()
    assert hands.page.bridge.model.words(0, 3) == "+$5,000"
    app.do(win, Decimal(48_000))
    hands.page.refresh()
    assert moved(hands) == [(LineKind.NEW, "Aster Freight"), (LineKind.CATEGORY_IN, "Halden Robotics")]


def test_a_move_opens_the_desk(hands: Hands, shell: Shell) -> None:
    hands.press("B", "Return")
    assert shell.current == "desk"
    desk = shell.page("desk")
    assert isinstance(desk, DeskForTests)
    assert "target_id" in desk.told[-1]


def test_a_bar_shows_its_moves_alone_and_escape_all_of_them(hands: Hands, app: App) -> None:
    app.do(win, Decimal(48_000))
    hands.press("B")
    hands.page.bridge.chart.view.setFocus()
    hands.press("Right", "Right", "Right", "Return")
    assert moved(hands) == [(LineKind.CATEGORY_IN, "Halden Robotics")]
    hands.press("Escape")
    assert len(moved(hands)) == 2
    hands.press("Escape")
    assert hands.page.grid.hasFocus()


def test_another_measure_and_another_start_are_chosen(hands: Hands, app: App, clock: ManualClock) -> None:
    app.record(take_snapshot)
    clock.advance(86_400)
    hands.press("B", "M", "4")
    assert hands.page.bridge.measure is Measure.OPEN_PIPELINE
    hands.press("S", "1")
    assert hands.page.bridge.first == date(2026, 11, 30)
    assert moved(hands) == []
    hands.press("S", "3")
    hands.type("8")
    hands.press("Return")
    assert hands.page.bridge.first == date(2026, 11, 23)
    assert moved(hands) == [(LineKind.NEW, "Aster Freight")]
    hands.press("U", "3")
    assert hands.page.bridge.last == date(2026, 11, 23)
    assert moved(hands) == []


def test_upside_down_snapshots_are_a_sentence(hands: Hands, app: App) -> None:
    app.record(take_snapshot)
    hands.press("B", "S", "1", "U", "3")
    assert "cannot go from" in hands.page.bridge.problem.text()
    assert hands.page.bridge.problem.isVisible()


def test_without_a_snapshot_the_bridge_says_why(shell: Shell, app: App) -> None:
    app.record(fill)
    hands = at_forecast(shell, app)
    hands.press("B")
    assert "One is taken each day as it is opened." in hands.page.bridge.problem.text()
    hands.press("S", "U", "Escape", "M", "Escape", "A", "J")
    assert hands.page.accuracy.nothing.isVisible()


def test_the_bridge_follows_growth_and_the_period(hands: Hands) -> None:
    hands.press("B", "L", "2")
    found = hands.page.bridge.found
    assert found is not None
    assert (found.bridge.is_growth, found.bridge.period.name) == (True, "Nov 2026")


def test_the_accuracy_tells_what_was_said_and_what_became_of_it(shell: Shell, app: App, clock: ManualClock) -> None:
    app.record(fill, (One("Aster", 3, "1000", RenewalStage.ORDER_PROMISED, ForecastCategory.COMMIT),))
    app.record(take_snapshot)
    clock.advance(86_400)
    app.do(win, Decimal(900))
    clock.advance(2 * WEEK)
    hands = at_forecast(shell, app)
    hands.press("A")
    view = hands.page.accuracy
    assert [one.period.name for one in view.history.periods] == ["Nov 2026"]
    assert view.table.hasFocus()
    assert view.model.words(0, 1) == "$900"
    assert view.model.words(0, 6) == "$1,000 (+$100)"
    assert "1 week before the end: bias +$100 (+11.1%)" in view.lines[-1].text()
    hands.page.grab()
    assert rich(hands.page) == []
    assert nameless(hands.page) == []
    hands.press("A")
    assert hands.page.grid.hasFocus()


@pytest.mark.parametrize(
    ("typed", "is_known"), [("7", True), ("2026-11-23", True), ("99", False), ("x", False), ("", False)]
)
def test_a_snapshot_is_typed_by_days_back_or_its_date(hands: Hands, app: App, typed: str, is_known: bool) -> None:
    every, today = app.ask(snapshots), date(2026, 11, 30)
    assert read_day(typed, every, today).value == (today - timedelta(days=7) if is_known else None)
    assert offered(every, today) == [date(2026, 11, 23)]
