"""A list that has been read and its table found, with what the rep may tell about it; needs no store."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from callstation.accounts.importing.amounts import DecimalMark
from callstation.accounts.importing.collector import no_cycle_search
from callstation.accounts.importing.days import DateOrder
from callstation.accounts.importing.fields import Field, header_key
from callstation.accounts.importing.guards import unreadable
from callstation.accounts.importing.layout import Table, find_table
from callstation.accounts.importing.lexicon import is_known_header
from callstation.accounts.importing.reading import Reading, read_path, read_text
from callstation.errors import UserError


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the rep tells about a list; everything left out is found by looking."""

    profile: str = ""
    """The name under which the mapping is remembered; "" is the file's own name without digits."""
    columns: Mapping[Field, str | None] = field(default_factory=dict)
    """Field to header; None: the list does not have the field."""
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    region: str = ""
    """ISO country of accounts whose row names none; "" is the home country of the settings."""
    currency: str = ""
    """ISO currency of values that name none."""
    plan_months: int = 0
    """Of a price list: the months a price pays for where it names none; 0 is as the list shows."""
    valid_on: date | None = None
    """Of a price list: the day from which prices without a day of their own hold; None is today."""
    sheet: str = ""
    header_row: int | None = None
    """As the file numbers its rows; 0: there is no header."""
    encoding: str = ""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A list with its table found, ready to be looked at with a store beside it."""

    name: str
    sheet: str
    other_sheets: tuple[str, ...]
    """Sheets with rows in them that are not looked at."""
    encoding: str
    delimiter: str
    table: Table
    fingerprint: str


def open_source(path: Path, overrides: Overrides | None = None) -> Source:
    """Read a file and find its table. ``UserError`` for what cannot be read; may run outside any transaction."""
    told = overrides or Overrides()
    return _source(read_path(path, encoding=told.encoding or None, delimiter=told.delimiter or None), told)


def open_pasted(text: str, overrides: Overrides | None = None) -> Source:
    """The same for pasted text."""
    told = overrides or Overrides()
    return _source(read_text(text, delimiter=told.delimiter or None), told)


@no_cycle_search()
def _source(reading: Reading, told: Overrides) -> Source:
    sheets = [sheet for sheet in reading.sheets if not told.sheet or sheet.name == told.sheet]
    if not sheets:
        names = ", ".join(f"“{sheet.name}”" for sheet in reading.sheets)
        raise UserError(f"There is no sheet “{told.sheet}”.", f"“{reading.name}” has {names}.", "Choose one of them.")
    tables = [(find_table(sheet, told.header_row), sheet.name) for sheet in sheets]
    table, name = max(tables, key=lambda found: _promise(found[0]))
    if not len(table):
        raise unreadable(reading.name, "It has no rows of data.", "Export the list again.")
    headers = "\n".join(sorted(map(header_key, table.headers)))
    return Source(
        reading.name,
        name if len(reading.sheets) > 1 else "",
        tuple(other for found, other in tables if other != name and len(found)),
        reading.encoding,
        reading.delimiter,
        table,
        hashlib.blake2b(headers.encode(), digest_size=16).hexdigest(),
    )


def _promise(table: Table) -> tuple[int, int]:
    """Which of several sheets is the list: the one with most known headers, then most rows."""
    return (sum(map(is_known_header, table.headers)) if len(table) else -1, len(table))
