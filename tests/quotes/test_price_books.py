"""The catalogue changed by hand: prices, books, contracted prices; each one step that can be undone."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from callstation.accounts.naming import account_named
from callstation.app import App
from callstation.errors import UserError
from callstation.quotes import price_books
from callstation.quotes.catalogue import price_of
from callstation.quotes.listing import Sought, catalogue, catalogue_keys
from callstation.quotes.product_card import books, product_card
from db.vocabulary import ProductKind
from tests import factories
from tests.importing.books import content
from tests.quotes.price_books import HEADER, bring_in, fill

TODAY = date(2026, 11, 23)


@pytest.fixture
def book(app: App) -> App:
    """A small catalogue, and another account of nearly the same name."""
    fill(app)
    app.do(lambda work: factories.account(work, "Halden Logistics", name_key="halden logistics"))
    app.forget_steps()
    return app


def product(app: App, name: str) -> int:
    found: int = app.ask(lambda work: work.rows("SELECT id FROM product WHERE name = ?", (name,)))[0][0]
    return found


def entry(app: App, name: str) -> int:
    found = next(row.entry_id for row in app.ask(catalogue, Sought(product=name), on=TODAY))
    assert found is not None
    return found


def amount(app: App, name: str, **asked: Any) -> Decimal | None:
    found = app.ask(price_of, product(app, name), currency="USD", on=TODAY, **asked)
    return None if found is None else found.amount


# -- the list ------------------------------------------------------------------------------------------------------


def test_the_list_goes_by_vendor_and_family_plans_before_add_ons_and_the_unpriced_last(book: App) -> None:
    rows = book.ask(catalogue, Sought(), on=TODAY)
    assert [(row.vendor, row.product, row.currency) for row in rows] == [
        ("Quillbase", "Growth", "USD"), ("Quillbase", "Audit", "USD"), ("Vaultmere", "Vault", "USD"), ("", "Bare", "")
    ]  # fmt: skip
    growth = rows[0]
    assert (growth.amount, growth.cost, growth.margin) == (Decimal(10), Decimal(6), Decimal("0.4"))
    assert (growth.breaks, growth.least, growth.valid_from) == (1, 1, date(2026, 1, 1))
    assert rows[1].cost is None
    assert rows[1].margin is None
    assert (rows[3].amount, rows[3].entry_id) == (None, None)


@pytest.mark.parametrize(
    ("sought", "names"),
    [
        (Sought(text="quill"), ["Growth", "Audit"]), (Sought(vendor="VAULT"), ["Vault"]), (Sought(text="100%"), []),
        (Sought(kind=ProductKind.ADD_ON), ["Audit"]), (Sought(is_unpriced=True), ["Bare"]), (Sought(text="_"), []),
        (Sought(currency="EUR"), []), (Sought(prefers="EUR"), ["Growth", "Audit", "Vault", "Bare"]),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_to_what_is_sought(book: App, sought: Sought, names: list[str]) -> None:
    assert [row.product for row in book.ask(catalogue, sought, on=TODAY)] == names


def test_a_product_with_prices_in_several_currencies_is_listed_once_in_the_preferred_one(book: App) -> None:
    book.do(price_books.set_price, product(book, "Growth"), amount=Decimal(11), currency="EUR")
    book.do(price_books.set_price, product(book, "Growth"), amount=Decimal(12), currency="GBP")
    assert len(book.ask(catalogue, Sought(text="growth"), on=TODAY)) == 3
    for currency, others in (("EUR", ("GBP", "USD")), ("USD", ("EUR", "GBP")), ("JPY", ("GBP", "USD"))):
        row = book.ask(catalogue, Sought(text="growth", prefers=currency), on=TODAY)
        assert [(one.currency, one.others) for one in row] == [("EUR" if currency == "JPY" else currency, others)]


def test_the_list_can_be_turned_round(book: App) -> None:
    names = {row.product_id: row.product for row in book.ask(catalogue, Sought(), on=TODAY)}
    keys = book.ask(catalogue_keys, Sought(), sort="product", is_descending=True)
    assert [names[product_id] for product_id, _ in keys] == ["Vault", "Growth", "Bare", "Audit"]
    keys = book.ask(catalogue_keys, Sought(), sort="vendor", is_descending=True)
    assert names[keys[0][0]] == "Vault"


def test_a_product_with_nothing_below_fifty_shows_that_price_with_its_quantity(app: App) -> None:
    bring_in(app, HEADER, "Q|Bulk||plan|9||seat/year||50", "Q|Bulk||plan|8||seat/year||100")
    row = app.ask(catalogue, Sought(), on=TODAY)[0]
    assert (row.amount, row.least, row.breaks) == (Decimal(9), 50, 1)


def test_the_card_tells_what_counts_what_is_older_and_who_pays_another_price(book: App) -> None:
    growth = product(book, "Growth")
    halden = book.ask(account_named, "Halden Robotics")
    book.do(price_books.agree_price, halden, growth, amount=Decimal(7), currency="USD", valid_to=date(2026, 6, 30))
    card = book.ask(product_card, growth, on=TODAY)
    assert [(one.amount, one.least, one.counts) for one in card.entries] == [
        (Decimal(10), 1, True), (Decimal(9), 50, True), (Decimal(8), 1, False)
    ]  # fmt: skip
    assert [(one.account, one.amount, one.holds) for one in card.agreed] == [("Halden Robotics", Decimal(7), False)]
    assert [(one.prices, one.holds) for one in book.ask(books, on=TODAY)] == [(4, True), (1, True)]


# -- the verbs -----------------------------------------------------------------------------------------------------

CHANGES: list[tuple[str, Callable[[App], object]]] = [
    ("Changed Growth", lambda app: app.do(
        price_books.change_product, product(app, "Growth"), family="Ink", kind=ProductKind.ADD_ON)),
    ("Changed the price of Growth", lambda app: app.do(price_books.change_price, entry(app, "Growth"), cost=None)),
    ("Set the price of Bare", lambda app: app.do(
        price_books.set_price, product(app, "Bare"), amount=Decimal(5), currency="USD")),
    ("Removed a price of Audit", lambda app: app.do(price_books.remove_price, entry(app, "Audit"))),
    ("Changed the price book New", lambda app: app.do(
        price_books.change_book, 1, name="New", valid_to=date(2026, 12, 31))),
    ("Removed the price book Pasted text USD", lambda app: app.do(price_books.remove_book, 1)),
    ("Agreed a price of Growth with Halden Robotics", lambda app: app.do(
        price_books.agree_price, 1, product(app, "Growth"), amount=Decimal(7), currency="USD")),
]  # fmt: skip


@pytest.mark.parametrize(("label", "change"), CHANGES)
def test_every_change_is_one_step_that_is_named_undone_and_done_again(
    book: App, label: str, change: Callable[[App], object]
) -> None:
    before = content(book)
    change(book)
    after = content(book)
    assert before != after
    assert book.undo() == label
    assert content(book) == before
    assert book.redo() == label
    assert content(book) == after


def test_a_typed_price_counts_from_today_and_what_was_before_stays_as_history(book: App) -> None:
    book.do(price_books.set_price, product(book, "Growth"), amount=Decimal(12), currency="usd")
    assert amount(book, "Growth") == 12
    yesterday = book.ask(price_of, product(book, "Growth"), currency="USD", on=date(2026, 11, 22))
    assert yesterday is not None
    assert yesterday.amount == 10
    book.do(price_books.set_price, product(book, "Growth"), amount=Decimal(13), currency="USD")
    assert amount(book, "Growth") == 13
    assert len(book.ask(product_card, product(book, "Growth"), on=TODAY).entries) == 4


def test_a_removed_price_lets_an_older_one_count_again(book: App) -> None:
    book.do(price_books.remove_price, entry(book, "Growth"))
    assert amount(book, "Growth") == 8
    assert amount(book, "Growth", quantity=50) == 9


def test_a_contracted_price_is_agreed_changed_and_dropped(book: App) -> None:
    growth, halden = product(book, "Growth"), book.ask(account_named, "Halden Robotics")
    price = book.do(price_books.agree_price, halden, growth, amount=Decimal(7), currency="USD", note=" by mail ")
    assert amount(book, "Growth", account_id=halden) == 7
    book.do(price_books.change_agreed, price, amount=Decimal("6.5"), valid_from=date(2026, 1, 1))
    assert amount(book, "Growth", account_id=halden) == Decimal("6.5")
    assert book.undo_label == "Changed the price of Growth for Halden Robotics"
    book.do(price_books.drop_agreed, price)
    assert amount(book, "Growth", account_id=halden) == 10
    book.undo()
    assert amount(book, "Growth", account_id=halden) == Decimal("6.5")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda app: app.do(price_books.change_price, 1, amount=Decimal(-1)), "cannot be a price"),
        (lambda app: app.do(price_books.change_price, 1, cost=Decimal(-1)), "cannot be a cost"),
        (lambda app: app.do(price_books.change_price, 1, min_quantity=50), "There is such a price already"),
        (lambda app: app.do(price_books.change_price, 1, plan_months=7), "cannot pay for 7 months"),
        (lambda app: app.do(price_books.change_price, 99, amount=Decimal(1)), "This price is gone"),
        (lambda app: app.do(price_books.change_product, 99, family="x"), "This product is gone"),
        (lambda app: app.do(price_books.change_book, 1, name=" "), "needs a name"),
        (lambda app: app.do(price_books.change_book, 1, valid_to=date(2020, 1, 1)), "before the first"),
        (lambda app: app.do(price_books.remove_book, 99), "This price book is gone"),
        (lambda app: app.do(price_books.drop_agreed, 99), "This contracted price is gone"),
        (lambda app: app.do(price_books.set_price, 1, amount=Decimal(1), currency="XX"), "no currency “XX”"),
        (lambda app: app.do(price_books.agree_price, 99, 1, amount=Decimal(1), currency="USD"), "account is gone"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_changes_nothing(
    book: App, change: Callable[[App], object], words: str
) -> None:
    before = content(book)
    with pytest.raises(UserError, match=words):
        change(book)
    assert content(book) == before


def test_a_typed_account_is_found_by_its_name_or_its_beginning_and_never_guessed(book: App) -> None:
    assert book.ask(account_named, " Halden Robotics ") == book.ask(account_named, "halden rob") == 1
    for typed, words in (("Halden", "Several accounts"), ("Nobody", "no such account"), (" ", "Which account")):
        with pytest.raises(UserError, match=words):
            book.ask(account_named, typed)
