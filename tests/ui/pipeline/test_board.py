"""The board by keys: lanes of the stages with what they come to, cards moved on, more of them on demand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from callstation.app import App
from db.vocabulary import ForecastCategory, LossReason, RenewalStage
from tests.ui.pipeline.book import BOOK, fill
from tests.ui.pipeline.conftest import Hands
from tests.ui.pipeline.test_table import in_book
from ui.pipeline.board import head_words
from ui.pipeline.page import PipelinePage
from ui.shell import Shell


@pytest.fixture
def board(hands: Hands) -> Hands:
    hands.press("J", "B")
    assert hands.page.board.hasFocus()
    return hands


def lanes(hands: Hands) -> dict[RenewalStage, list[str]]:
    return {lane.column.stage: [row.account for row in lane.cards] for lane in hands.page.board.lanes}


def in_hand(hands: Hands) -> tuple[str, RenewalStage]:
    row = hands.page.current
    assert row is not None
    return row.account, row.stage


def test_each_stage_has_a_lane_with_its_count_and_sums_growth_apart(board: Hands, app: App) -> None:
    found = lanes(board)
    assert list(found) == list(RenewalStage)
    assert found[RenewalStage.QUOTED] == ["Halden Robotics", "Halden Robotics"]
    column = board.page.board.lanes[list(RenewalStage).index(RenewalStage.QUOTED)].column
    assert (column.count, *head_words(column, app.settings)) == (2, "$48,200", "+ $700 growth")


def test_the_row_in_hand_is_the_card_in_hand_and_back(board: Hands) -> None:
    assert in_hand(board) == ("Halden Robotics", RenewalStage.QUOTED)
    board.press("Right")
    assert in_hand(board) == ("Orchard & Vine", RenewalStage.VERBAL_YES)
    board.press("B")
    assert in_hand(board) == ("Orchard & Vine", RenewalStage.VERBAL_YES)
    assert board.page.table.hasFocus()


def test_the_strip_speaks_of_the_card_in_hand_as_soon_as_the_board_is_there(hands: Hands) -> None:
    hands.press("J")
    QTest.keyClick(hands.page.table, Qt.Key.Key_B)  # with no pause after it
    assert in_hand(hands)[0] == "Halden Robotics"
    assert hands.page.strip.title.text().startswith("Halden Robotics")
    QTest.keyClick(hands.page.board, Qt.Key.Key_B)
    assert hands.page.strip.title.text().startswith("Halden Robotics")


def test_arrows_go_over_empty_lanes_and_stop_at_the_ends(board: Hands) -> None:
    board.press("Left", "Left", "Left", "Left")
    assert in_hand(board) == ("Blue Fjord", RenewalStage.NOT_STARTED)
    board.press("Right", "Right", "J", "Right", "Right", "Right")
    assert in_hand(board)[0] == "Orchard & Vine"


def test_a_card_is_moved_on_by_a_key_stays_in_hand_and_comes_back(board: Hands, app: App) -> None:
    board.press("Shift+Right")
    assert in_book(app, "Halden Robotics").stage is RenewalStage.VERBAL_YES
    assert in_hand(board) == ("Halden Robotics", RenewalStage.VERBAL_YES)
    board.press("Shift+Left")
    assert in_hand(board) == ("Halden Robotics", RenewalStage.QUOTED)
    board.press("Ctrl+Z", "Ctrl+Z")
    assert in_book(app, "Halden Robotics").category is ForecastCategory.BEST_CASE


def test_the_keys_of_the_table_change_cards_too(board: Hands, app: App) -> None:
    board.press("Space", "Right", "Space", "S", "6")
    assert in_book(app, "Halden Robotics").stage is RenewalStage.AT_RISK
    assert in_book(app, "Orchard & Vine").stage is RenewalStage.AT_RISK


def drag(board: Hands, stage: RenewalStage) -> None:
    """Drag the card in hand over the lane of a stage, and let it go."""
    view = board.page.board
    start = view.card_rect(*view.place).center()
    end = QPoint(view.card_rect(list(RenewalStage).index(stage), 0).center().x(), start.y())
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_a_card_is_dragged_to_another_stage_and_back_by_undo(board: Hands, app: App) -> None:
    drag(board, RenewalStage.ORDER_PROMISED)
    assert in_book(app, "Halden Robotics").stage is RenewalStage.ORDER_PROMISED
    assert in_hand(board) == ("Halden Robotics", RenewalStage.ORDER_PROMISED)
    board.press("Ctrl+Z")
    assert in_book(app, "Halden Robotics").stage is RenewalStage.QUOTED


def test_what_is_marked_is_dragged_along(board: Hands, app: App) -> None:
    board.press("Space", "Right", "Space")
    drag(board, RenewalStage.AT_RISK)
    assert {in_book(app, name).stage for name in ("Halden Robotics", "Orchard & Vine")} == {RenewalStage.AT_RISK}


def test_a_card_dragged_to_lost_asks_why(board: Hands, app: App) -> None:
    drag(board, RenewalStage.LOST)
    assert board.page.ask.title.text() == "Why was Halden Robotics lost?"
    board.press("1")
    assert in_book(app, "Halden Robotics").loss_reason is LossReason.PRICE


def test_a_card_dragged_to_the_edge_brings_the_lanes_beyond_it(board: Hands, shell: Shell) -> None:
    shell.resize(1000, 700)
    view = board.page.board
    start, right = view.card_rect(*view.place).center(), view.viewport().width() - 2
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in range(40):
        QTest.mouseMove(view.viewport(), QPoint(right - step % 2, start.y()))
    bar = view.horizontalScrollBar()
    assert 0 < bar.value() == bar.maximum()
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(right, start.y()))


def test_a_long_lane_brings_more_on_demand(shell: Shell, app: App) -> None:
    many = tuple(replace(BOOK[3], name=f"Account {n:02}", closes_in=n) for n in range(40))
    app.record(fill, many, has_growth=False)
    shell.attach(app, "pipeline")
    page = shell.page("pipeline")
    assert isinstance(page, PipelinePage)
    hands = Hands(page)
    hands.press("B")
    assert page.board.lanes[0].more == 10
    hands.press(*["J"] * 30, "Return")
    assert page.board.lanes[0].more == 0
    assert in_hand(hands)[0] == "Account 30"


def test_what_was_closed_lately_has_lanes_of_its_own(board: Hands, app: App) -> None:
    board.press("S", "7")
    assert lanes(board)[RenewalStage.WON] == ["Halden Robotics"]
    assert board.page.totals.renewals.count.text() == "in 3 renewals"  # of what is open
