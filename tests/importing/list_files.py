"""Writing a list in every shape a rep may receive it in."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Value = str | int | float | date
HEADER = [
    "Contract No",
    "End Customer",
    "Product",
    "Qty",
    "Start Date",
    "End Date",
    "Value",
    "Contact",
    "E-mail",
    "Phone",
]
ROW = ["C-100", "Orchard & Vine", "Endpoint Pro", "25", "2026-01-01", "2026-12-31", "1200.50", "Maria Reyes",
       "maria@example.com", "+1 617 555 0142"]  # fmt: skip


def delimited(
    rows: Sequence[Sequence[str]],
    *,
    delimiter: str = ",",
    line_end: str = "\r\n",
    quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL,
) -> str:
    """CSV and its like as text."""
    if line_end == "\r" and any("\n" in cell for row in rows for cell in row):
        quoting = (
            csv.QUOTE_ALL
        )  # Python's writer would leave a line feed bare there, which no reader can tell from an end
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(rows)
    return out.getvalue()


def write_xlsx(path: Path, rows: Sequence[Sequence[Value]], *, first_row: int = 1, sheet: str = "Sheet1") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, first_row):
        for place, value in enumerate(row, 1):
            if value != "":
                cell = page.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"  # text stays text, also where it begins with =
    book.save(path)
    return path


def write_xls(path: Path, rows: Sequence[Sequence[Value]], *, first_row: int = 1) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("List")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for number, row in enumerate(rows, first_row - 1):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write(number, place, value, day)
            elif value != "":
                page.write(number, place, value)
    book.save(str(path))
    return path


def write_ods(path: Path, rows: Sequence[Sequence[Value]], *, first_row: int = 1) -> Path:
    book = OpenDocumentSpreadsheet()
    page = Table(name="List")
    for _ in range(first_row - 1):
        page.addElement(TableRow())
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        page.addElement(line)
    book.spreadsheet.addElement(page)
    book.save(str(path))
    return path


def _ods_cell(value: Value) -> TableCell:
    if value == "":
        return TableCell()
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=value)
    cell = TableCell(valuetype="string")
    for line in value.split("\n"):
        cell.addElement(P(text=line))
    return cell


def repack(path: Path, part: str, content: bytes) -> Path:
    """The same archive with one part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)
    return path
