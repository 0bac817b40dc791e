"""Pages of a report's spreadsheet: typed rows below a heading, formulas with the value they come to."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from callstation.documents.clean import plain
from callstation.export.files import LONGEST_CELL


class Formula(NamedTuple):
    """A formula, and what it comes to for programs that do not reckon themselves."""

    text: str
    value: Decimal | int | str | None
    form: str = "money"


Cell = str | int | Decimal | date | Formula | None
Rows = list[tuple[Cell, ...]]
_FORMS = {"money": "#,##0.00", "share": "0.0%", "count": "#,##0", "rate": "0.000000"}


class Page:
    """One worksheet; rows and columns are counted from 0."""

    def __init__(self, book: Any, name: str, colour: str, widths: Sequence[float]) -> None:
        self.name = name
        self._page = book.add_worksheet(name)
        self._book, self._colour, self._made = book, colour, dict[str, Any]()
        for place, width in enumerate(widths):
            self._page.set_column(place, place, width)
        self._page.set_landscape()
        self._page.fit_to_pages(1, 0)

    def heading(self, row: int, titles: Sequence[str], *, freezes: bool = False, count: int = 0) -> None:
        """Titles of columns; with ``freezes`` they stay in view and filter the ``count`` rows below."""
        for place, title in enumerate(titles):
            self._page.write_string(row, place, _text(title), self._form("heading"))
        if freezes:
            self._page.freeze_panes(row + 1, 0)
            self._page.repeat_rows(row)
            if count:
                self._page.autofilter(row, 0, row + count, len(titles) - 1)

    def title(self, row: int, words: str) -> None:
        self._page.write_string(row, 0, _text(words), self._form("title"))

    def row(self, row: int, cells: Sequence[Cell], *, is_bold: bool = False) -> None:
        """One row; whole numbers are counts, other numbers money, texts are never formulas."""
        suffix = " bold" if is_bold else ""
        for place, cell in enumerate(cells):
            match cell:
                case None | "":
                    continue
                case Formula(text, value, form):
                    shown = float(value) if isinstance(value, Decimal) else "" if value is None else value
                    self._page.write_formula(row, place, text, self._form(form + suffix), shown)
                case date():
                    at = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a spreadsheet's day has no zone
                    self._page.write_datetime(row, place, at, self._form("day" + suffix))
                case int():
                    self._page.write_number(row, place, cell, self._form("count" + suffix))
                case Decimal():
                    self._page.write_number(row, place, float(cell), self._form("money" + suffix))
                case _:
                    self._page.write_string(row, place, _text(str(cell)), self._form("text" + suffix))

    def _form(self, key: str) -> Any:
        if key not in self._made:
            name, _, bold = key.partition(" ")
            looks: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
            if bold:
                looks |= {"bold": True, "top": 1}
            if name == "title":
                looks |= {"bold": True, "font_size": 14, "font_color": self._colour}
            elif name == "heading":
                looks |= {"bold": True, "bottom": 2, "bottom_color": self._colour, "text_wrap": True}
            elif name == "day":
                looks |= {"num_format": "yyyy-mm-dd", "align": "right"}
            elif name in _FORMS:
                looks |= {"num_format": _FORMS[name]}
            self._made[key] = self._book.add_format(looks)
        return self._made[key]


def reach(page: str, column: str, count: int) -> str:
    """The cells of a column below the heading of a data page: "Due!$B$2:$B$40"; one empty cell where there are none."""
    return f"{page}!${column}$2:${column}${max(2, count + 1)}"


def _text(text: str) -> str:
    return plain(text)[:LONGEST_CELL]


def below(page: Page, rows: Rows, at: int) -> int:
    """Write rows below the heading in row ``at``; the next free one."""
    for number, row in enumerate(rows, start=at + 1):
        page.row(number, row)
    return at + len(rows) + 2


def ratio(part: Decimal | int | str | None, whole: Decimal | int | str | None) -> Decimal | None:
    """None where there is nothing to divide by."""
    return Decimal(part) / Decimal(whole) if part is not None and whole else None
