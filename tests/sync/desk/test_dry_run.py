"""A look at what the next sync would send: it says what then goes, and asks nobody."""

from datetime import date

from callstation.accounts.contacts import add_contact
from callstation.calling.calls import log_outcome
from callstation.sync import outbox
from callstation.sync.dry_run import dry_run
from db.vocabulary import Disposition, SyncEntity
from tests import factories
from tests.sync.desk.conftest import Pair
from tests.sync.desk.test_first_sync import fill


def _loaded(pair: Pair) -> tuple[int, int]:
    """A customer of both sides; (account, call target)."""
    fill(pair)
    pair.sync()
    ((account_id,),) = pair.rows("SELECT id FROM account")
    ((target_id,),) = pair.rows("SELECT id FROM call_target")
    return account_id, target_id


def test_what_a_look_tells_is_what_the_sync_sends(pair: Pair) -> None:
    account_id, target_id = _loaded(pair)
    pair.app.do(add_contact, account_id, name="Dan Kim", number="+16175550177")
    pair.app.do(log_outcome, target_id, Disposition.VERBAL_YES, note="Signs on Friday.")
    seen = len(pair.web.faults.seen)
    found = pair.app.ask(dry_run)
    assert len(pair.web.faults.seen) == seen, "a look asks nobody"
    assert (found.refused, found.blocked, found.doubtful) == (0, 0, 0)
    receipt = pair.sync()
    told: dict[str, int] = {}
    for sobject, _verb, count in found.by_object:
        told[sobject] = told.get(sobject, 0) + count
    assert told == receipt.sent_by_object
    assert found.total == receipt.sent


def test_a_call_to_a_new_person_is_counted_behind_the_person(pair: Pair) -> None:
    account_id, target_id = _loaded(pair)
    contact_id = pair.app.do(add_contact, account_id, name="Dan Kim", number="+16175550177")
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER)
    pair.app.record(lambda work: work.derive("UPDATE activity SET contact_id = ?", (contact_id,)))
    found = pair.app.ask(dry_run)
    assert {sobject: count for sobject, _, count in found.by_object}["Contact"] == 1
    assert found.blocked == 0
    assert pair.sync().sent == found.total


def test_what_waits_for_something_held_is_named_with_its_reason(pair: Pair) -> None:
    _loaded(pair)
    new = pair.app.do(factories.customer, "Aldous & Finch", ends_on=date(2026, 12, 1), e164="+16175550199")
    ((contact_id,),) = pair.rows("SELECT id FROM contact WHERE account_id = ?", new)
    pair.app.do(outbox.mark, SyncEntity.ACCOUNT, new)
    pair.app.do(outbox.hold, SyncEntity.ACCOUNT, new)
    pair.app.do(outbox.mark, SyncEntity.CONTACT, contact_id)
    found = pair.app.ask(dry_run)
    assert (found.blocked, found.total) == (1, 0)
    (stuck,) = found.stuck
    assert stuck.title == "Aldous & Finch, Contact Priya Raman"
    assert stuck.why == "It waits for Aldous & Finch, New account."
    pair.app.do(outbox.release, SyncEntity.ACCOUNT, new)
    assert pair.app.ask(dry_run).total == 2
    assert pair.sync().sent == 2


def test_what_our_own_check_refuses_is_told_before_anything_is_sent(pair: Pair) -> None:
    _, target_id = _loaded(pair)
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER, note="x" * 32_001)
    pair.app.do(factories.customer, "Not There", ends_on=date(2026, 12, 1), e164="+16175550199")
    ((not_there,),) = pair.rows("SELECT id FROM contact WHERE crm_id IS NULL")
    pair.app.do(outbox.mark, SyncEntity.CONTACT, not_there)
    found = pair.app.ask(dry_run)
    assert found.refused == 2
    assert sorted(one.why for one in found.stuck) == [
        "The note is longer than Salesforce allows. 32,001 characters, 32,000 at most.",
        "This account is not in Salesforce yet.",
    ]
    assert pair.sync().problem == ""
    assert [state for _, _, state, _ in pair.waiting()].count("refused") == 2


def test_an_empty_outbox_tells_of_nothing(pair: Pair) -> None:
    _loaded(pair)
    found = pair.app.ask(dry_run)
    assert (found.by_object, found.total, found.stuck) == ((), 0, ())
