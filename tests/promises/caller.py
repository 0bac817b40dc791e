"""A process that logs calls as fast as it can and says so over a pipe, until something stops it."""

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.settings import Settings
from callstation.work import Work
from db.engine import connect
from db.vocabulary import Disposition
from tests import factories
from tests.conftest import MONDAY_MORNING

TARGETS = 8
IS_LONG = bool(os.environ.get("CALLSTATION_LONG"))
"""Whether the promises are tested in their full number of trials."""


def make_book(store: Path) -> None:
    """A store with a handful of call targets."""
    app = App(store, settings=Settings(time_zone="America/New_York"), clock=ManualClock(MONDAY_MORNING))

    def fill(work: Work) -> None:
        for one in range(TARGETS):
            factories.customer(work, f"Customer {one}", ends_on=date(2026, 12, 1), e164=f"+1617555{one:04}")
        refresh_targets(work)

    app.do(fill)
    app.do(log_outcome, 1, Disposition.NO_ANSWER)  # loads here, once, what every forked process would load
    app.close()


def start(store: Path, *, acknowledges_early: bool = False, is_durable: bool = True) -> tuple[int, int]:
    """Fork the process; (its id, the pipe on which it writes the number of each call it believes is saved)."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        _log_for_ever(store, lambda number: os.write(writing, f"{number}\n".encode()), acknowledges_early, is_durable)
    finally:
        os._exit(1)


def _log_for_ever(store: Path, say: Callable[[int], int], acknowledges_early: bool, is_durable: bool) -> None:
    app = App(store, settings=Settings(time_zone="America/New_York"), clock=ManualClock(MONDAY_MORNING))
    app._writer.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'OFF'}")
    for number in range(1, 1_000_000):

        def log(work: Work, number: int = number) -> None:
            log_outcome(work, number % TARGETS + 1, Disposition.NO_ANSWER, note=f"call {number}")
            if acknowledges_early:
                say(number)

        app.do(log)
        if not acknowledges_early:
            say(number)


def acknowledged(pipe: int, *, so_far: bool = False) -> int:
    """The last number the process said; ``so_far`` until this moment, else until it ended. Closes the pipe."""
    os.set_blocking(pipe, not so_far)
    with os.fdopen(pipe, "rb") as lines:
        said = (lines.read() or b"").split(b"\n")
    return int(said[-2]) if len(said) > 1 else 0


def lost_and_torn(store: Path, said: int) -> tuple[int, int]:
    """How many acknowledged calls are gone, and how many activities stand without their outbox row."""
    raw = connect(store)
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        kept = {note for (note,) in raw.execute("SELECT note FROM activity")}
        torn = raw.execute(
            "SELECT count(*) FROM activity a WHERE NOT EXISTS "
            "(SELECT 1 FROM outbox_entry o WHERE o.entity = 'activity' AND o.record_id = a.id)"
        ).fetchone()[0]
        return sum(f"call {number}" not in kept for number in range(1, said + 1)), torn
    finally:
        raw.close()


def copy_store(book: Path, to: Path) -> Path:
    """A fresh copy of a closed store, without what an earlier trial left beside it."""
    for ending in ("-wal", "-shm"):
        Path(f"{to}{ending}").unlink(missing_ok=True)
    return Path(shutil.copy(book, to))
