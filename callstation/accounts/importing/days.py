"""Dates as lists write them, read by column: order by evidence, month names, spreadsheet serials, several formats."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from callstation.accounts.importing.cells import Cell, text_of


class DateOrder(StrEnum):
    """Which part of a date such as 03/04/2025 comes first."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Days:
    """A column read as days: ISO text by cell value, None where there is none."""

    by_cell: dict[Cell, str | None]
    order: DateOrder | None
    """What the column shows by itself; None where every date could be read either way, or none needs it."""
    ambiguous: int
    """How many different values read both ways."""
    unsure: frozenset[Cell]
    """Values that read both ways in a column that mixes both orders."""
    unreadable: frozenset[Cell]


EMPTY_WORDS = frozenset(
    ("", "-", "--", "n/a", "na", "none", "null", "nil", "tbd", "tba", "unknown", "?", "#n/a", "nan")
)
_FIGURES = re.compile(r"(\d{1,4})\s*([./\- ])\s*(\d{1,2})\s*\2\s*(\d{2,4})(?:[T ,\-].*)?", re.DOTALL)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})|(\d{4})[/.\-](\d{1,2})")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+")
_SERIAL_START = date(1899, 12, 30)
_SERIAL_RANGE = range(20_000, 80_000)
"""1954 to 2119 as spreadsheets count days."""


def read_days(cells: Iterable[Cell], *, order: DateOrder | None, usual: DateOrder, is_end: bool) -> Days:
    """Read every different value of a column.

    ``order`` is what the rep chose, ``usual`` what stands in while the column shows no order. A month without a
    day is its last day where ``is_end``, else its first.
    """
    by_cell: dict[Cell, str | None] = {}
    open_cells: dict[Cell, tuple[int, int, int]] = {}
    unreadable: set[Cell] = set()
    seen = dict.fromkeys(DateOrder, 0)
    for cell in set(cells):
        found = _parse(cell, is_end)
        by_cell[cell] = found.iso
        if found.figures:
            open_cells[cell] = found.figures
        elif found.shows:
            seen[found.shows] += 1
        elif found.iso is None and text_of(cell).casefold() not in EMPTY_WORDS:
            unreadable.add(cell)
    is_mixed, is_shown = all(seen.values()), any(seen.values())
    most = max(DateOrder, key=lambda item: seen[item]) if is_shown else None
    chosen = (most if not is_mixed else order or most) or order or usual
    for cell, (first, second, year) in open_cells.items():
        day, month = (first, second) if chosen is DateOrder.DAY_FIRST else (second, first)
        by_cell[cell] = _iso(year, month, day)
    unsure = frozenset(open_cells) if is_mixed and order is None else frozenset()
    return Days(by_cell, None if is_mixed else most, len(open_cells), unsure, frozenset(unreadable))


def is_day_like(cell: Cell) -> bool:
    """Whether a cell reads as a date by itself; a bare number does not."""
    if not isinstance(cell, str):
        return isinstance(cell, date)
    text = cell.strip()
    if not 6 <= len(text) <= 40 or text.isdigit() or _SERIAL.fullmatch(text):
        return False
    found = _parse(text, True)
    return found.iso is not None or found.figures is not None


class _Found(NamedTuple):
    """One value: its day, and the order it shows; or the three figures of one that reads both ways."""

    iso: str | None = None
    shows: DateOrder | None = None
    figures: tuple[int, int, int] | None = None


def _parse(cell: Cell, is_end: bool) -> _Found:
    if isinstance(cell, datetime):
        return _Found(cell.date().isoformat())
    if isinstance(cell, date):
        return _Found(cell.isoformat())
    if isinstance(cell, int | float):
        return _Found(_from_serial(int(cell)))
    text = text_of(cell)
    if figures := _FIGURES.fullmatch(text):
        return _from_figures(figures[1], figures[2], figures[3], figures[4])
    if compact := _COMPACT.fullmatch(text):
        return _Found(_iso(int(compact[1]), int(compact[2]), int(compact[3])))
    if serial := _SERIAL.fullmatch(text):
        return _Found(_from_serial(int(serial[1])))
    if month := _MONTH_YEAR.fullmatch(text):
        return _Found(_of_month(int(month[2] or month[3]), int(month[1] or month[4]), is_end))
    return _Found(_from_words(text, is_end)) if len(text) <= 60 else _Found()


def _from_figures(first: str, mark: str, second: str, third: str) -> _Found:
    a, b, c = int(first), int(second), int(third)
    if len(first) == 4:
        return _Found(_iso(a, b, c) if b <= 12 else _iso(a, c, b))
    if len(first) == 3 or len(third) == 3:
        return _Found()
    year = c if len(third) == 4 else c + (2000 if c < 80 else 1900)
    if a > 12 or (mark == "." and b <= 12):  # nobody writes dots with the month first
        return _Found(day := _iso(year, b, a), DateOrder.DAY_FIRST if day and mark != "." else None)
    if b > 12:
        return _Found(day := _iso(year, a, b), DateOrder.MONTH_FIRST if day else None)
    return _Found(_iso(year, a, b)) if a == b else _Found(figures=(a, b, year))


def _from_words(text: str, is_end: bool) -> str | None:
    """ "12-Mar-2025", "March 12, 2025", "Wed 12 March 25", "Mar 2025"."""
    month = next((_months()[word] for word in _WORD.findall(text.casefold()) if word in _months()), None)
    numbers = _NUMBER.findall(text)
    if month is None or not numbers or len(numbers) > 5:
        return None
    if len(numbers) == 1 or ":" in numbers[1:2]:
        year = int(numbers[0]) + (2000 if len(numbers[0]) == 2 else 0)
        return _of_month(year, month, is_end)
    first, second = numbers[0], numbers[1]
    day, year_text = (second, first) if len(first) == 4 else (first, second)
    return _iso(int(year_text) + (2000 if len(year_text) <= 2 else 0), month, int(day))


@cache
def _months() -> dict[str, int]:
    """Month names, full and short, of the languages that dates and money can be shown in."""
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for language in ("en", "de", "fr")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    } | {"sept": 9, "mrz": 3}


def _of_month(year: int, month: int, is_end: bool) -> str | None:
    if not (1 <= month <= 12 and 1900 <= year <= 9999):
        return None
    return _iso(year, month, calendar.monthrange(year, month)[1] if is_end else 1)


def _from_serial(days: int) -> str | None:
    return (_SERIAL_START + timedelta(days)).isoformat() if days in _SERIAL_RANGE else None


def _iso(year: int, month: int, day: int) -> str | None:
    if year < 1900:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
