"""Backups restore (trust.md, R6): complete while others write, thinned out by age, never put back when damaged."""

import multiprocessing
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation import backup
from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.paths import Places
from callstation.settings import Settings
from callstation.work import Work
from db.engine import connect
from db.schema import upgrade
from tests import factories

TRIALS = int(os.environ.get("CALLSTATION_BACKUP_TRIALS", "30"))
"""The full promise is 200; ``-m long`` runs it."""
SOON = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def _add(work: Work, name: str) -> int:
    return factories.customer(work, name, ends_on=work.today + timedelta(days=9), e164=f"+1617555{work.now.second:04d}")


def _keep_writing(store: Path, is_running: Any, is_started: Any) -> None:
    """In a process of its own: pairs of rows that belong together, one transaction a pair, without a pause."""
    raw = connect(store)
    number = 0
    while is_running.is_set():
        number += 1
        value = f"{number} {os.urandom(600).hex()}"
        raw.execute("BEGIN IMMEDIATE")
        for half in ("a", "b"):  # far apart in the file, so that a torn copy holds one without the other
            raw.execute(
                "INSERT OR REPLACE INTO store_fact (name, value) VALUES (?, ?)", (f"{half}{number % 100}", value)
            )
        raw.execute("COMMIT")
        if number % 25 == 0:  # as the pauses between calls do; pages move between the files while they are copied
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)")
        if number == 200:
            is_started.set()
    raw.close()


@pytest.fixture
def written(store: Path) -> Any:
    """A store that another process writes to for as long as the test runs."""
    context = multiprocessing.get_context("spawn")
    is_running, is_started = context.Event(), context.Event()
    is_running.set()
    child = context.Process(target=_keep_writing, args=(store, is_running, is_started))
    child.start()
    assert is_started.wait(60)
    yield store
    is_running.clear()
    child.join(60)
    assert child.exitcode == 0


def _is_whole(path: Path, least: int) -> bool:
    """Whether a copy opens, is sound, has every pair complete and all that was there before it began."""
    try:
        raw = connect(path)
        try:
            halves = (
                "SELECT value FROM store_fact WHERE name LIKE 'a%'",
                "SELECT value FROM store_fact WHERE name LIKE 'b%'",
            )
            first, second = ({row[0] for row in raw.execute(sql)} for sql in halves)
            sound = raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            return bool(sound and first == second and len(first) == 100 and _newest(raw) >= least)
        finally:
            raw.close()
    except Exception:  # what does not open is what we look for
        return False


def _newest(raw: Any) -> int:
    found: int = raw.execute("SELECT max(CAST(value AS INTEGER)) FROM store_fact").fetchone()[0]
    return found


def _count(store: Path) -> int:
    raw = connect(store)
    found = _newest(raw)
    raw.close()
    return found


def _try_backups(store: Path, folder: Path, trials: int) -> list[bool]:
    app = App(store)
    results = []
    for number in range(trials):
        least = _count(store)
        copy = folder / f"copy-{number}.db"
        backup.copy_store(app, copy)
        results.append(backup.verify(copy).is_good and _is_whole(copy, least))
        copy.unlink()
    app.close()
    return results


def test_backups_made_while_another_process_writes_all_open_and_are_all_complete(written: Path, tmp_path: Path) -> None:
    assert all(_try_backups(written, tmp_path, TRIALS))


@pytest.mark.long
def test_two_hundred_backups_made_while_another_process_writes_are_all_complete(written: Path, tmp_path: Path) -> None:
    assert all(_try_backups(written, tmp_path, 200))


def test_control_copying_the_file_alone_loses_what_was_saved(written: Path, tmp_path: Path) -> None:
    results = []
    for number in range(TRIALS):
        least = _count(written)
        copy = Path(shutil.copy(written, tmp_path / f"plain-{number}.db"))
        results.append(_is_whole(copy, least))
    assert not all(results)


