"""Where a line of ours finds its price there: by code, else by name, in the right book and currency."""

import json
from typing import Any

import pytest

from callstation.app import App
from callstation.sync.context import read_context
from callstation.sync.price_books import Books, forget_books, read_books
from callstation.work import Work


def record(work: Work, crm_id: str, sobject: str, **fields: Any) -> None:
    work.derive(
        "INSERT INTO crm_record (crm_id, sobject, parent_id, stamp, fields, local, sent) "
        "VALUES (?, ?, ?, 0, ?, '{}', '{}')",
        (crm_id, sobject, fields.get("Product2Id"), json.dumps(fields)),
    )


@pytest.fixture
def books(app: App) -> Books:
    def fill(work: Work) -> None:
        record(work, "01s1", "Pricebook2", Name="Partners", IsActive=True, IsStandard=False)
        record(work, "01s2", "Pricebook2", Name="Standard", IsActive=True, IsStandard=True)
        record(work, "01s3", "Pricebook2", Name="Old", IsActive=False, IsStandard=False)
        record(work, "01t1", "Product2", Name="Quillbase  Growth", ProductCode="QB-G", IsActive=True)
        record(work, "01t2", "Product2", Name="Quillbase Growth", ProductCode="QB-G2", IsActive=False)
        record(work, "01t3", "Product2", Name="Wayfold", ProductCode=None, IsActive=True)
        for number, (book, product, currency, is_active) in enumerate(
            [("01s2", "01t1", None, True), ("01s2", "01t3", None, True), ("01s1", "01t1", None, True),
             ("01s3", "01t1", None, True), ("01s1", "01t3", None, False), ("01s1", "01t3", "EUR", True)]
        ):  # fmt: skip
            record(work, f"01u{number}", "PricebookEntry", Pricebook2Id=book, Product2Id=product,
                   CurrencyIsoCode=currency, IsActive=is_active, UnitPrice=1)  # fmt: skip

    app.record(fill)
    names = ("Something else", "QUILLBASE growth", "Quillbase Growth", "quillbase-growth", "Wayfold", "Nothing")
    wanted = [(name, code) for name in names for code in ("", "qb-g ")]
    return app.ask(read_books, app.ask(read_context, "me"), wanted)


def test_a_code_finds_it_whatever_it_is_called_and_a_name_however_it_is_written(books: Books) -> None:
    assert books.entry("01s2", "", ("Something else", "qb-g ")) == "01u0"
    assert books.entry("01s2", "", ("QUILLBASE growth", "")) == "01u0"
    assert books.entry("01s2", "", ("quillbase-growth", "")) == "01u0"
    assert books.entry("01s2", "", ("Something else", "")) is None


def test_only_an_active_price_of_the_book_and_the_currency_counts(books: Books) -> None:
    assert books.entry("01s1", "", ("Wayfold", "")) is None
    assert books.entry("01s1", "EUR", ("Wayfold", "")) == "01u5"
    assert books.entry("01s3", "", ("Quillbase Growth", "")) is None, "its book is closed"


def test_the_book_with_most_of_the_lines_is_taken_the_standard_one_where_it_is_even(books: Books) -> None:
    assert books.best([("Quillbase Growth", ""), ("Wayfold", "")], "") == "01s2"
    assert books.best([("Quillbase Growth", "")], "") == "01s2"
    assert books.best([("Wayfold", "")], "EUR") == "01s1"
    assert books.best([("Nothing", "")], "") is None


def test_what_was_read_is_kept_until_products_come_in(app: App, books: Books) -> None:
    context = app.ask(read_context, "me")
    first = app.ask(read_books, context, [("Wayfold", "")])
    app.record(lambda work: record(work, "01t9", "Product2", Name="Late & new", IsActive=True))
    assert app.ask(read_books, context, [("Wayfold", "")]) is first
    assert app.ask(read_books, context, [("Late & new", "")]).products["Late & new", ""] == ("01t9",)
    forget_books(context)
    assert app.ask(read_books, context, []) is not first
