"""From the typed rows of a price list to a plan: what is a problem, what is new, what changes, what stays."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from callstation.accounts.importing.fields import Field
from callstation.accounts.importing.plan import About, Change, ListPlan
from callstation.accounts.importing.products import Shelf, stored_products
from callstation.accounts.names import plain_key
from callstation.quotes.price_lists.staging import PriceRows, words_of
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ProductKind, Verdict

_IN = "IN (SELECT value FROM json_each(?))"


class BookKey(NamedTuple):
    """Which price book a row goes into: one for each currency and validity of a source."""

    currency: str
    valid_from: str
    valid_to: str | None


class EntryKey(NamedTuple):
    """What a price is for; refs as in a plan."""

    book: int
    product: int
    months: int
    least: int


@dataclass(slots=True)
class PricePlan(ListPlan):
    """Prices to be made and changed; refs, amounts and days as in the plan of a list of contracts."""

    rows: PriceRows
    about: About
    products: list[tuple[Any, ...]] = field(default_factory=list)
    """name, key, vendor, SKU"""
    books: list[tuple[Any, ...]] = field(default_factory=list)
    """name, currency, first day, last day, file"""
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    """book ref, product ref, months, least quantity, amount, cost, unit"""

    @property
    def since(self) -> str:
        """The day from which prices without a day of their own hold."""
        return self.about.since.isoformat()

    @property
    def made(self) -> dict[str, list[tuple[Any, ...]]]:
        return {"product": self.products, "price_book": self.books, "price_entry": self.entries}

    @property
    def warnings(self) -> dict[int, list[str]]:
        return self.rows.warnings


Kept = tuple[int, int | None, str]
"""Amount, cost, unit."""


@dataclass(slots=True)
class Stored:
    """What the store has of the products that a list speaks of."""

    books: dict[BookKey, int]
    """Of this source."""
    entries: dict[EntryKey, tuple[int, Kept]]
    """In those books, with their ids."""
    in_force: dict[tuple[int, str, int, int], Kept]
    """(product, currency, months, least quantity) -> what holds on the day from which the list counts."""
    same_days: dict[tuple[int, BookKey, int, int], Kept]
    """(product, currency and days, months, least quantity) -> what holds for just these days, whatever its book."""
    priced: set[tuple[int, str]]
    """(product, currency) with any price at all."""
    details: dict[int, tuple[str, str, str, str]]
    """Product -> SKU, vendor, family, kind."""


def plan_prices(work: Work, plan: PricePlan) -> PricePlan:
    """A verdict for every row and what follows from it. Reads the store, writes nothing."""
    rows = plan.rows
    usable = [at for at, verdict in enumerate(plan.verdicts) if verdict is None]
    shelf = stored_products(work)
    refs = _products(plan, shelf, usable)
    stored = _look_up(work, plan, {ref for ref in refs.values() if ref > 0})
    seen: dict[tuple[int, BookKey, int, int], int] = {}
    for at in usable:
        ref, months = refs[at], rows.months[at]
        assert months is not None, "a row of which nothing tells the months is a problem"
        key = BookKey(rows.currencies[at], rows.valid_from[at] or plan.since, rows.valid_to[at])
        twin = seen.setdefault((ref, key, months, rows.least[at]), at)
        if twin != at:
            _say_twin(plan, at, twin)
            continue
        _describe(plan, stored, at, ref)
        _price(plan, stored, at, ref, key)
    return plan


def set_aside(plan: PricePlan, too_long: dict[int, int]) -> None:
    """Rows without a price that could be kept, each with the first reason found; nothing of them is lost on the way."""
    rows = plan.rows
    products, skus, customers = (rows.texts[item] for item in (Field.PRODUCT, Field.SKU, Field.CUSTOMER))
    for at, price in enumerate(rows.prices):
        text = rows.price_texts[at]
        if at in too_long:
            cells = "cell" if too_long[at] == 1 else "cells"
            why = f"It has {too_long[at]} {cells} more than the header: a separator inside a text without quotes?"
        elif not (products[at] or skus[at]):
            why = "It names no product."
        elif plain_key(customer := customers[at]) not in _EVERYONE:
            why = (
                f"It is what “{customer[:40]}” pays, and no list price; add it as a contracted price of the product,"
                " in the catalogue."
            )
        elif at in rows.unsure:
            plan.set_aside(at, rows.unsure[at], Verdict.REVIEW)
            continue
        elif price is None:
            why = f"“{text[:40]}” is no price; ask the vendor for a quote." if text else "It has no price."
        elif price < 0:
            why = f"“{text[:40]}” is less than nothing."
        elif at in rows.problems:
            why = rows.problems[at]
        elif rows.valid_to[at] is not None and (rows.valid_from[at] or plan.since) > (rows.valid_to[at] or ""):
            why = f"Its last day, {rows.valid_to[at]}, is before its first."
        else:
            continue
        plan.set_aside(at, why)


_EVERYONE = frozenset(
    ("", "all", "all customers", "any", "everyone", "list", "standard", "alle", "alle kunden", "tous")
)
"""What stands in the column of customers where a price is everybody's."""


