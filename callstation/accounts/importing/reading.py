"""Any file or pasted text to sheets of cells: text as text, and what a workbook stores as number or date as that."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from callstation.accounts.importing.cells import Cell, Sheet
from callstation.accounts.importing.decoding import decode, is_text
from callstation.accounts.importing.delimited import rows_of
from callstation.accounts.importing.guards import (
    MAX_CELLS,
    MAX_ROWS,
    MAX_SHEETS,
    check_ole,
    check_zip,
    locked,
    open_checked,
    unreadable,
)
from callstation.accounts.importing.web_table import rows_of_web_page
from callstation.errors import UserError


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read; ``encoding`` and ``delimiter`` are "" for a workbook."""

    name: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""


def read_path(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Reading:
    """Read a CSV, TSV, XLSX, XLSB, XLS, ODS or HTML list. ``UserError`` for what is none of these."""
    data = open_checked(path)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        check_zip(io.BytesIO(data), path.name)
        return _workbook(data, path.name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        check_ole(data, path.name)
        return _workbook(data, path.name)
    text, encoding = decode(data, encoding)
    del data
    return _text(text, path.name, encoding, delimiter)


def read_text(text: str, *, delimiter: str | None = None, name: str = "Pasted text") -> Reading:
    """Read a pasted list."""
    if not text.strip():
        raise UserError("There is nothing to import.", "The pasted text is empty.", "Copy the rows with their header.")
    return _text(text.lstrip("\ufeff"), name, "", delimiter)


def _text(text: str, name: str, encoding: str, delimiter: str | None) -> Reading:
    if not is_text(text):
        raise unreadable(name, "It is neither a table nor text.")
    start = text[:4000].lstrip().lower()
    if "<table" in start or start.startswith(("<html", "<!doctype html")):
        return Reading(name, (Sheet(name, rows_of_web_page(text)),), encoding)
    if start.startswith("<?xml"):
        raise unreadable(name, "It is an XML file.", "Open it in Excel and save it as XLSX.")
    rows, delimiter = rows_of(text, name, delimiter)
    return Reading(name, (Sheet(name, rows),), encoding, delimiter)


def _workbook(data: bytes, name: str) -> Reading:
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if str(sheet.typ) == "SheetTypeEnum.WorkSheet"]
        if len(names) > MAX_SHEETS:
            raise unreadable(name, f"It has {len(names)} sheets.", "Copy the list into a workbook of its own.")
        sheets = tuple(_sheets(workbook, names, name))
    except UserError:
        raise
    except PasswordError as error:
        raise locked(name) from error
    except BaseException as error:
        # A panic of the reader's native code is no Exception; everything it can say means the same to the user.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise unreadable(name, "It is damaged or only part of it arrived.", "Ask for the file again.") from error
    if not sheets:
        raise unreadable(name, "It has no sheet with anything in it.")
    return Reading(name, sheets)


def _sheets(workbook: Any, names: list[str], name: str) -> Iterator[Sheet]:
    cells = 0
    for sheet_name in names:
        sheet = workbook.get_sheet_by_name(sheet_name)
        if sheet.start is None:
            continue
        cells += sheet.width * sheet.height
        if cells > MAX_CELLS or sheet.height > MAX_ROWS:
            raise unreadable(name, f"It has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells.", "Split it.")
        rows = [
            [cell if cell.__class__ is str else _cell(cell) for cell in row]
            for row in sheet.to_python(skip_empty_area=True)
        ]
        yield Sheet(sheet_name, rows, sheet.start[0] + 1)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    return value if isinstance(value, str | int | date) else str(value)
