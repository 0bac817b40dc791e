"""Money and quantities as lists write them, read by column: decimal mark by evidence, currency from symbol or code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from callstation.accounts.importing.cells import Cell, text_of
from callstation.accounts.importing.days import EMPTY_WORDS
from db.stored import MONEY_SCALE

_LARGEST = 10**14 * MONEY_SCALE
"""Stored amounts are 64-bit; this leaves room for sums."""


class DecimalMark(StrEnum):
    """Which mark stands before the cents."""

    DOT = "."
    COMMA = ","


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column read as numbers: whole ten-thousandths by cell value, None where there is none."""

    by_cell: dict[Cell, int | None]
    currency: dict[Cell, str]
    """ISO code of the values that name one; "$" where only the sign of many dollars stands."""
    mark: DecimalMark | None
    """What the column shows by itself; None where every number could be read either way, or none needs it."""
    ambiguous: int
    example: str
    """A value that could be read either way; "" where there is none."""
    unsure: frozenset[Cell]
    unreadable: frozenset[Cell]


_SPACES = re.compile(r"[\s'’_]+")
_SIMPLE = re.compile(r"(\d{1,13})(?:\.(\d{1,2}|\d{4}))?")
_AMOUNT = re.compile(
    r"(?P<before>[^\d.,\-()]*)(?P<minus>[-(]?)(?P<before2>[^\d.,\-()]*)(?P<body>\d[\d.,]*|[.,]\d+)(?P<after>\D*)"
)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{2,3}})*{re.escape(mark)}\d{{3}}") for mark in ",."}
_CODE = re.compile(r"\b[A-Z]{3}\b")
_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "zł": "PLN", "₹": "INR", "Fr.": "CHF", "C$": "CAD", "CA$": "CAD",
            "A$": "AUD", "AU$": "AUD", "US$": "USD", "R$": "BRL", "$": "$"}  # fmt: skip
_SIGNS = sorted(_SYMBOLS.items(), key=lambda item: -len(item[0]))
DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN")
"""What a "$" can mean."""
_TIMES = {"k": 1000, "m": 1_000_000}


def read_amounts(cells: Iterable[Cell], *, mark: DecimalMark | None, usual: DecimalMark) -> Amounts:
    """Read every different value; ``mark`` is the rep's choice, ``usual`` stands in while the column shows none."""
    by_cell: dict[Cell, int | None] = {}
    currency: dict[Cell, str] = {}
    open_cells: dict[Cell, _Found] = {}
    unreadable: set[Cell] = set()
    seen = dict.fromkeys(DecimalMark, 0)
    simple = _SIMPLE.fullmatch
    for cell in set(cells):
        if isinstance(cell, str) and (plain := simple(cell)):
            whole, part = plain.groups()
            by_cell[cell] = int(whole) * MONEY_SCALE + (int(part.ljust(4, "0")) if part else 0)
            seen[DecimalMark.DOT] += part is not None
            continue
        found = _parse(cell)
        by_cell[cell] = found.units
        if found.currency:
            currency[cell] = found.currency
        if found.open_mark:
            open_cells[cell] = found
        elif found.shows:
            seen[found.shows] += 1
        elif found.units is None and text_of(cell).casefold() not in EMPTY_WORDS:
            unreadable.add(cell)
    is_mixed, is_shown = all(seen.values()), any(seen.values())
    most = max(DecimalMark, key=lambda item: seen[item]) if is_shown else None
    chosen = (most if not is_mixed else mark or most) or mark or usual
    for cell, found in open_cells.items():
        by_cell[cell] = found.units if found.open_mark != chosen else (found.units or 0) // 1000
    unsure = frozenset(open_cells) if is_mixed and mark is None else frozenset()
    example = min(map(text_of, open_cells), default="")
    shown = None if is_mixed else most
    return Amounts(by_cell, currency, shown, len(open_cells), example, unsure, frozenset(unreadable))


def is_amount_like(cell: Cell) -> bool:
    """Whether a cell reads as a number, with or without a currency."""
    if isinstance(cell, str):
        return _SIMPLE.fullmatch(cell) is not None or _parse(cell).units is not None
    return isinstance(cell, int | float)


