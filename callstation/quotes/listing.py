"""The catalogue as a list: every product with what it costs on a day, and all that is known of the one in hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.quotes.breaks import breaks_of, holding
from callstation.quotes.catalogue import LISTED, day_of
from callstation.quotes.money import exact, kept
from callstation.quotes.worksheet import Break
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ProductKind

_PRICED = """
    SELECT e.product_id, b.currency FROM price_entry e JOIN price_book b ON b.id = e.price_book_id
    UNION SELECT product_id, currency FROM contracted_price"""
_PREFERRED = (
    f"SELECT product_id, coalesce(max(iif(currency = ?, currency, NULL)), min(currency)) currency FROM ({_PRICED})"
)
_ORDER = """p.vendor IS NULL, p.vendor COLLATE NOCASE, p.family IS NULL, p.family COLLATE NOCASE, p.kind DESC,
    p.name COLLATE NOCASE, p.id, c.currency"""
_ORDERS = {"product": "p.name COLLATE NOCASE {way}, p.id, c.currency", "vendor": "p.vendor COLLATE NOCASE {way}, "}


@dataclass(frozen=True, slots=True)
class Sought:
    """What the list is narrowed to; "" for everything."""

    text: str = ""
    """In name, SKU, vendor or family."""
    product: str = ""
    vendor: str = ""
    currency: str = ""
    kind: ProductKind | None = None
    is_unpriced: bool = False
    """Only products that never had a price."""
    prefers: str = ""
    """With a currency every product is listed once: in this one, or in its first where it has no price in it."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One product in one currency, with the price that counts on the day."""

    product_id: int
    product: str
    sku: str
    vendor: str
    family: str
    kind: ProductKind
    currency: str
    """"" for a product that never had a price."""
    others: tuple[str, ...]
    """The other currencies in which it has prices."""
    amount: Decimal | None
    """None where no book that holds on the day has one."""
    months: int
    unit: str
    cost: Decimal | None
    margin: Decimal | None
    """At list, a share; None where the cost is unknown."""
    least: int
    """The quantity from which it counts."""
    breaks: int
    """How many prices for other quantities stand beside it."""
    contracted: int
    """How many accounts have a price of their own on the day."""
    entry_id: int | None
    book: str
    valid_from: date | None
    valid_to: date | None
    prices: tuple[Break, ...] = ()
    """The prices by quantity, for the same months; none where one holds for every quantity."""
    starts_on: date | None = None
    """Where none holds on the day: the first later day on which one does."""

    @property
    def key(self) -> tuple[int, str]:
        """What stays the same when the price changes (``Key``)."""
        return self.product_id, self.currency


Key = tuple[int, str]
"""Product and currency ("" for one without a price): what a row is of."""


def catalogue(work: Work, sought: Sought, *, on: date) -> list[CatalogueRow]:
    """The whole list, by vendor and family, plans before add-ons."""
    return catalogue_rows(work, catalogue_keys(work, sought), on=on)


def catalogue_keys(work: Work, sought: Sought, *, sort: str = "", is_descending: bool = False) -> list[Key]:
    """What the list has, in its order; ``sort`` is "product" or "vendor"."""
    tables, condition, values = _from(sought)
    order = _ORDERS.get(sort, "").format(way="DESC" if is_descending else "ASC") + ("" if sort == "product" else _ORDER)
    return work.rows(f"SELECT p.id, coalesce(c.currency, '') {tables} WHERE {condition} ORDER BY {order}", values)


def catalogue_rows(work: Work, keys: Sequence[Key], *, on: date) -> list[CatalogueRow]:
    """These rows, as they stand on a day; what is gone is left out."""
    found = work.rows(
        """SELECT p.id, p.name, coalesce(p.sku, ''), coalesce(p.vendor, ''), coalesce(p.family, ''), p.kind
           FROM product p WHERE p.id IN (SELECT value FROM json_each(?))""",
        (json.dumps([product_id for product_id, _ in keys]),),
    )
    products = {row[0]: row for row in found}
    listed, agreed, priced = _listed(work, keys, on), _agreed(work, keys, on), _currencies(work, keys)
    later = _starts(work, [key for key in keys if key not in listed], on)
    return [
        _row(
            products[key[0]], key[1], tuple(one for one in priced.get(key[0], ()) if one != key[1]),
            listed.get(key, []), agreed.get(key, 0), later.get(key),
        )
        for key in keys
        if key[0] in products
    ]  # fmt: skip


def count_products(work: Work) -> int:
    """How many products there are."""
    row = work.row("SELECT count(*) FROM product")
    assert row is not None
    number: int = row[0]
    return number


