"""The columns of a list of contracts as typed values, in the form they are stored in."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from callstation.accounts.importing.cells import Cell, lines_of, text_of
from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.lexicon import CONTRACTS
from callstation.accounts.importing.mapping import Mapping
from callstation.accounts.importing.places import state_code
from callstation.accounts.importing.shapes import country_code
from callstation.accounts.importing.typed import (
    Assumptions,
    Columns,
    DayColumn,
    Typed,
    each,
    take_days,
    take_money,
    take_numbers,
    word,
)
from callstation.accounts.names import crm_id_18, is_crm_id, name_key
from callstation.calling.phones import ReadNumber, read_number
from db.stored import MONEY_SCALE

FAR_YEARS = 15
"""An end further ahead than this is a perpetual licence or a slip of the pen, not a renewal to call for."""
_PLAIN_EMAIL = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9\-]+\.[a-z0-9.\-]+")
OLD_DAYS = 730
"""A contract that ended longer ago than this is kept as history and not called for."""


@dataclass(slots=True)
class Rows(Typed):
    """A list of contracts: one entry per row in every list; ISO days, whole ten-thousandths, numbers."""

    number_keys: list[str]
    customer_keys: list[str]
    partner_keys: list[str]
    starts_on: list[str | None]
    ends_on: list[str | None]
    values: list[int | None]
    quantities: list[int | None]
    phones: list[ReadNumber | None]
    mobiles: list[ReadNumber | None]

    def __len__(self) -> int:
        return len(self.number_keys)


def stage(table: Table, mapping: Mapping, assumed: Assumptions) -> Rows:
    """Every row typed, column by column, each different value once."""
    count = len(table)
    columns = Columns(table, mapping)
    texts = {
        item: columns.texts(item, lines_of if item in _LINES else word)
        for item in CONTRACTS.words
        if item not in _TYPED
    }
    _full_names(texts)
    _whole_streets(texts)
    texts[Field.COUNTRY] = columns.texts(Field.COUNTRY, lambda cell: country_code(text_of(cell)) or "")
    texts[Field.STATE] = _each_pair(texts[Field.STATE], texts[Field.COUNTRY], state_code)
    texts[Field.ACCOUNT_ID] = each(texts[Field.ACCOUNT_ID], lambda text: whole_id(text) if is_crm_id(text) else "")
    texts[Field.EMAIL] = each(texts[Field.EMAIL], _email)
    texts[Field.CONTRACT_NO] = each(texts[Field.CONTRACT_NO], whole_id)
    regions = texts[Field.COUNTRY]
    rows = Rows(
        texts,
        each(texts[Field.CONTRACT_NO], number_key),
        each(texts[Field.CUSTOMER], name_key),
        each(texts[Field.RESELLER], name_key),
        [None] * count,
        [None] * count,
        [None] * count,
        [None] * count,
        _numbers(columns[Field.PHONE], regions, assumed.region),
        _numbers(columns[Field.MOBILE], regions, assumed.region),
    )
    for item, numbers in ((Field.PHONE, rows.phones), (Field.MOBILE, rows.mobiles)):
        for at, number in enumerate(numbers):
            if number is not None and number.problem:
                cell = text_of(table.columns[mapping[item].column][at])[:40]
                rows.warn(at, f"{item.label} “{cell}”: {number.problem}")
    starts = DayColumn(columns[Field.START], rows.starts_on, "start", is_end=False, is_needed=False)
    ends = DayColumn(columns[Field.END], rows.ends_on, "end", is_end=True, is_needed=True)
    take_days(rows, (starts, ends), assumed)
    rows.values = take_money(rows, count, columns[Field.VALUE], columns[Field.CURRENCY], "value", assumed)
    for at, code in rows.odd_currencies.items():
        rows.warn(at, f"“{code}” is no currency; taken as {rows.currencies[at]}.")
    quantities = columns[Field.QUANTITY]
    if quantities is not None:
        read = take_numbers(rows, quantities, "quantity", assumed)
        whole = {
            cell: None if units is None or units % MONEY_SCALE else units // MONEY_SCALE
            for cell, units in read.by_cell.items()
        }
        rows.quantities = [whole[cell] for cell in quantities]
    return rows


def number_key(number: str) -> str:
    """A contract number as it is compared; in upper case, for made whole, even CRM ids stay different in it."""
    key = number.upper()
    return number if key == number else key


_TYPED = (
    Field.START, Field.END, Field.VALUE, Field.QUANTITY, Field.CURRENCY, Field.PHONE, Field.MOBILE, Field.COUNTRY,
)  # fmt: skip
_LINES = (Field.STREET, Field.STREET_2, Field.NOTES)
"""What may take several lines."""


def _each_pair(first: list[str], second: list[str], read: Callable[[str, str], str]) -> list[str]:
    by_pair = {pair: read(*pair) for pair in set(zip(first, second, strict=True))}
    return [by_pair[pair] for pair in zip(first, second, strict=True)]


def whole_id(text: str) -> str:
    """A contract number, with a CRM's id of 15 characters made whole."""
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
        texts[Field.CONTACT] = each(texts[Field.CONTACT], _turned)


def _whole_streets(texts: dict[Field, list[str]]) -> None:
    """The second line of an address goes under the first."""
    if any(texts[Field.STREET_2]):
        pairs = zip(texts[Field.STREET], texts[Field.STREET_2], strict=True)
        texts[Field.STREET] = ["\n".join(filter(None, pair)) for pair in pairs]


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and len(name.split()) <= 4 else name


def _numbers(cells: list[Cell] | None, regions: list[str], home: str) -> list[ReadNumber | None]:
    if cells is None:
        return [None] * len(regions)
    by_pair: dict[tuple[Cell, str], ReadNumber | None] = {}
    for pair in set(zip(cells, regions, strict=True)):
        text = word(pair[0])
        by_pair[pair] = read_number(text, pair[1] or home) if text else None
    return [by_pair[pair] for pair in zip(cells, regions, strict=True)]
