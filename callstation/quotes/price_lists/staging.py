"""The columns of a price list as typed values, in the form they are stored in."""

import re
from collections import Counter
from dataclasses import dataclass

from callstation.accounts.importing.cells import Cell, text_of
from callstation.accounts.importing.fields import Field, header_key
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.lexicon import PRICES
from callstation.accounts.importing.mapping import Mapping
from callstation.accounts.importing.typed import (
    USUAL_MONTHS,
    Assumptions,
    Columns,
    DayColumn,
    Typed,
    take_days,
    take_money,
    take_numbers,
)
from callstation.accounts.names import plain_key
from callstation.quotes.price_lists.periods import is_paid_once, months_in
from db.vocabulary import ProductKind

_ADD_ON = frozenset(
    ("add on", "addon", "add ons", "addons", "add in", "option", "optional", "extra", "module", "zusatz", "zusatzmodul",
     "erweiterung", "supplement", "complement", "a la carte")
)  # fmt: skip
_PLAN = frozenset(
    ("plan", "plans", "edition", "base", "core", "product", "licence", "license", "subscription", "suite",
     "bundle", "abo", "lizenz", "produkt", "abonnement", "formule", "offre", "package")
)  # fmt: skip
_FIRST_NUMBER = re.compile(r"\d[\d.,'’ ]*")


@dataclass(slots=True)
class PriceRows(Typed):
    """A price list: one entry per row in every list; ISO days, whole ten-thousandths, months."""

    prices: list[int | None]
    price_texts: list[str]
    """As the list writes them: "Contact Sales"."""
    costs: list[int | None]
    units: list[str]
    months: list[int | None]
    """None where the row says nothing of it and nothing stands in."""
    least: list[int]
    kinds: list[ProductKind | None]
    valid_from: list[str | None]
    valid_to: list[str | None]

    def __len__(self) -> int:
        return len(self.prices)


def stage_prices(table: Table, mapping: Mapping, assumed: Assumptions) -> PriceRows:
    """Every row typed, column by column, each different value once."""
    count = len(table)
    columns = Columns(table, mapping)
    texts = {item: columns.texts(item) for item in PRICES.words if item not in _TYPED}
    if Field.EDITION in mapping:
        pairs = zip(texts[Field.PRODUCT], texts[Field.EDITION], strict=True)
        texts[Field.PRODUCT] = [_named(product, edition) for product, edition in pairs]
    rows = PriceRows(
        texts, [], columns.texts(Field.PRICE, text_of), [None] * count, columns.texts(Field.UNIT), [None] * count,
        [1] * count, [None] * count, [None] * count, [None] * count,
    )  # fmt: skip
    starts = DayColumn(columns[Field.VALID_FROM], rows.valid_from, "first day", is_end=False, is_needed=True)
    ends = DayColumn(columns[Field.VALID_TO], rows.valid_to, "last day", is_end=True, is_needed=True)
    take_days(rows, (starts, ends), assumed)
    rows.prices = take_money(rows, count, columns[Field.PRICE], columns[Field.CURRENCY], "price", assumed)
    rows.warnings.clear()  # a row without a price is a problem with a sentence of its own
    for at, code in rows.odd_currencies.items():
        rows.problems.setdefault(at, f"“{code}” is no currency; give its three letters, such as EUR.")
    costs = columns[Field.COST]
    if costs is not None:
        read = take_numbers(rows, costs, "cost", assumed)
        rows.costs = [read.by_cell[cell] for cell in costs]
        for at, units in enumerate(rows.costs):
            if units is not None and units < 0:
                rows.costs[at] = None
                rows.warn(at, f"The cost “{text_of(costs[at])[:40]}” is less than nothing and is left out.")
    _take_least(rows, columns[Field.MIN_QUANTITY])
    _take_kinds(rows, columns[Field.KIND])
    _take_months(rows, columns.texts(Field.PERIOD), mapping, assumed)
    return rows


def _named(product: str, edition: str) -> str:
    """A product by its whole name: "Quill" in the edition "Growth" is "Quill Growth"."""
    said = f" {plain_key(edition)} " in f" {plain_key(product)} "
    return product if said else f"{product} {edition}".strip()


_TYPED = (
    Field.PRICE, Field.COST, Field.CURRENCY, Field.UNIT, Field.PERIOD, Field.MIN_QUANTITY, Field.KIND,
    Field.VALID_FROM, Field.VALID_TO,
)  # fmt: skip


def _take_months(rows: PriceRows, periods: list[str], mapping: Mapping, assumed: Assumptions) -> None:
    """By the row's unit, else its billing period, else the price's header, else the rep's word, else a year.

    Where units do name months, one that does not is the unit of something else, such as a message sent.
    """
    of_header = months_in(mapping[Field.PRICE].header) if Field.PRICE in mapping else None
    by_text = {text: months_in(text) for text in {*periods, *rows.units}}
    named = Counter(months for text in rows.units if (months := by_text[text]) is not None)
    usual = of_header or assumed.plan_months or (named.most_common(1)[0][0] if named else 0)
    for at, (period, unit) in enumerate(zip(periods, rows.units, strict=True)):
        months = by_text[unit] or by_text[period]
        if months is not None:
            rows.months[at] = months
        elif once := next(filter(is_paid_once, (unit, period)), ""):
            rows.problems.setdefault(at, f"“{once}” is paid once; a subscription has a price per month or year.")
        elif period or (unit and named):
            rows.problems.setdefault(at, f"“{period or unit}” names neither month nor year, so it cannot be renewed.")
        else:
            rows.has_open_period |= not usual and rows.prices[at] is not None
            rows.months[at] = usual or USUAL_MONTHS
            if named and not (of_header or assumed.plan_months) and Field.UNIT in mapping:
                rows.warn(at, f"It names no unit; taken as per {words_of(usual)}, as most of the list.")


def words_of(months: int) -> str:
    """ "month", "year", "3 months"."""
    return {1: "month", 12: "year"}.get(months) or (f"{months // 12} years" if months % 12 == 0 else f"{months} months")


def _take_least(rows: PriceRows, cells: list[Cell] | None) -> None:
    """The quantity from which a price counts: "50", "50-99", "50+" and "from 50" are all 50."""
    if cells is None:
        return
    by_cell = {cell: _least_of(text_of(cell)) for cell in set(cells)}
    for at, cell in enumerate(cells):
        least = by_cell[cell]
        if least is None:
            rows.problems.setdefault(at, f"The quantity “{text_of(cell)[:40]}” is no number.")
        else:
            rows.least[at] = max(1, least)


def _least_of(text: str) -> int | None:
    found = _FIRST_NUMBER.search(text)
    if found is None:
        return None if any(mark.isalpha() for mark in text) else 1
    digits = re.sub(r"[.,]0{1,2}$", "", found[0].strip(" .,'’"))  # a workbook's 50.0
    plain = "".join(mark for mark in digits if mark.isdigit())
    return int(plain) if len(plain) <= 9 else None


def _take_kinds(rows: PriceRows, cells: list[Cell] | None) -> None:
    if cells is None:
        return
    by_cell = dict(zip(set(cells), map(_kind_of, set(cells)), strict=True))
    for at, cell in enumerate(cells):
        text = text_of(cell)
        rows.kinds[at] = by_cell[cell]
        if by_cell[cell] is None and text:
            rows.warn(at, f"“{text[:40]}” is neither plan nor add-on; a new product is taken as a plan.")


def _kind_of(cell: Cell) -> ProductKind | None:
    key = header_key(text_of(cell))
    return ProductKind.ADD_ON if key in _ADD_ON else ProductKind.PLAN if key in _PLAN else None
