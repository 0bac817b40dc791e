"""The import page on real files and a real store: read, asked about, merged, taken back, and told when it cannot be."""

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.accounts.accounts import count
from callstation.accounts.importing.amounts import DecimalMark
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.imports import batches
from callstation.app import App
from db.vocabulary import Verdict
from tests.ui.importing.hands import CTRL, press, settle, take
from tests.ui.walk import HOSTILE, nameless, rich
from ui.importing.columns_card import NOT_THERE
from ui.importing.drop import FileDrop
from ui.importing.page import ImportPage
from ui.shell import Shell
from ui.theme import theme

LIST = """Renewals due;;;;;
Contract Number;End Customer;Product;Expiry Date;Renewal Value;Phone
C-1001;Halden Robotics Inc.;Endpoint Security;03/04/2027;48200;(617) 555-0142
C-1002;Orchard & Vine;Mail Archive;05/06/2027;12400;(617) 555-0143
;Blank Ltd;Backup;05/06/2027;100;
Total;;;;60700;
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Renewals.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_the_counts_on_the_tabs_add_up_to_the_rows_of_the_file(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    take(page, qtbot, file)
    tabs = [page.review.rows.tabs.tabText(i) for i in range(6)]
    assert tabs == ["All 3", "New 2", "Update 0", "Same 0", "Review 0", "Problem 1"]
    assert page.review.rows.sums.text() == "6 rows in the file: 3 in the table, 3 skipped (1 title, 1 header, 1 total)."
    page.review.rows.show_verdict(Verdict.PROBLEM)
    assert page.review.rows.model.rowCount() == 1
    assert "no contract number" in page.review.rows.told.text()


def test_a_question_on_the_whole_list_is_asked_once_and_remembered(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    take(page, qtbot, file)
    page.review.questions.buttons["date_order", "day_first"].click()
    settle(page.shell, qtbot)
    assert page.preview is not None
    assert str(page.preview.rows()[0].ends_on) == "2027-04-03"
    assert not page.review.questions.isVisible()
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    page._begin_again()
    take(page, qtbot, file)
    assert not page.review.questions.isVisible()
    assert page.preview.profile.date_order is DateOrder.DAY_FIRST
    assert "Known source" in page.review.source.text()


def test_ctrl_enter_merges_and_undo_takes_it_back(page: ImportPage, qtbot: QtBot, app: App, file: Path) -> None:
    take(page, qtbot, file)
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    assert app.ask(count) == 2
    assert page.review.result.isVisible()
    assert page.review.result.figures["contract"].text() == "2"
    page.review.result.undo.click()
    settle(page.shell, qtbot)
    assert app.ask(count) == 0
    assert app.ask(batches)[0].undone_at is not None
    assert page.start.isVisible()


def test_ctrl_z_takes_an_import_back_beside_the_window(
    page: ImportPage, qtbot: QtBot, shell: Shell, app: App, file: Path
) -> None:
    take(page, qtbot, file)
    press(Qt.Key.Key_Return, CTRL)
    settle(shell, qtbot)
    press(Qt.Key.Key_Z, CTRL)
    assert shell.jobs.running == ["step"]
    settle(shell, qtbot)
    assert app.ask(count) == 0
    assert page.start.isVisible()
    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle(shell, qtbot)
    assert app.ask(count) == 2


def test_a_second_list_changes_what_changed_and_shows_it(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    take(page, qtbot, file)
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    file.write_text(LIST.replace("48200", "50000"), encoding="utf-8")
    press(Qt.Key.Key_Escape)
    take(page, qtbot, file)
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    assert page.review.rows.verdict is Verdict.UPDATE
    assert "50,000" in page.review.rows.told.text()


def test_an_earlier_import_is_undone_from_the_list(page: ImportPage, qtbot: QtBot, app: App, file: Path) -> None:
    take(page, qtbot, file)
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    press(Qt.Key.Key_Escape)
    assert page.start.earlier.isVisible()
    next(iter(page.start.earlier.undo_buttons.values())).click()
    settle(page.shell, qtbot)
    assert app.ask(count) == 0
    assert page.start.earlier.undo_buttons == {}


def test_another_column_is_taken_when_the_rep_says_so(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    take(page, qtbot, file)
    choice = page.review.columns.choices[Field.PRODUCT]
    choice.setCurrentIndex(choice.findText(NOT_THERE))
    choice.activated.emit(0)
    settle(page.shell, qtbot)
    assert page.preview is not None
    assert Field.PRODUCT not in page.preview.mapping
    assert page.preview.profile.columns[Field.PRODUCT] is None


def test_decimals_and_country_can_be_told(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    file.write_text(LIST.replace("48200", "1.234"), encoding="utf-8")
    take(page, qtbot, file)
    page.review.reading.told.emit("decimal_mark", DecimalMark.COMMA)
    settle(page.shell, qtbot)
    assert page.preview is not None
    assert page.preview.rows()[0].value == 1234
    page.review.reading.told.emit("region", "DE")
    settle(page.shell, qtbot)
    assert page.preview.profile.region == "DE"


def test_rows_are_pasted(page: ImportPage, qtbot: QtBot, shell: Shell) -> None:
    QGuiApplication.clipboard().setText(LIST.replace(";", "\t"))
    press(Qt.Key.Key_V, CTRL)
    settle(shell, qtbot)
    assert page.preview is not None
    assert page.preview.counts.verdicts[Verdict.NEW] == 2


def test_an_empty_clipboard_is_said_in_a_sentence(page: ImportPage) -> None:
    QGuiApplication.clipboard().setText("  ")
    press(Qt.Key.Key_V, CTRL)
    assert page.start.problem.isVisible()


@pytest.mark.parametrize(
    ("name", "content"), [("broken.xlsx", b"PK\x03\x04rest"), ("empty.csv", b""), ("a.bin", b"\0")]
)
def test_a_bad_file_gets_a_sentence_and_changes_nothing(
    page: ImportPage, qtbot: QtBot, app: App, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    take(page, qtbot, path)
    assert page.start.problem.isVisible()
    assert name in page.start.problem.title.text() + page.start.problem.detail.text()
    assert app.ask(batches) == []


def test_a_folder_gets_a_sentence(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    take(page, qtbot, tmp_path)
    assert page.start.problem.isVisible()


def test_a_merge_that_is_stopped_keeps_nothing(page: ImportPage, qtbot: QtBot, app: App, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = "\n".join(f"C-{n},Customer {n},Backup,2027-01-15,100" for n in range(20_000))
    path.write_text(f"Contract Number,End Customer,Product,Expiry Date,Value\n{rows}\n", encoding="utf-8")
    take(page, qtbot, path)
    page._merge()
    press(Qt.Key.Key_Escape)
    settle(page.shell, qtbot)
    assert app.ask(count) == 0
    assert app.ask(batches) == []
    assert page.review.merge.isEnabled()


def test_a_file_dropped_on_the_window_is_taken_from_any_page(
    page: ImportPage, qtbot: QtBot, shell: Shell, file: Path
) -> None:
    FileDrop(shell, lambda path: shell.go("import", path=path))
    shell.go("desk")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    action, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entered = QDragEnterEvent(QPoint(9, 9), action, data, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(shell, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(shell, QDropEvent(QPoint(9, 9), action, data, buttons, Qt.KeyboardModifier.NoModifier))
    assert shell.current == "import"
    settle(shell, qtbot)
    assert page.preview is not None


def test_a_near_match_waits_for_an_answer(page: ImportPage, qtbot: QtBot, app: App, file: Path) -> None:
    take(page, qtbot, file)
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    press(Qt.Key.Key_Escape)
    text = LIST.replace("C-1001", "C-2001").replace("Halden Robotics Inc.", "Halden Robotic Inc.")
    file.write_text(text, encoding="utf-8")
    take(page, qtbot, file)
    assert page.preview is not None
    assert page.preview.counts.verdicts[Verdict.REVIEW] == 1
    review = page.preview.reviews[0]
    page.review.questions.buttons[review.key, review.options[0][0]].click()
    settle(page.shell, qtbot)
    assert page.preview.counts.verdicts[Verdict.REVIEW] == 0
    press(Qt.Key.Key_Return, CTRL)
    settle(page.shell, qtbot)
    assert app.ask(count) == 2


@pytest.mark.parametrize("words", [word for word in HOSTILE if word])
def test_hostile_words_are_plain_text(page: ImportPage, qtbot: QtBot, tmp_path: Path, words: str) -> None:
    cell = words.replace('"', "").replace("\n", " ").replace("\r", " ").replace("\x00", "")
    path = tmp_path / "hostile.csv"
    path.write_text(
        f'Contract Number,End Customer,"{cell}",Expiry Date\n"{cell}","{cell}","{cell}",2027-01-15\n', encoding="utf-8"
    )
    take(page, qtbot, path)
    page.grab()
    assert rich(page) == []
    assert nameless(page) == []


def test_qt_finds_nothing_wrong_with_the_rows(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    model = page.review.rows.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    take(page, qtbot, file)
    page.review.rows.show_verdict(Verdict.NEW)
    assert isinstance(tester.model(), QAbstractItemModel)


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_the_page_fits_a_small_window(page: ImportPage, qtbot: QtBot, shell: Shell, file: Path, scheme: str) -> None:
    theme.apply(QApplication.instance(), scheme, 100)  # type: ignore[arg-type]
    shell.resize(1093, 575)
    take(page, qtbot, file)
    assert page.minimumSizeHint().width() <= 1093 - 57
    press(Qt.Key.Key_Return, CTRL)
    settle(shell, qtbot)
    assert page.minimumSizeHint().height() <= 575 - 36
