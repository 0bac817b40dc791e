"""The made-up catalogue: a price book a currency, with costs where they are known, and contracted prices."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.demo.bulk import load
from callstation.demo.places import CURRENCIES
from callstation.demo.terms import PRODUCT_ROWS
from callstation.demo.words import ADD_ONS, PRODUCTS
from callstation.work import Work
from db.nouns import ContractedPrice
from db.stored import to_micros, to_units

Prices = Mapping[str, Sequence[int | None]]
"""Product to what a seat and year lists for, and what we pay; None where nobody knows."""

_COST_SHARE = 0.7
_BOOK_COLUMNS = "id, uid, name, currency, valid_from, valid_to, source, created_at"
_ENTRY_COLUMNS = "price_book_id, product_id, plan_months, min_quantity, amount, cost, unit"


def add_prices(work: Work, prices: Prices, uid: Callable[[str, int], str]) -> None:
    """One price book in each currency of the made-up places, valid from the first day of last year."""
    starts_on = date(work.today.year - 1, 1, 1).isoformat()
    currencies = sorted(set(CURRENCIES.values()))
    load(
        work.raw, "price_book", _BOOK_COLUMNS,
        ((number, uid("p", number), f"List prices {currency}", currency, starts_on, None, "", to_micros(work.now))
         for number, currency in enumerate(currencies, start=1)),
    )  # fmt: skip
    load(work.raw, "price_entry", _ENTRY_COLUMNS, _entries(prices, len(currencies)))


def _entries(prices: Prices, books: int) -> Iterable[tuple[Any, ...]]:
    for book_id in range(1, books + 1):
        for row in PRODUCT_ROWS:
            if row[1] in prices:
                listed, cost = prices[row[1]]
                units = None if cost is None else to_units(Decimal(cost))
                yield book_id, row[0], 12, 1, to_units(Decimal(listed or 0)), units, "seat/year"


def add_contracted(work: Work, given: Iterable[Sequence[Any]], uid: Callable[[str, int], str]) -> None:
    """Contracted prices: account, product, a seat's price for a year and the note, in the account's own currency."""
    products = {row[1]: row[0] for row in PRODUCT_ROWS}
    for number, (name, product, amount, note) in enumerate(given, start=1):
        account_id, country = work.rows("SELECT id, country FROM account WHERE name = ?", (name,))[0]
        work.insert(
            ContractedPrice, uid=uid("q", number), account_id=account_id, product_id=products[product],
            currency=CURRENCIES[country], amount=Decimal(amount), note=note, created_at=work.now,
            valid_from=date(work.today.year - 3, 1, 1), valid_to=None,
        )  # fmt: skip


def usual_prices() -> Prices:
    """The list prices that the made-up contracts were bought at; one vendor does not tell what we pay."""
    prices: dict[str, tuple[int, int | None]] = {}
    for vendor, _, name, _, listed in PRODUCTS:
        prices[name] = (listed, None if vendor == "Wayfold" else round(listed * _COST_SHARE))
    for vendor in {row[0] for row in PRODUCTS}:
        cheapest = min(row[4] for row in PRODUCTS if row[0] == vendor)
        for name, share in ADD_ONS:
            prices[f"{vendor} {name}"] = (max(1, round(cheapest * share)), None)
    return prices


def practice_prices(book: Mapping[str, Any]) -> Prices:
    """Those of the practice book's file: plans by name, add-ons the same for every vendor."""
    vendors = sorted({row[0] for row in PRODUCTS})
    add_ons = {f"{vendor} {name}": price for vendor in vendors for name, price in book["add_ons"].items()}
    return {**book["prices"], **add_ons}
