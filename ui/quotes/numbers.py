"""What is typed into a quote, read in the rep's own way of writing numbers, or the sentence that says why not."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Generic, TypeVar

from callstation.percents import term
from callstation.settings import Settings
from callstation.typed_amounts import bare, mark_of, number_of, split_amount

Value = TypeVar("Value")

MOST_UNITS = 1_000_000
MOST_PRICE = Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True)
class Typed(Generic[Value]):
    """How something typed is understood: its value, or None and the sentence that says why."""

    value: Value | None
    words: str = ""


def read_quantity(typed: str, now: int, settings: Settings) -> Typed[int]:
    """Whole units from 0 to a million: ``95``, ``1,200``; ``+5`` and ``-5`` count from ``now``."""
    text = bare(typed)
    sign = text[:1] if text[:1] in "+-" else ""
    number = number_of(text[len(sign) :], settings)
    if number is None:
        return Typed(None, "Type how many, such as 95, or +5 for five more.")
    if number != number.to_integral_value():
        return Typed(None, "Units are whole: there is no half seat.")
    if number > MOST_UNITS:
        return Typed(None, "A million units is the most.")
    units = now + int(number) if sign == "+" else now - int(number) if sign == "-" else int(number)
    if units < 0:
        return Typed(None, f"There are only {now:,} to take away from.")
    if units > MOST_UNITS:
        return Typed(None, "A million units is the most.")
    return Typed(units)


def read_share(typed: str, settings: Settings) -> Typed[Decimal]:
    """A percentage as a share: ``7.5``, ``7,5 %`` are 0.075; from 0 to 100, to a hundredth of a percent."""
    number = number_of(bare(typed).removesuffix("%").removeprefix("-"), settings)
    if number is None:
        return Typed(None, "Type a percentage, such as 7.5.")
    if number > 100:
        return Typed(None, "A discount is at most 100 %.")
    with localcontext() as context:
        context.prec, context.rounding = 28, ROUND_HALF_UP
        return Typed(number.quantize(Decimal("0.01")) / 100)


def read_price(typed: str, settings: Settings) -> Typed[Decimal]:
    """A price for one unit, with or without its currency: ``535.56``, ``1.234,50 €``; to a ten-thousandth."""
    read = split_amount(typed, settings)
    if read is None:
        return Typed(None, "Type a price for one unit, such as 535.56.")
    number = read.number
    if number > MOST_PRICE:
        return Typed(None, "A billion for one unit is the most.")
    with localcontext() as context:
        context.prec, context.rounding = 28, ROUND_HALF_UP
        return Typed(number.quantize(Decimal("0.0001")))


def percent(share: Decimal, settings: Settings) -> str:
    """A share in words: ``7.5%``, ``7,5 %``, ``0%``; at most two decimals."""
    return term(share, settings.language)


def plain(number: Decimal, settings: Settings) -> str:
    """A number as one types it, without grouping: ``1234.5``, ``1234,5``."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", mark_of(settings))
