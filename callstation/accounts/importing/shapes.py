"""What the values of a column look like, as evidence for what it means."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from callstation.accounts.importing.amounts import is_amount_like, is_currency
from callstation.accounts.importing.cells import Cell, text_of
from callstation.accounts.importing.days import is_day_like
from callstation.accounts.names import is_crm_id

_SAMPLE = 200
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]{2,}")
_PHONE = re.compile(r"\+?[\d\s().\-/x]{7,24}(?:\s*(?:ext|x)\.?\s*\d+)?", re.IGNORECASE)
_PHONE_MARKS = re.compile(r"\+\d|\(\d|\d[ .\-/]\d{3}")


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares, 0 to 1, of the filled cells that read as each kind; ``filled`` is a share of all cells."""

    filled: float
    days: float
    amounts: float
    emails: float
    phones: float
    phone_marks: float
    countries: float
    country_names: float
    """As ``countries``, written out or with three letters; two could as well be a state."""
    currencies: float
    crm_ids: float
    different: float


def shape_of(column: list[Cell]) -> Shape:
    """Looks at the first two hundred filled cells, spread where the column is long."""
    step = max(1, len(column) // 2000)
    filled = [cell for cell in islice(column, 0, None, step) if not isinstance(cell, str) or cell.strip()]
    some = filled[:_SAMPLE]
    words = [text_of(cell) for cell in some]
    return Shape(
        filled=len(filled) / max(1, len(column) // step),
        days=_share(is_day_like, some),
        amounts=_share(is_amount_like, some),
        emails=_share(lambda word: _EMAIL.fullmatch(word) is not None, words),
        phones=_share(is_phone_like, words),
        phone_marks=_share(lambda word: _PHONE_MARKS.match(word) is not None, words),
        countries=_share(lambda word: country_code(word) is not None, words),
        country_names=_share(lambda word: len(word) > 2 and country_code(word) is not None, words),
        currencies=_share(lambda word: is_currency(word.upper()) or word in ("€", "$", "£", "¥"), words),
        crm_ids=_share(is_crm_id, words),
        different=len(set(some)) / max(1, len(some)),
    )


def _share(test: Callable[..., bool], values: Iterable[object]) -> float:
    results = [test(value) for value in values]
    return sum(results) / max(1, len(results))


def is_phone_like(word: str) -> bool:
    """Seven to fifteen digits in the usual dress of a phone number, and not a date."""
    digits = sum(mark.isdigit() for mark in word)
    return 7 <= digits <= 18 and _PHONE.fullmatch(word) is not None and not is_day_like(word)


def country_code(word: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country written as a code of two or three letters or as a name; None if it is none."""
    return _countries().get(word.strip(" .").casefold())


@cache
def _countries() -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    codes: dict[str, str] = {}
    for language in ("fr", "de", "en"):
        codes |= {name.casefold(): code for code, name in Locale(language).territories.items() if len(code) == 2}
    for alias, targets in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1:
            codes[alias.casefold()] = targets[0]
    codes |= {code.casefold(): code for code in set(codes.values()) if code.isalpha()}
    return codes | _SPOKEN


_SPOKEN = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "u.k": "GB",
    "usa": "US", "u.s.a": "US", "u.s": "US", "united states of america": "US", "the netherlands": "NL",
    "holland": "NL", "south korea": "KR", "czech republic": "CZ", "russian federation": "RU",
    "republic of ireland": "IE",
}  # fmt: skip
