"""A backup is put back after calls were synced: nothing is doubled there, and what only the CRM has is not lost."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from callstation.backup import make_backup, restore
from callstation.calling.calls import log_outcome
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.opening import open_app
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from db.vocabulary import Disposition
from tests.factories import customer
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import call_all, customers, targets

CALLS = "SELECT Id, Description FROM Task WHERE TaskSubtype = 'Call' ORDER BY Id"
OUTCOMES = (Disposition.NO_ANSWER, Disposition.CALLBACK_AGREED)


@pytest.fixture(params=[True, False], ids=["with the key field", "by the marker alone"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, clock: ManualClock, settings: Settings) -> Iterator[Pair]:
    """A rep's folder as the program keeps it, beside an org with six customers."""
    places = Places(tmp_path / "book")
    places.root.mkdir()
    save_settings(places.settings, settings)
    made = make_pair(open_app(places, clock=clock), clock, has_key=request.param)
    customers(made, 6)
    made.sync()
    yield made
    made.app.close()
    made.web.close()
    made.org.close()


def _put_back(desk: Pair) -> None:
    """Close the book, restore its newest backup, open it again."""
    places = Places(desk.app.store.parent)
    desk.app.close()
    restore(places, None, desk.clock.now())
    desk.app = open_app(places, clock=desk.clock)


def _back_up(desk: Pair) -> None:
    make_backup(desk.app, Places(desk.app.store.parent).backups)


def test_calls_made_before_the_backup_and_sent_after_it_are_not_doubled(desk: Pair) -> None:
    call_all(desk, targets(desk)[:3], cycle(OUTCOMES))
    _back_up(desk)  # the calls wait in it
    desk.sync()
    sent = desk.there(CALLS)
    assert len(sent) == 3
    owed = desk.there("SELECT Id, Subject FROM Task WHERE IsClosed = false ORDER BY Id")
    _put_back(desk)
    assert [state for _, _, state, _ in desk.waiting()].count("waiting") > 3, "the old book wants to send them again"
    receipt = desk.sync()
    assert receipt.problem == ""
    assert desk.there(CALLS) == sent
    assert desk.there("SELECT Id, Subject FROM Task WHERE IsClosed = false ORDER BY Id") == owed
    assert desk.waiting() == []
    assert desk.rows("SELECT count(*) FROM activity WHERE kind = 'call' AND crm_id IS NULL") == [(0,)]
    assert desk.sync().sent == 0


def test_calls_made_after_the_backup_stay_in_the_crm(desk: Pair) -> None:
    _back_up(desk)
    call_all(desk, targets(desk)[:4], cycle(OUTCOMES))
    desk.sync()
    sent = desk.there(CALLS)
    assert len(sent) == 4
    _put_back(desk)
    assert desk.rows("SELECT count(*) FROM activity WHERE kind = 'call'") == [(0,)]
    call_all(desk, targets(desk)[4:], cycle((Disposition.NO_ANSWER,)))
    receipt = desk.sync()
    assert receipt.problem == ""
    there = desk.there(CALLS)
    assert [one for one in sent if one not in there] == [], "nothing of what was sent is lost there"
    assert len(there) == 6
    assert len({one["Description"] for one in there}) == 6
    assert desk.sync().sent == 0


def test_people_made_before_the_backup_and_sent_after_it_are_not_doubled(desk: Pair) -> None:
    from callstation.accounts.contacts import add_contact

    ((account_id,),) = desk.rows("SELECT id FROM account ORDER BY id LIMIT 1")
    desk.app.do(add_contact, account_id, name="Noor Haddad", email="noor@example.com")
    _back_up(desk)
    desk.sync()
    _put_back(desk)
    assert desk.sync().problem == ""
    assert len(desk.there("SELECT Id FROM Contact WHERE LastName = 'Haddad'")) == 1
    assert desk.rows("SELECT count(*) FROM contact WHERE name = 'Noor Haddad'") == [(1,)]
    assert desk.waiting() == []


def test_calls_that_never_went_out_go_once(desk: Pair) -> None:
    call_all(desk, targets(desk)[:3], cycle((Disposition.NO_ANSWER,)))
    _back_up(desk)
    _put_back(desk)
    assert desk.sync().problem == ""
    desk.clock.advance(11 * 60)  # without a key field an old request may take ten minutes to be carried out
    assert desk.sync().problem == ""
    assert len(desk.there(CALLS)) == 3
    assert desk.waiting() == []


def test_a_backup_from_before_the_first_sync_finds_what_was_sent_since(
    tmp_path: Path, clock: ManualClock, settings: Settings
) -> None:
    places = Places(tmp_path / "book")
    places.root.mkdir()
    save_settings(places.settings, settings)
    desk = make_pair(open_app(places, clock=clock), clock, has_key=False)
    desk.org.create("Account", {"Name": "Halden Robotics"})
    account_id = desk.app.do(customer, ends_on=clock.now().date() + timedelta(days=20))
    desk.app.record(refresh_targets)
    ((target_id,),) = desk.rows("SELECT id FROM call_target WHERE account_id = ?", account_id)
    desk.app.do(log_outcome, target_id, Disposition.NO_ANSWER, note="Rang out.")
    _back_up(desk)
    desk.sync()
    assert len(desk.there(CALLS)) == 1
    _put_back(desk)
    assert desk.sync().problem == ""
    desk.clock.advance(11 * 60)
    assert desk.sync().problem == ""
    assert len(desk.there(CALLS)) == 1
    desk.app.close()
    desk.web.close()
    desk.org.close()
