"""The imported lists, Salesforce and the book side by side: what one knows and another does not is named."""

import json
from datetime import date
from typing import Any

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.coverage import Cover, ledger, ledger_rows
from callstation.renewals.denominators import Denominator, denominators
from callstation.renewals.differences import Difference, DifferenceRow, ThreeWays, three_ways
from callstation.work import Work
from db.nouns import Contract, Renewal
from db.stored import to_micros
from tests import factories
from tests.importing.books import bring_in
from tests.sync.desk.conftest import make_pair
from tests.sync.desk.people import customers

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
SOON = {"End_Date": "2026-12-31"}


def there(app: App, sobject: str, crm_id: str, **fields: Any) -> None:
    """A record of Salesforce as the last sync saw it."""

    def put(work: Work) -> None:
        work.raw.execute(
            "INSERT INTO crm_record (crm_id, sobject, parent_id, stamp, fields, local) VALUES (?, ?, ?, ?, ?, '{}')",
            (crm_id, sobject, fields.get("AccountId"), to_micros(work.now), json.dumps({"Id": crm_id, **fields})),
        )

    app.record(put)


def link(app: App, number: str, contract: str | None = None, opportunity: str | None = None) -> None:
    """Our contract is that record of Salesforce's."""

    def put(work: Work) -> None:
        contract_id, renewal_id = work.rows(
            "SELECT k.id, r.id FROM contract k JOIN renewal r ON r.contract_id = k.id WHERE k.number = ?", (number,)
        )[0]
        if contract:
            work.update(Contract, contract_id, crm_id=contract)
        if opportunity:
            work.update(Renewal, renewal_id, crm_id=opportunity)

    app.record(put)


def compared(app: App) -> ThreeWays:
    return app.ask(three_ways, FIRST, LAST)


def told(app: App) -> list[tuple[Difference, str]]:
    return [(row.difference, row.number) for row in compared(app).rows]


def only(app: App) -> DifferenceRow:
    (row,) = compared(app).rows
    return row


def test_with_nothing_to_compare_with_nothing_differs(app: App) -> None:
    app.do(lambda work: factories.customer(work, ends_on=LAST))
    assert compared(app).rows == ()
    assert compared(app).denominators == (Denominator("The book", 1, 1),)


def test_a_list_whose_rows_are_all_in_the_book_differs_in_nothing(app: App) -> None:
    bring_in(app, SOON, SOON)
    assert told(app) == []
    book, listed = compared(app).denominators
    assert (book.due, listed.due, listed.in_book, listed.missing) == (2, 2, 2, 0)


def test_a_row_that_was_not_taken_has_nothing_and_keeps_the_ledger_from_green(app: App) -> None:
    bring_in(app, SOON, {**SOON, "End_Customer": ""})
    assert not app.ask(ledger, FIRST, LAST).is_green
    row = app.ask(ledger_rows, FIRST, LAST, Cover.NOTHING)[-1]
    assert row.contract_number == "C-101"
    assert row.words.startswith("In the list, not in the book: ")
    assert row.words.count("row 3")
    found = only(app)
    assert (found.difference, found.in_lists, found.in_book, found.in_crm) == (
        Difference.NOT_IN_BOOK,
        True,
        False,
        None,
    )
    assert compared(app).denominators[1].missing == 1


def test_a_row_without_a_readable_end_may_be_due_any_day(app: App) -> None:
    bring_in(app, {"End_Date": "2030-12-31"}, {"End_Date": "soon"})
    assert app.ask(ledger, FIRST, LAST).nothing == 1
    assert app.ask(ledger, date(2028, 1, 1), date(2028, 2, 1)).nothing == 1


def test_a_row_beyond_the_window_is_not_due_in_it(app: App) -> None:
    bring_in(app, SOON, {"End_Date": "2027-01-01", "End_Customer": ""})
    assert app.ask(ledger, FIRST, LAST).due == 1
    assert told(app) == []


def test_a_row_that_another_row_stands_for_is_no_difference(app: App) -> None:
    bring_in(app, {**SOON, "Contract_No": "K"}, {"Contract_No": "k", "End_Date": "2026-11-30", "Qty": "9"})
    assert app.ask(ledger, FIRST, LAST).due == 1
    assert told(app) == []


