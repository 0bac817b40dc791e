"""A quote on paper says what the quote in the store says, and every sum on it can be repeated."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.documents.data import Data, Subject, document_data
from callstation.documents.fields import MissingFieldsError
from callstation.documents.labels import labels_of
from callstation.documents.sums import before_discount, steps_of
from callstation.documents.values import Day, Money, Row, Share, count, in_words
from callstation.quotes.cards import read_quote
from callstation.quotes.options import compare
from callstation.quotes.quotes import send_quote
from callstation.quotes.storing import storable
from callstation.quotes.worksheet import Choices, PricedLine, Worksheet
from callstation.work import Work
from db.nouns import Account
from db.stored import from_units, to_units
from db.vocabulary import DocumentKind, QuoteOption
from tests.documents.papers import printed, quoted, squeezed
from tests.quotes.sheets import choices, worksheets

LOCALES = ("en_US", "de_DE", "fr_FR")


def row_of(line: PricedLine, currency: str) -> Row:
    """A priced line as a document has it from the store."""

    def kept(amount: Decimal) -> Decimal:
        return from_units(to_units(amount))

    def money(amount: Decimal) -> Money:
        return Money(kept(amount), currency)

    numerator, denominator = line.multiplier
    return {
        "kind": line.kind.value, "product": line.product, "sku": line.sku, "end_customer": "", "contract": None,
        "quantity": count(line.quantity), "unit_list": money(line.unit_list), "plan_months": count(line.plan_months),
        "price_source": line.price_source, "contracted": None if line.contracted is None else money(line.contracted),
        "uplift": Share(kept(line.uplift)), "discount": Share(kept(line.discount)),
        "multiplier": f"{numerator}/{denominator}", "multiplier_words": line.multiplier_words, "fee": money(line.fee),
        "starts_on": Day(line.starts_on), "ends_on": Day(line.ends_on), "list_amount": money(line.list_amount),
        "amount": money(line.amount),
    }  # fmt: skip


@given(sheet=worksheets(), chosen=choices(), locale=st.sampled_from(LOCALES))
@settings(max_examples=150, deadline=None)
def test_the_printed_sum_of_any_line_ends_in_its_amount(sheet: Worksheet, chosen: Choices, locale: str) -> None:
    for view in compare(sheet, storable(chosen)):
        rows = [row_of(line, sheet.currency) for line in view.lines]
        for row in rows:
            steps = steps_of(row, labels_of(locale), locale)
            assert steps[-1].amount == in_words(row["amount"], locale)
            assert all(step.words and step.amount for step in steps)
        before = sum((before_discount(row, sheet.currency) for row in rows), Decimal(0))
        assert before - sum((line.amount for line in view.lines), Decimal(0)) == view.discount_total


def quote_of(app: App, sales: dict[str, int], key: str = "en", **chosen: object) -> tuple[int, Data]:
    quote_id = quoted(app, sales[key], **chosen)
    return quote_id, app.ask(document_data, DocumentKind.QUOTE, Subject(sales[key], quote_id=quote_id))


@pytest.mark.parametrize("option", QuoteOption)
@pytest.mark.parametrize("key", ["en", "de", "fr"])
def test_the_paper_says_what_the_store_says(app: App, sales: dict[str, int], option: QuoteOption, key: str) -> None:
    ends_on = date(2027, 10, 1) if option is QuoteOption.CO_TERM else None
    quote_id, data = quote_of(app, sales, key, option=option, discount=Decimal("0.0725"), ends_on=ends_on)
    card = app.ask(read_quote, quote_id)
    quote = data.group("quote")
    assert quote["total"] == Money(card.row.total, card.row.currency)
    assert quote["discount_total"] == Money(card.discount_total, card.row.currency)
    assert [line["amount"] for line in data.lines] == [Money(line.amount, card.row.currency) for line in card.lines]
    read = printed(data)
    for value in (quote["total"], quote["subtotal"], quote["discount_total"], quote["valid_until"]):
        assert squeezed(in_words(value, data.locale)) in read
    for line in data.lines:
        for step in steps_of(line, labels_of(data.locale), data.locale):
            assert squeezed(f"{step.words}= {step.amount}") in read
    assert Data.from_json(data.as_json()) == data


@pytest.mark.parametrize(
    ("co_term", "uplift", "words", "amounts"),
    [
        (
            "by_licence_days",
            "0",
            [
                "90 × 61,80\xa0€ Listenpreis für 12 Monate",
                "× 0,95 (Nachlass 5\xa0%)",
                "× 291/365 der Planlaufzeit, gerundet",
            ],
            ["5.562,00\xa0€", "5.283,90\xa0€", "4.212,64\xa0€"],
        ),
        (
            "by_licence_days",
            "4",
            [
                "90 × 61,80\xa0€ Listenpreis für 12 Monate",
                "× 1,04 (Anpassung 4\xa0%)",
                "× 0,95 (Nachlass 5\xa0%)",
                "× 291/365 der Planlaufzeit, gerundet",
            ],
            ["5.562,00\xa0€", "5.784,48\xa0€", "5.495,256", "4.381,15\xa0€"],
        ),
        (
            "by_price",
            "0",
            ["48.200,00\xa0€ / 365 Tage × 291 Tage", "× 0,95 (Nachlass 5\xa0%), gerundet"],
            ["38.427,9452", "36.506,55\xa0€"],
        ),
    ],
)
def test_the_sum_is_repeated_in_the_customers_language(
    app: App, sales: dict[str, int], co_term: str, uplift: str, words: list[str], amounts: list[str]
) -> None:
    app.settings = app.settings.with_values(co_term=co_term, uplift=uplift)
    chosen = {"option": QuoteOption.CO_TERM, "ends_on": date(2027, 10, 1), "discount": Decimal("0.05")}
    _, data = quote_of(app, sales, "de", **chosen)
    steps = steps_of(data.lines[0], labels_of("de_DE"), "de_DE")
    assert ([step.words for step in steps], [step.amount for step in steps]) == (words, amounts)


def test_the_method_is_named_and_so_are_the_prices_day_and_the_validity(app: App, sales: dict[str, int]) -> None:
    _, data = quote_of(app, sales)
    read = printed(data)
    for words in (
        "Part-terms are priced by the day: days of the term / 365.", "Prices and holdings of November 23, 2026.",
        "Valid until December 23, 2026", "Renewal as it is · December 14, 2026 to December 13, 2027",
    ):  # fmt: skip
        assert squeezed(words) in read


@pytest.mark.parametrize("co_term", ["by_price", "by_licence_days"])
@pytest.mark.parametrize("ends_on", [None, date(2027, 10, 1)])
def test_the_way_to_the_common_end_is_named_only_where_it_was_gone(
    app: App, sales: dict[str, int], co_term: str, ends_on: date | None
) -> None:
    app.settings = app.settings.with_values(co_term=co_term)
    _, data = quote_of(app, sales, option=QuoteOption.CO_TERM, ends_on=ends_on)
    read = printed(data)
    assert (squeezed("priced by old price / old days × new days") in read) == (co_term == "by_price")
    assert (squeezed("follows from the licence-days") in read) == (co_term == "by_licence_days" and ends_on is None)


def test_an_agreed_price_stands_beside_the_lists(app: App, sales: dict[str, int]) -> None:
    key = app.ask(lambda work: work.row("SELECT id FROM contract WHERE account_id = ?", (sales["en"],)))
    assert key is not None
    _, data = quote_of(app, sales, prices={f"c{key[0]}.1": Decimal("500.00")})
    read = printed(data)
    assert squeezed("$500.00 a year List $535.56") in read
    assert squeezed("90 × $500.00") in read


def test_a_quote_in_another_currency_shows_ours_with_rate_and_day(app: App, sales: dict[str, int]) -> None:
    app.settings = app.settings.with_values(rates="EUR: 1.08, 2026-11-20", currency="USD")
    _, data = quote_of(app, sales, "de")
    quote = data.group("quote")
    assert quote["base_total"] == Money(Decimal("6006.96"), "USD")
    read = printed(data)
    assert squeezed("Kurs vom 20. November 2026: 1 EUR = 1,08 USD") in read
    assert squeezed("In USD 6.006,96 $") in read


def test_without_a_rate_nothing_is_said_of_it(app: App, sales: dict[str, int]) -> None:
    _, data = quote_of(app, sales, "de")
    assert data.group("quote")["base_total"] is None
    assert "Kurs" not in printed(data)


def test_the_note_stands_on_it_line_by_line_as_it_was_typed(app: App, sales: dict[str, int]) -> None:
    _, data = quote_of(app, sales, note="First <line> & more\nSecond line")
    assert squeezed("Note First <line> & more Second line") in printed(data)


def test_a_quote_without_a_person_or_a_company_is_blocked(app: App, sales: dict[str, int]) -> None:
    quote_id = quoted(app, sales["en"])
    app.settings = app.settings.with_values(company_name="")
    app.do(lambda work: work.derive("UPDATE contact SET is_active = 0"))
    with pytest.raises(MissingFieldsError, match="Q-2026-0001") as told:
        app.ask(document_data, DocumentKind.QUOTE, Subject(sales["en"], quote_id=quote_id))
    assert {one.path for one in told.value.fields} == {"contact.name", "company.name"}


def test_an_account_without_a_quote_says_so(app: App, sales: dict[str, int]) -> None:
    with pytest.raises(MissingFieldsError, match="quote number of Halden Robotics"):
        app.ask(document_data, DocumentKind.QUOTE, Subject(sales["en"]))


def test_the_newest_version_is_taken_and_an_old_one_is_marked(app: App, sales: dict[str, int]) -> None:
    first = quoted(app, sales["en"])
    app.do(send_quote, first)
    second = app.do(lambda work: save_again(work, first))
    newest = app.ask(document_data, DocumentKind.QUOTE, Subject(sales["en"]))
    old = app.ask(document_data, DocumentKind.QUOTE, Subject(sales["en"], quote_id=first))
    assert (newest.title, newest.watermark) == ("Quote Q-2026-0001 v2", "draft")
    assert (old.title, old.watermark) == ("Quote Q-2026-0001 v1", "superseded")
    assert second != first


def save_again(work: Work, quote_id: int) -> int:
    from callstation.quotes.quotes import save_quote

    row = work.row("SELECT target_id FROM quote WHERE id = ?", (quote_id,))
    assert row is not None
    return save_quote(work, row[0], Choices(discount=Decimal("0.02")), quote_id=quote_id).quote_id


def test_a_partners_quote_names_whose_licence_each_is(app: App, sales: dict[str, int]) -> None:
    _, data = quote_of(app, sales, "partner")
    assert {line["end_customer"] for line in data.lines} == {"Orchard & Vine", "Pixel Forge"}
    assert squeezed("Orchard & Vine") in printed(data)


def test_what_changes_later_does_not_change_a_quotes_data(app: App, sales: dict[str, int]) -> None:
    quote_id, data = quote_of(app, sales)
    app.do(lambda work: work.derive("UPDATE price_entry SET amount = amount * 2"))
    app.do(lambda work: work.derive("UPDATE product SET name = 'Renamed'"))
    again = app.ask(document_data, DocumentKind.QUOTE, Subject(sales["en"], quote_id=quote_id))
    assert again == data
    app.do(lambda work: work.update(Account, sales["en"], name="Halden Inc."))
    assert replace(data, address=("Halden Inc.", *data.address[1:])).address == app.ask(
        document_data, DocumentKind.QUOTE, Subject(sales["en"], quote_id=quote_id)
    ).address  # fmt: skip
