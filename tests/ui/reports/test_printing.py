"""Printing and exporting by keys: what is in view is on paper, and the table in hand is a sheet with typed cells."""

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from callstation.documents.filing import make_again, recent_documents
from callstation.export.sheets import Column, Sheet
from callstation.paths import Places
from callstation.renewals.coverage import ledger_rows
from callstation.renewals.snapshots import take_snapshot
from db.nouns import Renewal
from db.stored import to_micros
from db.vocabulary import DocumentKind
from tests.documents.papers import squeezed, words_of_pdf
from tests.ui.documents.conftest import Opener
from tests.ui.forecast import conftest as forecasts
from tests.ui.pipeline.book import fill
from tests.ui.reports.conftest import Hands
from tests.ui.reports.test_retention import win
from tests.ui.walk import HOSTILE
from ui.printing.exporting import write_beside
from ui.reports import coverage_tab
from ui.shell import Shell
from ui.widgets import Button


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    yield made
    QDesktopServices.unsetUrlHandler("file")


class Office:
    """Hands on a page, and what came of printing and exporting."""

    def __init__(self, hands: Any, opener: Opener, qtbot: QtBot) -> None:
        self.hands, self.opened, self._qtbot = hands, opener.opened, qtbot
        self.app: App = hands.app

    def press(self, *keys: str) -> None:
        self.hands.press(*keys)
        self._qtbot.waitUntil(lambda: not self.hands.shell.jobs.running, timeout=20_000)

    def printed(self) -> str:
        """The words of the page that ``Ctrl+P`` prints; it is filed, opened, and can be made again."""
        before = len(self.opened)
        self.press("Ctrl+P")
        assert len(self.opened) == before + 1
        content = self.opened[-1].read_bytes()
        row = self.app.ask(recent_documents, limit=1)[0]
        assert row.kind is DocumentKind.PRINTED_PAGE
        assert make_again(self.app, row.document_id) == content
        return words_of_pdf(content)

    def exported(self, digit: str = "1") -> Path:
        """The file that ``Ctrl+E`` writes."""
        folder = self.app.store.parent / "exports"
        before = set(folder.glob("*"))
        self.press("Ctrl+E", digit)
        (made,) = set(folder.glob("*")) - before
        return made

    def sheet(self) -> list[tuple[Any, ...]]:
        """The rows of an exported spreadsheet, its headings first."""
        book = openpyxl.load_workbook(self.exported())
        return [tuple(row) for row in book.worksheets[0].iter_rows(values_only=True)]


@pytest.fixture
def reports(hands: Hands, opener: Opener, qtbot: QtBot) -> Office:
    return Office(hands, opener, qtbot)


@pytest.fixture
def forecast(shell: Shell, app: App, clock: ManualClock, opener: Opener, qtbot: QtBot) -> Office:
    app.record(fill)
    app.record(take_snapshot)
    clock.advance(7 * 86_400)
    app.do(lambda work: work.derive("UPDATE renewal SET category = 'commit' WHERE closed_at IS NULL AND id % 2 = 0"))
    return Office(forecasts.at_forecast(shell, app), opener, qtbot)


def test_the_forecast_is_printed_as_it_stands_with_grid_and_figures(forecast: Office) -> None:
    said = forecast.printed()
    page = forecast.hands.page
    assert page.found.period.name in said
    for label, row in zip(page.grid.labels, page.grid.cells, strict=True):
        assert label in said
        for cell in row:
            assert cell.count == "0" or squeezed(f"{cell.marked} ({cell.count})") in squeezed(said)
    for figure in page.figures.figures:
        view = figure.view
        assert squeezed(view.said.removeprefix(f"{view.label} {view.value} = ")) in squeezed(said)


def test_what_the_marks_of_the_forecast_mean_is_printed_and_no_key_is(forecast: Office) -> None:
    forecast.app.record(lambda work: work.update(Renewal, 1, close_on=date(2026, 10, 9)))
    forecast.hands.page.refresh()
    forecast.press("Right", "J", "N")
    forecast.hands.type("-1500 a smaller order")
    forecast.press("Return")
    for is_compact in (False, True):
        forecast.hands.page.layout_.be_compact(is_compact)
        said = squeezed(forecast.printed())
        marked = [cell for row in forecast.hands.page.grid.cells for cell in row[:-1] if cell.mark]
        assert {cell.mark for cell in marked} == {"±", "!"}
        for cell in marked:
            assert squeezed(f"{cell.mark} {cell.said}") in said
        assert squeezed("−$1,500: a smaller order") in said
        assert squeezed("not in it, for there is no rate: €") in said
        assert squeezed("still open, expected before the period") in said
        assert "O lists" not in said