def _products(plan: PricePlan, shelf: Shelf, usable: Iterable[int]) -> dict[int, int]:
    """A product ref for each row; products that are not known yet are planned."""
    texts = plan.rows.texts
    refs = {}
    for at in usable:
        sku, vendor = texts[Field.SKU][at], texts[Field.VENDOR][at]
        name = texts[Field.PRODUCT][at] or sku
        key = plain_key(name)
        ref = shelf.find_priced(key, sku, vendor)
        if ref is None:
            plan.products.append((name, key, vendor or None, sku or None))
            ref = -len(plan.products)
            shelf.put(ref, key, sku, vendor)
        refs[at] = ref
    return refs


def _describe(plan: PricePlan, stored: Stored, at: int, ref: int) -> None:
    """What the list says of the product itself; what is known and not named stays."""
    texts, kind = plan.rows.texts, plan.rows.kinds[at]
    said = {"sku": texts[Field.SKU][at], "vendor": texts[Field.VENDOR][at], "family": texts[Field.FAMILY][at]}
    if ref < 0:
        fresh = {"family": said["family"]} if said["family"] else {}
        if kind is ProductKind.ADD_ON:
            fresh["kind"] = kind.value
        if fresh:
            plan.update("product", ref, **fresh)
        return
    *known, stored_kind = stored.details[ref]
    for (column, value), was in zip(said.items(), known, strict=True):
        if value and value != was and (column == "family" or not was):
            plan.update("product", ref, **{column: value})
            plan.note_change(at, Change(_WORDS[column], was, value))
    if kind is not None and kind.value != stored_kind:
        plan.update("product", ref, kind=kind.value)
        plan.note_change(at, Change("Kind", _kind_words(stored_kind), _kind_words(kind.value)))


_WORDS = {"sku": "SKU", "vendor": "Vendor", "family": "Family"}


def _kind_words(kind: str) -> str:
    return kind.replace("_", "-")


def _price(plan: PricePlan, stored: Stored, at: int, ref: int, key: BookKey) -> None:
    """Make the price, change it, or leave it; and say which."""
    rows = plan.rows
    months, least, amount = rows.months[at] or 0, rows.least[at], rows.prices[at] or 0
    now = (amount, rows.costs[at], rows.units[at])
    book = stored.books.get(key)
    entry = stored.entries.get(EntryKey(book, ref, months, least)) if book is not None else None
    holds = stored.in_force.get((ref, key.currency, months, least))
    stands = stored.same_days.get((ref, key, months, least))
    is_dated = rows.valid_from[at] is not None
    if entry is not None:
        changed = _difference(plan, at, entry[1], now, months)
        if changed:
            plan.update("price_entry", entry[0], **changed)
    elif (was := stands if is_dated else holds) is None or _difference(plan, at, was, now, months):
        if book is None:
            plan.books.append((_book_name(plan, key.currency), *key, plan.about.file_name))
            book = stored.books[key] = -len(plan.books)
        plan.entries.append((book, ref, months, least, *now))
        if (ref, key.currency) not in stored.priced:
            plan.verdicts[at], plan.whys[at] = Verdict.NEW, "Not in the catalogue yet."
            return
        if was is None:
            since = f" from {key.valid_from}" if is_dated else ""
            words = f"{from_units(amount):,} per {words_of(months)}{since}"
            plan.note_change(at, Change("Price", "" if holds is None else f"{from_units(holds[0]):,}", words))
    plan.verdicts[at] = Verdict.UPDATE if at in plan.changes else Verdict.SAME


