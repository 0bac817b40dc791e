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

from callstation import backup, doctor
from callstation.app import App
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.opening import open_app
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
    kept = set(paths) - set(backup.to_drop(paths, set(paths)))
    assert name(min(hours_ago)) in kept
    assert len(kept) <= backup.HOURLY + backup.DAILY + backup.WEEKLY
    newest_first = sorted(paths, reverse=True)
    assert set(newest_first[: backup.HOURLY]) <= kept
    days = dict.fromkeys(path.stem[:20] for path in newest_first)
    for day in list(days)[: backup.DAILY]:
        assert any(path.stem.startswith(day) for path in kept)


@given(st.sets(st.integers(0, 24 * 40), min_size=1, max_size=60), st.sets(st.integers(0, 24 * 40), max_size=60))
def test_a_backup_with_accounts_is_never_thinned_out_because_of_one_without(full: set[int], empty: set[int]) -> None:
    def names(hours_ago: set[int]) -> set[Path]:
        return {Path(f"{(SOON - timedelta(hours=hours)).strftime(backup.STAMP)}.db") for hours in hours_ago}

    ours, theirs = names(full), names(empty - full)
    alone = set(backup.to_drop(ours, ours))
    assert set(backup.to_drop(ours | theirs, ours)) & ours == alone


@pytest.mark.parametrize("is_removed", [False, True])
def test_a_lost_store_is_refused_told_by_the_doctor_and_restored_with_every_row(
    tmp_path: Path, clock: ManualClock, is_removed: bool
) -> None:
    places = Places(tmp_path / "book")
    app = open_app(places, clock=clock)
    app.do(_add, "Halden Robotics")
    backup.make_backup(app, places.backups)
    clock.advance(3601)
    app.do(_add, "Added later")
    newest = backup.make_backup(app, places.backups)
    app.close()
    if is_removed:
        places.store.unlink()
    else:
        places.store.write_bytes(b"")
    with pytest.raises(UserError) as refused:
        open_app(places, clock=clock)
    assert refused.value.title == "The store is missing, but there are backups."
    assert str(places.store) in refused.value.detail
    assert f"{backup.made_at(newest):%Y-%m-%d %H:%M} UTC" in refused.value.detail
    assert refused.value.hint == "Restore it with: callstation restore. To begin anew, move the backups folder away."
    assert not places.store.exists() or places.store.stat().st_size == 0
    found = {finding.check: finding for finding in doctor.examine(places, clock)}
    assert found["version"].health is doctor.Health.BAD
    assert len(backup.list_backups(places.backups)) == 2
    verdict, _ = backup.restore(places, None, clock.now())
    assert verdict.path == newest
    app = open_app(places, clock=clock)
    assert app.ask(lambda work: work.rows("SELECT name FROM account ORDER BY id")) == [
        ("Halden Robotics",), ("Added later",)
    ]  # fmt: skip
    app.close()


def test_a_store_is_made_anew_where_its_backups_are_away_and_for_the_practice_book(
    tmp_path: Path, clock: ManualClock
) -> None:
    places = Places(tmp_path / "book")
    app = open_app(places, clock=clock)
    backup.make_backup(app, places.backups)
    app.close()
    open_app(places.sample, clock=clock).close()
    places.store.unlink()
    places.backups.rename(places.root / "old")
    open_app(places, clock=clock).close()


def test_a_restore_prefers_the_newest_backup_that_has_accounts(tmp_path: Path, clock: ManualClock) -> None:
    places, other = Places(tmp_path / "book"), Places(tmp_path / "other")
    app, empty = open_app(places, clock=clock), open_app(other, clock=clock)
    app.do(_add, "Halden Robotics")
    good = backup.make_backup(app, places.backups)
    app.close()
    for _ in range(40):
        clock.advance(3600)
        backup.make_backup(empty, places.backups)
    empty.close()
    verdict, _ = backup.restore(places, None, clock.now())
    assert verdict.path == good
    backups = {finding.check: finding for finding in doctor.examine(places, clock)}["backups"]
    assert "holds no accounts" in backups.found


def test_a_journal_left_without_its_store_is_not_played_into_the_restored_one(
    tmp_path: Path, clock: ManualClock
) -> None:
    places = Places(tmp_path / "book")
    app = open_app(places, clock=clock)
    backup.make_backup(app, places.backups)
    app.close()
    places.store.unlink()
    journal = places.store.with_name(places.store.name + "-wal")
    journal.write_bytes(b"left over")
    _, aside = backup.restore(places, None, clock.now())
    assert aside is not None
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"left over"
    assert not journal.exists()


def test_two_backups_in_one_second_are_two(tmp_path: Path, app: App) -> None:
    made = [backup.write_backup(app, tmp_path / "backups") for _ in range(2)]
    assert backup.list_backups(tmp_path / "backups") == made


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