class _Found(NamedTuple):
    """One value in ten-thousandths; where "1.234" reads both ways, ``open_mark`` and the larger reading."""

    units: int | None = None
    shows: DecimalMark | None = None
    open_mark: DecimalMark | None = None
    currency: str = ""


def _parse(cell: Cell) -> _Found:
    if isinstance(cell, int | float):
        return _Found(_units(Decimal(repr(cell))))
    if not isinstance(cell, str):
        return _Found()
    text = text_of(cell).replace("−", "-").replace("–", "-")
    if _SCIENTIFIC.fullmatch(text):
        return _Found(_units(Decimal(text.replace(",", "."))))
    amount = _AMOUNT.fullmatch(_SPACES.sub("", text)) if 0 < len(text) <= 60 else None
    if amount is None or (amount["minus"] == "(" and ")" not in amount["after"]):
        return _Found()
    words = f"{amount['before']} {amount['before2']} {amount['after']}".strip()
    if "%" in words:
        return _Found()
    body, after = amount["body"], amount["after"]
    if body[-1] in ",." and after.startswith("-"):  # 1.200,- is how some write 1.200,00
        body, after = f"{body}00", after[1:]
    number, shows, open_mark = _number(body)
    if number is None:
        return _Found()
    times = _TIMES.get(after.lower(), 1)
    is_minus = bool(amount["minus"]) or after.startswith("-")
    return _Found(_units(-number * times if is_minus else number * times), shows, open_mark, _currency(words))


def _number(body: str) -> tuple[Decimal | None, DecimalMark | None, DecimalMark | None]:
    """(value, the decimal mark it shows, the mark that could be either); the value takes an open mark as grouping."""
    body = body.rstrip(".,")
    dots, commas = body.count("."), body.count(",")
    if not dots and not commas:
        return Decimal(body), None, None
    if dots and commas:
        last = DecimalMark.DOT if body.rfind(".") > body.rfind(",") else DecimalMark.COMMA
        other = "," if last is DecimalMark.DOT else "."
        whole, part = body.rsplit(last, 1)
        if last in whole or not _GROUPED[other].fullmatch(whole):
            return None, None, None
        return Decimal(f"{whole.replace(other, '')}.{part}"), last, None
    mark = DecimalMark.DOT if dots else DecimalMark.COMMA
    other_mark = DecimalMark.COMMA if dots else DecimalMark.DOT
    if dots + commas > 1:
        is_grouped = _GROUPED[mark].fullmatch(body) is not None
        return (Decimal(body.replace(mark, "")), other_mark, None) if is_grouped else (None, None, None)
    whole, part = body.split(mark)
    if len(part) == 3 and 1 <= len(whole) <= 3 and whole.strip("0"):
        return Decimal(whole + part), None, mark
    return Decimal(f"{whole or 0}.{part or 0}"), mark, None


def _units(number: Decimal) -> int | None:
    units = int((number * MONEY_SCALE).to_integral_value()) if number.is_finite() and number.adjusted() < 15 else None
    return units if units is not None and abs(units) <= _LARGEST else None


@lru_cache(maxsize=1024)
def _currency(words: str) -> str:
    for symbol, code in _SIGNS:
        if symbol in words:
            return code
    code_found = _CODE.search(words)
    return code_found[0] if code_found and is_currency(code_found[0]) else ""


def header_currency(header: str, home: str) -> str:
    """The ISO currency a header such as "Betrag EUR" or "Value (£)" names, "" for none; "$" is ``home`` if a dollar."""
    words = re.findall(r"[^\W\d_]+", header)
    codes = [*re.findall(r"[(\[]\s*([A-Z]{3})\s*[)\]]", header), *words[-1:], *words[:1]]
    named = (code for code in codes if code.isupper() and code != "ALL" and is_currency(code))
    found = next(named, "") or next((code for sign, code in _SIGNS if sign in header), "")
    return (home if home in DOLLARS else "USD") if found == "$" else found


def is_currency(code: str) -> bool:
    """Whether three letters are an ISO 4217 code."""
    return code in _currencies()


@cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    return frozenset(list_currencies())
