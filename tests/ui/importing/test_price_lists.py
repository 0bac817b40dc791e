"""A price list on the import page: taken for what it is, turned round by a key, merged, opened in the catalogue."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from callstation.accounts.importing.fields import Field
from callstation.app import App
from callstation.quotes.listing import count_products
from db.vocabulary import Verdict
from tests.ui.importing.hands import CTRL, press, settle, take
from tests.ui.walk import HOSTILE, nameless, rich
from ui.importing.page import ImportPage

LIST = """Vendor,Product,Price,Unit,Valid from
Quillbase,Growth,12.50,user/month,2026-01-01
Quillbase,Scale,Contact Sales,user/month,2026-01-01
"""
CONTRACTS = "Contract Number,End Customer,Expiry Date,Price,Product\nC-1,Halden,2027-03-31,100,Growth\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Prices.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_price_list_is_taken_for_one_and_the_page_says_why(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    take(page, qtbot, file)
    review = page.review
    assert review.sort.tabs.currentIndex() == 1
    assert review.sort.said.text() == (
        "Taken as a price list, for it names products and prices, but no customers or contracts."
    )
    assert [review.rows.tabs.tabText(i) for i in (0, 1, 5)] == ["All 2", "New 1", "Problem 1"]
    assert review.merge.text() == "Merge 1 price"
    review.rows.show_verdict(Verdict.PROBLEM)
    assert "“Contact Sales” is no price" in review.rows.told.text()
    assert nameless(page) == []


def test_ctrl_enter_merges_and_leads_to_the_catalogue_and_undo_takes_it_back(
    page: ImportPage, qtbot: QtBot, app: App, file: Path
) -> None:
    take(page, qtbot, file)
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    result = page.review.result
    assert result.title.text() == "Imported 1 price of Prices.csv"
    assert result.figures["price_entry"].text() == "1"
    assert not result.nexts["contracts"].isVisible()
    result.nexts["prices"].click()
    assert page.shell.current == "catalogue"
    assert app.ask(count_products) == 1
    page.shell.go("import")
    result.undo.click()
    settle(page.shell, qtbot)
    assert app.ask(count_products) == 0


def test_l_takes_the_list_as_the_other_sort_and_back(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    take(page, qtbot, file)
    press(Qt.Key.Key_L)
    settle(page.shell, qtbot)
    assert page.review.sort.said.text() == "Taken as a list of contracts, as you say."
    assert not page.review.merge.isEnabled()
    assert Field.CONTRACT_NO in page.review.columns.choices
    press(Qt.Key.Key_L)
    settle(page.shell, qtbot)
    assert page.review.sort.tabs.currentIndex() == 1
    assert page.review.merge.isEnabled()
    assert Field.PRICE in page.review.columns.choices


def test_a_list_of_contracts_with_prices_stays_one(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    take(page, qtbot, write(tmp_path, CONTRACTS))
    assert page.review.sort.tabs.currentIndex() == 0
    assert not page.review.reading.per.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    assert page.review.result.nexts["contracts"].isVisible()


def test_what_a_price_list_leaves_open_is_asked_and_told(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    take(page, qtbot, write(tmp_path, "Product,List price\nGrowth,12\n"))
    review = page.review
    review.questions.buttons["plan_months", "1"].click()
    settle(page.shell, qtbot)
    assert page.preview is not None
    assert page.preview.rows()[0].months == 1
    assert review.reading.valid_from.isVisible()
    review.reading.valid_from.setText("soon")
    review.reading.valid_from.editingFinished.emit()
    assert review.reading.problem.text() == "Type a day, such as 1 Jan 2027."
    review.reading.valid_from.setText("1 Jan 2027")
    review.reading.valid_from.editingFinished.emit()
    settle(page.shell, qtbot)
    assert page.preview.overrides.valid_on == date(2027, 1, 1)
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    stored = page.app.ask(lambda work: work.rows("SELECT valid_from FROM price_book"))
    assert stored == [("2027-01-01",)]


def test_a_hostile_price_list_stays_words(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    rows = "".join(f'"{words.replace(chr(34), "")}","{words}",5,user/month\n' for words in HOSTILE if "\n" not in words)
    take(page, qtbot, write(tmp_path, f"Vendor,Product,Price,Unit\n{rows}"))
    assert page.review.rows.model.rowCount() > 4
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    assert rich(page) == []
    assert page.grab().width() > 0