def test_the_bridge_is_printed_with_its_picture_and_every_move(forecast: Office) -> None:
    forecast.press("B")
    moves = forecast.hands.page.bridge.moves
    assert moves
    said = squeezed(forecast.printed())
    assert "Categoryin" in said
    for one in moves:
        assert squeezed(one.words) in said


def test_the_accuracy_is_printed_also_where_nothing_tells(forecast: Office) -> None:
    forecast.press("A")
    assert "snapshot" in forecast.printed()


def test_each_tab_of_the_reports_is_printed(reports: Office) -> None:
    said = squeezed(reports.printed())
    figures = reports.hands.page.figures.found
    assert all(squeezed(one.name) in said for one in figures.figures)
    assert "Callsbyday" in said
    reports.press("2")
    due = reports.hands.page.retention.due
    said = squeezed(reports.printed())
    assert all(squeezed(group.name) in said for group in due.groups)
    reports.press("3", "B", "3")
    rows = reports.hands.page.coverage.cards[0].rows
    assert rows
    said = squeezed(reports.printed())
    assert all(squeezed(row.contract_number) in said for row in rows)


def test_what_was_printed_is_undone_like_a_document(reports: Office) -> None:
    reports.printed()
    reports.app.undo()
    assert reports.app.ask(recent_documents) == ()


def test_the_grid_is_exported_with_numbers_that_add_up(forecast: Office) -> None:
    heads, *rows = forecast.sheet()
    found = forecast.hands.page.found
    at = heads.index("Amount")
    whole = {row[0]: row[at] for row in rows if row[1] == found.period.name}
    for label, total in whole.items():
        parts = [row[at] for row in rows if row[0] == label and row[1] != found.period.name]
        assert len(parts) == 4
        assert Decimal(str(total)) == pytest.approx(sum(Decimal(str(part)) for part in parts), abs=Decimal("0.05"))
    assert any(whole.values())


def test_the_moves_are_exported_each_in_its_currency(forecast: Office) -> None:
    forecast.press("B")
    heads, *rows = forecast.sheet()
    moves = forecast.hands.page.bridge.moves
    assert len(rows) == sum(len(one.move.units) or 1 for one in moves) > 0
    assert rows[0][heads.index("Account")] == moves[0].account
    assert all(isinstance(row[heads.index("Amount")], int | float) for row in rows)
    assert [row[heads.index("In own currency")] for row in rows] == [row[heads.index("Amount")] for row in rows]
    forecast.app.settings = forecast.app.settings.with_values(currency="EUR", rates="USD: 0.92, 2026-11-20")
    forecast.hands.page.refresh()
    heads, *rows = forecast.sheet()
    assert {row[heads.index("Own currency")] for row in rows} == {"EUR"}
    for row in rows:
        rate = Decimal("0.92") if row[heads.index("Currency")] == "USD" else Decimal(1)
        amount, base = (Decimal(str(row[heads.index(one)])) for one in ("Amount", "In own currency"))
        assert abs(amount * rate - base) <= Decimal("0.005")
    assert forecast.hands.page.bridge.model.words(0, 3).startswith("+€")
    assert "(+$" in forecast.hands.page.bridge.model.words(0, 3)


def test_retention_due_and_closed_are_exported(reports: Office) -> None:
    close = "UPDATE renewal SET stage = 'won', category = 'closed', closed_at = ? WHERE id IN (1, 2)"
    reports.app.do(lambda work: work.derive(close, (to_micros(work.now),)))
    reports.press("2")
    view = reports.hands.page.retention
    heads, *rows = reports.sheet()
    assert [row[0] for row in rows] == [one.name for one in (*view.due.groups, view.due.total)]
    grr = rows[-1][heads.index("GRR")]
    assert (None if grr is None else Decimal(str(grr))) == view.due.total.grr
    view.closed_card.take_focus()
    heads, *rows = reports.sheet()
    assert heads[0] == "Closed"
    assert [row[heads.index("Won")] or 0 for row in rows] == [
        one.won for one in (*view.closed.groups, view.closed.total)
    ]


def test_a_list_of_which_a_page_shows_the_first_is_exported_whole(
    reports: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coverage_tab, "_MOST", 1)
    reports.press("3", "B", "3")
    view, span = reports.hands.page.coverage, reports.hands.page.span
    assert len(view.cards[0].rows) == 1
    every = reports.app.ask(ledger_rows, span.starts_on, span.ends_on, view.cover, limit=100_000)
    assert len(every) > 1
    with reports.exported("2").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Contract"] for row in rows] == [one.contract_number for one in every]
    assert rows[0]["Ends"] == every[0].due_on.isoformat()  # type: ignore[union-attr]