def test_a_number_is_the_same_in_capitals_of_any_language(app: App) -> None:
    bring_in(app, {**SOON, "Contract_No": "Ü-1"})
    bring_in(app, {**SOON, "Contract_No": "ü-1", "End_Customer": ""}, {**SOON, "Contract_No": "Ü-1"})
    assert told(app) == []


def test_a_mended_list_takes_the_row_into_the_book(app: App) -> None:
    bring_in(app, {**SOON, "End_Customer": ""})
    assert told(app) == [(Difference.NOT_IN_BOOK, "C-100")]
    bring_in(app, SOON)
    assert told(app) == []


def test_a_contract_of_salesforce_that_is_not_here_has_nothing(app: App) -> None:
    there(app, "Account", "001A", Name="Elm Works")
    there(app, "Contract", "800A", AccountId="001A", ContractNumber="00000107", EndDate="2026-12-15")
    there(app, "Contract", "800B", AccountId="001A", ContractNumber="00000108", EndDate="2027-01-15")
    row = only(app)
    assert (row.difference, row.number, row.account, row.ends_on) == (
        Difference.NOT_IN_BOOK, "00000107", "Elm Works", date(2026, 12, 15),
    )  # fmt: skip
    assert app.ask(ledger, FIRST, LAST).nothing == 1
    assert app.ask(denominators, FIRST, LAST)[1] == Denominator("Salesforce: contracts", 1, 0)


def test_an_open_opportunity_that_is_not_here_has_nothing_and_a_closed_one_is_over(app: App) -> None:
    there(app, "Opportunity", "006A", Name="Elm renewal", CloseDate="2026-12-15", IsClosed=False)
    there(app, "Opportunity", "006B", Name="Oak renewal", CloseDate="2026-12-15", IsClosed=True)
    assert told(app) == [(Difference.NOT_IN_BOOK, "Elm renewal")]
    assert only(app).words == "Salesforce, an opportunity: Its account is not here."


def test_opportunities_of_one_name_are_as_many_contracts_as_they_are(app: App) -> None:
    for account, name in (("001A", "Elm"), ("001B", "Oak")):
        there(app, "Account", account, Name=name)
        there(app, "Opportunity", f"006{account}", AccountId=account, Name="Renewal", CloseDate="2026-12-15",
              IsClosed=False)  # fmt: skip
    found = app.ask(ledger, FIRST, LAST)
    assert found.nothing == 2
    assert {row.account for row in app.ask(ledger_rows, FIRST, LAST, Cover.NOTHING)} == {"Elm", "Oak"}
    assert {row.account for row in compared(app).rows} == {"Elm", "Oak"}


def test_the_opportunity_of_a_contract_is_not_counted_beside_it(app: App) -> None:
    there(app, "Contract", "800A", ContractNumber="00000107", EndDate="2026-12-15")
    there(app, "Opportunity", "006A", Name="Elm", CloseDate="2026-12-15", IsClosed=False, ContractId="800A")
    assert told(app) == [(Difference.NOT_IN_BOOK, "00000107")]


def test_what_all_three_know_is_no_difference(app: App) -> None:
    bring_in(app, SOON)
    there(app, "Contract", "800A", ContractNumber="00000107", EndDate="2026-12-31")
    there(app, "Opportunity", "006A", Name="Elm", CloseDate="2026-12-20", IsClosed=False)
    link(app, "C-100", "800A", "006A")
    assert told(app) == []
    names = [(one.name, one.due, one.in_book) for one in compared(app).denominators]
    assert names[2:] == [("Salesforce: contracts", 1, 1), ("Salesforce: opportunities", 1, 1)]


def test_here_but_nowhere_else(app: App) -> None:
    bring_in(app, SOON)
    there(app, "Contract", "800A", ContractNumber="1", EndDate="2026-12-31")
    link(app, "C-100", "800A")
    app.do(lambda work: factories.customer(work, "Alone Ltd", ends_on=date(2026, 12, 1), e164="+16175550188"))
    row = only(app)
    assert (row.difference, row.account, row.in_lists, row.in_book, row.in_crm) == (
        Difference.NOWHERE_ELSE, "Alone Ltd", False, True, False,
    )  # fmt: skip
    assert row.what_to_do


