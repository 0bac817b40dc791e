"""Shares and how they are written, the same in window, paper and command line: one decimal, as the language has it."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from callstation.quotes.money import exact, factor, kept

NONE = "-"
_NOT_ALL = Decimal("0.9999")
_ONE_PLACE = Decimal("0.1")
_MARKS = {
    "en_US": (",", ".", ""),
    "en_GB": (",", ".", ""),
    "de_DE": (".", ",", "\xa0"),
    "fr_FR": ("\u202f", ",", "\u202f"),
}
"""By language: what groups thousands, the decimal mark, what stands before the sign (CLDR, as in Babel)."""


def share_of(part: Decimal | int, whole: Decimal | int | None) -> Decimal | None:
    """part / whole to four places, half-up; None of nothing. It is 1 only where nothing is missing."""
    if not whole:
        return None
    with exact():
        found = Decimal(part) / Decimal(whole)
    return _NOT_ALL if _NOT_ALL < found < 1 else kept(found)


@lru_cache(maxsize=1024)
def percent(share: Decimal | None, language: str = "en_US", *, is_change: bool = False) -> str:
    """A share of 0.459 as "45.9%", "45,9 %"; "-" for None; below 1 never "100.0%". ``is_change``: always signed."""
    if share is None:
        return NONE
    with exact():
        hundredths = abs(share) * 100
        shown = hundredths.quantize(_ONE_PLACE, ROUND_HALF_UP)
        if hundredths < 100 <= shown:
            shown -= _ONE_PLACE
    sign = "" if not shown else "−" if share < 0 else "+" if is_change else ""
    return f"{sign}{written(f'{shown:,f}', language)}{_MARKS[language][2]}%"


def term(share: Decimal, language: str) -> str:
    """A share that was agreed, such as a discount, to two decimals as far as it has them: "7.5%", "7,5 %", "0%"."""
    with exact():
        hundredths = share * 100
    return f"{written(factor(hundredths, 2), language)}{_MARKS[language][2]}%"


def written(number: str, language: str) -> str:
    """A number such as "1,234.5" with the marks of a language: "1.234,5"."""
    group, mark, _ = _MARKS[language]
    return number if mark == "." else number.replace(",", "\0").replace(".", mark).replace("\0", group)
