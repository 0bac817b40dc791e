"""Quotes go to Salesforce with their lines once they are sent, and what is decided there comes back."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes.difference import difference
from callstation.quotes.expiring import expire_quotes
from callstation.quotes.quotes import accept_quote, reject_quote, send_quote
from callstation.sync import conflicts, mending, outbox
from callstation.sync.describing import preview, title_of
from callstation.sync.dry_run import dry_run
from callstation.sync.failures import Mend
from callstation.sync.overview import attention
from callstation.sync.standing import attention_count
from callstation.work import Work
from db.vocabulary import SyncEntity
from tests import factories
from tests.sync.desk.conftest import Pair
from tests.sync.desk.quoting import (
    LINES,
    PRODUCTS,
    QUOTES,
    USUAL,
    amounts,
    draft,
    newer_version,
    price_book,
    quoting_desk,
    sent,
)


@pytest.fixture(params=[True, False], ids=["with the key field", "by name alone"])
def desk(request: pytest.FixtureRequest, app: App, clock: ManualClock) -> Iterator[Pair]:
    """Two customers on both sides and a price book there, with and without the key field."""
    yield from quoting_desk(app, clock, has_key=request.param)


def test_a_sent_quote_is_there_with_its_lines_to_the_cent(desk: Pair) -> None:
    quote_id = sent(desk)
    receipt = desk.sync()
    assert (receipt.problem, receipt.refused) == ("", 0)
    (quote,) = desk.there(QUOTES)
    ((opportunity,),) = desk.rows("SELECT crm_id FROM renewal WHERE id = 1")
    assert (quote["Name"], quote["Status"], quote["OpportunityId"]) == ("Q-2026-0001 v1", "Presented", opportunity)
    assert quote["ExpirationDate"] == "2026-12-23"
    assert quote["Description"].startswith(
        "Three years, prorated by days of 365 a year.\nTotal 46,225.00 USD, list price 46,225.00 USD."
    )
    assert (quote["TotalPrice"], quote["LineItemCount"]) == (46225.0, 2)
    lines = desk.there(LINES)
    assert [Decimal(str(line["TotalPrice"])) for line in lines] == amounts(desk, quote_id)
    assert (lines[0]["Quantity"], lines[0]["UnitPrice"]) == (90, 502.5)
    assert (lines[1]["Quantity"], lines[1]["UnitPrice"]) == (1, 1000.0), "1,000.00 is not seven times a price"
    mark = "" if desk.has_key else f" [{desk.rows('SELECT uid FROM quote_line WHERE position = 1')[0][0][:8]}]"
    assert lines[1]["Description"] == f"Q-2026-0001 v1, line 2{mark}: 7 units, 2026-12-10 to 2027-12-09"
    assert desk.waiting() == []
    assert receipt.is_balanced, receipt.counts
    assert [(one.here, one.there) for one in receipt.counts if one.sobject == "Quote"] == [(1, 1)]


def test_the_timeline_of_a_quote_goes_as_completed_tasks(desk: Pair) -> None:
    desk.app.do(accept_quote, sent(desk))
    desk.sync()
    tasks = desk.there(
        "SELECT Subject, Status, TaskSubtype, Description FROM Task WHERE IsClosed = true ORDER BY Subject"
    )
    assert [task["Subject"] for task in tasks if task["Subject"].startswith("Quote")] == [
        "Quote Q-2026-0001 v1 accepted", "Quote Q-2026-0001 v1 sent",
    ]  # fmt: skip
    assert tasks[-1]["Description"] == "Quote Q-2026-0001 v1 sent: 46,225.00 USD, three years"
    assert {task["TaskSubtype"] for task in tasks} == {"Task"}
    desk.sync()
    assert desk.rows("SELECT count(*) FROM callback WHERE note LIKE '%v1 sent%'") == [(0,)], "they come back as nothing"


def test_drafts_stay_here_even_where_something_marked_one(desk: Pair) -> None:
    quote_id = desk.app.do(draft, 1)
    desk.app.do(outbox.mark, SyncEntity.QUOTE, quote_id)
    assert desk.sync().problem == ""
    assert desk.there(QUOTES) == []
    assert desk.waiting() == [], "and nothing waits for ever"


def test_what_becomes_of_a_quote_follows_there(desk: Pair) -> None:
    first, second = sent(desk, 1), sent(desk, 2)
    desk.sync()
    desk.app.do(accept_quote, first)
    desk.app.do(reject_quote, second, reason="Too dear")
    assert desk.sync().problem == ""
    assert [row["Status"] for row in desk.there(f"{QUOTES} ORDER BY Name")] == ["Accepted", "Denied"]
    assert "Rejected: Too dear" in desk.there(f"{QUOTES} WHERE Status = 'Denied'")[0]["Description"]
    assert desk.waiting() == []


def test_a_second_sync_sends_nothing(desk: Pair) -> None:
    sent(desk)
    desk.sync()
    desk.clock.advance(660)
    desk.sync()
    assert desk.sync().sent == 0


@pytest.mark.parametrize(("there", "here"), [("Accepted", "accepted"), ("Denied", "rejected")])
def test_a_decision_there_moves_ours_as_the_rep_would(desk: Pair, there: str, here: str) -> None:
    quote_id = sent(desk)
    desk.sync()
    desk.clock.advance(60)
    desk.org.update("Quote", desk.there(QUOTES)[0]["Id"], {"Status": there})
    receipt = desk.sync()
    assert (receipt.problem, receipt.conflicts) == ("", 0)
    assert desk.rows("SELECT status FROM quote WHERE id = ?", quote_id) == [(here,)]
    assert desk.rows("SELECT stage FROM renewal WHERE id = 1") == [("verbal_yes" if here == "accepted" else "at_risk",)]
    desk.clock.advance(660)
    desk.sync()
    assert desk.waiting() == []
    assert desk.there(QUOTES)[0]["Status"] == there
    worth = 46225 if here == "accepted" else 1000
    assert desk.rows("SELECT amount / 10000 FROM renewal WHERE id = 1") == [(worth,)]
    assert desk.there("SELECT Amount FROM Opportunity ORDER BY Name")[0]["Amount"] == worth


def test_two_decisions_that_differ_are_for_the_rep(desk: Pair) -> None:
    quote_id = sent(desk)
    desk.sync()
    desk.clock.advance(60)
    desk.app.do(accept_quote, quote_id)
    desk.org.update("Quote", desk.there(QUOTES)[0]["Id"], {"Status": "Denied"})
    assert desk.sync().conflicts == 1
    (row,) = [one for one in desk.app.ask(attention) if one.conflict_id is not None]
    assert row.sentence == "You set “accepted”; Robin Reyes set “rejected” in Salesforce."
    assert row.conflict_id is not None
    assert desk.rows("SELECT step FROM closing_mark") == [("quote_accepted",)]
    desk.app.do(conflicts.use_theirs, row.conflict_id)
    assert desk.rows("SELECT status, reason FROM quote") == [("rejected", "Rejected in Salesforce")]
    assert desk.rows("SELECT step FROM closing_mark") == []
    desk.sync()
    assert desk.there(QUOTES)[0]["Status"] == "Denied"
    assert desk.rows("SELECT count(*) FROM sync_conflict") == [(0,)]


def test_a_product_that_is_not_there_is_told_in_words_and_asked_about_once(desk: Pair) -> None:
    lines = [*USUAL, ("Ours <b>alone</b>", 3, "12.00"), ("Wayfold", 1, "5.00")]
    quote_id = desk.app.do(draft, 1, lines)
    desk.app.do(send_quote, quote_id)
    receipt = desk.sync()
    assert (receipt.problem, receipt.refused) == ("", 2)
    (quote,) = desk.there(QUOTES)
    assert quote["LineItemCount"] == 2
    assert "Without a line here, not in the price book: 3 x Ours <b>alone</b>, 12.00 USD." in quote["Description"]
    (row,) = desk.app.ask(attention)
    assert row.sentence == (
        "Salesforce's price book does not have: Ours <b>alone</b>, Wayfold. It is told in words instead."
    )
    assert desk.app.ask(attention_count) == 1
    assert row.mends == (Mend.KEEP_LOCAL, Mend.RETRY)
    desk.app.do(mending.mend, SyncEntity.QUOTE_LINE, row.record_id, Mend.KEEP_LOCAL)
    assert desk.app.ask(attention) == []
    assert desk.waiting() == []


def test_a_line_goes_by_itself_once_its_product_is_there(desk: Pair) -> None:
    quote_id = desk.app.do(draft, 1, [*USUAL, ("Wayfold", 2, "5.00")])
    desk.app.do(send_quote, quote_id)
    desk.sync()
    price_book(desk, ["Wayfold"])
    desk.clock.advance(60)
    assert desk.sync().problem == ""
    (quote,) = desk.there(QUOTES)
    assert (quote["LineItemCount"], quote["TotalPrice"]) == (3, 46230.0)
    assert "Wayfold" not in quote["Description"]
    assert desk.waiting() == []


def test_a_quote_in_another_currency_goes_without_lines_and_says_so(desk: Pair) -> None:
    desk.app.record(lambda work: work.derive("INSERT OR REPLACE INTO store_fact VALUES ('crm.currency', 'USD')"))
    quote_id = desk.app.do(draft, 1, currency="EUR")
    desk.app.do(send_quote, quote_id)
    assert desk.sync().refused == 2
    (quote,) = desk.there(QUOTES)
    assert quote["LineItemCount"] == 0
    assert "in another currency than the opportunity: 90 x Quillbase Starter, 45,225.00 EUR." in quote["Description"]


def test_a_quote_waits_for_an_opportunity_that_is_held_back(desk: Pair) -> None:
    def only_here(work: Work) -> int:
        contract_id = factories.contract(work, 1, date(2027, 6, 1), "C-77")
        return factories.renewal(work, contract_id, 1, date(2027, 6, 1))

    renewal_id = desk.app.do(only_here)
    sent(desk, renewal_id)
    desk.app.do(outbox.hold, SyncEntity.RENEWAL, renewal_id)
    assert desk.sync().problem == ""
    assert desk.there(QUOTES) == []
    assert desk.app.ask(dry_run).stuck[0].why == "It waits for Customer 0000, Renewal of C-77."
    desk.app.do(outbox.release, SyncEntity.RENEWAL, renewal_id)
    assert desk.sync().problem == ""
    assert [row["LineItemCount"] for row in desk.there(QUOTES)] == [2]
    assert desk.waiting() == []


def test_a_quote_kept_on_this_computer_takes_its_lines_along(desk: Pair) -> None:
    quote_id = sent(desk)
    desk.app.do(outbox.drop, SyncEntity.QUOTE, quote_id)
    assert desk.sync().problem == ""
    assert desk.there(QUOTES) == []
    assert desk.waiting() == []


def test_a_look_first_tells_what_goes(desk: Pair) -> None:
    quote_id = sent(desk)
    title = desk.app.ask(title_of, SyncEntity.QUOTE, quote_id)
    assert (title.account, title.what) == ("Customer 0000", "Quote Q-2026-0001 v1")
    line = desk.app.ask(title_of, SyncEntity.QUOTE_LINE, 1)
    assert line.what == f"Quote Q-2026-0001 v1, 90 x {PRODUCTS[0]}"
    seen = desk.app.ask(preview, SyncEntity.QUOTE, quote_id)
    assert seen is not None
    assert seen.verb == "Makes a Quote"
    assert {one.label: one.now for one in seen.lines}["Valid until"] == "23 Dec 2026"
    found = desk.app.ask(dry_run)
    told: dict[str, int] = {}
    for sobject, _, count in found.by_object:
        told[sobject] = told.get(sobject, 0) + count
    receipt = desk.sync()
    assert told == receipt.sent_by_object
    assert (told["Quote"], told["QuoteLineItem"]) == (1, 2)


def test_a_quote_goes_along_with_an_account_that_is_merged_into_one_nobody_had_to_call(desk: Pair) -> None:
    quote_id = sent(desk)
    master = desk.org.create("Account", {"Name": "Master Ltd"})
    desk.sync()
    ((loser, target_id),) = desk.rows("SELECT a.crm_id, q.target_id FROM quote q JOIN account a ON a.id = q.account_id")
    desk.clock.advance(60)
    desk.org.merge("Account", master, [loser])
    assert desk.sync().problem == ""
    owed = "SELECT t.id, a.name, t.renewal_count FROM callback b JOIN call_target t ON t.id = b.target_id "
    assert desk.rows(f"{owed} JOIN account a ON a.id = t.account_id WHERE b.status = 'open'") == [
        (target_id, "Master Ltd", 1)
    ]
    assert desk.rows("SELECT target_id FROM renewal WHERE id = 1") == [(target_id,)]
    assert "Nothing is up for renewal here." not in desk.app.ask(difference, quote_id).problems


def test_what_was_replaced_or_ran_out_before_the_first_sync_is_not_told(desk: Pair) -> None:
    first = sent(desk, 1)
    second = desk.app.do(newer_version, first)
    desk.app.do(send_quote, second)
    ran_out = desk.app.do(draft, 2, valid_until=date(2026, 11, 23))
    desk.app.do(send_quote, ran_out)
    desk.clock.advance(90_000)
    assert desk.app.do(expire_quotes) == 1
    assert desk.sync().problem == ""
    assert [row["Name"] for row in desk.there(QUOTES)] == ["Q-2026-0001 v2"]
    assert desk.waiting() == []


def test_what_was_told_and_then_replaced_or_ran_out_says_so_there(desk: Pair) -> None:
    first = sent(desk, 1)
    ran_out = desk.app.do(draft, 2, valid_until=date(2026, 11, 23))
    desk.app.do(send_quote, ran_out)
    desk.sync()
    desk.app.do(newer_version, first)
    desk.clock.advance(90_000)
    desk.app.do(expire_quotes)
    assert desk.sync().problem == ""
    told = {row["Name"]: row for row in desk.there(QUOTES)}
    assert (told["Q-2026-0001 v1"]["Status"], told["Q-2026-0002 v1"]["Status"]) == ("Rejected", "Presented")
    assert "\nReplaced by a newer version." in told["Q-2026-0001 v1"]["Description"]
    assert "\nExpired without an answer." in told["Q-2026-0002 v1"]["Description"]
    desk.clock.advance(660)
    desk.sync()
    assert desk.rows("SELECT status FROM quote ORDER BY id") == [("superseded",), ("expired",), ("draft",)]
    assert desk.waiting() == []
