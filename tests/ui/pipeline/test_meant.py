"""What a change is for: what its question names, the card that is dragged, the marked that are in the list."""

import pytest
from PySide6.QtTest import QTest

from callstation.app import App
from callstation.renewals.pipeline import keys_under, pipeline_keys
from callstation.renewals.pipeline_filter import LATELY, Filter, Standing
from db.vocabulary import ForecastCategory, RenewalStage
from tests.ui.pipeline.book import fill
from tests.ui.pipeline.conftest import Hands
from tests.ui.pipeline.test_board import board, drag
from tests.ui.pipeline.test_table import in_book

__all__ = ["board"]


def test_a_question_is_about_what_it_names_also_when_another_row_is_in_hand_since(hands: Hands, app: App) -> None:
    hands.press("J", "S")
    assert hands.page.ask.title.text() == "Stage of Halden Robotics"
    hands.press("J", "8")
    assert hands.page.ask.title.text() == "Why was Halden Robotics lost?"
    hands.press("1")
    assert in_book(app, "Halden Robotics").stage is RenewalStage.LOST
    assert in_book(app, "Orchard & Vine").stage is RenewalStage.VERBAL_YES


def test_a_typed_answer_is_about_what_it_names_also_when_the_list_moves_below_it(hands: Hands, app: App) -> None:
    hands.press("J", "N")
    app.record(lambda work: work.derive("UPDATE renewal SET close_on = '2030-01-01' WHERE id = 1", told="renewal"))
    hands.page.table.choose(0)
    hands.page.ask.field.setFocus()
    hands.page.ask.field.clear()
    hands.type("Send it")
    hands.press("Return")
    assert in_book(app, "Halden Robotics").next_step == "Send it"
    assert in_book(app, "Kestrel Analytics").next_step in (None, "")


def test_a_single_marked_one_is_asked_about_by_its_own_name(hands: Hands, app: App) -> None:
    hands.press("J", "Space", "J", "S")  # Halden Robotics is marked, Orchard & Vine in hand
    assert hands.page.ask.title.text() == "Stage of Halden Robotics"
    assert [one.words for one in hands.page.ask.buttons if one.hasFocus()] == ["Quoted"]
    hands.press("Escape", "C")
    assert hands.page.ask.says.text().startswith("Best case")


def test_a_card_that_is_not_marked_is_dragged_alone(board: Hands, app: App) -> None:
    board.press("Right", "Space", "Left")  # Orchard & Vine is marked, Halden Robotics is in hand
    drag(board, RenewalStage.AT_RISK)
    assert in_book(app, "Halden Robotics").stage is RenewalStage.AT_RISK
    assert in_book(app, "Orchard & Vine").stage is RenewalStage.VERBAL_YES
    board.press("Escape")
    assert not board.page.marked


def test_what_a_change_takes_out_of_the_list_is_marked_no_more(hands: Hands, app: App) -> None:
    hands.press("/")
    hands.type("quoted renewals")
    hands.press("Return", "Space")
    assert hands.page.strip.title.text() == "1 opportunity marked"
    hands.press("S", "2")
    assert hands.accounts() == []
    hands.press("0")
    hands.press("/")
    hands.type("verbal yes")
    hands.press("Return", "Space", "S", "8", "1")
    assert len(hands.page.marked) == 0


def test_what_the_table_does_not_show_is_marked_no_more_there(board: Hands, app: App) -> None:
    board.press("S", "7", "Space")  # won lately: on the board, not in the table
    assert len(board.page.marked) == 1
    board.press("B")
    assert len(board.page.marked) == 0


def test_what_is_gone_is_marked_no_more(hands: Hands, app: App) -> None:
    hands.press("Shift+J")
    assert len(hands.page.marked) == 2
    app.record(
        lambda work: work.derive("UPDATE renewal SET stage = 'lapsed', closed_at = 1 WHERE id = 1", told="renewal")
    )
    assert len(hands.page.marked) == 1
    assert hands.page.strip.title.text() == "1 opportunity marked"


