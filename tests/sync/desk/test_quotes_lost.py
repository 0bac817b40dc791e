"""Quotes that are undone, deleted there or sent without an answer: there once, or not at all."""

from collections.abc import Iterator

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes.quotes import accept_quote
from callstation.sync import conflicts, outbox
from callstation.sync.overview import attention
from db.vocabulary import SyncEntity
from tests.sync.desk.conftest import Pair
from tests.sync.desk.quoting import LINES, QUOTES, newer_version, quoting_desk, sent


@pytest.fixture(params=[True, False], ids=["with the key field", "by name alone"])
def desk(request: pytest.FixtureRequest, app: App, clock: ManualClock) -> Iterator[Pair]:
    """Two customers on both sides and a price book there, with and without the key field."""
    yield from quoting_desk(app, clock, has_key=request.param)


def test_a_quote_whose_sending_is_undone_is_taken_back_with_its_lines(desk: Pair) -> None:
    sent(desk)
    desk.sync()
    assert desk.app.undo() == "Sent Q-2026-0001 v1 for Customer 0000. Salesforce gets a correction"
    assert desk.sync().problem == ""
    assert (desk.there(QUOTES), desk.there(LINES)) == ([], [])
    assert desk.rows("SELECT crm_id FROM quote_line") == [(None,), (None,)]
    assert desk.waiting() == []
    desk.app.redo()
    assert desk.sync().problem == ""
    assert len(desk.there(QUOTES)) == 1
    assert len(desk.there(LINES)) == 2


def test_a_quote_undone_altogether_is_taken_back_and_its_redo_makes_it_once(desk: Pair) -> None:
    sent(desk)
    desk.sync()
    desk.app.undo()
    desk.app.undo()
    assert desk.rows("SELECT count(*) FROM quote") == [(0,)]
    taken_back = [row for row in desk.rows("SELECT sobject, words FROM withdrawal") if row[0] != "Task"]
    assert taken_back == [("Quote", "Q-2026-0001 v1")], "its lines go with it"
    desk.sync()
    assert desk.there(QUOTES) == []
    desk.app.redo()
    desk.app.redo()
    desk.sync()
    desk.clock.advance(660)
    desk.sync()
    assert len(desk.there(QUOTES)) == 1
    assert len(desk.there(LINES)) == 2
    assert desk.waiting() == []


def test_an_undo_taken_back_before_the_next_sync_leaves_it_there(desk: Pair) -> None:
    sent(desk)
    desk.sync()
    before = desk.there("SELECT Id, SystemModstamp FROM QuoteLineItem")
    for _ in range(2):
        desk.app.undo()
    for _ in range(2):
        desk.app.redo()
    assert desk.sync().problem == ""
    assert desk.there("SELECT Id, SystemModstamp FROM QuoteLineItem") == before
    assert len(desk.there(QUOTES)) == 1
    assert desk.waiting() == []


@pytest.mark.parametrize("at", [4, 5])
def test_a_lost_answer_doubles_neither_quote_nor_line(desk: Pair, at: int) -> None:
    sent(desk)
    desk.plan("drop_after", at=at, times=6)
    assert desk.sync().problem != ""
    desk.web.faults.reset()
    for _ in range(3):
        desk.clock.advance(660)
        assert desk.sync().problem == ""
    assert len(desk.there(QUOTES)) == 1
    assert len(desk.there(LINES)) == 2
    assert desk.waiting() == []


@pytest.mark.parametrize("at", [4, 5])
def test_a_quote_undone_while_its_answer_is_lost_is_taken_back(desk: Pair, at: int) -> None:
    sent(desk)
    desk.plan("drop_after", at=at, times=6)
    desk.sync()
    desk.web.faults.reset()
    desk.app.undo()
    desk.app.undo()
    for _ in range(3):
        desk.clock.advance(660)
        assert desk.sync().problem == ""
    assert (desk.there(QUOTES), desk.there(LINES)) == ([], [])
    assert desk.waiting() == []


def test_a_quote_deleted_there_is_not_made_again_by_itself(desk: Pair) -> None:
    quote_id = sent(desk)
    desk.sync()
    desk.clock.advance(60)
    desk.org.delete("Quote", desk.there(QUOTES)[0]["Id"])
    assert desk.sync().problem == ""
    assert desk.rows("SELECT crm_id FROM quote") == [(None,)]
    assert desk.rows("SELECT crm_id FROM quote_line") == [(None,), (None,)]
    assert desk.sync().sent == 0
    assert desk.there(QUOTES) == []
    desk.app.do(accept_quote, quote_id)
    desk.sync()
    assert [(row["Status"], row["LineItemCount"]) for row in desk.there(QUOTES)] == [("Accepted", 2)]


