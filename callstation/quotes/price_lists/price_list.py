"""Price lists: how each of their rows is understood, planned and shown, and how one is told from other lists."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.accounts.importing.fields import Field, header_key
from callstation.accounts.importing.imports import preview_as
from callstation.accounts.importing.layout import Table
from callstation.accounts.importing.lexicon import PRICES
from callstation.accounts.importing.mapping import map_columns
from callstation.accounts.importing.plan import About, Decisions
from callstation.accounts.importing.preview import ListPreview, ListSort, ShownRow, shown
from callstation.accounts.importing.profiles import known_sort
from callstation.accounts.importing.source import Overrides, Source
from callstation.accounts.names import plain_key
from callstation.quotes.catalogue import day_of
from callstation.quotes.price_lists.planning import PricePlan, plan_prices, set_aside
from callstation.quotes.price_lists.staging import PriceRows, stage_prices
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ProductKind, Verdict


@dataclass(frozen=True, slots=True)
class PriceRow(ShownRow):
    """One row of a price list as it will be taken."""

    vendor: str
    product: str
    sku: str
    kind: ProductKind | None
    """None where the list does not say."""
    price: Decimal | None
    price_text: str
    """As the list writes it."""
    cost: Decimal | None
    currency: str
    months: int | None
    unit: str
    least: int
    valid_from: date | None
    valid_to: date | None


def preview_prices(
    work: Work, source: Source, overrides: Overrides | None = None, decisions: Decisions | None = None
) -> "PricePreview":
    """A verdict for every price, with nothing changed. ``UserError`` where a told column does not exist."""
    return preview_as(work, PRICE_LIST, source, overrides, decisions)


def is_price_list(work: Work, source: Source) -> bool:
    """Whether a list is one of prices: what its header was last taken for, else by its words.

    Prices of products, and neither a contract nor an end customer.
    """
    known = known_sort(work, source)
    if known:
        return known == PRICES.name
    prices = map_columns(source.table, PRICES, told={Field.CUSTOMER: None}, remembered={})
    claimed = {choice.column: choice.confidence for choice in prices.values()}
    is_owned = any(
        choice.field in _OWNED and choice.confidence > claimed.get(choice.column, 0) + _SURER
        for choice in map_columns(source.table, told={}, remembered={}).values()
        if PRICES.exact.get(header_key(choice.header)) in (None, Field.CUSTOMER)
    )
    return Field.PRICE in prices and not PRICES.missing(prices, PRICES.required) and not is_owned


_OWNED = (Field.CONTRACT_NO, Field.CUSTOMER, Field.END)
_SURER = 0.1
"""By so much a column must read more like a contract's than like a price list's."""


def _make_plan(work: Work, rows: PriceRows, table: Table, about: About, decisions: Decisions) -> PricePlan:
    plan = PricePlan(table.row_numbers, [None] * len(rows), rows, about)
    set_aside(plan, table.too_long)
    return plan_prices(work, plan)


def _leave(rows: PriceRows, row_numbers: list[int]) -> PricePlan:
    return PricePlan(row_numbers, [Verdict.SAME] * len(rows), rows, About("", "", date.min))


def _show(plan: PricePlan, at: int) -> PriceRow:
    rows, texts = plan.rows, plan.rows.texts
    price, cost = rows.prices[at], rows.costs[at]
    return PriceRow(
        *shown(plan, at),
        texts[Field.VENDOR][at],
        texts[Field.PRODUCT][at] or texts[Field.SKU][at],
        texts[Field.SKU][at],
        rows.kinds[at],
        None if price is None else from_units(price),
        rows.price_texts[at],
        None if cost is None else from_units(cost),
        rows.currencies[at],
        rows.months[at],
        rows.units[at],
        rows.least[at],
        day_of(rows.valid_from[at]),
        day_of(rows.valid_to[at]),
    )


PRICE_LIST = ListSort(
    PRICES,
    ("price", "prices"),
    together=((Field.PRODUCT, plain_key), (Field.SKU, str)),
    stage=stage_prices,
    make_plan=_make_plan,
    leave=_leave,
    show=_show,
)
PricePreview = ListPreview[PriceRow]
