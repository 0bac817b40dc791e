"""The forecast while the book changes under it: what is listed, told and asked stays true, and empty keys are still."""

from decimal import Decimal

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.pipeline import pipeline
from callstation.renewals.pipeline_filter import Filter
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import Renewal
from tests.ui.forecast.conftest import Hands, at_forecast
from tests.ui.forecast.test_views import win
from ui import tables
from ui.forecast.editing import read_adjustment, read_quota
from ui.pipeline.typed import read_amount
from ui.printing.exporting import shown_sheet
from ui.shell import Shell


def dearer(work: Work) -> None:
    """The contract that is promised comes to more."""
    work.update(Renewal, 5, amount=Decimal(7000))


def test_what_is_said_of_a_list_changes_with_the_book(hands: Hands, app: App) -> None:
    hands.press("Right", "J", "Return")
    said = hands.page.listing.said
    assert said.text().startswith("$5,000 in 1 renewal")
    app.do(dearer)
    hands.settle()
    assert said.text().startswith("$7,000 in 1 renewal")
    assert hands.page.listing.table.hasFocus()
    hands.press("Ctrl+Z")
    assert said.text().startswith("$5,000 in 1 renewal")


def test_what_was_expected_before_is_said_anew_too(hands: Hands, app: App) -> None:
    hands.press("Shift+Right", "O")
    said = hands.page.listing.said
    before = said.text()
    assert hands.page.listing.title.text() == "Expected before the period"
    app.do(dearer)
    hands.settle()
    assert said.text() != before


def test_a_list_that_is_empty_by_now_closes_and_the_hands_go_back_to_the_grid(hands: Hands, app: App) -> None:
    hands.press("Right", "J", "Return")
    app.do(lambda work: work.update(Renewal, 5, category="best_case"))
    hands.settle()
    assert hands.page.listing.isHidden()
    assert hands.page.grid.hasFocus()


def test_a_list_that_was_wound_down_begins_at_the_top_for_another_cell(hands: Hands) -> None:
    hands.press("End", *["K"] * 9)
    page = hands.page
    page._open(page.cells[4][-1])
    hands.press("J", "J")
    assert page.listing.table.currentIndex().row() > 0
    hands.press("Escape")
    page._open(page.cells[3][-1])
    assert page.listing.table.currentIndex().row() == 0


def test_one_line_of_the_bridge_stays_in_view_when_the_book_changes(hands: Hands, app: App) -> None:
    app.do(win, Decimal(48_000))
    hands.press("B")
    bridge = hands.page.bridge
    bridge._open_bar(0, 1)
    shown, only = len(bridge.moves), bridge.only
    assert only is not None
    app.do(dearer)
    hands.settle()
    assert bridge.only is only
    assert len(bridge.moves) == shown


def test_what_a_figure_is_made_of_stays_told_while_it_has_the_focus(hands: Hands, app: App) -> None:
    hands.press("E")
    told = hands.page.layout_.told.text()
    app.do(lambda work: work.update(Renewal, 5, next_step="Call"))
    hands.settle()
    assert hands.page.layout_.told.text() == told


@pytest.mark.parametrize("key", ["Q", "N", "E", "O", "P", "B", "A", "Ctrl+P", "Ctrl+E", "T"])
def test_an_empty_book_has_nothing_to_ask(shell: Shell, app: App, key: str) -> None:
    hands = at_forecast(shell, app)
    hands.press(key)
    assert not hands.page.ask.is_asking
    assert (shell.current, hands.page.view) == ("forecast", 0)
    assert hands.page.layout_.empty.isVisible()


def test_a_long_list_is_exported_whole_and_read_beside_the_window(
    hands: Hands, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "PAGE", 1)
    hands.press("End")
    page = hands.page
    page._open(page.cells[4][-1])
    model = page.listing.model
    model.reload()
    read = shown_sheet(page)
    assert list(model._pages) == [0]
    assert read is not None
    sheet = read()
    assert sheet is not None
    assert len(sheet.rows) == page.listing.count == len(app.ask(pipeline, page.listing.wanted).rows) > 1


def test_a_new_day_shows_the_months_of_its_own(hands: Hands, app: App, clock: ManualClock) -> None:
    hands.press("Right", "J", "Return")
    clock.advance(40 * 86_400)
    hands.page.refresh()
    hands.settle()
    assert hands.page.grid.heads[0] == "Jan 2027"
    assert hands.page.listing.isHidden() or hands.page.listing.count
    assert Filter() != hands.page.listing.wanted


def test_the_move_in_hand_is_told_in_full(hands: Hands) -> None:
    hands.press("B")
    (move,) = hands.page.bridge.moves
    assert hands.page.bridge.row_said.text().startswith(f"Aster Freight: {move.words}; ")


@pytest.mark.parametrize(
    ("language", "typed", "amount", "note"),
    [
        ("en_US", "+5,000.50 x", "5000.50", "x"), ("en_US", "- 300 x y", "-300", "x y"),
        ("en_US", "$5000 x", "5000", "x"), ("en_US", "−50k boss says", "-50000", "boss says"),
        ("en_US", "+50 k try all", "50000", "try all"), ("de_DE", "1,2 Mio die Order", "1200000", "die Order"),
        ("en_US", "5000 USD x", "5000", "x"),
        ("en_US", "+10 100 seats", "10", "100 seats"), ("de_DE", "−5.000,50 x", "-5000.50", "x"),
        ("fr_FR", "+5 000 x", "5000", "x"), ("fr_FR", "-1 250 000,50 x", "-1250000.50", "x"),
        ("fr_FR", "+10 100 x", "10100", "x"), ("fr_FR", "+10 12 x", "10", "12 x"),
    ],
)  # fmt: skip
def test_an_adjustment_is_read_as_the_language_writes_it(language: str, typed: str, amount: str, note: str) -> None:
    told = read_adjustment(typed, Settings(time_zone="America/New_York", language=language))
    assert told.value == (Decimal(amount), note)


@pytest.mark.parametrize(
    "typed", ["+5kk x", "5000 EUR x", "€5 x", "(500) x", "--5 x", "+-5 x", "5bn x", "+3y x", "NaN x", "+ x", "-"]
)
def test_no_adjustment_is_guessed(typed: str, app: App) -> None:
    assert read_adjustment(typed, app.settings).value is None


@pytest.mark.parametrize("typed", ["48kk", "12abc", "5000 EUR", "12000 3y", "12 000 3y", "(500)", "5 bn", "+-5"])
def test_no_amount_is_guessed(typed: str, app: App) -> None:
    assert read_amount(typed, "USD", app.settings).value is None
    assert read_quota(typed, app.settings).value is None


@pytest.mark.parametrize("typed", ["US$48k", "48k", "$48 k", "48k USD", "0.048m", "48 Tsd"])
def test_an_amount_may_be_typed_in_thousands_and_with_its_own_currency(typed: str, app: App) -> None:
    assert read_amount(typed, "USD", app.settings).value == 48_000
    assert read_quota(typed, app.settings).value == 48_000