def _book_name(plan: PricePlan, currency: str) -> str:
    """One source may list in several currencies, each a book of its own."""
    source = plan.about.source
    return source if currency in source.split() else f"{source} {currency}"


def _difference(plan: PricePlan, at: int, was: Kept, now: Kept, months: int) -> dict[str, Any]:
    """The columns in which a row differs from a price that is kept; what the row does not name stays."""
    changed: dict[str, Any] = {}
    if now[0] != was[0]:
        changed["amount"] = now[0]
        words = f"{from_units(now[0]):,} per {words_of(months)}"
        plan.note_change(at, Change("Price", f"{from_units(was[0]):,}", words))
    if now[1] is not None and now[1] != was[1]:
        changed["cost"] = now[1]
        plan.note_change(
            at, Change("Cost", "" if was[1] is None else f"{from_units(was[1]):,}", f"{from_units(now[1]):,}")
        )
    if now[2] and now[2] != was[2]:
        changed["unit"] = now[2]
        plan.note_change(at, Change("Unit", was[2], now[2]))
    return changed


def _say_twin(plan: PricePlan, at: int, twin: int) -> None:
    """A second row for the same product, day and quantity."""
    rows, number = plan.rows, plan.row_numbers[twin]
    if (rows.prices[at], rows.costs[at]) == (rows.prices[twin], rows.costs[twin]):
        plan.set_aside(at, f"The same as row {number}; counted once.", Verdict.SAME)
    else:
        plan.set_aside(at, f"Row {number} has another price for the same product, day and quantity; that one is taken.")


def _look_up(work: Work, plan: PricePlan, product_ids: set[int]) -> Stored:
    """The books of this source, and of these products what is in them, what holds today, and what they are."""
    books = {
        BookKey(currency, valid_from or "", valid_to): book_id
        for book_id, currency, valid_from, valid_to in work.rows(
            """SELECT id, currency, valid_from, valid_to FROM price_book
               WHERE name IN (?1, ?1 || ' ' || currency) ORDER BY id DESC""",
            (plan.about.source,),
        )
    }
    ids = json.dumps(sorted(product_ids))
    mine = set(books.values())
    stored = Stored(books, {}, {}, {}, set(), {})
    for entry_id, book, product, months, least, amount, cost, unit, currency, *days, is_valid in work.each(
        f"""SELECT e.id, e.price_book_id, e.product_id, e.plan_months, e.min_quantity, e.amount, e.cost, e.unit,
                b.currency, coalesce(b.valid_from, ''), b.valid_to,
                coalesce(b.valid_from, '') <= ? AND coalesce(b.valid_to, '9999-12-31') >= ?
            FROM price_entry e JOIN price_book b ON b.id = e.price_book_id WHERE e.product_id {_IN}
            ORDER BY coalesce(b.valid_from, ''), b.id""",
        (plan.since, plan.since, ids),
    ):
        stored.priced.add((product, currency))
        if book in mine:
            stored.entries[EntryKey(book, product, months, least)] = (entry_id, (amount, cost, unit))
        stored.same_days[product, BookKey(currency, *days), months, least] = (amount, cost, unit)
        if is_valid:
            stored.in_force[product, currency, months, least] = (amount, cost, unit)  # the newest comes last
    for product_id, *detail in work.rows(f"SELECT id, sku, vendor, family, kind FROM product WHERE id {_IN}", (ids,)):
        stored.details[product_id] = (detail[0] or "", detail[1] or "", detail[2] or "", detail[3])
    return stored
