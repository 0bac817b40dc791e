"""All that the catalogue knows of one product, and the price books there are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.errors import UserError
from callstation.quotes.catalogue import LISTED, day_of
from callstation.quotes.listing import margin_of
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ProductKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One list price of a product, whether it counts or is history."""

    entry_id: int
    amount: Decimal
    months: int
    cost: Decimal | None
    margin: Decimal | None
    unit: str
    least: int
    currency: str
    book_id: int
    book: str
    valid_from: date | None
    valid_to: date | None
    counts: bool
    """Whether it is the price of its currency, months and quantity on the day."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What one account pays by agreement."""

    price_id: int
    account_id: int
    account: str
    amount: Decimal
    currency: str
    months: int
    valid_from: date | None
    valid_to: date | None
    note: str
    holds: bool


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product with all its prices, the newest first, and how many contracts have it."""

    product_id: int
    name: str
    sku: str
    vendor: str
    family: str
    kind: ProductKind
    contracts: int
    entries: tuple[Entry, ...]
    agreed: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A price book; ``prices`` is how many it has."""

    book_id: int
    name: str
    currency: str
    valid_from: date | None
    valid_to: date | None
    source: str
    prices: int
    holds: bool
    """Whether its prices hold on the day."""


def product_card(work: Work, product_id: int, *, on: date) -> ProductCard:
    """One product; ``UserError`` where it is gone."""
    row = work.row(
        """SELECT id, name, coalesce(sku, ''), coalesce(vendor, ''), coalesce(family, ''), kind,
               (SELECT count(DISTINCT contract_id) FROM contract_line WHERE product_id = p.id)
           FROM product p WHERE id = ?""",
        (product_id,),
    )
    if row is None:
        raise UserError("This product is gone.", "Something took it away meanwhile.", "Look at the list again.")
    *words, kind, contracts = row
    return ProductCard(
        words[0], words[1], words[2], words[3], words[4], ProductKind(kind), contracts, _entries(work, product_id, on),
        _agreed(work, product_id, on),
    )  # fmt: skip


def books(work: Work, *, on: date) -> list[Book]:
    """Every price book, the newest first."""
    rows = work.rows(
        """SELECT b.id, b.name, b.currency, b.valid_from, b.valid_to, b.source,
               (SELECT count(*) FROM price_entry WHERE price_book_id = b.id)
           FROM price_book b ORDER BY coalesce(b.valid_from, '') DESC, b.name COLLATE NOCASE, b.currency, b.id DESC"""
    )
    return [
        Book(
            book_id,
            name,
            currency,
            day_of(first),
            day_of(last),
            source,
            prices,
            _holds(day_of(first), day_of(last), on),
        )
        for book_id, name, currency, first, last, source, prices in rows
    ]


def _entries(work: Work, product_id: int, on: date) -> tuple[Entry, ...]:
    day, counting = on.isoformat(), set()
    rows = work.rows(
        """SELECT e.id, e.amount, e.plan_months, e.cost, e.unit, e.min_quantity, b.currency, b.id, b.name,
               b.valid_from, b.valid_to
           FROM price_entry e JOIN price_book b ON b.id = e.price_book_id WHERE e.product_id = ?
           ORDER BY b.currency, coalesce(b.valid_from, '') DESC, b.id DESC, e.plan_months DESC, e.min_quantity""",
        (product_id,),
    )
    for currency in {row[6] for row in rows}:
        places = set()
        for row in work.each(LISTED, (f"[{product_id}]", currency, day, day)):
            if (row[1], row[3]) not in places:
                places.add((row[1], row[3]))
                counting.add(row[8])
    return tuple(
        Entry(
            entry_id, from_units(amount), months, None if cost is None else from_units(cost),
            margin_of(from_units(amount), None if cost is None else from_units(cost)), unit, least, currency, book_id,
            book, day_of(first), day_of(last), entry_id in counting,
        )
        for entry_id, amount, months, cost, unit, least, currency, book_id, book, first, last in rows
    )  # fmt: skip


def _agreed(work: Work, product_id: int, on: date) -> tuple[Agreed, ...]:
    rows = work.rows(
        """SELECT c.id, c.account_id, a.name, c.amount, c.currency, c.plan_months, c.valid_from, c.valid_to, c.note
           FROM contracted_price c JOIN account a ON a.id = c.account_id WHERE c.product_id = ?
           ORDER BY a.name COLLATE NOCASE, a.id, c.currency, coalesce(c.valid_from, '') DESC, c.id DESC""",
        (product_id,),
    )
    return tuple(
        Agreed(price_id, account_id, account, from_units(amount), currency, months, day_of(first), day_of(last), note,
               _holds(day_of(first), day_of(last), on))
        for price_id, account_id, account, amount, currency, months, first, last, note in rows
    )  # fmt: skip


def _holds(first: date | None, last: date | None, on: date) -> bool:
    return (first is None or first <= on) and (last is None or on <= last)
