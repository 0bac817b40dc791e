"""What things cost: the price of a product on a day, contracted or listed, and what may be offered beside it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple, Protocol

from callstation.quotes.breaks import Row, breaks_of, holding
from callstation.quotes.worksheet import Break, Offer
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import LineKind, ProductKind

_IN = "IN (SELECT value FROM json_each(?))"
_PLAN_ORDER = "CASE plan_months WHEN 12 THEN 0 WHEN 1 THEN 1 ELSE 2 END, plan_months"
"""A yearly price before a monthly one, which serves where there is no other."""
_NEWEST = "coalesce(valid_from, '') DESC"
_VALID = "coalesce(valid_from, '') <= ? AND coalesce(valid_to, '9999-12-31') >= ?"

LISTED = f"""
    SELECT e.product_id, e.min_quantity, e.amount, e.plan_months, e.cost, e.unit, b.name, b.id, e.id, b.valid_from,
        b.valid_to
    FROM price_entry e JOIN price_book b ON b.id = e.price_book_id
    WHERE e.product_id {_IN} AND b.currency = ? AND {_VALID}
    ORDER BY e.product_id, {_NEWEST}, {_PLAN_ORDER}, e.min_quantity DESC, b.id DESC"""
"""Best first: the newest book of the day, a yearly price before a monthly one, the highest quantity break."""
_CONTRACTED = f"""
    SELECT account_id, product_id, amount, plan_months, note, id FROM contracted_price
    WHERE account_id {_IN} AND product_id {_IN} AND currency = ? AND {_VALID}
    ORDER BY account_id, product_id, {_NEWEST}, {_PLAN_ORDER}, id DESC"""


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit costs for ``plan_months``."""

    amount: Decimal
    plan_months: int
    cost: Decimal | None
    """What we pay for the same; None where it is not known."""
    source: str
    """"contracted" or "list"."""
    book: str
    """The price book's name; "" where there is no list price."""
    unit: str
    """As the source words it: "user/month"."""
    list_amount: Decimal | None
    """The list price for the same months; None for a contracted price of something no book lists."""
    breaks: tuple[Break, ...] = ()
    """The list prices for the same months by quantity, where they depend on it."""

    @property
    def a_month(self) -> Fraction:
        """What a unit costs a month, exactly, to compare by."""
        return Fraction(self.amount) / self.plan_months


class Asked(NamedTuple):
    """One price that is wanted: of a product, from a quantity on, for an account."""

    product_id: int
    quantity: int = 1
    account_ids: tuple[int, ...] = ()
    """Whose contracted price beats the list; the first that has one: the end customer, then its partner."""


class Owned(Protocol):
    """What ``offers_for`` looks at of an owned line (``worksheet.OwnedLine`` is one)."""

    @property
    def key(self) -> str: ...
    @property
    def product_id(self) -> int: ...
    @property
    def quantity(self) -> int: ...
    @property
    def unit_list(self) -> Decimal: ...
    @property
    def plan_months(self) -> int: ...


def price_of(
    work: Work, product_id: int, *, currency: str, on: date, quantity: int = 1, account_id: int | None = None
) -> Price | None:
    """The price of one product; None where neither a contract nor a book valid that day has one in the currency."""
    asked = Asked(product_id, quantity, () if account_id is None else (account_id,))
    return prices_of(work, [asked], currency=currency, on=on).get(asked)


def prices_of(work: Work, asked: Iterable[Asked], *, currency: str, on: date) -> dict[Asked, Price]:
    """The prices of many products, in two statements; what has none is not in it.

    A contracted price beats the list. Of the books valid that day the newest that has the product (for that quantity)
    counts, whatever it was imported with: a list of changes leaves older prices standing.
    """
    wanted = set(asked)
    products = json.dumps(sorted({one.product_id for one in wanted}))
    accounts = sorted({account_id for one in wanted for account_id in one.account_ids})
    day = on.isoformat()
    listed: dict[int, list[Row]] = {}
    for row in work.each(LISTED, (products, currency, day, day)):
        listed.setdefault(row[0], []).append(row)
    contracted: dict[tuple[int, int], tuple[Any, ...]] = {}
    if accounts:
        for row in work.each(_CONTRACTED, (json.dumps(accounts), products, currency, day, day)):
            contracted.setdefault((row[0], row[1]), row)
    held = {product_id: holding(rows) for product_id, rows in listed.items()}
    found = {}
    for one in wanted:
        agreed = (contracted.get((account_id, one.product_id)) for account_id in one.account_ids)
        own = next((row for row in agreed if row is not None), None)
        price = _price(held.get(one.product_id, []), one.quantity, own)
        if price is not None:
            found[one] = price
    return found


def day_of(iso: str | None) -> date | None:
    """The day for its stored form; None for none."""
    return None if iso is None else date.fromisoformat(iso)


