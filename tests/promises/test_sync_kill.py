"""R10 beside a kill: a sync killed anywhere, as it reads, sends or waits for a job, is made whole by the next."""

import os
import random
import select
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.secrets import SessionSecrets
from callstation.settings import Settings
from callstation.sync.practice.server import PracticeServer
from callstation.sync.salesforce.client import Client
from callstation.sync.salesforce.session import Session
from callstation.sync.syncing import sync
from db.vocabulary import Disposition
from tests.conftest import MONDAY_MORNING
from tests.promises.caller import IS_LONG, copy_store
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import call_all, customers, targets
from tests.sync.desk.quoting import price_book, sent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
SETTINGS = Settings(time_zone="America/New_York")
FEW, MANY = 40, 2100
"""Calls of a day, and so many that a bulk job carries them."""


@contextmanager
def served(pair: Pair) -> Iterator[str]:
    """The org over real HTTP; its address."""
    server = PracticeServer(pair.web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.base_url
    finally:
        server.shutdown()
        thread.join()
        server.close()


def sync_over_http(pair: Pair, store: Path, address: str, clock: ManualClock) -> str:
    """One sync of a store; why it ended early, "" for a whole one."""
    told = pair.web.first_session(address)
    secrets = SessionSecrets()
    secrets.set("it", told["refresh_token"])
    secrets.fleeting["it"] = told["access_token"]
    app = App(store, settings=SETTINGS, clock=clock)
    client = Client(Session(address, address, told["client_id"], secrets, "it"), sleep=lambda seconds: None)
    try:
        return sync(app, client, pair.org.user_id).problem
    finally:
        client.close()
        app.close()


def kill_a_sync(pair: Pair, store: Path, address: str, after_s: float) -> bool:
    """Whether the kill fell into the sync."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, b"begun")
            sync_over_http(pair, store, address, ManualClock(pair.clock.now()))
            os.write(writing, b"ended")
        finally:
            os._exit(0)
    os.close(writing)
    select.select([reading], [], [], 30)
    # A wait for an exact moment is the point here: the kill must fall anywhere within the sync.
    end = time.perf_counter() + after_s
    while time.perf_counter() < end:
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        return b"ended" not in pipe.read()


@pytest.mark.parametrize("has_key", [True, False], ids=["with the key field", "by the marker alone"])
@pytest.mark.parametrize("calls", [FEW, MANY], ids=["collections", "a bulk job"])
def test_a_sync_killed_anywhere_is_made_whole_by_the_next(
    calls: int, has_key: bool, store: Path, tmp_path: Path
) -> None:
    clock = ManualClock(MONDAY_MORNING)
    pair = make_pair(App(store, settings=SETTINGS, clock=clock), clock, has_key=has_key)
    customers(pair, 20)
    assert pair.sync().problem == ""
    ids = targets(pair) * (calls // 20)
    call_all(pair, ids, iter(cycle((Disposition.NO_ANSWER, Disposition.LEFT_VOICEMAIL))))
    pair.app.close()
    trials = (100 if calls == FEW else 20) if IS_LONG else (8 if calls == FEW else 2)
    chance, hit = random.Random(calls), 0
    copy = tmp_path / "killed.db"
    with served(pair) as address:
        began = time.perf_counter()
        copy_store(store, copy)
        assert sync_over_http(pair, copy, address, ManualClock(clock.now())) == ""
        whole_s = time.perf_counter() - began
        for _ in range(trials):
            for task in pair.there("SELECT Id FROM Task WHERE CallObject LIKE 'callstation:%'"):
                pair.org.delete("Task", task["Id"])
            pair.org.purge()
            copy_store(store, copy)
            hit += kill_a_sync(pair, copy, address, chance.uniform(0, whole_s))
            kill_a_sync(pair, copy, address, chance.uniform(0, whole_s))
            clock.advance(660)
            assert sync_over_http(pair, copy, address, ManualClock(clock.now())) == ""
            markers = Counter(row["CallObject"] for row in pair.there("SELECT CallObject FROM Task"))
            assert len(markers) == len(ids), "lost"
            assert max(markers.values()) == 1, "doubled"
            app = App(copy, settings=SETTINGS, clock=clock)
            assert app.ask(lambda work: work.rows("SELECT count(*) FROM outbox_entry")) == [(0,)]
            app.close()
    pair.web.close()
    pair.org.close()
    assert hit > 0, "no kill fell into a sync, which proves nothing"


@pytest.mark.parametrize("has_key", [True, False], ids=["with the key field", "by their marks alone"])
def test_quotes_of_a_sync_killed_anywhere_are_there_once_with_their_lines(
    has_key: bool, store: Path, tmp_path: Path
) -> None:
    clock = ManualClock(MONDAY_MORNING)
    pair = make_pair(App(store, settings=SETTINGS, clock=clock), clock, has_key=has_key)
    price_book(pair)
    customers(pair, 20)
    assert pair.sync().problem == ""
    for (renewal_id,) in pair.rows("SELECT id FROM renewal ORDER BY id"):
        sent(pair, renewal_id)
    pair.app.close()
    chance, hit = random.Random(20), 0
    copy = tmp_path / "killed.db"
    with served(pair) as address:
        began = time.perf_counter()
        copy_store(store, copy)
        assert sync_over_http(pair, copy, address, ManualClock(clock.now())) == ""
        whole_s = time.perf_counter() - began
        for _ in range(60 if IS_LONG else 6):
            for sobject in ("Task", "Quote"):
                for row in pair.there(f"SELECT Id FROM {sobject}"):
                    pair.org.delete(sobject, row["Id"])
            pair.org.purge()
            copy_store(store, copy)
            hit += kill_a_sync(pair, copy, address, chance.uniform(0, whole_s))
            kill_a_sync(pair, copy, address, chance.uniform(0, whole_s))
            for _ in range(2):
                clock.advance(660)
                assert sync_over_http(pair, copy, address, ManualClock(clock.now())) == ""
            quotes = pair.there("SELECT Name, LineItemCount, TotalPrice FROM Quote ORDER BY Name")
            assert [row["Name"] for row in quotes] == [f"Q-2026-{number:04} v1" for number in range(1, 21)]
            assert {(row["LineItemCount"], row["TotalPrice"]) for row in quotes} == {(2, 46225.0)}
            app = App(copy, settings=SETTINGS, clock=clock)
            assert app.ask(lambda work: work.rows("SELECT count(*) FROM outbox_entry")) == [(0,)]
            app.close()
    pair.web.close()
    pair.org.close()
    assert hit > 0, "no kill fell into a sync, which proves nothing"
