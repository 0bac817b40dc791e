"""A batch of letters killed anywhere leaves no half file, and goes on to the end with nothing twice."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.documents import batch, batch_chunks
from callstation.documents.filing import states_of
from callstation.work import Work
from db.engine import connect
from db.vocabulary import DocumentKind, FileFormat
from tests.conftest import MONDAY_MORNING
from tests.documents.office import LETTERHEAD, fill
from tests.promises.caller import IS_LONG, copy_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")

LETTERS = 7
CHUNK = 3


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_chunks, "CHUNK", CHUNK)


def open_store(store: Path, *, days_later: int = 0) -> App:
    return App(store, settings=LETTERHEAD, clock=ManualClock(MONDAY_MORNING + timedelta(days=days_later)))


@pytest.fixture
def book(store: Path) -> Path:
    """A closed store with a batch that is ordered and not begun."""
    app = open_store(store)
    fill(app, LETTERS)
    chosen = app.ask(batch.choose, DocumentKind.REMINDER)
    app.record(batch.order, chosen, FileFormat.DOCX)
    batch.preview(app, chosen, FileFormat.DOCX, count=5)  # loads here, once, what every forked process would load
    app.close()
    return store


def in_a_child(store: Path, prepare: Callable[[], object]) -> int:
    """Make the batch in a process of its own; how it ended (negative: the signal)."""
    child = os.fork()
    if child == 0:
        try:
            app = open_store(store)
            prepare()
            batch.resume(app, 1, folder=store.parent / "documents")
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def after_the_kill(store: Path) -> int:
    """How many documents are recorded as the kill left it; each of them is whole, with its line on the timeline."""
    folder = store.parent / "documents"
    raw = connect(store)
    try:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        documents, activities, done = raw.execute(
            "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM activity), "
            "(SELECT count(*) FROM batch_item WHERE state = 'done')"
        ).fetchone()
    finally:
        raw.close()
    assert documents == activities == done
    app = open_store(store)
    assert app.ask(states_of, folder) == {}, "a recorded file is missing or half"
    app.close()
    return int(documents)


def goes_on(store: Path, *, days_later: int = 0) -> None:
    """The batch is made to its end, the same day or another, and nothing of it is there twice."""
    folder = store.parent / "documents"
    app = open_store(store, days_later=days_later)
    try:
        result = batch.resume(app, 1, folder=folder)
        assert (result.made, result.blocked, result.left) == (LETTERS, 0, 0)
        assert app.ask(states_of, folder) == {}
        assert app.ask(_counts) == (LETTERS, LETTERS, LETTERS)
        names = sorted(path.name for path in result.folder.iterdir())
        assert len(names) == LETTERS + 1, names
        assert [name[:4] for name in names[:-1]] == [f"{number:04}" for number in range(1, LETTERS + 1)]
    finally:
        app.close()


def _counts(work: Work) -> tuple[int, ...]:
    tables = ("document", "activity", "outbox_entry")
    return tuple(work.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables)


def clean_copy(book: Path, root: Path) -> Path:
    """The book anew in a folder of its own."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    return copy_store(book, root / "killed.db")


def kill_at(nth: int) -> Callable[[], object]:
    """Let the process kill itself at the n-th call into the disk or the store, before it is done."""

    def prepare() -> None:
        left = iter(range(nth))

        def watch(event: str, _: tuple[object, ...]) -> None:
            if event in ("open", "os.rename", "os.remove", "os.mkdir", "callstation.step") and next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        real_sync, real_record = os.fsync, App.record

        def sync(place: int) -> None:
            sys.audit("callstation.step")
            real_sync(place)

        def record(app: App, *arguments: Any, **named: Any) -> Any:
            sys.audit("callstation.step")
            made: Any = real_record(app, *arguments, **named)
            sys.audit("callstation.step")
            return made

        os.fsync = sync  # type: ignore[assignment]
        App.record = record  # type: ignore[assignment,method-assign]
        sys.addaudithook(watch)

    return prepare


def test_a_kill_at_each_step_leaves_nothing_half_and_the_batch_goes_on(book: Path, tmp_path: Path) -> None:
    recorded: set[int] = set()
    for nth in range(500):
        store = clean_copy(book, tmp_path / "trial")
        how = in_a_child(store, kill_at(nth))
        if how == 0:
            break
        assert how == -signal.SIGKILL, f"step {nth} ended with {how}"
        recorded.add(after_the_kill(store))
        goes_on(store, days_later=nth % 2)  # another day's letters are other bytes
    else:
        pytest.fail("the batch never came to its end")
    assert nth > 25, "so few steps prove nothing"
    assert recorded == {0, CHUNK, 2 * CHUNK, LETTERS}


def test_a_kill_at_random_leaves_nothing_half_and_the_batch_goes_on(book: Path, tmp_path: Path) -> None:
    killed = 0
    for seed in range(300 if IS_LONG else 20):
        store = clean_copy(book, tmp_path / "trial")
        child = os.fork()
        if child == 0:
            try:
                app = open_store(store)
                batch.resume(app, 1, folder=store.parent / "documents")
                os._exit(0)
            finally:
                os._exit(1)
        # A wait for an exact moment is the point here: the kill must fall anywhere within the batch.
        end = time.perf_counter() + random.Random(seed).uniform(0, 0.12)
        while time.perf_counter() < end:
            pass
        os.kill(child, signal.SIGKILL)
        killed += os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        after_the_kill(store)
        goes_on(store, days_later=seed % 2)
    assert killed > 5, "the kills fell after the end, which proves nothing"


def test_control_recording_before_the_files_are_there_is_found_out(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "write_files", lambda made, root, leftovers: None)
    store = clean_copy(book, tmp_path / "trial")
    in_a_child(store, kill_at(10))
    with pytest.raises(AssertionError, match="missing or half"):
        after_the_kill(store)