def test_a_quote_changed_here_and_deleted_there_is_asked_about(desk: Pair) -> None:
    quote_id = sent(desk)
    desk.sync()
    desk.clock.advance(60)
    desk.app.do(accept_quote, quote_id)
    desk.org.delete("Quote", desk.there(QUOTES)[0]["Id"])
    assert desk.sync().conflicts == 1
    (row,) = [one for one in desk.app.ask(attention) if one.conflict_id is not None]
    assert (row.title, row.sentence) == (
        "Customer 0000, Quote Q-2026-0001 v1, accepted",
        "It was deleted in Salesforce.",
    )
    assert row.conflict_id is not None
    desk.app.do(conflicts.keep_mine, row.conflict_id)
    assert desk.sync().problem == ""
    assert [(one["Status"], one["LineItemCount"]) for one in desk.there(QUOTES)] == [("Accepted", 2)]


def test_an_opportunity_deleted_there_takes_its_quotes_back_with_it_when_the_rep_wants_it(desk: Pair) -> None:
    sent(desk)
    desk.sync()
    desk.clock.advance(60)
    ((opportunity,),) = desk.rows("SELECT crm_id FROM renewal WHERE id = 1")
    desk.org.delete("Opportunity", opportunity)
    assert desk.sync().conflicts == 1, "one question, not one for each quote"
    assert desk.sync().sent == 0
    (row,) = [one for one in desk.app.ask(attention) if one.conflict_id is not None]
    assert row.conflict_id is not None
    desk.app.do(conflicts.keep_mine, row.conflict_id)
    assert desk.sync().problem == ""
    assert [one["LineItemCount"] for one in desk.there(QUOTES)] == [2]
    assert desk.waiting() == []


def test_a_quote_of_a_renewal_that_was_set_aside_brings_no_opportunity_back(desk: Pair) -> None:
    quote_id = sent(desk)
    desk.sync()
    desk.clock.advance(60)
    ((opportunity,),) = desk.rows("SELECT crm_id FROM renewal WHERE id = 1")
    desk.org.delete("Opportunity", opportunity)
    desk.app.do(accept_quote, quote_id)
    desk.app.do(outbox.drop, SyncEntity.RENEWAL, 1)
    assert desk.sync().conflicts == 1, "one question, though the quote was changed here too"
    desk.sync()
    assert len(desk.there("SELECT Id FROM Opportunity")) == 1, "nothing is made before the rep has decided"
    ((conflict_id,),) = desk.rows("SELECT id FROM sync_conflict")
    desk.app.do(conflicts.use_theirs, conflict_id)
    assert desk.sync().problem == ""
    assert len(desk.there("SELECT Id FROM Opportunity")) == 1
    assert desk.waiting() == []


@pytest.mark.parametrize("at", [4, 5])
def test_a_request_that_is_repeated_at_once_refuses_nothing(desk: Pair, at: int) -> None:
    sent(desk)
    desk.plan("drop_after", at=at, times=1)
    desk.sync()
    for _ in range(2):
        desk.clock.advance(660)
        receipt = desk.sync()
        assert (receipt.problem, receipt.refused) == ("", 0)
    assert [row["LineItemCount"] for row in desk.there(QUOTES)] == [2]
    assert desk.waiting() == []


def test_a_state_that_stands_for_two_is_no_change_of_theirs(desk: Pair) -> None:
    """A replaced quote is "Rejected" there: told so, and the answer lost, it is not the customer's no."""
    first = sent(desk)
    desk.sync()
    desk.app.do(newer_version, first)
    desk.plan("drop_after", at=4, times=6)
    assert desk.sync().problem != ""
    desk.web.faults.reset()
    assert desk.there(QUOTES)[0]["Status"] == "Rejected"
    desk.clock.advance(660)
    receipt = desk.sync()
    assert (receipt.problem, receipt.conflicts) == ("", 0)
    assert desk.rows("SELECT status FROM quote ORDER BY id") == [("superseded",), ("draft",)]
