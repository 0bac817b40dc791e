"""What Salesforce refuses, or our own check does: kept, said in a sentence, mended, and sent."""

import pytest

from callstation.calling.amend import amend_note
from callstation.calling.calls import log_outcome
from callstation.calling.targets import refresh_targets
from callstation.sync import mending, outbox
from callstation.sync.failures import Mend
from callstation.sync.overview import attention
from db.vocabulary import Disposition, SyncEntity
from tests.conftest import MONDAY_MORNING
from tests.factories import customer
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers, targets


@pytest.fixture
def desk(pair: Pair) -> Pair:
    customers(pair, 2)
    pair.sync()
    return pair


def test_a_note_that_is_too_long_is_refused_before_it_is_sent_and_goes_once_it_is_shorter(desk: Pair) -> None:
    logged = desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER, note="x" * 32_001)
    receipt = desk.sync()
    assert (receipt.sent, receipt.refused) == (0, 1)
    assert not desk.web.faults.seen[-1].path.endswith("/composite/sobjects")
    (row,) = desk.app.ask(attention)
    assert row.sentence == "The note is longer than Salesforce allows. 32,001 characters, 32,000 at most."
    assert row.small == "STRING_TOO_LONG. It is kept on this computer."
    assert row.mends == (Mend.EDIT, Mend.KEEP_LOCAL)
    desk.app.do(amend_note, logged.activity_id, "Shorter")
    assert desk.sync().sent == 1
    assert desk.there("SELECT Description FROM Task") == [{"Description": "Shorter"}]


def test_a_rule_of_the_company_is_told_in_its_own_words(desk: Pair) -> None:
    desk.org.rule("Task", "Description", "=", "No number", "Notes need a ticket number.")
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER, note="No number")
    assert desk.sync().refused == 1
    (row,) = desk.app.ask(attention)
    assert row.sentence == "A rule of your company says: Notes need a ticket number."
    desk.org.clear_rules()
    desk.app.do(mending.mend, SyncEntity.ACTIVITY, row.record_id, Mend.RETRY)
    assert desk.sync().sent == 1


def test_a_locked_row_is_tried_again_in_the_same_sync_with_growing_waits(desk: Pair) -> None:
    desk.plan("row_lock", at=4)
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    receipt = desk.sync()
    assert (receipt.sent, receipt.refused) == (1, 0)
    assert desk.waits, "it waited before the second try"


def test_a_row_locked_for_good_is_given_up_after_six_tries_and_told(desk: Pair) -> None:
    desk.plan("row_lock", at=4, times=50)
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    receipt = desk.sync()
    assert (receipt.sent, receipt.refused) == (0, 1)
    assert len(desk.waits) == 5
    assert desk.waits == sorted(desk.waits)
    assert [row[2:] for row in desk.waiting()] == [("refused", "UNABLE_TO_LOCK_ROW")]


def test_a_call_with_a_contact_that_was_deleted_goes_with_another_or_with_none(desk: Pair) -> None:
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    desk.sync()  # the call is there
    desk.app.do(log_outcome, targets(desk)[1], Disposition.NO_ANSWER)
    other = desk.there("SELECT Id FROM Contact ORDER BY Id")[1]["Id"]
    # the deletion is not seen by this sync's pull: it falls between pull and push
    seen: list[str] = []

    def between(done: int, total: int, words: str) -> None:
        if words.startswith("Sending") and not seen:
            seen.append(words)
            desk.org.delete("Contact", other)

    assert desk.sync(report=between).refused == 1
    (row,) = [one for one in desk.app.ask(attention) if one.conflict_id is None]
    assert row.sentence == "The contact or account it speaks of was deleted in Salesforce."
    assert row.mends == (Mend.OTHER_CONTACT, Mend.KEEP_LOCAL)
    desk.app.do(mending.relink, row.record_id, None)
    assert desk.sync().sent >= 1
    assert len(desk.there("SELECT Id FROM Task WHERE TaskSubtype = 'Call'")) == 2


def local_customer(desk: Pair) -> int:
    def fill(work: object) -> int:
        account_id = customer(work, "Only here Ltd", ends_on=MONDAY_MORNING.date(), e164="+12125550100")  # type: ignore[arg-type]
        refresh_targets(work)  # type: ignore[arg-type]
        return account_id

    account_id = desk.app.record(fill)
    ((target_id,),) = desk.rows("SELECT id FROM call_target WHERE account_id = ?", account_id)
    for _ in range(2):
        desk.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    return account_id


def test_calls_of_an_account_that_is_not_there_wait_as_one_question(desk: Pair) -> None:
    local_customer(desk)
    desk.sync()
    (row,) = desk.app.ask(attention)
    assert row.title == "Only here Ltd"
    assert row.sentence == "This account is not in Salesforce yet. 2 changes wait for it."
    assert row.mends == (Mend.CREATE_ACCOUNT, Mend.KEEP_LOCAL)
    assert desk.there("SELECT Id FROM Task") == []


def test_once_the_rep_agrees_the_account_is_made_with_its_person_and_the_calls_go(desk: Pair) -> None:
    local_customer(desk)
    desk.sync()
    (row,) = desk.app.ask(attention)
    desk.app.do(mending.mend, row.entity or SyncEntity.ACTIVITY, row.record_id, Mend.CREATE_ACCOUNT)
    receipt = desk.sync()
    assert receipt.problem == ""
    assert desk.there("SELECT Name, BillingCity, BillingCountry FROM Account WHERE Name LIKE 'Only%'") == [
        {"Name": "Only here Ltd", "BillingCity": "Boston", "BillingCountry": "US"}
    ]
    tasks = desk.there("SELECT Account.Name, Who.Name FROM Task")
    assert [task["Who"]["Name"] for task in tasks] == ["Priya Raman"] * 2
    assert desk.waiting() == []
    assert receipt.is_balanced, receipt.counts


def test_kept_on_this_computer_they_ask_no_more(desk: Pair) -> None:
    local_customer(desk)
    desk.sync()
    (row,) = desk.app.ask(attention)
    desk.app.do(mending.mend, row.entity or SyncEntity.ACTIVITY, row.record_id, Mend.KEEP_LOCAL)
    assert desk.app.ask(attention) == []
    assert desk.sync().sent == 0
    desk.app.undo()
    assert len(desk.app.ask(attention)) == 1


def test_what_is_held_stays_until_it_is_released(desk: Pair) -> None:
    logged = desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    desk.app.do(outbox.hold, SyncEntity.ACTIVITY, logged.activity_id)
    assert desk.sync().sent == 0
    desk.app.do(outbox.release, SyncEntity.ACTIVITY, logged.activity_id)
    assert desk.sync().sent == 1


def test_the_days_share_of_calls_stops_a_sync_and_says_so(desk: Pair) -> None:
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    desk.plan("403_daily", at=1)
    receipt = desk.sync()
    assert "used up" in receipt.problem
    assert len(desk.waiting()) == 1
    desk.web.faults.reset()
    assert desk.sync().sent == 1