def _price(held: list[Row], quantity: int, own: Row | None) -> Price | None:
    """All for the same months: where some are monthly and some yearly, as many whole terms as meet, exactly."""
    entry = next((row for row in held if row[1] <= max(1, quantity)), None)
    if entry is None and own is None:
        return None
    months = lcm(*(row[3] for row in held), *(() if own is None else (own[3],)))
    breaks = breaks_of(held, months)
    agreed = None if own is None else from_units(own[2] * (months // own[3]))
    if entry is None:
        assert agreed is not None
        return Price(agreed, months, None, "contracted", "", "", None, breaks)
    times = months // entry[3]
    listed, cost = from_units(entry[2] * times), None if entry[4] is None else from_units(entry[4] * times)
    source = "list" if agreed is None else "contracted"
    unit = entry[5] if times == 1 else ""
    return Price(listed if agreed is None else agreed, months, cost, source, entry[6], unit, listed, breaks)


def offers_for(work: Work, lines: Sequence[Owned], *, currency: str, on: date) -> tuple[Offer, ...]:
    """What the catalogue has beside what is owned: per line its upgrades, the cheapest first, then the add-ons.

    An upgrade is a plan of the same vendor and family that lists for more a month. An add-on is one of the same
    vendor that is not owned yet, those of an owned family first; its price is that for as many units as the largest
    line of the vendor.
    """
    kin = _kin(work, [line.product_id for line in lines])
    owned = {line.product_id for line in lines}
    seats: dict[str, int] = {}
    for line in lines:
        if line.product_id in kin.of_owned:
            vendor = kin.of_owned[line.product_id].vendor
            seats[vendor] = max(seats.get(vendor, 1), line.quantity)
    pairs = [
        (line, one, Asked(one.product_id, line.quantity))
        for line in lines
        if line.unit_list > 0 and line.product_id in kin.of_owned
        if kin.of_owned[line.product_id].kind is ProductKind.PLAN
        for one in kin.plans.get(kin.of_owned[line.product_id].place, ())
        if one.product_id != line.product_id
    ]
    add_ons = [
        (one, Asked(one.product_id, seats[vendor]))
        for vendor in seats
        for one in kin.add_ons.get(vendor, ())
        if one.product_id not in owned
    ]
    asked = [*(asked for *_, asked in pairs), *(asked for _, asked in add_ons)]
    prices = prices_of(work, asked, currency=currency, on=on) if asked else {}
    offers = [
        *_upgrades([(line, one, prices[asked]) for line, one, asked in pairs if asked in prices]),
        *_add_ons([(one, prices[asked]) for one, asked in add_ons if asked in prices], kin),
    ]
    return tuple(offers)


def _upgrades(found: list[tuple[Owned, "_Product", Price]]) -> list[Offer]:
    by_line: dict[str, list[tuple[_Product, Price]]] = {}
    for line, one, price in found:
        if price.a_month > Fraction(line.unit_list) / line.plan_months:
            by_line.setdefault(line.key, []).append((one, price))
    offers = []
    for key, better in by_line.items():
        better.sort(key=lambda pair: (pair[1].a_month, pair[0].name, pair[0].product_id))
        for place, (one, price) in enumerate(better):
            what = one.family or one.maker
            why = f"Next edition of {what}" if place == 0 else f"Higher edition of {what}"
            offers.append(one.offer(LineKind.UPGRADE, key, price, why))
    return offers


def _add_ons(found: list[tuple["_Product", Price]], kin: "_Kin") -> list[Offer]:
    families = {one.place for one in kin.of_owned.values()}
    found.sort(key=lambda pair: (pair[0].place not in families, pair[0].maker, pair[0].name, pair[0].product_id))
    return [one.offer(LineKind.ADD_ON, "", price, f"Add-on of {one.maker}") for one, price in found]


@dataclass(frozen=True, slots=True)
class _Product:
    """A product with the keys by which it is of a kind with others."""

    product_id: int
    name: str
    sku: str
    maker: str
    family: str
    kind: ProductKind

    @property
    def vendor(self) -> str:
        return self.maker.strip().casefold()

    @property
    def place(self) -> tuple[str, str]:
        """Vendor and family: plans in one place are editions of one another."""
        return self.vendor, self.family.strip().casefold()

    def offer(self, kind: LineKind, replaces: str, price: Price, why: str) -> Offer:
        return Offer(
            self.product_id, self.name, self.sku, self.family, kind, replaces, price.amount, price.plan_months,
            price.cost, why, price.breaks,
        )  # fmt: skip


class _Kin(NamedTuple):
    """The products that are owned, and those that stand beside them."""

    of_owned: dict[int, _Product]
    plans: dict[tuple[str, str], list[_Product]]
    add_ons: dict[str, list[_Product]]


def _kin(work: Work, product_ids: Iterable[int]) -> _Kin:
    """All products of the vendors of these; one without a vendor has no kin."""
    ids = json.dumps(sorted(set(product_ids)))
    rows = work.rows(
        f"""SELECT p.id, p.name, coalesce(p.sku, ''), coalesce(p.vendor, ''), coalesce(p.family, ''), p.kind,
                p.id {_IN} FROM product p
            WHERE p.vendor IN (SELECT vendor FROM product WHERE id {_IN} AND vendor <> '')""",
        (ids, ids),
    )
    kin = _Kin({}, {}, {})
    for product_id, name, sku, maker, family, kind, is_owned in rows:
        one = _Product(product_id, name, sku, maker, family, ProductKind(kind))
        if is_owned:
            kin.of_owned[one.product_id] = one
        if one.kind is ProductKind.ADD_ON:
            kin.add_ons.setdefault(one.vendor, []).append(one)
        else:
            kin.plans.setdefault(one.place, []).append(one)
    return kin