def test_here_and_in_salesforce_but_in_no_list(app: App) -> None:
    bring_in(app, {"End_Date": "2029-12-31"})
    app.do(lambda work: factories.customer(work, "Quiet Ltd", ends_on=date(2026, 12, 1), e164="+16175550188"))
    there(app, "Contract", "800A", ContractNumber="1", EndDate="2026-12-01")
    number = app.ask(lambda work: str(work.rows("SELECT max(number) FROM contract WHERE number <> 'C-100'")[0][0]))
    link(app, number, "800A")
    assert [row.difference for row in compared(app).rows] == [Difference.NOT_IN_LISTS]


@pytest.mark.parametrize(
    ("state", "words"),
    [(None, "It was never sent."), ("waiting", "It waits for the next sync."), ("held", "You keep it back."),
     ("refused", "Salesforce refused it: Bad value")],
)  # fmt: skip
def test_here_and_not_in_salesforce_says_what_became_of_it(app: App, state: str | None, words: str) -> None:
    bring_in(app, SOON)
    there(app, "Contract", "800X", ContractNumber="9", EndDate="2031-01-01")

    def queue(work: Work) -> None:
        work.raw.execute("DELETE FROM outbox_entry")
        if state:
            work.raw.execute(
                "INSERT INTO outbox_entry (entity, record_id, marked_at, revision, state, attempts, code, message, "
                "fields) VALUES ('renewal', 1, 0, 1, ?, 0, '', 'Bad value', '')",
                (state,),
            )

    app.record(queue)
    assert (only(app).difference, only(app).words) == (Difference.NOT_IN_CRM, words)


def test_ends_that_differ_by_more_than_a_day_are_named(app: App) -> None:
    bring_in(app, SOON, SOON)
    there(app, "Contract", "800A", ContractNumber="1", EndDate="2027-01-01")
    there(app, "Contract", "800B", ContractNumber="2", EndDate="2026-11-30")
    link(app, "C-100", "800A")
    link(app, "C-101", "800B")
    row = only(app)
    assert (row.difference, row.number) == (Difference.OTHER_END, "C-101")
    assert row.words == "Here it ends on 2026-12-31; Salesforce says 2026-11-30."


def test_a_contract_that_went_away_since_its_list_came_is_gone(app: App) -> None:
    bring_in(app, SOON, SOON)

    def take(work: Work) -> None:
        for sql in (
            "DELETE FROM renewal WHERE contract_id = 2", "DELETE FROM contract_line WHERE contract_id = 2",
            "DELETE FROM contract WHERE id = 2",
        ):  # fmt: skip
            work.raw.execute(sql)

    app.record(take)
    assert told(app) == [(Difference.GONE, "C-101")]


def test_a_list_of_older_days_counts_nothing_and_says_so(app: App) -> None:
    bring_in(app, SOON)
    app.record(lambda work: work.raw.execute("UPDATE import_batch SET listed = NULL"))
    assert [one.is_known for one in compared(app).denominators] == [True, False]
    assert told(app) == []


def test_after_a_sync_the_book_holds_what_salesforce_says_is_due(app: App, clock: ManualClock) -> None:
    pair = make_pair(app, clock)
    try:
        customers(pair, 3)
        assert pair.sync().problem == ""
        assert app.ask(ledger, FIRST, LAST).due == 3
        assert told(app) == []
        assert [(one.due, one.missing) for one in compared(app).denominators] == [(3, 0)] * 3
    finally:
        pair.web.close()
        pair.org.close()


def test_a_row_without_a_number_is_not_taken_for_the_contract_of_that_number(app: App) -> None:
    bring_in(app, {**SOON, "Contract_No": "3"}, {**SOON, "Contract_No": "", "End_Customer": ""})  # in row 3
    listed = compared(app).denominators[1]
    assert (listed.due, listed.in_book, listed.missing) == (2, 1, 1)