def test_a_backup_restores_and_the_replaced_store_is_kept(tmp_path: Path, clock: ManualClock) -> None:
    places = Places(tmp_path / "book")
    places.root.mkdir()
    upgrade(places.store)
    app = App(places.store, settings=Settings(time_zone="UTC"), clock=clock)
    app.do(_add, "Halden Robotics")
    made = backup.make_backup(app, places.backups)
    clock.advance(1)
    app.do(_add, "Added later")
    app.close()
    verdict, aside = backup.restore(places, None, clock.now())
    assert verdict.path == made
    assert verdict.counts["account"] == 1
    assert backup.verify(places.store).counts["account"] == 1
    assert aside is not None
    assert backup.verify(aside).counts["account"] == 2


def test_a_restore_is_refused_while_the_store_is_open_and_nothing_changes(tmp_path: Path, clock: ManualClock) -> None:
    places = Places(tmp_path / "book")
    places.root.mkdir()
    upgrade(places.store)
    app = App(places.store, clock=clock)
    backup.make_backup(app, places.backups)
    app.do(_add, "Halden Robotics")
    with pytest.raises(UserError, match="open in another window"):
        backup.restore(places, None, clock.now())
    assert app.ask(lambda work: work.rows("SELECT name FROM account")) == [("Halden Robotics",)]
    app.close()


def test_a_damaged_backup_is_named_never_restored_and_passed_over(tmp_path: Path, clock: ManualClock) -> None:
    places = Places(tmp_path / "book")
    places.root.mkdir()
    upgrade(places.store)
    app = App(places.store, clock=clock)
    good = backup.make_backup(app, places.backups)
    clock.advance(7200)
    for number in range(40):
        app.do(_add, f"Account {number}")
        clock.advance(1)
    bad = backup.make_backup(app, places.backups)
    app.close()
    with bad.open("r+b") as file:
        file.truncate(bad.stat().st_size // 2)
    assert not backup.verify(bad).is_good
    newest = backup.newest_good(places.backups)
    assert newest is not None
    assert newest.path == good
    before = places.store.read_bytes()
    with pytest.raises(UserError, match="cannot be restored"):
        backup.restore(places, bad, clock.now())
    assert places.store.read_bytes() == before
    (tmp_path / "letter.db").write_text("no database")
    assert backup.verify(tmp_path / "letter.db").problem == "it is no Callstation store"


def test_verifying_leaves_the_backup_byte_identical_and_nothing_beside_it(tmp_path: Path, app: App) -> None:
    made = backup.make_backup(app, tmp_path / "backups")
    before = made.read_bytes()
    assert backup.verify(made).is_good
    assert made.read_bytes() == before
    assert list(made.parent.iterdir()) == [made]


def test_a_half_written_backup_of_a_killed_program_is_never_taken_for_one(tmp_path: Path, app: App) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "callstation-20261123-140000.db.part").write_bytes(b"half")
    assert backup.list_backups(folder) == []
    assert backup.newest_good(folder) is None


@given(st.lists(st.integers(0, 24 * 200), min_size=1, max_size=120, unique=True))
def test_rotation_keeps_the_newest_and_one_for_each_recent_hour_day_and_week(hours_ago: list[int]) -> None:
    def name(hours: int) -> Path:
        return Path(f"{(SOON - timedelta(hours=hours)).strftime(backup.STAMP)}.db")

    paths = [name(hours) for hours in hours_ago]
    kept = set(paths) - set(backup.to_drop(paths))
    assert name(min(hours_ago)) in kept
    assert len(kept) <= backup.HOURLY + backup.DAILY + backup.WEEKLY
    newest_first = sorted(paths, reverse=True)
    assert set(newest_first[: backup.HOURLY]) <= kept
    days = dict.fromkeys(path.stem[:20] for path in newest_first)
    for day in list(days)[: backup.DAILY]:
        assert any(path.stem.startswith(day) for path in kept)


def test_a_backup_is_due_when_there_is_none_and_an_hour_after_the_last(
    tmp_path: Path, app: App, clock: ManualClock
) -> None:
    folder = tmp_path / "backups"
    assert backup.is_due(folder, clock.now())
    backup.make_backup(app, folder)
    assert not backup.is_due(folder, clock.now() + timedelta(minutes=59))
    assert backup.is_due(folder, clock.now() + timedelta(hours=1))


def test_a_folder_that_cannot_be_written_gets_a_sentence(tmp_path: Path, app: App) -> None:
    (tmp_path / "backups").write_text("a file where the folder should be")
    with pytest.raises(UserError):
        backup.make_backup(app, tmp_path / "backups")
