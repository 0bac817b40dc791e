"""A full sync with its i-th request failing, its i-th write failing, for every i: the next sync makes it whole."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from callstation.accounts import contacts
from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.settings import Settings
from db.engine import OperationalError
from db.vocabulary import Disposition
from tests.conftest import MONDAY_MORNING
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import call_all, customers, targets

KINDS = ("drop_before", "drop_after", "401", "403_concurrent", "500", "503", "truncate", "refuse")


class Failing:
    """A real connection whose i-th statement of a transaction fails as a full disk would."""

    def __init__(self, raw: Any, at: int) -> None:
        self._raw, self._left, self.has_failed = raw, at, False

    def _count(self, sql: str) -> None:
        if sql.startswith(("SELECT", "PRAGMA", "ROLLBACK")) or self.has_failed:
            return
        self._left -= 1
        if self._left == 0:
            self.has_failed = True
            raise OperationalError("database or disk is full")

    def execute(self, sql: str, values: Any = ()) -> Any:
        self._count(sql)
        return self._raw.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> Any:
        self._count(sql)
        return self._raw.executemany(sql, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


@contextmanager
def a_desk(folder: Path, empty_store: Path, *, has_key: bool = True) -> Iterator[Pair]:
    """A store with a day's work in it beside an org it was synced with once, and a colleague's work there."""
    clock = ManualClock(MONDAY_MORNING)
    store = Path(shutil.copy(empty_store, folder / "callstation.db"))
    pair = make_pair(App(store, settings=Settings(time_zone="America/New_York"), clock=clock), clock, has_key=has_key)
    customers(pair, 3)
    assert pair.sync().problem == ""
    outcomes = cycle((Disposition.NO_ANSWER, Disposition.CALLBACK_AGREED, Disposition.VERBAL_YES))
    call_all(pair, targets(pair), iter(outcomes))
    pair.app.do(contacts.add_contact, 1, name="Dana Cole", number="+12125550111")
    pair.app.do(contacts.change_contact, 2, role="Head of IT")
    pair.org.create("Contact", {"AccountId": pair.there("SELECT Id FROM Account")[0]["Id"], "LastName": "Theirs"})
    pair.org.update("Opportunity", pair.there("SELECT Id FROM Opportunity")[2]["Id"], {"NextStep": "Theirs"})
    try:
        yield pair
    finally:
        pair.app.close()
        pair.web.close()
        pair.org.close()


def make_whole(pair: Pair) -> None:
    for _ in range(4):
        pair.clock.advance(660)  # a request without an answer may take ten minutes there
        receipt = pair.sync()
        assert receipt.problem == ""
        if not pair.waiting():
            break
    assert pair.waiting() == []
    assert receipt.is_balanced, receipt.counts
    calls = pair.there("SELECT CallObject, Subject FROM Task WHERE TaskSubtype = 'Call'")
    assert sorted(row["Subject"] for row in calls) == ["Call: Call back", "Call: No answer", "Call: Renewing"]
    assert len(pair.there("SELECT Id FROM Task WHERE IsClosed = false")) == 1
    assert len(pair.there("SELECT Id FROM Contact WHERE Name = 'Dana Cole'")) == 1
    assert pair.rows("SELECT count(*) FROM contact WHERE name = 'Theirs'") == [(1,)]
    assert pair.rows("SELECT count(*) FROM renewal WHERE next_step = 'Theirs'") == [(1,)]
    assert len(pair.there("SELECT Id FROM Contact WHERE Title = 'Head of IT'")) == 1


@pytest.mark.parametrize("has_key", [True, False], ids=["with the key field", "by the marker alone"])
@pytest.mark.parametrize("kind", KINDS)
def test_whichever_request_fails_the_next_sync_makes_it_whole(
    kind: str, has_key: bool, tmp_path: Path, empty_store: Path
) -> None:
    for at in range(1, 9):
        folder = tmp_path / str(at)
        folder.mkdir()
        with a_desk(folder, empty_store, has_key=has_key) as pair:
            pair.plan(kind, at=at, times=6)  # as often as the client tries
            requests = pair.sync().requests
            pair.web.faults.reset()
            make_whole(pair)
        if requests < at:
            break
    assert at > 4, "fewer requests than a sync has"


def test_whichever_write_fails_the_next_sync_makes_it_whole(tmp_path: Path, empty_store: Path) -> None:
    failed, at = 0, 0
    while True:
        at += 1
        folder = tmp_path / str(at)
        folder.mkdir()
        with a_desk(folder, empty_store) as pair:
            real = pair.app._writer
            pair.app._writer = failing = Failing(real, at)
            problem = problem_of(pair.sync)
            pair.app._writer = real
            make_whole(pair)
            shutil.rmtree(folder)
            if not failing.has_failed:
                break
            failed += 1
            assert "disk is full" in problem
    assert failed > 60


def problem_of(sync: Callable[[], Any]) -> str:
    try:
        return str(sync().problem)
    except UserError as error:
        return str(error)
