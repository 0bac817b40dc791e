"""A letter says what is so, in the customer's language, or says what it lacks; nothing is ever printed as None."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.documents.data import Data, Subject, document_data
from callstation.documents.fields import MissingFieldsError
from callstation.documents.letters import letter_data
from callstation.errors import UserError
from callstation.quotes.quotes import accept_quote, send_quote
from callstation.work import Work
from db.nouns import Account, ClosingMark, Contact, Contract, Renewal
from db.vocabulary import LETTERS, ClosingStep, DocumentKind, QuoteOption, RenewalStage
from tests.documents.papers import quoted

K = DocumentKind
SENT_BEFORE = (K.FIRST_NOTICE, K.REMINDER, K.FINAL_NOTICE)


def of(app: App, account_id: int, noun: str) -> int:
    """The id of an account's only contract, renewal or contact."""

    def found(work: Work) -> int:
        row = work.row(f"SELECT id FROM {noun} WHERE account_id = ?", (account_id,))
        assert row is not None
        return int(row[0])

    return app.ask(found)


def change(app: App, noun: object, row_id: int, **values: object) -> None:
    app.do(lambda work: work.update(noun, row_id, **values))  # type: ignore[arg-type]


def written(app: App, kind: DocumentKind, account_id: int) -> Data:
    return app.ask(document_data, kind, Subject(account_id))


def make_timely(app: App, kind: DocumentKind, account_id: int) -> None:
    """What must be so for a letter to be true."""
    if kind is K.LAPSE:
        renewal = of(app, account_id, "renewal")
        change(app, Renewal, renewal, due_on=date(2026, 11, 20))
    if kind is K.PRICE_CHANGE:
        change(app, Contract, of(app, account_id, "contract"), uplift=Decimal("0.05"))
    if kind is K.THANK_YOU:
        change(app, Renewal, of(app, account_id, "renewal"), stage=RenewalStage.WON)


@pytest.mark.parametrize("kind", sorted(LETTERS))
@pytest.mark.parametrize(
    ("key", "locale", "paper", "greeting", "day"),
    [
        ("en", "en_US", "Letter", "Dear Priya Raman,", "December"),
        ("de", "de_DE", "A4", "Guten Tag Priya Raman,", "Dezember"),
        ("fr", "fr_FR", "A4", "Bonjour Priya Raman,", "décembre"),
    ],
)
def test_every_letter_is_written_in_the_customers_language(
    app: App, sales: dict[str, int], kind: DocumentKind, key: str, locale: str, paper: str, greeting: str, day: str
) -> None:
    make_timely(app, kind, sales[key])
    data = written(app, kind, sales[key])
    whole = " ".join([data.subject, *data.paragraphs, data.closing])
    assert (data.locale, data.paper, data.paragraphs[0]) == (locale, paper, greeting)
    assert day in whole or "novem" in whole.lower()
    assert len(data.paragraphs) >= 4
    assert not any(nothing in whole for nothing in ("None", "{{", "{%", "  ", " ,", " .")), whole
    assert data.closing
    assert Data.from_json(data.as_json()) == data


def test_a_swiss_letter_has_no_sharp_s_and_swiss_money(app: App, sales: dict[str, int]) -> None:
    change(app, Account, sales["de"], country="CH", name="Weiß AG")
    data = written(app, K.REMINDER, sales["de"])
    assert data.locale == "de_CH"
    assert "Grüsse" in data.closing
    assert "Weiß AG" in data.address  # a name is written as it is
    assert "ß" not in " ".join(data.paragraphs)


@pytest.mark.parametrize(
    ("language", "country", "locale"),
    [
        (None, "AT", "de_AT"), (None, "LU", "fr_LU"), (None, "GB", "en_GB"), (None, "JP", "en_GB"),
        (None, None, "en_US"),
        ("fr", "CH", "fr_CH"), ("de_AT", "US", "de_AT"), ("es", "MX", "en_GB"), ("../../x", "DE", "de_DE"),
        ("xx_YY", "FR", "en_GB"), ("", "CA", "en_CA"),
    ],
)  # fmt: skip
def test_the_locale_is_the_accounts_own_then_its_countrys(
    app: App, sales: dict[str, int], language: str | None, country: str | None, locale: str
) -> None:
    change(app, Account, sales["en"], language=language, country=country)
    assert written(app, K.REMINDER, sales["en"]).locale == locale


