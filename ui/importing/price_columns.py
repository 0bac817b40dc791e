"""The columns of a price list's preview: a verdict for every price, and why."""

from collections.abc import Callable
from datetime import date

from callstation.quotes.price_lists.price_list import PriceRow
from callstation.quotes.price_lists.staging import words_of
from callstation.settings import Settings
from db.vocabulary import ProductKind
from ui import words
from ui.importing.columns import KINDS, why
from ui.importing.rows_panel import Face
from ui.tables import Column

USUAL = ("Row", "Verdict", "Vendor", "Product", "Price", "Per", "From", "Why")
NARROW = ("Row", "Verdict", "Product", "Price", "Why")


def face(settings: Settings, today: Callable[[], date]) -> Face:
    """Row number of the file, verdict, what was read, and the reason."""
    made = [
        Column[PriceRow]("Row", lambda row: row.row_number, lambda n: words.count(n, settings), align="right", width=68,
               role="secondary", tone="text3", is_tabular=True),
        Column[PriceRow]("Verdict", lambda row: row.verdict.capitalize(), width=92,
               chip=lambda row: (KINDS[row.verdict], None)),
        Column[PriceRow]("Vendor", lambda row: row.vendor, width=140, role="secondary", tone="text2"),
        Column[PriceRow]("Product", lambda row: row.product, width=0, role="emphasis"),
        Column[PriceRow]("Kind", lambda row: {ProductKind.ADD_ON: "Add-on", ProductKind.PLAN: "Plan"}.get(row.kind)
               if row.kind else None, width=80, role="secondary", tone="text2"),
        Column[PriceRow]("Price", lambda row: price(row, settings), align="right", width=112, is_tabular=True),
        Column[PriceRow]("Per", period, width=112, role="secondary", tone="text2"),
        Column[PriceRow]("Cost", lambda row: words.money(row.cost, row.currency, settings) or None, align="right",
               width=100, role="secondary", tone="text2", is_tabular=True),
        Column[PriceRow]("From", lambda row: row.valid_from, lambda on: words.day(on, today(), settings), align="right",
               width=106, role="secondary", tone="text2", is_tabular=True),
        Column[PriceRow]("Why", why, width=0, role="secondary", tone="text2", tip=why),
    ]  # fmt: skip
    return Face(made, USUAL, NARROW)


def price(row: PriceRow, settings: Settings) -> str:
    """The price as money, or what the list has in its place."""
    return words.money(row.price, row.currency, settings) or row.price_text


def period(row: PriceRow) -> str | None:
    """What it is for: the unit in the list's words, or the months."""
    if row.price is None:
        return row.unit or None
    least = "" if row.least == 1 else f", from {row.least:,}"
    return (row.unit or (words_of(row.months) if row.months else "")) + least or None
