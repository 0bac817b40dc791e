"""What things cost on a day: contracted before listed, the newest book that holds, quantity breaks, offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product as product_of
from math import lcm
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.app import App
from callstation.quotes.catalogue import Asked, Price, offers_for, price_of, prices_of
from callstation.work import Work
from db.nouns import ContractedPrice, PriceBook, PriceEntry, Product
from db.vocabulary import LineKind, ProductKind
from tests import factories

DAY = date(2026, 11, 23)


def product(
    work: Work, name: str, vendor: str | None = "Quillbase", family: str | None = "Quill", **values: object
) -> int:
    return work.insert(Product, name=name, name_key=name.lower(), vendor=vendor, family=family, sku=None, **values)


def book(work: Work, valid_from: date | None = None, valid_to: date | None = None, currency: str = "USD") -> int:
    return work.insert(
        PriceBook, uid=uuid4().hex, name=f"from {valid_from}", currency=currency, valid_from=valid_from,
        valid_to=valid_to, created_at=work.now,
    )  # fmt: skip


def entry(
    work: Work, book_id: int, product_id: int, amount: str, months: int = 12, least: int = 1, **values: object
) -> int:
    return work.insert(
        PriceEntry, price_book_id=book_id, product_id=product_id, amount=Decimal(amount), plan_months=months,
        min_quantity=least, **values,
    )  # fmt: skip


def contracted(work: Work, account_id: int, product_id: int, amount: str, months: int = 12, **values: object) -> int:
    return work.insert(
        ContractedPrice, uid=uuid4().hex, account_id=account_id, product_id=product_id, amount=Decimal(amount),
        plan_months=months, created_at=work.now, **{"currency": "USD", **values},
    )  # fmt: skip


def test_the_newest_book_that_holds_on_the_day_counts_and_older_ones_stay_as_history(app: App) -> None:
    def build(work: Work) -> int:
        growth = product(work, "Growth")
        for year, amount in ((2024, "10"), (2025, "11"), (2027, "13")):
            entry(work, book(work, date(year, 1, 1)), growth, amount, cost=Decimal(4), unit="user/year")
        return growth

    growth = app.do(build)
    found = app.ask(price_of, growth, currency="USD", on=DAY)
    assert found == Price(Decimal(11), 12, Decimal(4), "list", "from 2025-01-01", "user/year", Decimal(11))
    earlier = app.ask(price_of, growth, currency="USD", on=date(2024, 6, 1))
    assert earlier is not None
    assert earlier.amount == 10
    assert app.ask(price_of, growth, currency="USD", on=date(2023, 12, 31)) is None
    assert app.ask(price_of, growth, currency="EUR", on=DAY) is None


def test_a_list_of_changes_leaves_the_prices_it_does_not_name_standing(app: App) -> None:
    def build(work: Work) -> tuple[int, int]:
        starter, growth = product(work, "Starter"), product(work, "Growth")
        old, new = book(work, date(2025, 1, 1)), book(work, date(2026, 1, 1))
        for book_id, product_id, amount in ((old, starter, "5"), (old, growth, "10"), (new, growth, "12")):
            entry(work, book_id, product_id, amount)
        return starter, growth

    starter, growth = app.do(build)
    prices = app.ask(prices_of, [Asked(starter), Asked(growth)], currency="USD", on=DAY)
    assert {one.product_id: price.amount for one, price in prices.items()} == {starter: 5, growth: 12}


def test_a_book_holds_on_its_last_day_and_not_the_day_after(app: App) -> None:
    def build(work: Work) -> int:
        growth = product(work, "Growth")
        entry(work, book(work, None, DAY), growth, "10")
        return growth

    growth = app.do(build)
    assert app.ask(price_of, growth, currency="USD", on=DAY) is not None
    assert app.ask(price_of, growth, currency="USD", on=DAY + timedelta(1)) is None


def test_a_quantity_break_counts_from_its_quantity_on(app: App) -> None:
    def build(work: Work) -> int:
        growth, list_2026 = product(work, "Growth"), book(work, date(2026, 1, 1))
        for least, amount in ((1, "10"), (50, "9"), (100, "8")):
            entry(work, list_2026, growth, amount, least=least)
        return growth

    growth = app.do(build)
    amounts = [
        found.amount
        for quantity in (0, 1, 49, 50, 99, 100, 5000)
        if (found := app.ask(price_of, growth, currency="USD", on=DAY, quantity=quantity))
    ]
    assert amounts == [10, 10, 10, 9, 9, 8, 8]


def test_a_yearly_price_comes_before_a_monthly_one_which_serves_where_there_is_no_other(app: App) -> None:
    def build(work: Work) -> tuple[int, int]:
        growth, starter, list_2026 = product(work, "Growth"), product(work, "Starter"), book(work)
        entry(work, list_2026, growth, "1", months=1)
        entry(work, list_2026, growth, "10", months=12)
        entry(work, list_2026, starter, "2", months=1)
        return growth, starter

    growth, starter = app.do(build)
    both = app.ask(prices_of, [Asked(growth), Asked(starter)], currency="USD", on=DAY)
    assert [both[Asked(one)].amount for one in (growth, starter)] == [10, 2]
    assert [both[Asked(one)].plan_months for one in (growth, starter)] == [12, 1]


def test_a_contracted_price_beats_the_list_for_its_account_while_it_holds(app: App) -> None:
    def build(work: Work) -> tuple[int, int, int]:
        halden, orchard, growth = factories.account(work), factories.account(work, "Orchard"), product(work, "Growth")
        entry(work, book(work), growth, "10", cost=Decimal(6), unit="seat")
        contracted(work, halden, growth, "8", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))
        contracted(work, halden, growth, "1", currency="EUR")
        return halden, orchard, growth

    halden, orchard, growth = app.do(build)
    found = app.ask(price_of, growth, currency="USD", on=DAY, account_id=halden)
    assert found == Price(Decimal(8), 12, Decimal(6), "contracted", "from None", "seat", Decimal(10))
    later = app.ask(price_of, growth, currency="USD", on=date(2027, 1, 1), account_id=halden)
    other = app.ask(price_of, growth, currency="USD", on=DAY, account_id=orchard)
    assert later == other == Price(Decimal(10), 12, Decimal(6), "list", "from None", "seat", Decimal(10))


def test_a_contracted_price_and_a_list_price_for_other_months_are_told_for_the_same_months(app: App) -> None:
    def build(work: Work) -> tuple[int, int, int]:
        halden, growth, starter = factories.account(work), product(work, "Growth"), product(work, "Starter")
        listed = book(work)
        entry(work, listed, growth, "1.25", months=1, cost=Decimal("0.5"))
        entry(work, listed, starter, "20", months=12)
        contracted(work, halden, growth, "12", months=12)
        contracted(work, halden, starter, "1.01", months=1)
        return halden, growth, starter

    halden, growth, starter = app.do(build)
    one = app.ask(price_of, growth, currency="USD", on=DAY, account_id=halden)
    two = app.ask(price_of, starter, currency="USD", on=DAY, account_id=halden)
    assert one == Price(Decimal(12), 12, Decimal(6), "contracted", "from None", "", Decimal(15))
    assert two == Price(Decimal("12.12"), 12, None, "contracted", "from None", "", Decimal(20))


def test_a_contracted_price_stands_without_any_list(app: App) -> None:
    def build(work: Work) -> tuple[int, int]:
        halden, growth = factories.account(work), product(work, "Growth")
        contracted(work, halden, growth, "8")
        return halden, growth

    halden, growth = app.do(build)
    found = app.ask(price_of, growth, currency="USD", on=DAY, account_id=halden)
    assert found == Price(Decimal(8), 12, None, "contracted", "", "", None)


def test_an_end_customers_price_comes_before_its_partners(app: App) -> None:
    def build(work: Work) -> tuple[int, int, int]:
        halden, partner, growth = factories.account(work), factories.account(work, "Northgate"), product(work, "Growth")
        contracted(work, halden, growth, "8")
        contracted(work, partner, growth, "7")
        return halden, partner, growth

    halden, partner, growth = app.do(build)
    asked = [Asked(growth, 1, (halden, partner)), Asked(growth, 1, (99, partner)), Asked(growth, 1, (99,))]
    prices = app.ask(prices_of, asked, currency="USD", on=DAY)
    assert [prices[one].amount if one in prices else None for one in asked] == [8, 7, None]


def test_two_hundred_prices_are_two_statements(app: App) -> None:
    def build(work: Work) -> list[Asked]:
        halden, listed = factories.account(work), book(work)
        ids = [product(work, f"Edition {number}") for number in range(200)]
        for product_id in ids:
            entry(work, listed, product_id, "10")
            contracted(work, halden, product_id, "9")
        return [Asked(product_id, 5, (halden,)) for product_id in ids]

    asked = app.do(build)

    def count(work: Work) -> tuple[int, int]:
        said: list[str] = []
        work.raw.set_trace_callback(said.append)
        found = prices_of(work, asked, currency="USD", on=DAY)
        work.raw.set_trace_callback(None)
        return len(found), len([statement for statement in said if not statement.startswith("--")])

    assert app.ask(count) == (200, 2)


# -- offers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    key: str
    product_id: int
    quantity: int = 10
    unit_list: Decimal = Decimal(10)
    plan_months: int = 12


def test_upgrades_are_dearer_plans_of_the_family_cheapest_first_and_add_ons_are_of_the_vendor(app: App) -> None:
    def build(work: Work) -> dict[str, int]:
        listed, ids = book(work), {}
        for name, family, kind, amount, months in (
            ("Starter", "Quill", ProductKind.PLAN, "5", 12), ("Growth", "Quill", ProductKind.PLAN, "10", 12),
            ("Scale", "Quill", ProductKind.PLAN, "2", 1), ("Business", "Quill", ProductKind.PLAN, "15", 12),
            ("Unpriced", "Quill", ProductKind.PLAN, "", 12), ("Ink", "Ink", ProductKind.PLAN, "99", 12),
            ("Audit log", None, ProductKind.ADD_ON, "3", 12), ("Backup", "Quill", ProductKind.ADD_ON, "4", 12),
        ):  # fmt: skip
            ids[name] = product(work, name, family=family, kind=kind)
            if amount:
                entry(work, listed, ids[name], amount, months=months)
        ids["Sentry"] = product(work, "Sentry", vendor="Sentrylane", kind=ProductKind.ADD_ON)
        entry(work, listed, ids["Sentry"], "1")
        return ids

    ids = app.do(build)
    offers = app.ask(offers_for, [Line("c1.1", ids["Growth"])], currency="USD", on=DAY)
    assert [(one.product, one.kind, one.replaces, one.why) for one in offers] == [
        ("Business", LineKind.UPGRADE, "c1.1", "Next edition of Quill"),
        ("Scale", LineKind.UPGRADE, "c1.1", "Higher edition of Quill"),
        ("Backup", LineKind.ADD_ON, "", "Add-on of Quillbase"),
        ("Audit log", LineKind.ADD_ON, "", "Add-on of Quillbase"),
    ]
    # What is owned already is not offered again, and without a price of its own there is nothing dearer.
    both = [Line("c1.1", ids["Growth"], unit_list=Decimal(0)), Line("c1.2", ids["Backup"])]
    assert [one.product for one in app.ask(offers_for, both, currency="USD", on=DAY)] == ["Audit log"]
    assert app.ask(offers_for, [Line("c1.1", ids["Growth"])], currency="EUR", on=DAY) == ()


def test_an_edition_that_another_contract_has_is_offered_too(app: App) -> None:
    def build(work: Work) -> list[int]:
        listed = book(work)
        ids = [product(work, name, family="Quill", kind=ProductKind.PLAN) for name in ("Growth", "Scale")]
        for product_id, amount in zip(ids, ("10", "20"), strict=True):
            entry(work, listed, product_id, amount)
        return ids

    growth, scale = app.do(build)
    lines = [Line("c1.1", growth), Line("c2.1", scale, unit_list=Decimal(20))]
    assert [(one.replaces, one.product) for one in app.ask(offers_for, lines, currency="USD", on=DAY)] == [
        ("c1.1", "Scale")
    ]


def test_offers_take_the_quantity_break_of_the_line_and_of_the_vendors_largest_line(app: App) -> None:
    def build(work: Work) -> tuple[int, int]:
        listed, growth, scale = book(work), product(work, "Growth"), product(work, "Scale")
        backup = product(work, "Backup", kind=ProductKind.ADD_ON)
        for product_id, least, amount in ((scale, 1, "20"), (scale, 50, "18"), (backup, 1, "4"), (backup, 50, "3")):
            entry(work, listed, product_id, amount, least=least)
        return growth, scale

    growth, _ = app.do(build)
    lines = [Line("a", growth, quantity=10), Line("b", growth, quantity=60)]
    offers = app.ask(offers_for, lines, currency="USD", on=DAY)
    assert [one.replaces for one in offers] == ["a", "b", ""]
    assert [one.unit_list for one in offers] == [20, 18, 3]


def test_a_product_without_a_vendor_has_nothing_beside_it(app: App) -> None:
    def build(work: Work) -> int:
        listed = book(work)
        one, other = product(work, "One", vendor=None, family=None), product(work, "Other", vendor=None, family=None)
        entry(work, listed, other, "99")
        return one

    assert app.ask(offers_for, [Line("a", app.do(build))], currency="USD", on=DAY) == ()


# -- against plain Python ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlainBook:
    currency: str
    valid_from: date | None
    valid_to: date | None
    entries: tuple[tuple[int, int, int, int], ...]
    """(product, months, least quantity, amount), no two with the same first three."""


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 12))
ENTRIES = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from((1, 3, 12)), st.sampled_from((1, 5, 10)), st.integers(1, 99)),
    max_size=6, unique_by=lambda one: one[:3],
).map(tuple)  # fmt: skip
BOOKS = st.lists(st.builds(PlainBook, st.sampled_from(("USD", "EUR")), DAYS, DAYS, ENTRIES), max_size=5)
AGREED = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.sampled_from((1, 12)), DAYS, DAYS, st.integers(1, 99)),
    max_size=4,
)


def holds(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def rank(valid_from: date | None, months: int) -> tuple[date, int, int]:
    """The larger the better."""
    return valid_from or date.min, {12: 2, 1: 1}.get(months, 0), -months


def oracle(
    books: list[PlainBook], agreed: Iterable[tuple[int, int, int, date | None, date | None, int]], product_place: int,
    account: int, quantity: int, on: date,
) -> tuple[str, Decimal, int] | None:  # fmt: skip
    """Source, amount and months, which are those in which all meet that the product has for any quantity."""
    own = [
        (rank(start, months), place, months, amount)
        for place, (whose, what, months, start, end, amount) in enumerate(agreed)
        if whose == account and what == product_place and holds(start, end, on)
    ]
    at = {units: listed_at(books, product_place, units, on) for units in range(1, 13)}
    in_all = lcm(*(one[0] for one in at.values() if one), *(max(own)[-2:-1] if own else ()))
    if own:
        *_, months, amount = max(own)
        return "contracted", Decimal(amount * in_all // months), in_all
    listed = at[quantity]
    return ("list", Decimal(listed[1] * in_all // listed[0]), in_all) if listed else None


def listed_at(books: list[PlainBook], product_place: int, quantity: int, on: date) -> tuple[int, int] | None:
    """Months and amount of the list price for so many."""
    listed = [
        (*rank(one.valid_from, months), least, place, months, amount)
        for place, one in enumerate(books)
        if one.currency == "USD" and holds(one.valid_from, one.valid_to, on)
        for what, months, least, amount in one.entries
        if what == product_place and least <= quantity
    ]
    return max(listed)[-2:] if listed else None


@pytest.fixture
def bare(app: App) -> App:
    def build(work: Work) -> None:
        for number in range(3):
            product(work, f"Edition {number}")
        for number in range(2):
            factories.account(work, f"Account {number}")

    app.do(build)
    return app


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(books=BOOKS, agreed=AGREED, quantity=st.integers(1, 12), on=st.dates(date(2026, 1, 1), date(2026, 1, 12)))
def test_every_price_is_the_one_that_plain_python_finds(
    bare: App, books: list[PlainBook], agreed: list[tuple[int, int, int, date | None, date | None, int]], quantity: int,
    on: date,
) -> None:  # fmt: skip
    def build(work: Work) -> list[Asked]:
        work.derive("DELETE FROM price_entry")
        work.derive("DELETE FROM price_book")
        work.derive("DELETE FROM contracted_price")
        products = [row[0] for row in work.rows("SELECT id FROM product ORDER BY id")]
        accounts = [row[0] for row in work.rows("SELECT id FROM account ORDER BY id")]
        for one in books:
            book_id = book(work, one.valid_from, one.valid_to, one.currency)
            for what, months, least, amount in one.entries:
                entry(work, book_id, products[what], str(amount), months, least)
        for whose, what, months, start, end, amount in agreed:
            contracted(work, accounts[whose], products[what], str(amount), months, valid_from=start, valid_to=end)
        return [Asked(products[what], quantity, (accounts[whose],)) for what in range(3) for whose in range(2)]

    asked = bare.do(build)
    prices = bare.ask(prices_of, asked, currency="USD", on=on)
    found = [(p.source, p.amount, p.plan_months) if (p := prices.get(one)) else None for one in asked]
    assert found == [oracle(books, agreed, what, whose, quantity, on) for what in range(3) for whose in range(2)]
    for (what, units), price in ((pair, prices.get(asked[2 * pair[0]])) for pair in product_of(range(3), range(1, 13))):
        if price is not None:  # what it says of any other quantity is what holds for it
            listed = listed_at(books, what, units, on)
            told = Decimal(listed[1] * price.plan_months // listed[0]) if listed else None
            by_break = [one.amount for one in price.breaks if one.min_quantity <= units]
            assert (by_break[-1] if by_break else None if price.breaks else price.list_amount) == told
