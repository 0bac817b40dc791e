"""Amounts as people type them, in the window and on the command line: "48,200.50", "50k", "1,2 Mio", "5000 EUR"."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from callstation.settings import Settings

MOST = Decimal(10) ** 12
_MARKS = {"de_DE": ",", "fr_FR": ","}
"""The decimal mark by language; a point elsewhere."""
_BODY = re.compile(r"[0-9][0-9.,]*|[.,][0-9]+")
_LONGEST = 40
_THOUSAND, _MILLION = Decimal(1000), Decimal(1_000_000)
_SCALES = {
    **dict.fromkeys(("k", "tsd", "tsd.", "tausend", "thousand", "mille"), _THOUSAND),
    **dict.fromkeys(("m", "mn", "mio", "mio.", "million", "millions", "millionen"), _MILLION),
}
"""Thousands and millions, as any language of the settings writes them."""
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN")
_CROWNS = ("SEK", "NOK", "DKK", "ISK")
_SIGNS = {
    "$": _DOLLARS, "us$": ("USD",), "$us": ("USD",), "ca$": ("CAD",), "c$": ("CAD",), "$ca": ("CAD",), "a$": ("AUD",),
    "au$": ("AUD",), "$au": ("AUD",), "r$": ("BRL",), "€": ("EUR",), "£": ("GBP",), "£gb": ("GBP",),
    "¥": ("JPY", "CNY"), "₹": ("INR",), "zł": ("PLN",), "kč": ("CZK",), "kr": _CROWNS, "kr.": _CROWNS,
    "fr.": ("CHF",), "sfr": ("CHF",), "sfr.": ("CHF",),
}  # fmt: skip
"""The currencies that a sign can mean."""


@dataclass(frozen=True, slots=True)
class Split:
    """A number with its thousands or millions worked in; ``currencies``: those that were named, none for no sign."""

    number: Decimal
    currencies: tuple[str, ...] = ()
    named: str = ""
    """The sign or code, as it was typed."""


@dataclass(frozen=True, slots=True)
class Read:
    """How an amount is understood: its value, or None and the sentence that says why not, and how it is typed."""

    value: Decimal | None
    words: str = ""


def read_amount(typed: str, currency: str, settings: Settings) -> Read:
    """An amount from 0 on in ``currency``, to a ten-thousandth; "" for each in its own, of which none can be named."""
    how = f"Type it as {_example(settings)} or 48k."
    read = split_amount(typed, settings, is_money=True)
    if read is None:
        said = " ".join(typed[:_LONGEST].split())
        return Read(None, f"“{said}” is no amount. {how}" if said else how)
    if read.named and currency not in read.currencies:
        named = read.currencies[0] if len(read.currencies) == 1 else read.named
        if not currency:
            return Read(None, f"Each has a currency of its own: type the amount without {named}.")
        return Read(None, f"This is in {currency}, not in {named}. Type what it comes to in {currency}.")
    if read.number > MOST:
        return Read(None, "That is too much for an amount.")
    with localcontext() as context:
        context.prec, context.rounding = 28, ROUND_HALF_UP
        return Read(read.number.quantize(Decimal("0.0001")))


def split_amount(typed: str, settings: Settings, *, is_money: bool = False) -> Split | None:
    """A number with or without a currency beside it; None where anything else is.

    ``is_money``: three decimals, which may as well be thousands, are not guessed at either.
    """
    text = bare(typed)
    found = _BODY.search(text)
    if found is None or len(text) > _LONGEST:
        return None
    number = number_of(found[0], settings)
    before, after = text[: found.start()], text[found.end() :]
    scaled = _scaled(after)
    if number is None or scaled is None or (before and (scaled[1] or not _currencies(before))):
        return None
    scale, beside = scaled
    if is_money and scale == 1 and re.fullmatch(r"[1-9]\d{0,2}" + re.escape(mark_of(settings)) + r"\d{3}", found[0]):
        return None
    named = before or beside
    return Split(number * scale, _currencies(named), named)


def is_beside(word: str) -> bool:
    """Whether a word by itself goes with the number before it: "k", "Mio", "EUR", "€"."""
    return word.casefold() in _SCALES or word.casefold() in _SIGNS or (word.isupper() and bool(_currencies(word)))


def bare(typed: str) -> str:
    """Without the spaces and apostrophes that group thousands, and with a plain minus."""
    return re.sub(r"[\s'’]+", "", typed[:200]).replace("−", "-")


def mark_of(settings: Settings) -> str:
    """What stands before the decimals."""
    return _MARKS.get(settings.language, ".")


def number_of(text: str, settings: Settings) -> Decimal | None:
    """A number without sign; a mark that can only group thousands groups them, whatever the language."""
    if not _BODY.fullmatch(text) or len(text) > _LONGEST:
        return None
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        last = max(".,", key=text.rfind)
    elif dots + commas == 1:
        only = "." if dots else ","
        is_grouping = only != mark_of(settings) and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text) is not None
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


def _scaled(after: str) -> tuple[Decimal, str] | None:
    """(what the number is multiplied by, the currency) of what stands behind it; None where it is neither."""
    if not after or _currencies(after):
        return Decimal(1), after
    for word in sorted(_SCALES, key=len, reverse=True):
        if after.casefold().startswith(word) and (not after[len(word) :] or _currencies(after[len(word) :])):
            return _SCALES[word], after[len(word) :]
    return None


def _currencies(named: str) -> tuple[str, ...]:
    """The currencies that a sign or a code can mean; none where it is neither."""
    if found := _SIGNS.get(named.casefold()):
        return found
    code = named.upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        return ()
    from callstation.accounts.importing.amounts import is_currency

    return (code,) if is_currency(code) else ()


def _example(settings: Settings) -> str:
    return "48.200,50" if settings.language == "de_DE" else "48 200,50" if settings.language == "fr_FR" else "48,200.50"
