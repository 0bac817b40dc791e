"""Columns as typed values, each different value read once, with what is wrong and what was assumed; for any list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from callstation.accounts.importing.amounts import DOLLARS, Amounts, DecimalMark, is_currency, read_amounts
from callstation.accounts.importing.cells import Cell, text_of
from callstation.accounts.importing.days import EMPTY_WORDS, DateOrder, Days, read_days
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.mapping import Mapping

V = TypeVar("V")

USUAL_MONTHS = 12
"""The months a price pays for where neither the list nor the rep says: a subscription's year."""


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
    plan_months: int = 0
    """The months a price pays for where the list names none, as the rep told; 0 where nothing was told."""
    valid_on: date | None = None
    """The day from which prices without a day of their own hold, as the rep told."""


@dataclass(slots=True)
class Typed:
    """One entry per row of the table in every list: texts ("" for none), ISO currencies; and what is open or wrong."""

    texts: dict[Field, list[str]]
    currencies: list[str] = field(default_factory=list, kw_only=True)
    problems: dict[int, str] = field(default_factory=dict, kw_only=True)
    """Why a row cannot be imported."""
    unsure: dict[int, str] = field(default_factory=dict, kw_only=True)
    """Why a row waits for an answer about the whole list."""
    warnings: dict[int, list[str]] = field(default_factory=dict, kw_only=True)
    """What is worth a look in a row that is imported."""
    odd_currencies: dict[int, str] = field(default_factory=dict, kw_only=True)
    """What a row names as its currency, where that is none; the usual one stands in."""
    priced_in: frozenset[str] = field(default=frozenset(), kw_only=True)
    """The currencies of rows with an amount."""
    names_currency: bool = field(default=False, kw_only=True)
    """Whether the list says what currency it means."""
    open_date_order: bool = field(default=False, kw_only=True)
    open_decimal_mark: bool = field(default=False, kw_only=True)
    is_order_assumed: bool = field(default=False, kw_only=True)
    """Whether there are dates that read both ways and the list itself does not show how."""
    has_open_period: bool = field(default=False, kw_only=True)
    """Whether there are prices of which nothing says how many months they pay for."""
    mark_example: str = field(default="", kw_only=True)
    """An amount that reads both ways."""
    date_order: DateOrder | None = field(default=None, kw_only=True)
    decimal_mark: DecimalMark | None = field(default=None, kw_only=True)

    def warn(self, at: int, warning: str) -> None:
        """Say something about a row that is imported all the same."""
        self.warnings.setdefault(at, []).append(warning)


class Columns:
    """The mapped columns of a table."""

    def __init__(self, table: Table, mapping: Mapping) -> None:
        self._table, self._mapping = table, mapping

    def __getitem__(self, item: Field) -> list[Cell] | None:
        return self._table.columns[self._mapping[item].column] if item in self._mapping else None

    def texts(self, item: Field, read: Callable[[Cell], str] | None = None) -> list[str]:
        """One column read as text; "" in every row where the list does not have it."""
        cells = self[item]
        return [""] * len(self._table) if cells is None else each(cells, read or word)


def each(cells: Sequence[Cell], read: Callable[..., V]) -> list[V]:
    """Every cell read, each different one once."""
    by_cell = {cell: read(cell) for cell in set(cells)}
    return [by_cell[cell] for cell in cells]


def word(cell: Cell) -> str:
    """The cell as text; "" for what only says that there is nothing."""
    text = text_of(cell)
    return "" if len(text) <= 7 and text.casefold() in EMPTY_WORDS else text


class DayColumn(NamedTuple):
    """A column of days on its way into ``target`` (ISO text)."""

    cells: list[Cell] | None
    target: list[str | None]
    what: str
    is_end: bool
    """A month without a day is its last day."""
    is_needed: bool
    """What is no date here makes the row a problem; elsewhere it is left out."""


