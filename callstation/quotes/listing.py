"""The catalogue as a list: every product with what it costs on a day, and all that is known of the one in hand."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.quotes.catalogue import LISTED, day_of
from callstation.quotes.money import exact, kept
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ProductKind

_PAIRS = """
    FROM product p LEFT JOIN (
        SELECT e.product_id, b.currency FROM price_entry e JOIN price_book b ON b.id = e.price_book_id
        UNION SELECT product_id, currency FROM contracted_price
    ) c ON c.product_id = p.id"""
"""Every product once for each currency in which it has ever had a price; once without a currency where it has none."""
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

    @property
    def key(self) -> tuple[int, str]:
        """What stays the same when the price changes."""
        return self.product_id, self.currency


def catalogue(
    work: Work,
    sought: Sought,
    *,
    on: date,
    offset: int = 0,
    limit: int = -1,
    sort: str = "",
    is_descending: bool = False,
) -> list[CatalogueRow]:
    """A page of the list, by vendor and family, plans before add-ons; ``sort`` is "product" or "vendor"."""
    condition, values = _condition(sought)
    order = _ORDERS.get(sort, "").format(way="DESC" if is_descending else "ASC") + ("" if sort == "product" else _ORDER)
    pairs = work.rows(
        f"""SELECT p.id, p.name, coalesce(p.sku, ''), coalesce(p.vendor, ''), coalesce(p.family, ''), p.kind,
                coalesce(c.currency, '') {_PAIRS} WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?""",
        (*values, limit, offset),
    )
    listed = _listed(work, pairs, on)
    agreed = _agreed(work, pairs, on)
    return [_row(pair, listed.get((pair[0], pair[6]), []), agreed.get((pair[0], pair[6]), 0)) for pair in pairs]


def count_catalogue(work: Work, sought: Sought) -> int:
    """How many rows the list has."""
    condition, values = _condition(sought)
    row = work.row(f"SELECT count(*) {_PAIRS} WHERE {condition}", values)
    assert row is not None
    number: int = row[0]
    return number


def _condition(sought: Sought) -> tuple[str, list[str]]:
    tests, values = ["1"], []
    for words, columns in (
        (sought.text, ("p.name", "p.sku", "p.vendor", "p.family")),
        (sought.product, ("p.name", "p.sku")),
        (sought.vendor, ("p.vendor",)),
    ):
        if words.strip():
            tests.append("(" + " OR ".join(f"{column} LIKE ? ESCAPE '!'" for column in columns) + ")")
            like = words.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_")
            values += [f"%{like}%"] * len(columns)
    if sought.currency:
        tests.append("c.currency = ?")
        values.append(sought.currency)
    return " AND ".join(tests), values


def _listed(work: Work, pairs: Sequence[tuple[Any, ...]], on: date) -> dict[tuple[int, str], list[tuple[Any, ...]]]:
    """(product, currency) to the entries that hold on the day, the one that counts first."""
    found: dict[tuple[int, str], list[tuple[Any, ...]]] = {}
    day = on.isoformat()
    for currency in sorted({pair[6] for pair in pairs if pair[6]}):
        ids = json.dumps([pair[0] for pair in pairs if pair[6] == currency])
        for row in work.each(LISTED, (ids, currency, day, day)):
            found.setdefault((row[0], currency), []).append(row)
    return found


def _agreed(work: Work, pairs: Sequence[tuple[Any, ...]], on: date) -> dict[tuple[int, str], int]:
    rows = work.rows(
        """SELECT product_id, currency, count(DISTINCT account_id) FROM contracted_price
           WHERE product_id IN (SELECT value FROM json_each(?)) AND coalesce(valid_from, '') <= ?
           AND coalesce(valid_to, '9999-12-31') >= ? GROUP BY product_id, currency""",
        (json.dumps([pair[0] for pair in pairs]), on.isoformat(), on.isoformat()),
    )
    return {(product_id, currency): number for product_id, currency, number in rows}


def _row(pair: tuple[Any, ...], entries: list[tuple[Any, ...]], contracted: int) -> CatalogueRow:
    product_id, name, sku, vendor, family, kind, currency = pair
    least = min((row[1] for row in entries), default=1)
    best = next((row for row in entries if row[1] <= max(1, least)), None)
    if best is None:
        best = (product_id, 1, None, 12, None, "", "", None, None, None, None)
    amount, cost = (None if units is None else from_units(units) for units in (best[2], best[4]))
    beside = sum((row[7], row[3]) == (best[7], best[3]) for row in entries) - bool(entries)
    return CatalogueRow(
        product_id, name, sku, vendor, family, ProductKind(kind), currency, amount, best[3], best[5], cost,
        margin_of(amount, cost), best[1], beside, contracted, best[8], best[6], day_of(best[9]), day_of(best[10]),
    )  # fmt: skip


def margin_of(amount: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """(sell - cost) / sell, a share; None where the cost is unknown or nothing is asked."""
    if cost is None or not amount:
        return None
    with exact():
        return kept((amount - cost) / amount)