def _from(sought: Sought) -> tuple[str, str, list[str]]:
    """The tables, the condition and their values: a row for each currency in which a product ever had a price."""
    pairs, values = _PRICED, []
    if sought.prefers:
        pairs, values = f"{_PREFERRED} GROUP BY product_id", [sought.prefers]
    tests = ["1"]
    for words, columns in (
        (sought.text, ("p.name", "p.sku", "p.vendor", "p.family")),
        (sought.product, ("p.name", "p.sku")),
        (sought.vendor, ("p.vendor",)),
    ):
        if words.strip():
            tests.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '!'" for column in columns) + ")")
            like = words.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_")
            values += [f"%{like}%"] * len(columns)
    if sought.kind is not None:
        tests.append("p.kind = ?")
        values.append(sought.kind.value)
    if sought.is_unpriced:
        tests.append("c.currency IS NULL")
    if sought.currency:
        tests.append("c.currency = ?")
        values.append(sought.currency)
    return f"FROM product p LEFT JOIN ({pairs}) c ON c.product_id = p.id", " AND ".join(tests), values


def _listed(work: Work, keys: Sequence[Key], on: date) -> dict[Key, list[tuple[Any, ...]]]:
    """(product, currency) to the entries that hold on the day, the one that counts first."""
    found: dict[Key, list[tuple[Any, ...]]] = {}
    day = on.isoformat()
    for currency in sorted({key[1] for key in keys if key[1]}):
        ids = json.dumps([product_id for product_id, one in keys if one == currency])
        for row in work.each(LISTED, (ids, currency, day, day)):
            found.setdefault((row[0], currency), []).append(row)
    return found


def _agreed(work: Work, keys: Sequence[Key], on: date) -> dict[Key, int]:
    rows = work.rows(
        """SELECT product_id, currency, count(DISTINCT account_id) FROM contracted_price
           WHERE product_id IN (SELECT value FROM json_each(?)) AND coalesce(valid_from, '') <= ?
           AND coalesce(valid_to, '9999-12-31') >= ? GROUP BY product_id, currency""",
        (json.dumps([product_id for product_id, _ in keys]), on.isoformat(), on.isoformat()),
    )
    return {(product_id, currency): number for product_id, currency, number in rows}


def _currencies(work: Work, keys: Sequence[Key]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for product_id, currency in work.each(
        """SELECT DISTINCT e.product_id, b.currency FROM price_entry e JOIN price_book b ON b.id = e.price_book_id
           WHERE e.product_id IN (SELECT value FROM json_each(?)) ORDER BY b.currency""",
        (json.dumps([product_id for product_id, _ in keys]),),
    ):
        found.setdefault(product_id, []).append(currency)
    return found


def _starts(work: Work, keys: Sequence[Key], on: date) -> dict[Key, str]:
    """(product, currency) to the first day after this one from which a price holds."""
    rows = work.rows(
        """SELECT e.product_id, b.currency, min(b.valid_from)
           FROM price_entry e JOIN price_book b ON b.id = e.price_book_id
           WHERE e.product_id IN (SELECT value FROM json_each(?)) AND b.valid_from > ?
           GROUP BY e.product_id, b.currency""",
        (json.dumps([product_id for product_id, currency in keys if currency]), on.isoformat()),
    )
    return {(product_id, currency): day for product_id, currency, day in rows}


def _row(
    product: tuple[Any, ...], currency: str, others: tuple[str, ...], entries: list[tuple[Any, ...]], contracted: int,
    later: str | None,
) -> CatalogueRow:  # fmt: skip
    product_id, name, sku, vendor, family, kind = product
    least = min((row[1] for row in entries), default=1)
    best = next((row for row in entries if row[1] <= max(1, least)), None)
    if best is None:
        best = (product_id, 1, None, 12, None, "", "", None, None, None, None)
    amount, cost = (None if units is None else from_units(units) for units in (best[2], best[4]))
    beside = sum((row[7], row[3]) == (best[7], best[3]) for row in entries) - bool(entries)
    return CatalogueRow(
        product_id, name, sku, vendor, family, ProductKind(kind), currency, others, amount, best[3], best[5], cost,
        margin_of(amount, cost), best[1], beside, contracted, best[8], best[6], day_of(best[9]), day_of(best[10]),
        breaks_of([row for row in holding(entries) if row[3] == best[3]], best[3]), day_of(later),
    )  # fmt: skip


def margin_of(amount: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """(sell - cost) / sell, a share; None where the cost is unknown or nothing is asked."""
    if cost is None or not amount:
        return None
    with exact():
        return kept((amount - cost) / amount)