def test_another_language_can_be_asked_for(app: App, sales: dict[str, int]) -> None:
    data = app.ask(document_data, K.REMINDER, Subject(sales["en"]), locale="fr_FR")
    assert data.paragraphs[0] == "Bonjour Priya Raman,"


def test_a_language_that_is_a_path_is_none(app: App, sales: dict[str, int]) -> None:
    for odd in ("../../etc", "de/../..", "..", "a" * 99):
        assert app.ask(document_data, K.REMINDER, Subject(sales["en"]), locale=odd).locale.startswith(("en", "de"))


@pytest.mark.parametrize("kind", SENT_BEFORE)
def test_a_sent_quote_that_holds_is_named_and_another_is_not(
    app: App, sales: dict[str, int], kind: DocumentKind
) -> None:
    before = written(app, kind, sales["en"])
    quote_id = quoted(app, sales["en"])
    assert written(app, kind, sales["en"]) == before  # a draft is nobody's business
    app.do(send_quote, quote_id)
    whole = " ".join(written(app, kind, sales["en"]).paragraphs)
    assert "Q-2026-0001" in whole
    assert "$48,200.40" in whole


def test_a_partner_is_written_to_about_its_end_customer(app: App, sales: dict[str, int]) -> None:
    data = written(app, K.REMINDER, sales["partner"])
    whole = " ".join(data.paragraphs)
    assert data.address[:2] == ("Northgate Systems", "Élodie Marchand")
    assert "the subscription of Orchard & Vine" in whole
    assert "C-1004" in whole  # the one that ends first


def test_the_end_customer_itself_is_not_named_to_itself(app: App, sales: dict[str, int]) -> None:
    assert "your subscription" in " ".join(written(app, K.REMINDER, sales["en"]).paragraphs)


def test_the_price_comes_from_the_quote_else_from_the_agreed_rise(app: App, sales: dict[str, int]) -> None:
    with pytest.raises(MissingFieldsError) as told:
        written(app, K.PRICE_CHANGE, sales["en"])
    assert [one.path for one in told.value.fields] == ["renewal.new_price"]
    assert "saving a quote" in told.value.hint
    change(app, Contract, of(app, sales["en"], "contract"), uplift=Decimal("0.05"))
    assert "from $48,200.00 to $50,610.00" in " ".join(written(app, K.PRICE_CHANGE, sales["en"]).paragraphs)
    app.do(send_quote, quoted(app, sales["en"]))
    assert "to $50,610.42" in " ".join(written(app, K.PRICE_CHANGE, sales["en"]).paragraphs)


@pytest.mark.parametrize(
    ("locale", "term"),
    [("en_US", "for the term until "), ("de_DE", " für die Laufzeit bis "), ("fr_FR", " pour la période jusqu’au ")],
)
def test_a_price_for_another_term_is_not_held_against_the_old_one(
    app: App, sales: dict[str, int], locale: str, term: str
) -> None:
    app.do(send_quote, quoted(app, sales["en"], option=QuoteOption.THREE_YEARS))
    said = app.ask(letter_data, K.PRICE_CHANGE, Subject(sales["en"]), locale)
    assert said.group("renewal")["old_price"] is None
    assert "48,200" not in said.paragraphs[1]
    assert term in said.paragraphs[1]
    assert "2029" in said.paragraphs[1]


def test_thanks_name_the_order_and_the_new_end(app: App, sales: dict[str, int]) -> None:
    renewal = of(app, sales["en"], "renewal")
    quote_id = quoted(app, sales["en"])
    app.do(send_quote, quote_id)
    app.do(accept_quote, quote_id)
    app.do(
        lambda work: work.insert(
            ClosingMark, renewal_id=renewal, step=ClosingStep.ORDER_NUMBER, done_at=work.now, words="PO-4711"
        )
    )
    whole = " ".join(written(app, K.THANK_YOU, sales["en"]).paragraphs)
    assert "your order PO-4711" in whole
    assert "from December 14, 2026 until December 13, 2027" in whole


