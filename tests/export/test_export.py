"""Lists out: what was text comes back as text, money and days keep their type, and a failure leaves the old file."""

import csv
import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from callstation.accounts.importing.source import open_source
from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.errors import UserError
from callstation.export.files import FORMULA_STARTS, export, write_csv, write_sheet, write_xlsx
from callstation.export.sheets import LISTS, Column, Kind, Sheet, sheet
from callstation.quotes.quotes import save_quote
from callstation.quotes.worksheet import Choices
from callstation.work import Work
from db.nouns import ClosingMark
from db.vocabulary import ClosingStep
from tests import factories

HOSTILE = (
    "=1+1",
    "+49 30",
    "-2",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "{=1}",
    '=HYPERLINK("http://x")',
    "http://x.example",
    "ü😀",
    "00012",
)


def _book(work: Work, name: str = "=cmd|' /C calc'!A0") -> None:
    account_id = factories.customer(work, name, ends_on=work.today + timedelta(days=9))
    refresh_targets(work)
    target_id = work.rows("SELECT id FROM call_target")[0][0]
    factories.activity(work, account_id, target_id=target_id, note="@SUM(1,2)")
    save_quote(work, target_id, Choices())
    work.insert(ClosingMark, renewal_id=1, step=ClosingStep.ORDER_NUMBER, done_at=work.now, words="=1+1")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_every_list_is_written_with_its_headings_and_hostile_names_stay_text(
    app: App, tmp_path: Path, name: str, ending: str
) -> None:
    app.do(_book)
    path = tmp_path / f"list{ending}"
    assert app.ask(export, name, path) == 1
    titles = [column.title for column in app.ask(sheet, name).columns]
    if ending == ".csv":
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        assert rows[0] == titles
        assert "'=cmd|' /C calc'!A0" in rows[1]
        assert not any(cell.startswith(FORMULA_STARTS) and not _is_number(cell) for cell in rows[1])
    else:
        page = load_workbook(path).active
        assert page is not None
        assert [cell.value for cell in page[1]] == titles
        assert "=cmd|' /C calc'!A0" in [cell.value for cell in page[2]]
        assert {cell.data_type for cell in page[2] if cell.value == "=cmd|' /C calc'!A0"} == {"s"}
    assert list(tmp_path.glob("*.part")) == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_money_and_days_keep_their_type(app: App, tmp_path: Path) -> None:
    app.do(_book)
    app.ask(export, "renewals", tmp_path / "renewals.xlsx")
    page = load_workbook(tmp_path / "renewals.xlsx").active
    assert page is not None
    row = dict(zip([cell.value for cell in page[1]], [cell.value for cell in page[2]], strict=True))
    assert (row["Value"], row["Quantity"]) == (48200, 90)
    assert row["End"] == datetime(2026, 12, 2)  # noqa: DTZ001
    assert row["Phone"] == "+16175550142"


def test_a_street_of_several_lines_is_one_cell(app: App, tmp_path: Path) -> None:
    app.do(lambda work: factories.account(work, street="214 Cooperage Street\nSuite 300"))
    app.ask(export, "accounts", tmp_path / "accounts.xlsx")
    page = load_workbook(tmp_path / "accounts.xlsx").active
    assert page is not None
    row = dict(zip([cell.value for cell in page[1]], [cell.value for cell in page[2]], strict=True))
    assert (row["Street"], row["City"]) == ("214 Cooperage Street\nSuite 300", "Boston")


def test_an_exported_list_of_renewals_can_be_imported_again(app: App, tmp_path: Path) -> None:
    app.do(_book, "Halden Robotics")
    app.ask(export, "renewals", tmp_path / "renewals.xlsx")
    table = open_source(tmp_path / "renewals.xlsx").table
    assert {"Contract no.", "End customer", "End", "Value", "Phone"} <= set(table.headers)


_VALUES = st.one_of(st.none(), st.sampled_from(HOSTILE), st.text(max_size=40), st.integers(-(10**9), 10**9))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=st.lists(st.tuples(_VALUES, st.dates(date(1950, 1, 1), date(2090, 1, 1))), max_size=6))
def test_no_text_ever_becomes_a_formula(rows: list[tuple[Any, date]], tmp_path: Path) -> None:
    made = Sheet("list", (Column("a", "A"), Column("b", "B", Kind.DAY)), list(rows))
    write_csv(made, tmp_path / "x.csv")
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    for (value, day), row in zip(
        rows, list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))[1:], strict=True
    ):
        assert row[1] == day.isoformat()
        if isinstance(value, str):
            assert row[0] == (f"'{value}" if value.startswith(FORMULA_STARTS) else value)
    clean = [(v.translate(_NOT_IN_XML) if isinstance(v, str) else v, day) for v, day in rows]
    write_xlsx(Sheet("list", made.columns, list(clean)), tmp_path / "x.xlsx")
    page = load_workbook(tmp_path / "x.xlsx").active
    assert page is not None
    for (value, _), cells in zip(clean, page.iter_rows(min_row=2), strict=False):
        if isinstance(value, str) and value:
            assert cells[0].data_type in ("s", "inlineStr"), value
        elif isinstance(value, int):
            assert cells[0].value == Decimal(value)


_NOT_IN_XML = dict.fromkeys([*range(32), 0xFFFE, 0xFFFF])


def test_a_place_that_cannot_be_written_gets_a_sentence_and_the_old_file_stays(app: App, tmp_path: Path) -> None:
    app.do(_book)
    for name in ("missing/list.xlsx", "missing/list.csv"):
        with pytest.raises(UserError, match="could not be written"):
            app.ask(export, "renewals", tmp_path / name)
    with pytest.raises(UserError, match="no file we can write"):
        app.ask(export, "renewals", tmp_path / "list.pdf")
    assert not list(tmp_path.glob("list*"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_begins_a_formula_in_a_csv_file(tmp_path: Path, start: str) -> None:
    path = tmp_path / "calls.csv"
    write_sheet(Sheet("Calls", (Column("account", "Account"),), [(f"{start}1+1",)]), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1] == [f"'{start}1+1"]
