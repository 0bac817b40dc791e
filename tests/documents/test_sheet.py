"""The partner statement as a spreadsheet: live formulas over typed cells, and no text that becomes one."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from callstation.app import App
from callstation.documents.clean import plain
from callstation.documents.data import Data, Subject
from callstation.documents.filing import make_again, make_document
from callstation.documents.sheet import render_xlsx
from callstation.documents.values import Day, Money, Row, count
from callstation.errors import UserError
from callstation.work import Work
from db.nouns import Account, Contract
from db.vocabulary import AccountKind, DocumentKind, FileFormat
from tests.documents.letters import letter
from tests.documents.office import ANYTHING, LETTERHEAD, fill

TODAY = date(2026, 11, 25)


def line(customer: str = "Halden Robotics", number: str = "C-1", **values: object) -> Row:
    given: dict[str, object] = {
        "products": "Quillbase Scale", "quantity": count(10), "starts_on": Day(date(2025, 12, 1)),
        "ends_on": Day(date(2026, 12, 1)), "days_left": count(6), "value": Money(Decimal("1234.50"), "USD"),
        "currency": "USD", **values,
    }  # fmt: skip
    return {"customer": customer, "contract": number, **given}  # type: ignore[dict-item]


def statement(*lines: Row, **values: Any) -> Data:
    return letter(kind=DocumentKind.STATEMENT, made_on=TODAY, rows={"lines": lines}, **values)


def sheet(blob: bytes, *, is_computed: bool = False) -> Worksheet:
    found = load_workbook(io.BytesIO(blob), data_only=is_computed).active
    assert isinstance(found, Worksheet)
    return found


MIXED = (
    line("Acme", "C-1"),
    line("Acme", "C-2", value=Money(Decimal("100.25"), "EUR"), currency="EUR", ends_on=Day(date(2026, 11, 20))),
    line("Beta", "C-3", value=Money(Decimal(5000), "JPY"), currency="JPY", quantity=None),
    line("Gamma", "C-4", value=None, starts_on=None),
)


def test_days_left_are_counted_from_a_day_that_may_be_changed() -> None:
    page, computed = sheet(render_xlsx(statement(*MIXED))), sheet(render_xlsx(statement(*MIXED)), is_computed=True)
    assert page["B3"].value.date() == TODAY
    assert [page.cell(row, 7).value for row in range(6, 10)] == [f"=F{row}-$B$3" for row in range(6, 10)]
    assert [computed.cell(row, 7).value for row in range(6, 10)] == [6, -5, 6, 6]


def test_each_currency_has_its_count_and_sum_and_they_are_formulas() -> None:
    page, computed = sheet(render_xlsx(statement(*MIXED))), sheet(render_xlsx(statement(*MIXED)), is_computed=True)
    rows = {page.cell(row, 2).value: row for row in range(12, 15)}
    assert list(rows) == ["EUR", "JPY", "USD"]
    row = rows["USD"]
    assert page.cell(row, 8).value == f"=SUMIF($I$6:$I$9,$B${row},$H$6:$H$9)"
    assert page.cell(row, 3).value == f"=COUNTIF($I$6:$I$9,$B${row})"
    assert [computed.cell(rows[one], 8).value for one in rows] == [100.25, 5000, 1234.5]
    assert (page.cell(15, 3).value, computed.cell(15, 3).value) == ("=SUM(C12:C14)", 4)
    assert (page.cell(15, 4).value, computed.cell(15, 4).value) == ("=SUM(D12:D14)", 30)


def test_an_amount_has_the_places_of_its_currency() -> None:
    page = sheet(render_xlsx(statement(*MIXED, line(value=Money(Decimal("1.234"), "KWD"), currency="KWD"))))
    forms = {page.cell(row, 9).value: page.cell(row, 8).number_format for row in (6, 7, 8, 10)}
    assert forms == {"USD": "#,##0.00", "EUR": "#,##0.00", "JPY": "#,##0", "KWD": "#,##0.000"}


def test_it_prints_on_one_page_wide_with_its_headings_repeated() -> None:
    page = sheet(render_xlsx(statement(*MIXED, paper="Letter")))
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 1)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
    assert page.print_title_rows == "$5:$5"
    assert page.freeze_panes == "B6"
    assert page.auto_filter.ref == "A5:I9"
    assert min(page.column_dimensions[letter].width for letter in "ABCDEFGHI") >= 10


@settings(max_examples=100, deadline=None)
@given(ANYTHING, ANYTHING)
def test_whatever_text_it_holds_stands_there_as_text(name: str, number: str) -> None:
    data = statement(line(name, number, products=name, currency="USD"), title=name)
    blob = render_xlsx(data)
    assert blob == render_xlsx(data)
    page = sheet(blob)
    for cell, text in (("A6", name), ("B6", number), ("C6", name), ("A1", name)):
        assert (page[cell].value or "") == plain(text)
        assert page[cell].data_type in ("s", "n"), "a text that was taken for a formula"
    formulas = {cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"G6", "C9", "D9", "H9", "C10", "D10"}


@pytest.mark.parametrize("locale", ["en_US", "de_DE", "fr_FR"])
def test_it_speaks_the_partners_language(locale: str) -> None:
    heading = {"en_US": "End customer", "de_DE": "Endkunde", "fr_FR": "Client final"}[locale]
    assert sheet(render_xlsx(statement(*MIXED, locale=locale)))["A5"].value == heading


def test_only_a_statement_is_a_spreadsheet() -> None:
    with pytest.raises(UserError, match="no spreadsheet"):
        render_xlsx(letter())


def test_a_partners_statement_is_filed_and_made_again_byte_for_byte(app: App, tmp_path: Path) -> None:
    app.settings = LETTERHEAD
    fill(app, 3)

    def sells(work: Work) -> None:
        work.update(Account, 3, kind=AccountKind.PARTNER)
        for contract_id in (1, 2):
            work.update(Contract, contract_id, partner_id=3)

    app.do(sells)
    for file_format in (FileFormat.XLSX, FileFormat.PDF, FileFormat.EML):
        made = make_document(app, DocumentKind.STATEMENT, Subject(3), file_format, folder=tmp_path / "documents")
        assert made.path.name == f"2026-11-23 Partner statement.{file_format}"
        assert make_again(app, made.document_id) == made.path.read_bytes()
