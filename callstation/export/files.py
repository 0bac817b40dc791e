"""Writing a list as XLSX or CSV, complete or not at all, and never with a formula that came as text."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from callstation.errors import UserError
from callstation.export.sheets import Kind, Sheet, sheet
from callstation.work import Work

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheet programs take for the beginning of a formula (OWASP, "CSV Injection"), full-width signs among it."""
LONGEST_CELL = 32_767
"""Characters in one cell of an XLSX file (Excel specifications and limits)."""


def export(work: Work, name: str, path: Path) -> int:
    """Write one of ``sheets.LISTS`` to a file whose ending says how (.xlsx, .csv); the number of rows.

    ``UserError`` for another ending and for a place that cannot be written; a file of that name then stays as it was.
    """
    write = _writer(path)
    return _written(sheet(work, name), path, write)


def write_sheet(made: Sheet, path: Path) -> int:
    """Write any sheet, as ``export`` does."""
    return _written(made, path, _writer(path))


def _writer(path: Path) -> Callable[[Sheet, Path], None]:
    writers: dict[str, Callable[[Sheet, Path], None]] = {".xlsx": write_xlsx, ".csv": write_csv}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise UserError(f"“{path.name}” is no file we can write.", "", "Give a name that ends in .xlsx or .csv.")
    return write


def _written(made: Sheet, path: Path, write: Callable[[Sheet, Path], None]) -> int:
    half = path.with_name(path.name + ".part")
    try:
        write(made, half)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise UserError(
            "The file could not be written.", f"{path}: {error.strerror}.", "Choose another place."
        ) from error
    return len(made.rows)


def write_xlsx(made: Sheet, path: Path) -> None:
    """A sheet with typed cells, a frozen heading and filters; every text is written as a text."""
    import xlsxwriter

    path.open("wb").close()  # says at once whether the place can be written, before the library opens files of its own
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(str(path), options)
    page = book.add_worksheet(made.name.capitalize())
    heading = book.add_format({"bold": True, "bottom": 1})
    formats = {
        Kind.MONEY: book.add_format({"num_format": "#,##0.00"}),
        Kind.SHARE: book.add_format({"num_format": "0.0%"}),
        Kind.DAY: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.MOMENT: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for place, column in enumerate(made.columns):
        page.set_column(place, place, 34 if column.key in ("account", "customer", "note") else 16)
        page.write_string(0, place, column.title, heading)
    kinds = [column.kind for column in made.columns]
    for number, row in enumerate(made.rows, start=1):
        for place, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            if value is None or value == "":
                continue
            if isinstance(value, datetime):
                page.write_datetime(number, place, value.replace(tzinfo=None), formats[kind])
            elif isinstance(value, date):
                page.write_datetime(number, place, datetime(value.year, value.month, value.day), formats[kind])  # noqa: DTZ001
            elif isinstance(value, int | float | Decimal):
                page.write_number(number, place, float(value), formats.get(kind))
            else:
                page.write_string(number, place, str(value)[:LONGEST_CELL])
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(made.rows)), len(made.columns) - 1)
    book.close()


def write_csv(made: Sheet, path: Path) -> None:
    """UTF-8 with a mark, as spreadsheet programs like it; ISO dates, plain numbers."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in made.columns])
        for row in made.rows:
            writer.writerow([_plain(value) for value in row])


def _plain(value: Any) -> Any:
    """A value for a CSV cell; text that would start a formula gets an apostrophe in front, numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value
