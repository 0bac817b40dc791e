"""What is typed into a quote, read in the rep's own way of writing numbers, or the sentence that says why not."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Generic, TypeVar

from callstation.percents import term
from callstation.settings import Settings

Value = TypeVar("Value")

MOST_UNITS = 1_000_000
MOST_PRICE = Decimal(1_000_000_000)
_MARKS = {"de_DE": ",", "fr_FR": ","}
"""The decimal mark by language; a point elsewhere."""
_BODY = re.compile(r"[0-9][0-9.,]*|[.,][0-9]+")
_LONGEST = 40
_NO_CURRENCY = frozenset(["k", "m", "t", "b", "d", "y", "mm", "bn", "mn", "yr", "yrs", "mio", "mrd", "tsd", "md"])
"""What stands beside a number and makes another one of it: thousands, millions, years."""


@dataclass(frozen=True, slots=True)
class Typed(Generic[Value]):
    """How something typed is understood: its value, or None and the sentence that says why."""

    value: Value | None
    words: str = ""


def read_quantity(typed: str, now: int, settings: Settings) -> Typed[int]:
    """Whole units from 0 to a million: ``95``, ``1,200``; ``+5`` and ``-5`` count from ``now``."""
    text = _bare(typed)
    sign = text[:1] if text[:1] in "+-" else ""
    number = _number(text[len(sign) :], settings)
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
    number = _number(_bare(typed).removesuffix("%").removeprefix("-"), settings)
    if number is None:
        return Typed(None, "Type a percentage, such as 7.5.")
    if number > 100:
        return Typed(None, "A discount is at most 100 %.")
    with localcontext() as context:
        context.prec, context.rounding = 28, ROUND_HALF_UP
        return Typed(number.quantize(Decimal("0.01")) / 100)


def read_price(typed: str, settings: Settings) -> Typed[Decimal]:
    """A price for one unit, with or without its currency: ``535.56``, ``1.234,50 €``; to a ten-thousandth."""
    bare = _bare(typed)
    found = _BODY.search(bare)
    rest = bare if found is None else bare[: found.start()] + bare[found.end() :]
    if found is None or re.search(r"[-+0-9%()]", rest) or len(rest) > 4 or rest.lower() in _NO_CURRENCY:
        return Typed(None, "Type a price for one unit, such as 535.56.")
    number = _number(found[0], settings)
    if number is None:
        return Typed(None, "Type a price for one unit, such as 535.56.")
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
    return text.replace(".", _mark(settings))


def _mark(settings: Settings) -> str:
    return _MARKS.get(settings.language, ".")


def _bare(typed: str) -> str:
    """Without the spaces and apostrophes that group thousands, and with a plain minus."""
    return re.sub(r"[\s'’]+", "", typed[:200]).replace("−", "-")


def _number(text: str, settings: Settings) -> Decimal | None:
    """A number without sign; a mark that can only group thousands groups them, whatever the language."""
    if not _BODY.fullmatch(text) or len(text) > _LONGEST:
        return None
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        last = max(".,", key=text.rfind)
    elif dots + commas == 1:
        only = "." if dots else ","
        is_grouping = only != _mark(settings) and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text) is not None
        last = "" if is_grouping else only
    else:
        last = ""
    whole, _, part = text.rpartition(last) if last else (text, "", "")
    other = re.sub(re.escape(last), "", ".,") if last else ".,"
    groups = re.split(f"[{re.escape(other)}]", whole)
    if (last and last in whole) or len({mark for mark in whole if mark in ".,"}) > 1:
        return None
    if len(groups) > 1 and not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
        return None
    return Decimal(f"{''.join(groups) or '0'}.{part or '0'}")
