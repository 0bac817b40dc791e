"""A partner statement as a spreadsheet to work in: live sums, days left counted from a day that may be changed."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from callstation.documents.archive import pack, unpack
from callstation.documents.clean import plain
from callstation.documents.data import Data
from callstation.documents.labels import labels_of
from callstation.documents.values import Day, Money, Number, Row, Value
from callstation.errors import UserError
from callstation.export.files import LONGEST_CELL
from db.vocabulary import DocumentKind

if TYPE_CHECKING:
    from callstation.documents.labels import Labels

HEAD, FIRST = 4, 5
"""The rows (from 0) of the headings and of the first contract."""
AS_OF = "$B$3"
_DAYS = {"de": "dd.mm.yyyy", "fr": "dd/mm/yyyy", "fr_CA": "yyyy-mm-dd", "fr_CH": "dd.mm.yyyy"}
_PAPERS = {"Letter": 1, "A4": 9}
_LATE, _SOON = "#B3261E", "#9A5B00"


class Column(NamedTuple):
    """One column: the key of its label and of its value, its width in characters, whether figures stand in it."""

    label: str
    key: str
    width: float
    is_figure: bool = False


COLUMNS = (
    Column("end_customer", "customer", 34), Column("contract", "contract", 16), Column("product", "products", 34),
    Column("quantity", "quantity", 11, True), Column("start", "starts_on", 13, True),
    Column("end", "ends_on", 13, True), Column("days_left", "days_left", 11, True),
    Column("value", "value", 16, True), Column("currency", "currency", 11),
)  # fmt: skip
_PLACE = {column.key: number for number, column in enumerate(COLUMNS)}


def render_xlsx(data: Data) -> bytes:
    """A statement as .xlsx; the same data gives the same bytes, and no text of it is ever a formula.

    ``UserError`` for a kind that is no statement.
    """
    import xlsxwriter

    if data.kind is not DocumentKind.STATEMENT:
        raise UserError("This document is no spreadsheet.", f"It is a {data.kind.value}.", "Make it as a PDF.")
    out = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    made = datetime(data.made_on.year, data.made_on.month, data.made_on.day, 12)  # noqa: DTZ001 - a day of the data
    book.set_properties(
        {"title": _text(data.title), "author": _text(data.sender.signed_by), "company": _text(data.sender.name),
         "created": made}
    )  # fmt: skip
    labels = labels_of(data.locale)
    page = book.add_worksheet(_sheet_name(labels["statement"]))
    forms = _Forms(book, data)
    _heading(page, data, labels, forms)
    for number, line in enumerate(data.lines):
        _contract(page, FIRST + number, line, data.made_on, forms)
    _totals(page, data, labels, forms)
    _set_up(page, data, forms)
    book.close()
    return pack(unpack(out.getvalue()))


class _Forms:
    """The cell formats, made once each."""

    def __init__(self, book: Any, data: Data) -> None:
        self._book, self._colour, self._made = book, data.sender.colour, dict[tuple[tuple[str, Any], ...], Any]()
        self.day = _DAYS.get(data.locale) or _DAYS.get(data.locale[:2], "d mmm yyyy")

    def get(self, **looks: Any) -> Any:
        key = tuple(sorted(looks.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "Arial", "font_size": 10, "valign": "top", **looks})
        return self._made[key]

    def text(self, key: str) -> Any:
        return self.get(text_wrap=True, align="left", indent=_indent(key))

    def heading(self, is_figure: bool = False, indent: int = 0) -> Any:
        side = {"align": "right"} if is_figure else {"align": "left", "indent": indent}
        return self.get(bold=True, bottom=2, bottom_color=self._colour, text_wrap=True, **side)

    def money(self, currency: str, **looks: Any) -> Any:
        return self.get(num_format=_money_form(currency), **looks)


def _money_form(currency: str) -> str:
    """The number format of a currency, with its own places; its code stands in the column beside."""
    from babel.numbers import get_currency_precision

    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        return "#,##0.00"
    places = get_currency_precision(currency.upper())
    return f"#,##0{'.' + '0' * places if places else ''}"


def _heading(page: Any, data: Data, labels: "Labels", forms: _Forms) -> None:
    page.set_row(0, 24)
    page.write_string(0, 0, _text(data.title), forms.get(bold=True, font_size=14, font_color=data.sender.colour))
    page.write_string(1, 0, _text(" · ".join(part for part in (_name(data), data.sender.name) if part)), forms.get())
    page.write_string(2, 0, labels["as_of"], forms.get())
    page.write_datetime(2, 1, _at(data.made_on), forms.get(num_format=forms.day, align="left", bold=True))
    for place, column in enumerate(COLUMNS):
        page.write_string(HEAD, place, labels[column.label], forms.heading(column.is_figure, _indent(column.key)))


def _contract(page: Any, row: int, line: Row, today: date, forms: _Forms) -> None:
    for place, column in enumerate(COLUMNS):
        value = line.get(column.key)
        if column.key == "days_left":
            end = line.get("ends_on")
            if isinstance(end, Day):
                cell = f"{_letter('ends_on')}{row + 1}"
                page.write_formula(row, place, f"={cell}-{AS_OF}", forms.get(num_format="0"), (end.on - today).days)
        else:
            _write(page, row, place, value, forms)


def _write(page: Any, row: int, place: int, value: Value, forms: _Forms) -> None:
    match value:
        case None | "":
            pass
        case Money(amount, currency):
            page.write_number(row, place, float(amount), forms.money(currency))
        case Day(on):
            page.write_datetime(row, place, _at(on), forms.get(num_format=forms.day, align="right"))
        case Number(number):
            page.write_number(row, place, float(number), forms.get(num_format="#,##0"))
        case _:
            page.write_string(row, place, _text(str(value)), forms.text(COLUMNS[place].key))


def _totals(page: Any, data: Data, labels: "Labels", forms: _Forms) -> None:
    """Below the contracts: the seats, and for each currency how many contracts and what they come to."""
    last, at = FIRST + len(data.lines), FIRST + len(data.lines) + 1
    page.write_string(at, 0, labels["totals"], forms.heading())
    for place, text in ((1, labels["currency"]), (2, labels["contracts_count"])):
        page.write_string(at, place, text, forms.heading())
    for place in range(_PLACE["quantity"], len(COLUMNS)):
        label = {"quantity": labels["quantity"], "value": labels["value"]}.get(COLUMNS[place].key, "")
        page.write_string(at, place, label, forms.heading(True))
    sums = _sums(data.lines)
    for number, (currency, (contracts, seats, amount)) in enumerate(sums.items(), start=1):
        row, of = at + number, f"{_range('currency', last)},$B${at + number + 1}"
        page.write_string(row, 1, _text(currency), forms.get(bold=True))
        page.write_formula(row, 2, f"=COUNTIF({of})", forms.get(num_format="#,##0", align="left"), contracts)
        page.write_formula(
            row, _PLACE["quantity"], f"=SUMIF({of},{_range('quantity', last)})", forms.get(num_format="#,##0"), seats
        )
        page.write_formula(
            row,
            _PLACE["value"],
            f"=SUMIF({of},{_range('value', last)})",
            forms.money(currency, bold=True),
            float(amount),
        )
    row = at + len(sums) + 1
    for place, key in ((2, "contracts"), (_PLACE["quantity"], "quantity")):
        column = chr(ord("A") + place)
        total = sum(one[0 if key == "contracts" else 1] for one in sums.values())
        page.write_formula(
            row, place, f"=SUM({column}{at + 2}:{column}{row})",
            forms.get(num_format="#,##0", top=1, bold=True, align="left" if place == 2 else "right"), total,
        )  # fmt: skip


def _sums(lines: Sequence[Row]) -> dict[str, tuple[int, int, Decimal]]:
    """Currency to (contracts, seats, value), as the formulas work them out, for programs that only read."""
    found: dict[str, tuple[int, int, Decimal]] = {}
    for line in lines:
        contracts, seats, amount = found.get(str(line.get("currency") or ""), (0, 0, Decimal(0)))
        quantity, value = line.get("quantity"), line.get("value")
        found[str(line.get("currency") or "")] = (
            contracts + 1,
            seats + (int(quantity.value) if isinstance(quantity, Number) else 0),
            amount + (value.amount if isinstance(value, Money) else 0),
        )
    return dict(sorted(found.items()))


def _set_up(page: Any, data: Data, forms: _Forms) -> None:
    last = max(FIRST, FIRST + len(data.lines) - 1)
    for place, column in enumerate(COLUMNS):
        page.set_column(place, place, column.width)
    page.freeze_panes(FIRST, 1)
    page.autofilter(HEAD, 0, last, len(COLUMNS) - 1)
    days = _PLACE["days_left"]
    for rule in (
        {"criteria": "<", "value": 0, "format": forms.get(font_color=_LATE, bold=True)},
        {"criteria": "between", "minimum": 0, "maximum": 30, "format": forms.get(font_color=_SOON, bold=True)},
    ):
        page.conditional_format(FIRST, days, last, days, {"type": "cell", **rule})
    page.set_landscape()
    page.set_paper(_PAPERS.get(data.paper, 9))
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD)
    page.set_footer(f"&L{_text(data.sender.name)[:80].replace('&', '&&')}&R&P / &N")


def _indent(key: str) -> int:
    """The currency stands off the figures before it."""
    return 1 if key == "currency" else 0


def _name(data: Data) -> str:
    return str(data.group("account").get("name") or "")


def _letter(key: str) -> str:
    return chr(ord("A") + _PLACE[key])


def _range(key: str, last: int) -> str:
    return f"${_letter(key)}${FIRST + 1}:${_letter(key)}${max(last, FIRST + 1)}"


def _at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day)  # noqa: DTZ001 - a spreadsheet's day has no zone


def _text(text: str) -> str:
    return plain(text)[:LONGEST_CELL]


def _sheet_name(text: str) -> str:
    return "".join(mark for mark in text if mark not in "[]:*?/\\'")[:31] or "Statement"