def test_the_contracts_behind_a_group_and_a_figure_are_exported(reports: Office) -> None:
    reports.app.do(win)
    reports.press("2", *["J"] * 12, "Return")  # the last row is the whole
    view = reports.hands.page.retention
    assert view.list.rows
    heads, *rows = reports.sheet()
    at = heads.index("Contract")
    assert [row[at] for row in rows] == [one.contract_number for one in view.list.rows]
    reports.press("1")
    reports.press("E", "Return")
    figures = reports.hands.page.figures
    assert figures.list.rows
    heads, *rows = reports.sheet()
    assert [row[heads.index("Account")] for row in rows] == [one.account for one in figures.list.rows]


@pytest.mark.parametrize("digit", ["5", "6", "7"])
def test_differences_touch_points_and_capacity_are_exported_where_they_have_rows(reports: Office, digit: str) -> None:
    reports.press("3", "B", digit)
    card = reports.hands.page.coverage.cards[int(digit) - 4]
    if card.rows:
        assert len(reports.sheet()) == len(card.rows) + 1
    else:
        reports.press("Ctrl+E")
        assert not reports.hands.page.ask.is_asking


def test_figures_are_exported_where_no_table_is_in_view(reports: Office) -> None:
    heads, *rows = reports.sheet()
    figures = reports.hands.page.figures.found.figures
    assert [row[0] for row in rows] == [one.name for one in figures]
    assert [row[heads.index("N")] for row in rows] == [one.n for one in figures]


def test_no_name_becomes_a_formula_or_leaves_the_folder(reports: Office) -> None:
    def rename(work: Any) -> None:
        for number, words in enumerate((*HOSTILE, "=1+1")):
            work.derive("UPDATE account SET name = ? WHERE id % 9 = ?", (words or "x", number))

    reports.app.do(rename)
    reports.press("3", "B", "3")
    book = openpyxl.load_workbook(reports.exported())
    assert not [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]
    assert reports.printed()


def test_a_second_export_stands_beside_the_first(reports: Office) -> None:
    first, second = reports.exported(), reports.exported()
    assert first != second
    assert first.exists()


def test_a_folder_that_cannot_be_made_is_told(hands: Hands, app: App) -> None:
    Path(app.store.parent / "exports").write_text("in the way")
    said: list[str] = []
    hands.shell.bus.noticed.connect(lambda notice: said.append(notice.words))
    hands.reads = (*hands.reads, "export")
    hands.press("Ctrl+E", "1")
    hands.settle()
    assert said == ["The file could not be written."]


def test_a_report_is_filed_in_the_folder_of_the_open_book(hands: Hands, app: App, tmp_path: Path) -> None:
    hands.shell.own = Places(tmp_path / "own")
    hands.reads = (*hands.reads, "report")
    hands.press("X", "1")
    hands.settle()
    assert not (tmp_path / "own").exists()
    assert list((app.store.parent / "documents").rglob("*.pdf"))


@pytest.mark.parametrize("name", ["Print", "Export"])
def test_both_keys_have_a_button_where_there_is_room(reports: Office, name: str) -> None:
    page = reports.hands.page
    (button,) = [one for one in page.printing.findChildren(Button) if one.words == name]
    assert button.isVisible()
    before = len(reports.opened)
    button.click()
    reports.press("Escape")
    assert len(reports.opened) == before + (name == "Print")
    page.shell.resize(1093, 575)
    assert not button.isVisible()


def test_the_forecast_has_the_same_buttons_in_every_view(forecast: Office) -> None:
    buttons = forecast.hands.page.layout_.printing
    for key in ("B", "A", "Escape"):
        forecast.press(key)
        assert buttons.isVisible()
    (button,) = [one for one in buttons.findChildren(Button) if one.words == "Export"]
    button.click()
    assert forecast.hands.page.ask.title.text() == "Export this table as what?"


def test_what_is_in_hand_is_not_on_paper_and_a_name_is_never_taken_for_a_key(reports: Office) -> None:
    name = "UPDATE account SET name = 'Enter Robotics' WHERE id = 2"
    reports.app.do(lambda work: work.derive(name, told="account"))
    reports.press("3", "B", "3", "J")
    said = reports.printed()
    told = reports.hands.page.coverage.told.text()
    assert told
    assert squeezed(told) not in squeezed(said)
    reports.hands.page.said.setText("Enter Robotics is due")
    assert "Enter Robotics is due" in reports.printed()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_exports_at_the_same_time_stand_beside_each_other(tmp_path: Path, ending: str) -> None:
    made = Sheet("Calls", (Column("account", "Account"),), [(f"Account {number}",) for number in range(3000)])
    with ThreadPoolExecutor(4) as pool:
        every = [pool.submit(write_beside, made, tmp_path, ending, date(2026, 11, 23)) for _ in range(4)]
        paths = {one.result() for one in every}
    assert len(paths) == 4
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in paths}
