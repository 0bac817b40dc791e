"""A large book is read beside the window: the last answer stays until the next is there, and the focus comes along."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.reports.conftest import Hands
from ui.reports.cover_charts import COVERS
from ui.reports.coverage_tab import LEDGER


def calls(hands: Hands) -> str:
    return hands.page.figures.figures.figures[0].view.value


def period(hands: Hands) -> str:
    assert hands.page.figures.found is not None
    return hands.page.figures.found.period.name


def test_the_last_answer_stays_while_the_next_is_read(large: Hands) -> None:
    view = large.page.figures
    assert calls(large) == "3"
    large.page.kinds[0], large.page.day = "day", large.page.span.starts_on
    large.page.refresh()
    assert (view.reading.is_reading, period(large)) == (True, "Week of 23 Nov 2026")
    large.settle()
    assert (view.reading.is_reading, period(large)) == (False, "23 Nov 2026")


def test_of_two_questions_the_later_one_is_answered(large: Hands) -> None:
    for kind in ("year", "quarter", "month"):
        large.page.kinds[0] = kind
        large.page.refresh()
    large.settle()
    assert period(large) == "Nov 2026"


def test_the_focus_comes_to_what_was_read(large: Hands) -> None:
    large.press("2")
    assert large.page.retention.due_card.table.hasFocus()
    large.press("3", "P", "3")
    assert large.page.coverage.cards[LEDGER].table.hasFocus()
    large.press("1", "E", "Return")
    assert large.page.figures.list.table.hasFocus()


def test_the_focus_is_not_taken_from_what_is_asked_meanwhile(large: Hands) -> None:
    large.page.tabs.setCurrentIndex(1)
    assert large.page.retention.reading.is_reading
    large.page.ask.setFocus()
    large.page._ask_period()
    at = QApplication.focusWidget()
    large.settle()
    assert QApplication.focusWidget() is at


def test_each_part_of_coverage_lists_as_many_as_it_counts(large: Hands) -> None:
    large.press("3")
    view = large.page.coverage
    assert view.found is not None
    for digit, cover in zip("1234", COVERS, strict=True):
        large.press("B", digit)
        assert len(view.cards[LEDGER].rows) == view.found.parts[cover].count


def test_a_failure_is_raised_where_the_error_screen_sees_it(large: Hands, qtbot: QtBot) -> None:
    def fail(_work: object) -> None:
        raise ValueError("broken")

    with qtbot.captureExceptions() as raised:
        large.page.figures.reading.read(fail, lambda _found: None)
        large.settle()
    assert [str(error) for _, error, _ in raised] == ["broken"]
    assert not large.page.figures.reading.is_reading
