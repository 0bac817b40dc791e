"""The mapped columns as typed values, in the form they are stored in, with what is wrong and what was assumed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from callstation.accounts.importing.amounts import DOLLARS, Amounts, DecimalMark, is_currency, read_amounts
from callstation.accounts.importing.cells import Cell, lines_of, text_of
from callstation.accounts.importing.days import EMPTY_WORDS, DateOrder, Days, read_days
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.mapping import Mapping
from callstation.accounts.importing.places import state_code
from callstation.accounts.importing.shapes import country_code
from callstation.accounts.names import crm_id_18, is_crm_id, name_key
from callstation.calling.phones import ReadNumber, read_number
from db.stored import MONEY_SCALE

V = TypeVar("V")

FAR_YEARS = 15
"""An end further ahead than this is a perpetual licence or a slip of the pen, not a renewal to call for."""
_PLAIN_EMAIL = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9\-]+\.[a-z0-9.\-]+")
OLD_DAYS = 730
"""A contract that ended longer ago than this is kept as history and not called for."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What stands in where the list does not say."""

    today: date
    region: str
    """ISO country."""
    currency: str
    is_currency_told: bool
    date_order: DateOrder | None
    usual_order: DateOrder
    is_order_known: bool
    """Whether the usual order is what this source showed before; then it is not asked for."""
    decimal_mark: DecimalMark | None
    usual_mark: DecimalMark
    is_mark_known: bool


@dataclass(slots=True)
class Rows:
    """One entry per row of the table in every list: texts ("" for none), ISO days, whole ten-thousandths, numbers."""

    texts: dict[Field, list[str]]
    number_keys: list[str]
    customer_keys: list[str]
    partner_keys: list[str]
    starts_on: list[str | None]
    ends_on: list[str | None]
    values: list[int | None]
    quantities: list[int | None]
    currencies: list[str]
    phones: list[ReadNumber | None]
    mobiles: list[ReadNumber | None]
    problems: dict[int, str] = field(default_factory=dict)
    """Why a row cannot be imported."""
    unsure: dict[int, str] = field(default_factory=dict)
    """Why a row waits for an answer about the whole list."""
    warnings: dict[int, list[str]] = field(default_factory=dict)
    """What is worth a look in a row that is imported."""
    names_currency: bool = False
    """Whether the list says what currency it means."""
    open_date_order: bool = False
    open_decimal_mark: bool = False
    is_order_assumed: bool = False
    """Whether there are dates that read both ways and the list itself does not show how."""
    mark_example: str = ""
    """An amount that reads both ways."""
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None

    def __len__(self) -> int:
        return len(self.number_keys)


def stage(table: Table, mapping: Mapping, assumed: Assumptions) -> Rows:
    """Every row typed, column by column, each different value once."""
    count = len(table)
    blank = [""] * count

    def column(item: Field) -> list[Cell] | None:
        return table.columns[mapping[item].column] if item in mapping else None

    def text(item: Field) -> list[str]:
        cells = column(item)
        return blank if cells is None else _each(cells, lines_of if item is Field.NOTES else _word)

    texts = {item: text(item) for item in Field if item not in _TYPED}
    _full_names(texts)
    country = column(Field.COUNTRY)
    texts[Field.COUNTRY] = blank if country is None else _each(country, lambda cell: country_code(text_of(cell)) or "")
    texts[Field.STATE] = _each_pair(texts[Field.STATE], texts[Field.COUNTRY], state_code)
    texts[Field.ACCOUNT_ID] = _each(texts[Field.ACCOUNT_ID], lambda text: _whole_id(text) if is_crm_id(text) else "")
    texts[Field.EMAIL] = _each(texts[Field.EMAIL], _email)
    texts[Field.CONTRACT_NO] = _each(texts[Field.CONTRACT_NO], _whole_id)
    regions = texts[Field.COUNTRY]
    rows = Rows(
        texts,
        _each(texts[Field.CONTRACT_NO], number_key),
        _each(texts[Field.CUSTOMER], name_key),
        _each(texts[Field.RESELLER], name_key),
        [None] * count,
        [None] * count,
        [None] * count,
        [None] * count,
        [],
        _numbers(column(Field.PHONE), regions, assumed.region),
        _numbers(column(Field.MOBILE), regions, assumed.region),
    )
    for item, numbers in ((Field.PHONE, rows.phones), (Field.MOBILE, rows.mobiles)):
        for at, number in enumerate(numbers):
            if number is not None and number.problem:
                cell = text_of(table.columns[mapping[item].column][at])[:40]
                rows.warnings.setdefault(at, []).append(f"{item.label} “{cell}”: {number.problem}")
    _take_days(rows, column(Field.START), column(Field.END), assumed)
    _take_amounts(rows, column(Field.VALUE), column(Field.QUANTITY), column(Field.CURRENCY), assumed)
    return rows


