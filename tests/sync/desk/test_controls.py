"""The controls that must fail: without the key a lost answer doubles, and a row lost there shows in the counts."""

import pytest

from callstation.accounts import contacts
from callstation.sync import counts, push, unknown
from callstation.sync.context import read_context
from callstation.sync.run import Run
from db.vocabulary import Disposition
from tests.sync.desk.conftest import Pair
from tests.sync.desk.people import call_all, customers, targets

CALLS = "SELECT CallObject FROM Task WHERE TaskSubtype = 'Call'"


@pytest.mark.parametrize("waits_min", [0, 11])
def test_a_lost_answer_is_looked_up_and_nothing_is_doubled(keyless: Pair, waits_min: int) -> None:
    customers(keyless, 1)
    keyless.sync()
    call_all(keyless, targets(keyless), iter([Disposition.NO_ANSWER]))
    keyless.plan("drop_after", at=4)
    assert "looked up" in keyless.sync().problem
    assert len(keyless.there(CALLS)) == 1
    keyless.clock.advance(waits_min * 60)
    assert keyless.sync().problem == ""
    assert len(keyless.there(CALLS)) == 1
    assert keyless.waiting() == []


def test_control_without_key_and_look_up_it_doubles(keyless: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a plain client does; if this ever passes clean, the tests above prove nothing."""

    def forget(run: Run) -> None:
        run.app.record(unknown.free, run.app.ask(lambda work: work.rows("SELECT entity, record_id FROM outbox_entry")))

    monkeypatch.setattr(push, "resolve", forget)
    customers(keyless, 1)
    keyless.sync()
    call_all(keyless, targets(keyless), iter([Disposition.NO_ANSWER]))
    keyless.plan("drop_after", at=4)
    keyless.sync()
    keyless.sync()
    markers = [row["CallObject"] for row in keyless.there(CALLS)]
    assert len(markers) == 2
    assert len(set(markers)) == 1


def test_a_call_that_may_still_be_on_its_way_is_not_sent_again_for_ten_minutes(keyless: Pair) -> None:
    customers(keyless, 1)
    keyless.sync()
    call_all(keyless, targets(keyless), iter([Disposition.NO_ANSWER]))
    keyless.plan("drop_before", at=4)
    keyless.sync()
    assert keyless.there(CALLS) == []
    keyless.clock.advance(60)
    keyless.sync()
    assert keyless.there(CALLS) == []
    assert [row[2] for row in keyless.waiting()] == ["unknown"]
    keyless.clock.advance(600)
    keyless.sync()
    assert len(keyless.there(CALLS)) == 1
    assert keyless.waiting() == []


def test_a_row_that_vanishes_there_shows_in_the_counts_and_is_let_go(pair: Pair) -> None:
    customers(pair, 3)
    pair.sync()
    call_all(pair, targets(pair), iter([Disposition.NO_ANSWER] * 3))
    assert pair.sync().is_balanced
    task = pair.there("SELECT Id FROM Task")[0]["Id"]
    pair.org.delete("Task", task)
    pair.org.purge()
    client = pair.client()
    run = Run(pair.app, client, pair.app.ask(read_context, pair.org.user_id))
    odd = [one for one in counts.count(run) if not one.is_equal]
    client.close()
    assert [(one.sobject, one.here, one.there) for one in odd] == [("Task", 3, 2)]
    receipt = pair.sync()
    assert receipt.is_balanced, receipt.counts
    assert pair.rows("SELECT count(*) FROM activity WHERE kind = 'call'") == [(3,)], "the call itself stays here"


def test_a_person_in_doubt_whose_account_is_gone_ends_no_sync(keyless: Pair) -> None:
    customers(keyless, 2)
    keyless.sync()
    keyless.app.do(contacts.add_contact, 1, name="New Person")
    keyless.plan("drop_before", at=4)
    keyless.sync()
    keyless.app.record(lambda work: work.derive("UPDATE account SET crm_id = NULL WHERE id = 1"))
    keyless.clock.advance(660)
    assert keyless.sync().problem == ""
