"""States and provinces as codes, and what a country is assumed to write: its currency and its order of dates."""

from functools import cache
from typing import Any

from callstation.accounts.importing.amounts import DecimalMark
from callstation.accounts.importing.days import DateOrder

_MONTH_FIRST = frozenset(("US", "PH", "PR", "GU", "FM", "MH", "PW"))


def state_code(text: str, country: str) -> str:
    """ "Texas" and "tx" as ``TX``; what is not known stays as it is written."""
    if len(text) <= 3:
        return text.upper()
    return _states(country or "US").get(text.casefold(), text)


@cache
def _states(country: str) -> dict[str, str]:
    import holidays

    noun: Any = getattr(holidays, country, None)
    aliases: dict[str, str] = getattr(noun, "subdivisions_aliases", {})
    return {name.casefold(): code for name, code in aliases.items()}


def usual_currency(country: str) -> str:
    """The ISO currency in use in a country; USD where that is unknown."""
    from babel.numbers import get_territory_currencies

    found = [str(code) for code in get_territory_currencies(country.upper())] if country else []
    return found[0] if found else "USD"


def usual_order(country: str) -> DateOrder:
    """How a country writes dates in figures."""
    return DateOrder.MONTH_FIRST if country.upper() in _MONTH_FIRST else DateOrder.DAY_FIRST


def language_of(country: str) -> str:
    """The language most official papers of a country are in, as "de_AT"; "" where it is unknown."""
    from babel.core import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    for language in get_official_languages(country.upper(), de_facto=True):
        try:
            return str(Locale.parse(f"{language}_{country.upper()}"))
        except (UnknownLocaleError, ValueError):
            continue
    return ""


def usual_mark(language: str) -> DecimalMark:
    """Which mark stands before the cents in a language such as "de_DE"."""
    from babel.numbers import get_decimal_symbol

    return DecimalMark.COMMA if get_decimal_symbol(language) == "," else DecimalMark.DOT