def number_key(number: str) -> str:
    """A contract number as it is compared; in upper case, for made whole, even CRM ids stay different in it."""
    key = number.upper()
    return number if key == number else key


_TYPED = (
    Field.START, Field.END, Field.VALUE, Field.QUANTITY, Field.CURRENCY, Field.PHONE, Field.MOBILE, Field.COUNTRY,
)  # fmt: skip


def _each(cells: list[Cell] | list[str], read: Callable[..., V]) -> list[V]:
    by_cell = {cell: read(cell) for cell in set(cells)}
    return [by_cell[cell] for cell in cells]


def _each_pair(first: list[str], second: list[str], read: Callable[[str, str], str]) -> list[str]:
    by_pair = {pair: read(*pair) for pair in set(zip(first, second, strict=True))}
    return [by_pair[pair] for pair in zip(first, second, strict=True)]


def _word(cell: Cell) -> str:
    text = text_of(cell)
    return "" if len(text) <= 7 and text.casefold() in EMPTY_WORDS else text


def _whole_id(text: str) -> str:
    return crm_id_18(text) if len(text) == 15 and is_crm_id(text) else text


def _email(text: str) -> str:
    """The first address of the cell, in lower case; "" where there is none."""
    if not text or _PLAIN_EMAIL.fullmatch(text):
        return text
    words = text.lower().replace("mailto:", "").replace(";", " ").replace(",", " ").strip("<> ").split()
    return next((found for word in words if "@" in (found := word.strip("<>()")) and "." in found), "")


def _full_names(texts: dict[Field, list[str]]) -> None:
    """A contact from first and last name where there is no column for both; "Reyes, Maria" turned round."""
    if not any(texts[Field.CONTACT]):
        pairs = zip(texts[Field.FIRST_NAME], texts[Field.LAST_NAME], strict=True)
        texts[Field.CONTACT] = [f"{first} {last}".strip() for first, last in pairs]
    else:
        texts[Field.CONTACT] = _each(texts[Field.CONTACT], _turned)


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and len(name.split()) <= 4 else name


def _numbers(cells: list[Cell] | None, regions: list[str], home: str) -> list[ReadNumber | None]:
    if cells is None:
        return [None] * len(regions)
    by_pair: dict[tuple[Cell, str], ReadNumber | None] = {}
    for pair in set(zip(cells, regions, strict=True)):
        text = _word(pair[0])
        by_pair[pair] = read_number(text, pair[1] or home) if text else None
    return [by_pair[pair] for pair in zip(cells, regions, strict=True)]