@pytest.mark.parametrize(
    ("kind", "days", "says"),
    [
        (K.LAPSE, 5, "has not ended yet"), (K.LAPSE, 0, "has not ended yet"), (K.REMINDER, -1, "has ended"),
        (K.FIRST_NOTICE, -40, "has ended"), (K.FINAL_NOTICE, -1, "has ended"), (K.THANK_YOU, 20, "is not renewed yet"),
    ],
)  # fmt: skip
def test_a_letter_that_would_not_be_true_is_not_written(
    app: App, sales: dict[str, int], kind: DocumentKind, days: int, says: str
) -> None:
    change(app, Renewal, of(app, sales["en"], "renewal"), due_on=date(2026, 11, 23) + timedelta(days=days))
    with pytest.raises(UserError, match=says):
        written(app, kind, sales["en"])


def test_each_missing_field_is_named_with_whose_it_is_and_where_it_is_filled_in(
    app: App, sales: dict[str, int]
) -> None:
    app.settings = app.settings.with_values(company_name="", signed_by="")
    change(app, Contact, of(app, sales["en"], "contact"), is_active=False)
    with pytest.raises(MissingFieldsError) as told:
        written(app, K.REMINDER, sales["en"])
    error = told.value
    assert {one.path for one in error.fields} == {"contact.name", "company.name", "user.name"}
    assert "contact of Halden Robotics" in error.detail
    assert "Settings, Letterhead" in error.hint
    assert "people of the account" in error.hint
    assert all(one.words.endswith(".") for one in error.fields)


def test_a_contract_without_products_blocks_the_letter(app: App, sales: dict[str, int]) -> None:
    app.do(lambda work: work.derive("DELETE FROM contract_line"))
    with pytest.raises(MissingFieldsError, match="product of Halden Robotics"):
        written(app, K.REMINDER, sales["en"])


def test_an_account_without_a_contract_has_nothing_to_be_written_about(app: App, sales: dict[str, int]) -> None:
    empty = app.do(lambda work: work.insert(
        Account, uid="empty", kind="customer", name="Empty", name_key="empty", created_at=work.now))  # fmt: skip
    with pytest.raises(MissingFieldsError, match="contract number of Empty"):
        written(app, K.REMINDER, empty)


def test_what_is_gone_is_said(app: App, sales: dict[str, int]) -> None:
    for subject in (Subject(999), Subject(sales["en"], renewal_id=999), Subject(sales["en"], quote_id=999)):
        with pytest.raises(UserError, match="is gone"):
            app.ask(document_data, K.REMINDER, subject)


def test_the_person_of_the_call_is_written_to_else_who_decides_unless_another_is_named(
    app: App, sales: dict[str, int]
) -> None:
    partner = sales["partner"]

    def people(work: Work) -> tuple[int, int]:
        first = work.insert(Contact, uid="c1", account_id=partner, name="Ann First", created_at=work.now)
        work.insert(Contact, uid="c2", account_id=partner, name="Bea Boss", is_decision_maker=True, created_at=work.now)
        called = work.row("SELECT id FROM contact WHERE name = 'Élodie Marchand'")
        assert called is not None
        return first, int(called[0])

    first, called = app.do(people)

    def addressed(contact_id: int | None = None) -> str:
        return app.ask(letter_data, K.REMINDER, Subject(partner, contact_id=contact_id), None).address[1]

    assert (addressed(), addressed(first)) == ("Élodie Marchand", "Ann First")
    change(app, Contact, called, is_active=False)
    assert (addressed(), addressed(called)) == ("Bea Boss", "Bea Boss")


def test_the_same_book_gives_the_same_data_and_line_breaks_in_names_do_no_harm(app: App, sales: dict[str, int]) -> None:
    change(app, Account, sales["en"], name="Halden\n--\nSubject: x")
    data = written(app, K.REMINDER, sales["en"])
    assert data.address[0] == "Halden -- Subject: x"
    assert data.subject.startswith("Reminder")
    assert written(app, K.REMINDER, sales["en"]) == data
