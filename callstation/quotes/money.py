"""Exact money: a decimal context of its own, minor units by currency, and amounts in words that no locale changes."""

from contextlib import AbstractContextManager
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from functools import lru_cache

_EXACT = Context(
    prec=80, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, capitals=1, clamp=0, flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)  # fmt: skip

_MINOR_DIGITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
         "XOF", "XPF"), 0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}  # fmt: skip
"""ISO 4217's exponents where they are not 2."""
_UNITS = {digits: Decimal(1).scaleb(-digits) for digits in range(7)}
_STORED = _UNITS[4]


def exact() -> AbstractContextManager[Context]:
    """The context in which prices are worked out: whatever the thread's own is, the sum is the same.

    80 digits hold every product of a line's factors whole, so that only the last division is inexact.
    """
    return localcontext(_EXACT)


def minor_digits(currency: str) -> int:
    """The decimals of a currency (ISO 4217): 2 for USD, 0 for JPY, 3 for KWD; 2 for one that is not known."""
    return _MINOR_DIGITS.get(currency, 2)


def minor_unit(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for USD, 1 for JPY."""
    return _UNITS[minor_digits(currency)]


def round_to(amount: Decimal, currency: str) -> Decimal:
    """The amount rounded half-up to the currency's minor unit."""
    return amount.quantize(_UNITS[_MINOR_DIGITS.get(currency, 2)], ROUND_HALF_UP, _EXACT)


def kept(value: Decimal) -> Decimal:
    """A price or a share as the store keeps it, rounded half-up to ten-thousandths."""
    return value.quantize(_STORED, ROUND_HALF_UP, _EXACT)


def in_base(total: Decimal, rate: Decimal, base_currency: str) -> Decimal:
    """What a total comes to in the company's own currency; ``rate``: units of it for one of the total's currency."""
    return round_to(_EXACT.multiply(total, rate), base_currency)


@lru_cache(maxsize=1024)
def number(amount: Decimal, currency: str) -> str:
    """The amount with the currency's decimals, more where it has more (to six): "48,200.00", "0.0375"."""
    with exact():
        trimmed = amount.quantize(_UNITS[6], ROUND_HALF_UP)
        least = _MINOR_DIGITS.get(currency, 2)
        text = f"{trimmed:,f}"
        whole, _, places = text.partition(".")
        places = places.rstrip("0").ljust(least, "0")
        return f"{whole}.{places}" if places else whole


def show(amount: Decimal, currency: str) -> str:
    """The amount and its currency: "48,200.00 USD"."""
    return f"{number(amount, currency)} {currency}"


@lru_cache(maxsize=1024)
def percent(share: Decimal) -> str:
    """A share as a percentage: "10%", "14.2%", to two decimals."""
    with exact():
        hundredths = share * 100
    return f"{factor(hundredths, 2)}%"


@lru_cache(maxsize=1024)
def factor(value: Decimal, places: int = 6) -> str:
    """A number without needless zeros: "1.05", "0.9", "3"."""
    with exact():
        text = f"{value.quantize(_UNITS[places], ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
