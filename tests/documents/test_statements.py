"""A partner statement lists what ends, for whom, with sums by currency; a call sheet is one page, whatever there is."""

from datetime import timedelta
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.calling.targets import refresh_targets
from callstation.documents.data import Data, Subject, document_data
from callstation.documents.fields import MissingFieldsError
from callstation.documents.pdf import render_pdf
from callstation.documents.values import Money, count
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import DocumentKind
from tests import factories
from tests.documents.papers import pages_of, printed, squeezed


def statement(app: App, sales: dict[str, int]) -> Data:
    return app.ask(document_data, DocumentKind.STATEMENT, Subject(sales["partner"]))


def call_sheet(app: App, account_id: int) -> Data:
    return app.ask(document_data, DocumentKind.CALL_SHEET, Subject(account_id))


def add(work: Work, partner: int, *, days: int, currency: str = "EUR", amount: Decimal | None = Decimal(100)) -> None:
    """One more end customer of a partner."""
    account = factories.account(work, f"Customer {days} {currency}", country="GB")
    ends_on = work.today + timedelta(days=days)
    contract = factories.contract(work, account, ends_on, f"X-{days}{currency}", partner_id=partner, currency=currency)
    factories.renewal(work, contract, account, ends_on, currency=currency, amount=amount, quantity=None)


def test_the_window_is_a_month_back_and_four_ahead(app: App, sales: dict[str, int]) -> None:
    for days in (-31, -30, 120, 121):
        app.do(add, sales["partner"], days=days)
    assert [line["contract"] for line in statement(app, sales).lines if str(line["contract"]).startswith("X")] == [
        "X--30EUR", "X-120EUR",
    ]  # fmt: skip


def test_sums_are_by_currency_and_a_value_that_is_not_known_counts_as_none(app: App, sales: dict[str, int]) -> None:
    app.do(add, sales["partner"], days=5, currency="CHF")
    app.do(add, sales["partner"], days=6, amount=None)
    data = statement(app, sales)
    assert data.rows["totals"] == (
        {"currency": "CHF", "contracts": count(1), "total": Money(Decimal("100.00"), "CHF")},
        {"currency": "EUR", "contracts": count(3), "total": Money(Decimal("96400.00"), "EUR")},
    )
    read = printed(data)
    assert "notknown" in read
    assert Data.from_json(data.as_json()) == data


def test_what_is_won_or_lost_is_not_on_it(app: App, sales: dict[str, int]) -> None:
    app.do(lambda work: work.derive("UPDATE renewal SET closed_at = 1 WHERE account_id = ?", (sales["end1"],)))
    assert [line["customer"] for line in statement(app, sales).lines] == ["Pixel Forge"]


def test_a_customer_gets_no_statement_and_an_empty_one_is_not_made(app: App, sales: dict[str, int]) -> None:
    with pytest.raises(UserError, match="is no partner"):
        app.ask(document_data, DocumentKind.STATEMENT, Subject(sales["en"]))
    app.do(lambda work: work.derive("UPDATE renewal SET closed_at = 1"))
    with pytest.raises(UserError, match="would be empty"):
        statement(app, sales)


def test_a_statement_needs_a_person_and_a_company(app: App, sales: dict[str, int]) -> None:
    app.settings = app.settings.with_values(signed_by="")
    app.do(lambda work: work.derive("UPDATE contact SET is_active = 0"))
    with pytest.raises(MissingFieldsError) as told:
        statement(app, sales)
    assert {one.path for one in told.value.fields} == {"contact.name", "user.name"}


@pytest.mark.parametrize("count_of", [1, 60])
def test_every_contract_is_printed_and_no_customer_is_parted_from_its_first(
    app: App, sales: dict[str, int], count_of: int
) -> None:
    for days in range(1, 1 + count_of):
        app.do(add, sales["partner"], days=days)
    data = statement(app, sales)
    found = pages_of(render_pdf(data))
    for line in data.lines:
        name, number = str(line["customer"]), str(line["contract"])
        assert any(squeezed(name + number) in squeezed(page) for page in found)


def test_a_call_sheet_has_people_numbers_contracts_and_what_to_say(app: App, sales: dict[str, int]) -> None:
    app.do(refresh_targets)
    app.do(lambda work: factories.activity(work, sales["en"], note="Budget is approved.", is_reached=True))
    read = printed(call_sheet(app, sales["en"]))
    for words in ("Halden Robotics", "Priya Raman", "+1 (617) 555", "C-1001", "Quillbase Growth", "20 days",
                  "$48,200.00", "Confirm who signs", "Budget is approved.", "Notes"):  # fmt: skip
        assert squeezed(words) in read, words


def test_nothing_blocks_a_call_sheet(app: App, sales: dict[str, int]) -> None:
    app.settings = app.settings.with_values(company_name="", signed_by="")
    app.do(lambda work: work.derive("UPDATE contact SET is_active = 0"))
    bare = app.do(lambda work: factories.account(work, "Nobody Ltd"))
    for account_id in (sales["en"], bare):
        assert len(pages_of(render_pdf(call_sheet(app, account_id)))) == 1


def test_a_number_that_must_not_be_called_is_not_on_the_sheet(app: App, sales: dict[str, int]) -> None:
    app.do(lambda work: work.derive("UPDATE phone SET is_do_not_call = 1"))
    read = printed(call_sheet(app, sales["en"]))
    assert "555" not in read
    assert "donotcall" in read


def test_a_large_partner_is_still_one_page_that_says_how_many_more(app: App, sales: dict[str, int]) -> None:
    def many(work: Work) -> None:
        for days in range(1, 80):
            add(work, sales["partner"], days=days)
        for number in range(40):
            factories.contact(work, sales["partner"], f"Person {number}")
            factories.activity(work, sales["partner"], note=f"Note {number} " * 40, is_reached=True)
        refresh_targets(work)

    app.do(many)
    data = call_sheet(app, sales["partner"])
    found = pages_of(render_pdf(data))
    assert len(found) == 1
    assert found[0].count("more") >= 3
    assert "Notes" in found[0]
