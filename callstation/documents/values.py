"""What a merge field holds, typed: how it is kept in JSON, and how it is written in a customer's language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount with its ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A date."""

    on: date


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A count or a rate, written with as many places as it has."""

    value: Decimal


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A part of a whole: 0.05 is written as 5 %."""

    share: Decimal


Value = str | Money | Day | Number | Share | None
"""A text is a plain string; None is what is not known, which is never printed."""

Row = Mapping[str, Value]


def count(number: int) -> Number:
    """A whole number as a value."""
    return Number(Decimal(number))


def one_line(text: str) -> str:
    """A text from data as it goes into a sentence: line breaks and runs of blanks become one blank."""
    return " ".join(text.split())


def as_plain(value: Value) -> Any:
    """The value for JSON: a text as it is, everything else as an object of its kind."""
    match value:
        case Money(amount, currency):
            return {"money": str(amount), "currency": currency}
        case Day(on):
            return {"day": on.isoformat()}
        case Number(number):
            return {"number": str(number)}
        case Share(share):
            return {"share": str(share)}
        case _:
            return value


def from_plain(plain: Any) -> Value:
    """The value that ``as_plain`` was given. ``ValueError`` for anything else."""
    if plain is None or isinstance(plain, str):
        return plain
    match plain:
        case {"money": str(amount), "currency": str(currency)}:
            return Money(Decimal(amount), currency)
        case {"day": str(on)}:
            return Day(date.fromisoformat(on))
        case {"number": str(number)}:
            return Number(Decimal(number))
        case {"share": str(share)}:
            return Share(Decimal(share))
    raise ValueError(f"no value of a document: {plain!r}")


@lru_cache(maxsize=8192)
def in_words(value: Value, locale: str) -> str:
    """The value as a reader of ``locale`` ("de_AT") writes it; "" for None."""
    match value:
        case None:
            return ""
        case str():
            return value
        case Money(amount, currency):
            return _money(amount, currency, locale)
        case Day(on):
            from babel.dates import format_date

            words = format_date(on, _DAYS.get(locale, "long"), locale)
            return f"1er {words[2:]}" if locale.startswith("fr") and on.day == 1 else words
        case Number(number):
            from babel.numbers import format_decimal

            return format_decimal(number, locale=locale, decimal_quantization=False)
        case Share(share):
            from babel.numbers import format_percent

            return format_percent(share, locale=locale, decimal_quantization=False)


@lru_cache(maxsize=8192)
def day_in_figures(on: date, locale: str) -> str:
    """A day for a table, in figures with the whole year, unmistakable: 13 Dec 2026, 13.12.2026."""
    from babel.dates import format_date

    return format_date(on, _FIGURES.get(locale) or _FIGURES.get(locale[:2], "d MMM yyyy"), locale)


_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""A code right before the figures, which CLDR's currency spacing parts: "KWD 1.500"."""
_DAYS = {"en_US": "MMMM d, yyyy", "en_CA": "MMMM d, yyyy"}
_FIGURES = {"de": "dd.MM.yyyy", "fr": "dd/MM/yyyy", "fr_CA": "yyyy-MM-dd", "fr_CH": "dd.MM.yyyy"}


def _money(amount: Decimal, currency: str, locale: str) -> str:
    from babel.numbers import UnknownCurrencyError, format_currency, format_decimal

    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        return f"{format_decimal(amount, locale=locale, decimal_quantization=False)} {currency}".strip()
    try:
        return _TOUCHING.sub("\u00a0", format_currency(amount, currency.upper(), locale=locale))
    except UnknownCurrencyError:
        return f"{currency} {format_decimal(amount, locale=locale)}"
