"""What the rep does while a sync runs, between its look at the outbox and the answer."""

from collections.abc import Callable, Sequence

import pytest

from callstation.accounts import contacts
from callstation.calling.amend import amend_note
from callstation.calling.calls import log_outcome
from callstation.sync import mending, outbox
from callstation.sync.context import read_context
from callstation.sync.crm import Answer, Part
from callstation.sync.receipt import Receipt
from callstation.sync.rows import mark_parents, read_ready
from callstation.sync.syncing import sync
from db.vocabulary import Disposition, SyncEntity
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import customers, targets


@pytest.fixture
def desk(pair: Pair) -> Pair:
    customers(pair, 2)
    pair.sync()
    pair.clock.advance(60)
    return pair


def when(words: str, deed: Callable[[], object]) -> Callable[[int, int, str], object]:
    """A progress that does something at the first of these words."""
    left = [deed]

    def report(done: int, total: int, said: str) -> None:
        if said == words and left:
            left.pop()()

    return report


def test_a_call_undone_just_before_it_goes_out_does_not_go(desk: Pair) -> None:
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    receipt = desk.sync(report=when("Sending to Salesforce", desk.app.undo))
    assert receipt.problem == ""
    desk.sync()
    assert desk.there("SELECT Id FROM Task") == []
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)], "and it does not come back"


def test_a_change_held_back_just_before_it_goes_out_stays(desk: Pair) -> None:
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    ((activity_id,),) = desk.rows("SELECT id FROM activity")
    hold = lambda: desk.app.do(outbox.hold, SyncEntity.ACTIVITY, activity_id)  # noqa: E731
    desk.sync(report=when("Sending to Salesforce", hold))
    assert desk.there("SELECT Id FROM Task") == []
    assert ("activity", activity_id, "held", "") in desk.waiting()


def test_a_call_undone_while_its_lost_answer_is_looked_up_is_taken_back(desk: Pair) -> None:
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    desk.plan("drop_after", path="/composite", at=4, times=6)
    assert desk.sync().problem != ""
    desk.web.faults.reset()
    assert len(desk.there("SELECT Id FROM Task")) == 1
    desk.sync(report=when("Looking up what was sent before", desk.app.undo))
    desk.clock.advance(660)
    desk.sync()
    assert desk.there("SELECT Id FROM Task") == []
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]


def test_a_person_changed_just_as_the_sync_wants_to_make_him_is_no_trouble(desk: Pair) -> None:
    ((account_id,), _) = desk.rows("SELECT id FROM account ORDER BY id")
    contact_id = desk.app.do(contacts.add_contact, account_id, name="Late Person")
    desk.app.do(outbox.drop, SyncEntity.CONTACT, contact_id)
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER)
    ((activity_id,),) = desk.rows("SELECT id FROM activity WHERE kind = 'call'")
    desk.app.do(mending.relink, activity_id, contact_id)
    ready = desk.app.ask(read_ready, desk.app.ask(read_context, desk.org.user_id))
    assert ready.new_parents == {(SyncEntity.CONTACT, contact_id)}
    desk.app.do(contacts.change_contact, contact_id, role="Buyer")
    desk.app.record(mark_parents, ready.new_parents)
    desk.sync()
    assert desk.there("SELECT Title FROM Contact WHERE LastName = 'Person'") == [{"Title": "Buyer"}]
    assert desk.waiting() == []


def test_a_call_logged_in_place_of_one_that_is_on_its_way_is_sent_itself(desk: Pair) -> None:
    target_id = targets(desk)[0]
    desk.app.do(log_outcome, target_id, Disposition.NO_ANSWER, note="Wrong key")

    def think_again() -> None:
        desk.app.undo()
        desk.app.do(log_outcome, target_id, Disposition.LEFT_VOICEMAIL, note="Right key")

    assert sync_while(desk, think_again).problem == ""
    desk.clock.advance(660)
    desk.sync()
    assert desk.there("SELECT Description FROM Task") == [{"Description": "Right key"}]


def test_a_change_corrected_while_it_is_being_refused_goes_without_a_question(desk: Pair) -> None:
    desk.app.do(log_outcome, targets(desk)[0], Disposition.NO_ANSWER, note="Bad")
    ((activity_id,),) = desk.rows("SELECT id FROM activity")
    desk.org.rule("Task", "Description", "=", "Bad", "No bad notes.")
    sync_while(desk, lambda: desk.app.do(amend_note, activity_id, "Good"))
    assert desk.there("SELECT Description FROM Task") == [{"Description": "Good"}]
    assert desk.waiting() == []


def sync_while(desk: Pair, deed: Callable[[], object]) -> Receipt:
    """A sync during whose first sending the rep does something."""
    client, left = desk.client(), [deed]
    send = client.composite

    def composite(parts: Sequence[Part], *, is_repeatable: bool) -> list[Answer]:
        answers = send(parts, is_repeatable=is_repeatable)
        if left and any(part.method == "PATCH" for part in parts):
            left.pop()()
        return answers

    client.composite = composite  # type: ignore[method-assign]
    try:
        return sync(desk.app, client, desk.org.user_id)
    finally:
        client.close()
