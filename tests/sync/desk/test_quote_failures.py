"""Quotes sent while the i-th request or the i-th write of the sync fails, for every i: the next sync makes it whole."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.quotes.quotes import accept_quote, send_quote
from callstation.settings import Settings
from tests.conftest import MONDAY_MORNING
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import customers
from tests.sync.desk.quoting import draft, price_book
from tests.sync.desk.test_each_failure import KINDS, Failing, problem_of

ORGS = {
    "key, quotes": (True, True), "no key, quotes": (False, True), "key, no quotes": (True, False),
    "no key, no quotes": (False, False),
}  # fmt: skip
LONG = pytest.mark.long
"""What a quick run leaves to the long one: faults that differ little from those it takes."""


@contextmanager
def a_desk(folder: Path, empty_store: Path, *, has_key: bool = True, has_quotes: bool = True) -> Iterator[Pair]:
    """A store with a sent and an accepted quote beside an org it was synced with once, where a third was decided."""
    clock = ManualClock(MONDAY_MORNING)
    store = Path(shutil.copy(empty_store, folder / "callstation.db"))
    app = App(store, settings=Settings(time_zone="America/New_York"), clock=clock)
    pair = make_pair(app, clock, has_key=has_key, has_quotes=has_quotes)
    price_book(pair)
    customers(pair, 3)
    pair.sync()
    app.do(send_quote, app.do(draft, 3))
    assert pair.sync().problem == ""
    clock.advance(60)
    app.do(send_quote, app.do(draft, 1))
    accepted = app.do(draft, 2)
    app.do(send_quote, accepted)
    app.do(accept_quote, accepted)
    if has_quotes:
        pair.org.update("Quote", pair.there("SELECT Id FROM Quote")[0]["Id"], {"Status": "Denied"})
    try:
        yield pair
    finally:
        app.close()
        pair.web.close()
        pair.org.close()


def make_whole(pair: Pair) -> None:
    for _ in range(5):
        pair.clock.advance(660)  # a request without an answer may take ten minutes there
        receipt = pair.sync()
        assert receipt.problem == ""
        if not pair.waiting():
            break
    assert pair.waiting() == []
    assert receipt.is_balanced, receipt.counts
    pair.clock.advance(660)
    receipt = pair.sync()
    assert (receipt.sent, receipt.is_balanced) == (0, True)
    if "Quote" in pair.org.sobjects():
        quotes = pair.there("SELECT Name, Status, LineItemCount, TotalPrice FROM Quote ORDER BY Name")
        assert [(row["Status"], row["LineItemCount"], row["TotalPrice"]) for row in quotes] == [
            ("Denied", 2, 46225.0), ("Presented", 2, 46225.0), ("Accepted", 2, 46225.0),
        ]  # fmt: skip
        assert pair.rows("SELECT status FROM quote ORDER BY id") == [("rejected",), ("sent",), ("accepted",)]
    else:
        lines = pair.there("SELECT TotalPrice FROM OpportunityLineItem ORDER BY TotalPrice")
        assert [row["TotalPrice"] for row in lines] == [1000.0, 45225.0]
    told = pair.there("SELECT Subject FROM Task WHERE Subject LIKE 'Quote %'")
    assert len(told) == len({row["Subject"] for row in told})


def _case(kind: str, name: str) -> object:
    """(kind of fault, has a key field, has quotes)."""
    org = ORGS[name]
    is_quick = org == (True, True) or kind == "drop_after" or (org == (False, False) and kind == "refuse")
    return pytest.param(kind, *org, id=f"{kind}, {name}", marks=() if is_quick else LONG)


@pytest.mark.parametrize(("kind", "has_key", "has_quotes"), [_case(kind, name) for name in ORGS for kind in KINDS])
def test_whichever_request_fails_the_next_sync_makes_it_whole(
    kind: str, has_key: bool, has_quotes: bool, tmp_path: Path, empty_store: Path
) -> None:
    for at in range(1, 15):
        folder = tmp_path / str(at)
        folder.mkdir()
        with a_desk(folder, empty_store, has_key=has_key, has_quotes=has_quotes) as pair:
            pair.plan(kind, at=at, times=6)  # as often as the client tries
            requests = pair.sync().requests
            pair.web.faults.reset()
            make_whole(pair)
        if requests < at:
            break
    assert at > 5, "fewer requests than a sync has"


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=LONG)], ids=["every ninth", "every one"])
@pytest.mark.parametrize(("has_key", "has_quotes"), [ORGS["key, quotes"], ORGS["no key, no quotes"]])
def test_whichever_write_fails_the_next_sync_makes_it_whole(
    has_key: bool, has_quotes: bool, step: int, tmp_path: Path, empty_store: Path
) -> None:
    failed, at = 0, 0
    while True:
        at += step
        folder = tmp_path / str(at)
        folder.mkdir()
        with a_desk(folder, empty_store, has_key=has_key, has_quotes=has_quotes) as pair:
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
    assert failed > 60 // step
