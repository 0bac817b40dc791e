"""The doctor on the sync: one that was cut short, what was refused, how old the last whole one is, the keychain."""

from datetime import timedelta

import pytest

from callstation.calling.calls import log_outcome
from callstation.doctor import Finding, Health
from callstation.sync import health
from callstation.sync.connection import connect
from callstation.sync.salesforce.oauth import Identity
from db.vocabulary import Disposition
from tests.keychain import Keychain, keychain
from tests.sync.desk.conftest import BASE, Pair
from tests.sync.desk.test_first_sync import fill

__all__ = ["keychain"]


@pytest.fixture
def synced(pair: Pair) -> Pair:
    """One customer, a sign-in that the store knows, a sync that went through, and a call since."""
    fill(pair)
    me = Identity(pair.org.user_id, pair.org.org_id, pair.org.username, "Robin Rep", "", BASE)
    pair.app.record(connect, me, host=BASE, client_id="it")
    assert _sync(pair).found == "Robin Rep is signed in, and no sync has gone through yet."
    pair.sync()
    ((target_id,),) = pair.rows("SELECT id FROM call_target")
    pair.app.do(log_outcome, target_id, Disposition.NO_ANSWER, note="Rang out.", duration_s=31)
    return pair


def _sync(pair: Pair) -> Finding:
    return pair.app.ask(health.sync)


def test_the_age_of_the_last_whole_sync_is_told(synced: Pair) -> None:
    synced.clock.advance(3 * 3600)
    assert _sync(synced).health is Health.GOOD
    assert "3 hours ago" in _sync(synced).found
    synced.clock.advance(timedelta(days=8).total_seconds())
    assert _sync(synced).health is Health.WARNING
    assert "8 days ago" in _sync(synced).found
    assert "callstation sync" in _sync(synced).advice


def test_a_sync_cut_short_is_told_until_the_next_one(synced: Pair) -> None:
    synced.app.record(lambda work: work.derive("UPDATE outbox_entry SET state = 'sending', sent_at = 1"))
    assert _sync(synced).health is Health.WARNING
    assert "1 change is in doubt" in _sync(synced).found
    synced.sync()
    assert _sync(synced).health is Health.GOOD


def test_an_open_bulk_job_is_told(synced: Pair) -> None:
    synced.app.record(
        lambda work: work.derive(
            "INSERT INTO sync_job (job_id, sobject, verb, rows, opened_at) VALUES ('750', 'Task', 'upsert', '[]', 1)"
        )
    )
    assert "1 bulk job is open" in _sync(synced).found


def test_refused_changes_and_what_waits_are_counted(synced: Pair) -> None:
    found = synced.app.ask(health.outbox)
    assert (found.health, found.found) == (Health.GOOD, "1 change waits for Salesforce, 0 held back.")
    synced.org.rule("Task", "Description", "contains", "Rang out", "Say more.")
    synced.sync()
    found = synced.app.ask(health.outbox)
    assert found.health is Health.WARNING
    assert found.found.startswith("1 refused change or decision needs you")
    assert "callstation outbox" in found.advice


def test_a_computer_without_a_keychain_is_told_to_who_is_signed_in(
    synced: Pair,
) -> None:
    import keyring
    from keyring.backends import fail

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        found = synced.app.ask(health.keychain)
    finally:
        keyring.set_keyring(before)
    assert found.health is Health.WARNING
    assert "until you quit" in found.found


def test_a_keychain_is_told_and_not_read(synced: Pair, keychain: Keychain) -> None:
    keychain.is_locked = True
    assert synced.app.ask(health.keychain).health is Health.GOOD
