"""A drag of the board is given up by Escape, is for the left button alone, and never moves another card."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from callstation.app import App
from db.vocabulary import RenewalStage
from tests.ui.pipeline.conftest import Hands
from tests.ui.pipeline.test_board import board
from tests.ui.pipeline.test_table import in_book

__all__ = ["board"]
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def take(board: Hands, stage: RenewalStage, button: Qt.MouseButton = LEFT) -> QPoint:
    """Take the card in hand over the lane of a stage, without letting it go; where it hovers."""
    view = board.page.board
    start = view.card_rect(*view.place).center()
    end = QPoint(view.card_rect(list(RenewalStage).index(stage), 0).center().x(), start.y())
    QTest.mousePress(view.viewport(), button, pos=start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    return end


def let_go(board: Hands, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseRelease(board.page.board.viewport(), button, pos=at)


def test_escape_gives_a_drag_up(board: Hands, app: App) -> None:
    board.press("Right", "Space", "Left")
    at = take(board, RenewalStage.AT_RISK)
    board.press("Escape")
    let_go(board, at)
    assert in_book(app, "Halden Robotics").stage is RenewalStage.QUOTED
    assert len(board.page.marked) == 1
    board.press("Escape")
    assert len(board.page.marked) == 0


def test_the_right_button_drags_nothing(board: Hands, app: App) -> None:
    at = take(board, RenewalStage.AT_RISK, RIGHT)
    let_go(board, at, RIGHT)
    assert in_book(app, "Halden Robotics").stage is RenewalStage.QUOTED


def test_a_card_that_goes_while_it_is_dragged_takes_no_other_along(board: Hands, app: App) -> None:
    at = take(board, RenewalStage.AT_RISK)
    lapsed = "UPDATE renewal SET stage = 'lapsed', closed_at = 1 WHERE id = 1"
    app.record(lambda work: work.derive(lapsed, told="renewal"))
    let_go(board, at)
    assert in_book(app, "Halden Robotics").stage is RenewalStage.LAPSED
    assert in_book(app, "Halden Robotics", is_growth=True).stage is RenewalStage.QUOTED
    assert in_book(app, "Orchard & Vine").stage is RenewalStage.VERBAL_YES


def test_from_right_to_left_the_first_lane_ends_at_the_right_edge(board: Hands) -> None:
    view = board.page.board
    left_to_right = view.card_rect(0, 0)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = view.card_rect(0, 0)
    assert view.viewport().width() - 1 - mirrored.right() == left_to_right.left()