def test_escape_from_an_empty_search_goes_back_to_the_list_and_leaves_the_marks(hands: Hands) -> None:
    hands.press("Space", "/", "Escape")
    assert hands.page.table.hasFocus()
    assert len(hands.page.marked) == 1


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(), LATELY, Filter(standing=Standing.ALL), Filter(is_growth=True), Filter(text="halden"),
        Filter(stages=(RenewalStage.QUOTED,)), Filter(is_incomplete=True), Filter(account_id=2), Filter(silent_days=3),
        Filter(categories=(ForecastCategory.BEST_CASE,), currencies=("USD",)),
    ],
)  # fmt: skip
def test_of_some_opportunities_those_are_found_that_a_filter_lists(app: App, wanted: Filter) -> None:
    app.record(fill)
    app.record(lambda work: work.derive("UPDATE renewal SET stage = 'lost', closed_at = 1 WHERE id = 2"))
    every = app.ask(pipeline_keys, Filter(standing=Standing.ALL))
    assert app.ask(keys_under, wanted, every) == set(app.ask(pipeline_keys, wanted))
    assert app.ask(keys_under, wanted, every[:1]) <= set(every[:1])


@pytest.mark.parametrize("way", [("Return",), ()])
def test_after_narrowing_the_first_is_in_hand_wherever_one_stood_before(hands: Hands, way: tuple[str, ...]) -> None:
    hands.press("J", "J", "J")
    hands.press("/")
    hands.type("halden")
    QTest.qWait(0 if way else 200)
    hands.press(*way)
    assert hands.accounts() == ["Halden Robotics"] * 2
    assert hands.page.table.currentIndex().row() == 0
    assert hands.page.strip.title.text().endswith("C-0")


def test_after_narrowing_the_board_the_first_card_is_in_hand(board: Hands) -> None:
    board.press("Right", "/")
    board.type("usd growth")
    board.press("Escape", "/")
    board.type("a")
    board.press("Return")
    assert board.page.board.place == next((place, 0) for place, lane in enumerate(board.page.board.lanes) if lane.cards)


def test_escape_from_the_search_changes_no_list_below_the_next_key(hands: Hands) -> None:
    hands.press("/")
    hands.type("halden")
    hands.press("Escape", "J")
    QTest.qWait(200)
    assert hands.page.table.currentIndex().row() == 1


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("S", "7"), "Halden Robotics Inc., C-0: Quoted to Won."),
        (("C", "4"), "Halden Robotics Inc., C-0: Best case to Commit."),
        (("A", "51000", "Return"), "Halden Robotics Inc., C-0: 48,200.00 USD to 51,000.00 USD."),
        (("D", "15 jan", "Return"), "Halden Robotics Inc., C-0: closes 5 Dec 2026 to 15 Jan 2027."),
        (("N", "Ring.", "Return"), "Halden Robotics Inc., C-0: next step “Ring.”."),
    ],
)
def test_what_was_changed_is_told_with_its_contract_and_from_what_to_what(
    hands: Hands, app: App, told: list[str], keys: tuple[str, ...], said: str
) -> None:
    app.record(lambda work: work.derive("UPDATE account SET name = 'Halden Robotics Inc.' WHERE id = 1"))
    hands.press("J")
    for key in keys:
        if len(key) > 1 and key != "Return":
            hands.type(key)
        else:
            hands.press(key)
    assert told[-1] == said


def test_a_question_that_is_left_for_another_page_is_not_asked_on_the_way_back(hands: Hands) -> None:
    hands.press("J", "D")
    assert hands.page.ask.field.hasFocus()
    hands.shell.go("forecast")
    hands.shell.go("pipeline")
    assert not hands.page.ask.is_asking
    assert hands.page.table.hasFocus()
    assert hands.page.strip.isVisible()


def test_the_head_of_the_board_says_what_it_counts_and_what_stands_beside_it(board: Hands) -> None:
    board.press("S", "7", "/")
    board.type("halden renewals")
    board.press("Return")
    said = board.page.layout_.said.text()
    assert said == "0 opportunities open under this filter, and 1 closed in 30 days."
    board.press("B")
    assert board.page.layout_.said.text() == "0 opportunities under this filter."


def test_one_number_for_several_currencies_says_so_in_the_question(hands: Hands) -> None:
    hands.press("Shift+J", "A")  # Kestrel Analytics in EUR, Halden Robotics in USD
    assert hands.page.ask.says.text() == (
        "They are in EUR and USD: the number is set in each one's own; nothing is converted."
    )
    hands.type("50k EUR")
    assert not hands.page.ask.save.isEnabled()
    hands.press("Escape", "Escape", "A")
    assert hands.page.ask.says.text() == "In USD."