def _take_days(rows: Rows, starts: list[Cell] | None, ends: list[Cell] | None, assumed: Assumptions) -> None:
    columns = [(starts, rows.starts_on, False), (ends, rows.ends_on, True)]
    usual = assumed.usual_order
    read: list[Days] = []
    for cells, _, is_end in columns:
        days = read_days(cells or (), order=assumed.date_order, usual=usual, is_end=is_end)
        usual = days.order or usual
        read.append(days)
    if starts is not None and read[0].order is None and read[1].order is not None:
        # A column that shows no order of its own follows the other.
        read[0] = read_days(starts, order=assumed.date_order, usual=read[1].order, is_end=False)
    rows.is_order_assumed = all(days.order is None for days in read) and any(days.ambiguous for days in read)
    rows.date_order = assumed.date_order or read[1].order or read[0].order
    for (cells, target, is_end), days in zip(columns, read, strict=True):
        if cells is None:
            continue
        target[:] = [days.by_cell[cell] for cell in cells]
        rows.open_date_order |= days.ambiguous > 0 and rows.date_order is None and not assumed.is_order_known
        if days.unsure:
            rows.open_date_order = True
            why = "reads both ways, and the column mixes day first and month first. Answer the question on dates."
            rows.unsure.update((at, f"“{text_of(cell)}” {why}") for at, cell in enumerate(cells) if cell in days.unsure)
        for at, cell in enumerate(cells) if days.unreadable else ():
            if cell in days.unreadable and is_end:
                rows.problems[at] = f"The end “{text_of(cell)[:40]}” is no date."
            elif cell in days.unreadable:
                rows.warnings.setdefault(at, []).append(f"The start “{text_of(cell)[:40]}” is no date and is left out.")


def _take_amounts(
    rows: Rows, values: list[Cell] | None, quantities: list[Cell] | None, codes: list[Cell] | None, assumed: Assumptions
) -> None:
    mark, usual = assumed.decimal_mark, assumed.usual_mark
    rows.currencies = [assumed.currency] * len(rows)
    rows.names_currency = assumed.is_currency_told or codes is not None
    if values is not None:
        read = read_amounts(values, mark=mark, usual=usual)
        rows.values = [read.by_cell[cell] for cell in values]
        rows.decimal_mark = mark or read.mark
        rows.open_decimal_mark = read.ambiguous > 0 and rows.decimal_mark is None and not assumed.is_mark_known
        rows.mark_example = read.example
        _warn(rows, values, read, "value")
        if read.currency:
            rows.names_currency = True
            dollars = assumed.currency if assumed.currency in DOLLARS else "USD"
            of_cell = {cell: dollars if code == "$" else code for cell, code in read.currency.items()}
            rows.currencies = [of_cell.get(cell, assumed.currency) for cell in values]
    if quantities is not None:
        read = read_amounts(quantities, mark=mark, usual=usual)
        whole = {
            cell: None if units is None or units % MONEY_SCALE else units // MONEY_SCALE
            for cell, units in read.by_cell.items()
        }
        rows.quantities = [whole[cell] for cell in quantities]
        _warn(rows, quantities, read, "quantity")
    if codes is not None:
        by_cell = {cell: _currency(text_of(cell), assumed.currency) for cell in set(codes)}
        rows.currencies = [by_cell[cell] or own for cell, own in zip(codes, rows.currencies, strict=True)]


def _currency(text: str, home: str) -> str:
    code = text.upper()
    if is_currency(code):
        return code
    return {"€": "EUR", "£": "GBP", "$": home if home in DOLLARS else "USD", "EURO": "EUR"}.get(code, "")


def _warn(rows: Rows, cells: list[Cell], read: Amounts, what: str) -> None:
    for at, cell in enumerate(cells) if read.unreadable else ():
        if cell in read.unreadable:
            rows.warnings.setdefault(at, []).append(f"The {what} “{text_of(cell)[:40]}” is no number and is left out.")
    if read.unsure:
        why = "reads both ways, and the column mixes decimal marks. Answer the question on decimal marks."
        rows.open_decimal_mark, rows.mark_example = True, read.example
        rows.unsure.update((at, f"“{text_of(cell)}” {why}") for at, cell in enumerate(cells) if cell in read.unsure)
