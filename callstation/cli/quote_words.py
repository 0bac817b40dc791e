"""What is typed for a quote on the command line, read as choices on its worksheet."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from callstation.cli.frame import UsageError, printable

if TYPE_CHECKING:
    from callstation.quotes.worksheet import Choices, Worksheet
    from callstation.settings import Settings
    from db.vocabulary import QuoteOption

MOST_UNITS = 1_000_000
LINES = "C-1003=95"
"""How a line and its value are written, for the hints."""


def choices_of(
    sheet: "Worksheet", *, option: str, seats: list[str], discount: str, prices: list[str], add_ons: list[str],
    upgrades: list[str], until: str, reason: str, note: str, begin: "Choices", settings: "Settings",
) -> "Choices":  # fmt: skip
    """The choices of a quote with what was typed on top; ``UsageError`` for what cannot be read or is not there."""
    made = begin
    if option:
        made = replace(made, option=option_named(option))
    quantities = dict(made.quantities)
    for words in seats:
        key, value = _pair(words, LINES)
        quantities[line_named(sheet, key)] = _units(value)
    made = replace(made, quantities=quantities)
    if discount:
        made = replace(made, discount=_share(discount))
    units_of, moved = dict(made.add_ons), dict(made.upgrades)
    for words in add_ons:
        name, value = _pair(words, "Archive=5")
        units_of[_offered(sheet, name, "")] = _units(value)
    for words in upgrades:
        key, name = _pair(words, "C-1003=Scale")
        line = line_named(sheet, key)
        moved[line] = _offered(sheet, name, line)
    made = replace(made, add_ons=units_of, upgrades=moved)
    made = replace(made, prices={**made.prices, **_typed(sheet, made, prices, settings)})
    if until:
        made = replace(made, ends_on=_day(until))
    return replace(made, reason=reason or made.reason, note=note or made.note)


def option_named(text: str) -> "QuoteOption":
    """The option of a typed name or its beginning: "co-term", "three"."""
    from db.vocabulary import QuoteOption

    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    found = [one for one in QuoteOption if name and one.value.startswith(name)]
    if len(found) != 1:
        known = ", ".join(one.value.replace("_", "-") for one in QuoteOption)
        raise UsageError(f"There is no option “{printable(text)}”.", "", f"Choose one of: {known}.")
    return found[0]


def line_named(sheet: "Worksheet", text: str) -> str:
    """The key of the line with this contract number, or with this product where a contract has several."""
    wanted = text.strip().casefold()
    found = [line for line in sheet.lines if wanted in (line.key, line.contract_number.casefold())]
    if not found:
        found = [line for line in sheet.lines if wanted == f"{line.contract_number}/{line.product}".casefold()]
    if len(found) == 1:
        return found[0].key
    if found:
        which = "; ".join(f"{line.contract_number}/{line.product}" for line in found)
        raise UsageError(f"“{printable(text)}” has several lines.", printable(which), "Name one of them whole.")
    have = ", ".join(dict.fromkeys(line.contract_number for line in sheet.lines)) or "nothing"
    raise UsageError(f"There is no line “{printable(text)}”.", f"Up for renewal: {printable(have)}.", "")


def _offered(sheet: "Worksheet", name: str, replaces: str) -> int:
    """The product of an offer by its name, the beginning or a part of it; of an upgrade where it replaces a line."""
    offers = [offer for offer in sheet.offers if offer.replaces == replaces]
    wanted = name.strip().casefold()
    exact = [offer for offer in offers if wanted in (offer.product.casefold(), offer.sku.casefold())]
    found = exact or [offer for offer in offers if wanted and wanted in offer.product.casefold()]
    if len({offer.product_id for offer in found}) == 1:
        return found[0].product_id
    what = "upgrade" if replaces else "add-on"
    have = "; ".join(dict.fromkeys(offer.product for offer in found or offers)) or "none"
    title = f"“{printable(name)}” could be several {what}s." if found else f"There is no {what} “{printable(name)}”."
    raise UsageError(title, f"The catalogue has: {printable(have)}.", "")


def _typed(sheet: "Worksheet", made: "Choices", prices: list[str], settings: "Settings") -> "dict[str, Decimal]":
    """The typed prices by their keys; with the option to upgrade, that of a line is that of the edition it moves to."""
    from callstation.quotes.items import upgrade_key
    from callstation.quotes.option_lines import upgrades
    from db.vocabulary import QuoteOption

    moved = upgrades(sheet, made) if made.option is QuoteOption.UPGRADE else {}
    typed = {}
    for words in prices:
        name, value = _pair(words, "C-1003=110.50")
        key = line_named(sheet, name)
        typed[upgrade_key(key, moved[key][0].product_id) if key in moved else key] = _amount(
            value, sheet.currency, settings
        )
    return typed


def _pair(words: str, example: str) -> tuple[str, str]:
    key, mark, value = words.rpartition("=")
    if not mark or not key.strip() or not value.strip():
        raise UsageError(f"“{printable(words)}” cannot be read.", "", f"Write it as {example}.")
    return key, value.strip()


def _units(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= MOST_UNITS:
        return int(text)
    raise UsageError(f"“{printable(text)}” is no quantity.", "", f"Give a whole number from 0 to {MOST_UNITS:,}.")


def _amount(text: str, currency: str, settings: "Settings") -> Decimal:
    from callstation.typed_amounts import read_amount

    read = read_amount(text, currency, settings)
    if read.value is None:
        raise UsageError(f"“{printable(text)}” is no price.", printable(read.words), "")
    return read.value


def _share(text: str) -> Decimal:
    from callstation.errors import UserError
    from callstation.quotes.policy import read_percent

    try:
        return read_percent(text, label="Discount")
    except UserError as error:
        raise UsageError(f"“{printable(text)}” is no discount.", "", "Give a percentage from 0 to 100.") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{printable(text)}” is no day.", "", "Write it as 2027-06-30.") from error
