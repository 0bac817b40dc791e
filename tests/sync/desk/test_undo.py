"""Undo and redo around a sync: without a trace before it, a correction in Salesforce after it."""

from datetime import timedelta

from callstation.accounts import contacts
from callstation.calling.amend import amend_note
from callstation.calling.calls import log_outcome
from db.vocabulary import Disposition
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers, targets

TASKS = "SELECT Subject FROM Task ORDER BY Subject"


def begin(pair: Pair) -> int:
    customers(pair, 1)
    pair.sync()
    return targets(pair)[0]


def test_what_is_undone_before_a_sync_never_reaches_salesforce(pair: Pair) -> None:
    target_id = begin(pair)
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    pair.app.undo()
    assert pair.waiting() == []
    assert pair.sync().sent == 0
    assert pair.there(TASKS) == []


def test_a_sync_leaves_the_undo_of_the_calls_it_sent(pair: Pair) -> None:
    target_id = begin(pair)
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    pair.sync()
    assert pair.app.undo_label == "Logged No answer for Customer 0000"


def test_a_call_undone_after_it_was_sent_is_taken_back_there_and_says_so(pair: Pair) -> None:
    target_id = begin(pair)
    at = pair.clock.now() + timedelta(days=1)
    pair.app.do(log_outcome, target_id, Disposition.CALLBACK_AGREED, at=at)
    pair.sync()
    assert len(pair.there(TASKS)) == 2
    assert pair.app.undo() == "Logged Call back for Customer 0000. Salesforce gets a correction"
    assert [row[0] for row in pair.waiting()] == ["renewal", "withdrawal", "withdrawal"]
    receipt = pair.sync()
    assert receipt.problem == ""
    assert receipt.is_balanced
    assert pair.there(TASKS) == []
    assert pair.there("SELECT StageName FROM Opportunity") == [{"StageName": "Prospecting"}]
    assert pair.waiting() == []
    assert pair.rows("SELECT count(*) FROM withdrawal") == [(0,)]


def test_a_redo_after_that_makes_it_again_once(pair: Pair) -> None:
    target_id = begin(pair)
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER, note="Once")
    pair.sync()
    pair.app.undo()
    pair.sync()
    pair.app.redo()
    pair.sync()
    assert pair.there("SELECT Subject, Description FROM Task") == [
        {"Subject": "Call: No answer", "Description": "Once"}
    ]


def test_an_undo_taken_back_before_the_next_sync_changes_nothing_there(pair: Pair) -> None:
    target_id = begin(pair)
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    pair.sync()
    before = pair.there("SELECT Id, SystemModstamp FROM Task")
    pair.app.undo()
    pair.app.redo()
    assert pair.sync().sent == 0
    assert pair.there("SELECT Id, SystemModstamp FROM Task") == before
    assert pair.waiting() == []


def test_a_corrected_name_undone_after_it_was_sent_is_corrected_back(pair: Pair) -> None:
    begin(pair)
    ((contact_id,),) = pair.rows("SELECT id FROM contact")
    pair.app.do(contacts.change_contact, contact_id, role="Head of IT")
    pair.sync()
    assert pair.there("SELECT Title FROM Contact") == [{"Title": "Head of IT"}]
    pair.app.undo()
    pair.sync()
    assert pair.there("SELECT Title FROM Contact") == [{"Title": None}]
    assert pair.waiting() == []


def test_an_undo_while_the_answer_is_lost_takes_back_what_had_arrived(pair: Pair) -> None:
    target_id = begin(pair)
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    pair.plan("drop_after", at=4, times=6)
    assert "looked up" in pair.sync().problem
    pair.web.faults.reset()
    assert len(pair.there(TASKS)) == 1
    pair.app.undo()
    for _ in range(2):
        pair.clock.advance(660)
        assert pair.sync().problem == ""
    assert pair.there(TASKS) == []
    assert pair.waiting() == []


def test_a_call_that_kept_a_callback_can_be_undone_after_a_sync_too(pair: Pair) -> None:
    target_id = begin(pair)
    at = pair.clock.now() + timedelta(minutes=5)
    pair.app.do(log_outcome, target_id, Disposition.CALLBACK_AGREED, at=at)
    pair.clock.advance(600)
    pair.sync()
    pair.app.do(log_outcome, target_id, Disposition.VERBAL_YES)
    pair.sync()
    assert pair.app.undo() == "Logged Renewing for Customer 0000. Salesforce gets a correction"
    pair.sync()
    assert [row["Subject"] for row in pair.there(TASKS)] == ["Call back: Customer 0000", "Call: Call back"]
    assert pair.app.undo() is not None, "and the step before it"


def test_a_block_from_salesforce_outlives_the_undo_of_a_call(pair: Pair) -> None:
    target_id = begin(pair)
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    pair.clock.advance(60)
    pair.org.update("Contact", pair.there("SELECT Id FROM Contact")[0]["Id"], {"DoNotCall": True})
    pair.sync()
    pair.app.undo()
    assert pair.rows("SELECT state FROM call_target") == [("blocked",)]


def test_a_correction_whose_answer_was_lost_can_be_undone(pair: Pair) -> None:
    target_id = begin(pair)
    logged = pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER, note="First")
    pair.sync()
    pair.app.do(amend_note, logged.activity_id, "Second")
    pair.plan("drop_after", at=4, times=6)
    assert "looked up" in pair.sync().problem
    pair.web.faults.reset()
    assert pair.there("SELECT Description FROM Task") == [{"Description": "Second"}]
    pair.app.undo()
    pair.sync()
    assert pair.there("SELECT Description FROM Task") == [{"Description": "First"}]
    assert pair.waiting() == []
