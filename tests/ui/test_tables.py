"""Tables: only rows in view are fetched, however long the list; Qt's own tester finds nothing wrong."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from tests.ui.walk import HOSTILE, nameless
from ui.rows_view import RowsView
from ui.tables import PAGE, Column, Order, RowsModel


@dataclass(frozen=True, slots=True)
class Firm:
    number: int
    name: str
    value: int | None


class Book:
    """Firms in a list, counting what is asked of it."""

    def __init__(self, size: int) -> None:
        self.size, self.asked = size, list[tuple[int, int, Order]]()

    def fetch(self, offset: int, limit: int, order: Order) -> list[Firm]:
        self.asked.append((offset, limit, order))
        numbers = range(offset, min(offset + limit, self.size))
        made = (self.size - 1 - n if order.is_descending else n for n in numbers)
        return [Firm(n, HOSTILE[n % len(HOSTILE)], None if n % 3 else n) for n in made]

    def count(self) -> int:
        return self.size


COLUMNS = (
    Column[Firm]("Number", lambda firm: firm.number, align="right", width=80, sort="number", is_tabular=True),
    Column[Firm]("Name", lambda firm: firm.name, width=0, tone=lambda firm: "bad" if firm.number % 2 else "text"),
    Column[Firm]("Value", lambda firm: firm.value, lambda value: f"${value:,}", chip=lambda firm: ("warn", "clock")),
)


def model_of(size: int) -> tuple[RowsModel[Firm], Book]:
    book = Book(size)
    model = RowsModel(COLUMNS, book.fetch, book.count)
    model.reload()
    return model, book


@pytest.mark.parametrize("size", [0, 1, PAGE, 3 * PAGE + 1])
def test_qt_finds_nothing_wrong_with_the_model(qtbot: QtBot, size: int) -> None:
    model, book = model_of(size)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    book.size += 7
    model.reload()
    assert isinstance(tester.model(), QAbstractItemModel)
    assert model.rowCount() == size + 7


def test_a_hundred_thousand_rows_scroll_to_the_end_with_a_few_fetches(qtbot: QtBot) -> None:
    model, book = model_of(100_000)
    view = RowsView(model, "Firms")
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.choose(99_999)
    view.grab()
    assert view.current == Firm(99_999, HOSTILE[99_999 % len(HOSTILE)], 99_999)
    assert len(book.asked) <= 3


def test_scrolling_through_everything_keeps_a_bounded_number_of_rows(qtbot: QtBot) -> None:
    model, _ = model_of(100_000)
    for number in range(0, 100_000, 50):
        assert model.words(number, 0) == str(number)
    assert sum(len(rows) for rows in model._pages.values()) <= 40 * PAGE
    assert len(model._texts) <= 40 * PAGE


def test_the_order_is_asked_of_the_question(qtbot: QtBot) -> None:
    model, book = model_of(500)
    view = RowsView(model, "Firms")
    qtbot.addWidget(view)
    view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert model.words(0, 0) == "499"
    assert book.asked[-1][2] == Order("number", is_descending=True)


def test_a_column_without_an_order_leaves_the_rows_alone(qtbot: QtBot) -> None:
    model, _ = model_of(10)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.order == Order()


def test_a_cell_is_one_line_of_plain_words(qtbot: QtBot) -> None:
    model, _ = model_of(len(HOSTILE))
    for number, words in enumerate(HOSTILE):
        shown = model.words(number, 1)
        assert len(shown) <= 2000
        assert "\n" not in shown
        assert shown[:4].strip() == words.strip()[:4].strip()


def test_words_without_a_value_are_empty_and_chips_are_told(qtbot: QtBot) -> None:
    model, _ = model_of(4)
    assert [model.words(number, 2) for number in range(4)] == ["$0", "", "", "$3"]
    assert model.chip(0, 2) == ("warn", "clock")


def test_reading_anew_keeps_the_place(qtbot: QtBot) -> None:
    model, book = model_of(1000)
    view = RowsView(model, "Firms")
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.show()
    view.choose(600)
    before = view.verticalScrollBar().value()
    view.reload()
    assert (view.currentIndex().row(), view.verticalScrollBar().value()) == (600, before)
    book.size = 10
    view.reload()
    assert view.currentIndex().row() == 9


def test_a_row_past_the_end_of_a_shrunken_store_is_empty(qtbot: QtBot) -> None:
    model, book = model_of(10)
    book.size = 3
    assert [model.words(number, 0) for number in (2, 3, 9)] == ["2", "", ""]


def test_enter_opens_the_row_that_arrows_chose(qtbot: QtBot) -> None:
    model, _ = model_of(10)
    view = RowsView(model, "Firms")
    qtbot.addWidget(view)
    view.show()
    view.step(1)
    QTest.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0].number == 1
    assert nameless(view) == []


def test_a_table_reads_from_the_right_where_the_language_does(qtbot: QtBot) -> None:
    model, _ = model_of(5)
    view = RowsView(model, "Firms")
    qtbot.addWidget(view)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    view.resize(600, 300)
    view.show()
    assert view.visualRect(model.index(0, 0)).left() > view.visualRect(model.index(0, 2)).left()
    assert not view.grab().isNull()