def take_days(rows: Typed, columns: Sequence[DayColumn], assumed: Assumptions) -> None:
    """Read the columns of days together: one that shows no order of its own follows the other."""
    usual = assumed.usual_order
    read: list[Days] = []
    for column in columns:
        days = read_days(column.cells or (), order=assumed.date_order, usual=usual, is_end=column.is_end)
        usual = days.order or usual
        read.append(days)
    first, last = columns[0], read[-1]
    if first.cells is not None and read[0].order is None and last.order is not None:
        read[0] = read_days(first.cells, order=assumed.date_order, usual=last.order, is_end=first.is_end)
    rows.is_order_assumed = all(days.order is None for days in read) and any(days.ambiguous for days in read)
    rows.date_order = assumed.date_order or last.order or read[0].order
    for column, days in zip(columns, read, strict=True):
        cells = column.cells
        if cells is None:
            continue
        column.target[:] = [days.by_cell[cell] for cell in cells]
        rows.open_date_order |= days.ambiguous > 0 and rows.date_order is None and not assumed.is_order_known
        if days.unsure:
            rows.open_date_order = True
            why = "reads both ways, and the column mixes day first and month first. Answer the question on dates."
            rows.unsure.update((at, f"“{text_of(cell)}” {why}") for at, cell in enumerate(cells) if cell in days.unsure)
        for at, cell in enumerate(cells) if days.unreadable else ():
            if cell in days.unreadable and column.is_needed:
                rows.problems[at] = f"The {column.what} “{text_of(cell)[:40]}” is no date."
            elif cell in days.unreadable:
                rows.warn(at, f"The {column.what} “{text_of(cell)[:40]}” is no date and is left out.")


def take_numbers(rows: Typed, cells: list[Cell], what: str, assumed: Assumptions) -> Amounts:
    """Read a column of amounts or quantities; what is no number is left out with a warning."""
    read = read_amounts(cells, mark=assumed.decimal_mark, usual=assumed.usual_mark)
    for at, cell in enumerate(cells) if read.unreadable else ():
        if cell in read.unreadable:
            rows.warn(at, f"The {what} “{text_of(cell)[:40]}” is no number and is left out.")
    if read.unsure:
        why = "reads both ways, and the column mixes decimal marks. Answer the question on decimal marks."
        rows.open_decimal_mark, rows.mark_example = True, read.example
        rows.unsure.update((at, f"“{text_of(cell)}” {why}") for at, cell in enumerate(cells) if cell in read.unsure)
    return read


def take_money(
    rows: Typed, count: int, amounts: list[Cell] | None, codes: list[Cell] | None, what: str, assumed: Assumptions
) -> list[int | None]:
    """The column of amounts in ten-thousandths; whose currency each is goes into ``rows``, by sign or code."""
    found: list[int | None] = [None] * count
    rows.currencies = [assumed.currency] * count
    rows.names_currency = assumed.is_currency_told or codes is not None
    if amounts is not None:
        read = take_numbers(rows, amounts, what, assumed)
        found = [read.by_cell[cell] for cell in amounts]
        rows.decimal_mark = assumed.decimal_mark or read.mark
        is_open = read.ambiguous > 0 and rows.decimal_mark is None and not assumed.is_mark_known
        rows.open_decimal_mark |= is_open
        rows.mark_example = read.example
        if read.currency:
            rows.names_currency = True
            dollars = assumed.currency if assumed.currency in DOLLARS else "USD"
            of_cell = {cell: dollars if code == "$" else code for cell, code in read.currency.items()}
            rows.currencies = [of_cell.get(cell, assumed.currency) for cell in amounts]
    if codes is not None:
        by_cell = {cell: _currency(text_of(cell), assumed.currency) for cell in set(codes)}
        signed = read.currency if amounts is not None else {}
        for at, cell in enumerate(codes) if not all(by_cell.values()) else ():
            if not by_cell[cell] and word(cell) and (amounts is None or amounts[at] not in signed):
                rows.odd_currencies[at] = word(cell)[:40]
        rows.currencies = [by_cell[cell] or own for cell, own in zip(codes, rows.currencies, strict=True)]
    pairs = zip(rows.currencies, found, strict=True)
    rows.priced_in = frozenset(code for code, units in pairs if units is not None)
    return found


def _currency(text: str, home: str) -> str:
    code = text.upper()
    if is_currency(code):
        return code
    return {"€": "EUR", "£": "GBP", "$": home if home in DOLLARS else "USD", "EURO": "EUR"}.get(code, "")
