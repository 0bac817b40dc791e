"""A store has our version or is brought to it, all or nothing; a newer one is never touched (R7, R8)."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import event

import db.models  # noqa: F401  registers every table
from callstation.errors import UserError
from callstation.opening import prepare
from db.base import Base
from db.engine import connect, engine_for
from db.migrations.run import HERE, run_migrations
from db.schema import SCHEMA_VERSION, NewerStoreError, StoreState, state_of, upgrade
from db.vocabulary import ClosingStep


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def dump(path: Path) -> list[tuple[Any, ...]]:
    """Everything in a store: what each table is, and its rows."""
    raw = connect(path)
    try:
        made: list[tuple[Any, ...]] = raw.execute("SELECT name, type, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for name, kind, sql in made if kind == "table" and not name.startswith("sqlite_")]
        return made + [(name, row) for name in tables for row in raw.execute(f"SELECT * FROM {name}")]
    finally:
        raw.close()


def at_version(path: Path, version: str) -> Path:
    raw = connect(path)
    run_migrations(raw, to=version)
    raw.close()
    return path


def some_rows(path: Path) -> None:
    raw = connect(path)
    raw.execute(
        "INSERT INTO account (id, uid, kind, name, name_key, created_at) VALUES (1, 'a', 'customer', 'Ü & <b>', 'u', 0)"
    )
    raw.execute(
        "INSERT INTO activity (id, uid, kind, account_id, happened_at, happened_on, is_reached, duration_s, note) "
        "VALUES (1, 'x', 'note', 1, 0, '2026-11-23', 0, 0, 'renewal café')"
    )
    raw.close()


def test_the_newest_migration_equals_the_models(store: Path) -> None:
    raw = connect(store)
    with engine_for(raw).connect() as connection:
        ours = MigrationContext.configure(
            connection,
            opts={"include_object": lambda item, name, kind, *_: not (kind == "table" and name.startswith("search_"))},
        )
        assert compare_metadata(ours, Base.metadata) == []
    raw.close()


def test_every_version_goes_up_and_down_again_with_rows_in_it(tmp_path: Path) -> None:
    path = at_version(tmp_path / "store.db", "0001")
    some_rows(path)
    rows = [line for line in dump(path) if line[0] in ("account", "activity")]
    at_version(path, "head")
    raw = connect(path)
    assert raw.execute("SELECT rowid FROM search_note WHERE search_note MATCH 'cafe'").fetchall() == [(1,)]
    raw.close()
    at_version(path, "0001")
    assert [line for line in dump(path) if line[0] in ("account", "activity")] == rows
    at_version(path, "base")
    assert state_of(path) == (StoreState.OLDER, 0)


def test_what_was_won_before_there_was_a_checklist_is_complete(tmp_path: Path) -> None:
    path = at_version(tmp_path / "store.db", "0003")
    some_rows(path)
    raw = connect(path)
    raw.execute(
        "INSERT INTO contract (id, uid, number, account_id, ends_on, currency, created_at) "
        "VALUES (1, 'k', 'C-1', 1, '2026-11-01', 'USD', 0)"
    )
    for renewal_id, stage, closed_at in ((1, "won", 7), (2, "quoted", None), (3, "lost", 9)):
        raw.execute(
            "INSERT INTO renewal (id, uid, contract_id, account_id, due_on, currency, stage, category, "
            "is_category_picked, closed_at) VALUES (?, ?, 1, 1, '2026-11-01', 'USD', ?, 'closed', 0, ?)",
            (renewal_id, f"r{renewal_id}", stage, closed_at),
        )
    raw.close()
    at_version(path, "head")
    raw = connect(path)
    marks = raw.execute("SELECT renewal_id, step, done_at FROM closing_mark").fetchall()
    raw.close()
    assert sorted(marks) == sorted((1, step.value, 7) for step in ClosingStep)


def test_an_older_program_refuses_a_newer_store_and_leaves_it_byte_identical(store: Path, tmp_path: Path) -> None:
    raw = connect(store)
    raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    before = digest(store)
    for _ in range(20):
        with pytest.raises(NewerStoreError):
            upgrade(store)
        with pytest.raises(UserError, match=f"has version {SCHEMA_VERSION + 1}.*versions up to {SCHEMA_VERSION}"):
            prepare(store, backup_folder=tmp_path)
    assert digest(store) == before
    assert sorted(path.name for path in store.parent.iterdir()) == ["callstation.db"]


def test_a_file_that_is_no_store_is_refused_and_kept(tmp_path: Path) -> None:
    for content in (b"%PDF-1.7 hello", b"SQLite format 3\0" + b"\x01" * 200):
        path = tmp_path / "callstation.db"
        path.write_bytes(content)
        with pytest.raises(UserError, match="not a readable Callstation store"):
            prepare(path, backup_folder=tmp_path)
        assert path.read_bytes() == content


def test_a_backup_is_made_before_an_upgrade(tmp_path: Path) -> None:
    path = at_version(tmp_path / "store.db", "0001")
    some_rows(path)
    backups = tmp_path / "backups"
    prepare(path, backup_folder=backups)
    assert state_of(path) == (StoreState.CURRENT, SCHEMA_VERSION)
    (backup,) = backups.iterdir()
    assert state_of(backup) == (StoreState.OLDER, 1)
    assert any("renewal café" in line[1] for line in dump(backup) if line[0] == "activity")


def statements_of_the_upgrade(path: Path) -> int:
    seen: list[str] = []
    upgrade(path, on_statement=seen.append)
    return len(seen)


def test_an_upgrade_that_fails_at_any_statement_changes_nothing_and_works_the_next_time(tmp_path: Path) -> None:
    old = at_version(tmp_path / "old.db", "0001")
    some_rows(old)
    before = dump(old)
    count = statements_of_the_upgrade(Path(shutil.copy(old, tmp_path / "count.db")))
    assert count > 20
    for at in range(count):
        path = Path(shutil.copy(old, tmp_path / "try.db"))
        left = iter(range(at))

        def fail(statement: str, left: "object" = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise OSError(28, "No space left on device")

        with pytest.raises(OSError, match="No space"):
            upgrade(path, on_statement=fail)
        assert dump(path) == before, f"statement {at}"
    upgrade(path)
    assert state_of(path) == (StoreState.CURRENT, SCHEMA_VERSION)


def test_control_without_the_explicit_transaction_a_failed_upgrade_leaves_half_of_it(tmp_path: Path) -> None:
    """What Alembic does on SQLite by itself; if this control ever passes clean, the test above proves nothing."""
    path = at_version(tmp_path / "old.db", "0001")
    before = dump(path)
    raw = connect(path)
    config = Config()
    config.set_main_option("script_location", str(HERE))
    engine = engine_for(raw)
    seen = 0
    with engine.connect() as connection:
        config.attributes["connection"] = connection

        def fail(*_: object) -> None:
            nonlocal seen
            seen += 1
            if seen > 15:
                raise OSError(28, "No space left on device")

        event.listen(engine, "before_cursor_execute", fail)
        with pytest.raises(OSError, match="No space"):
            command.upgrade(config, "head")
    raw.close()
    assert dump(path) != before


@pytest.mark.skipif(os.name == "nt", reason="kills with SIGKILL")
@pytest.mark.parametrize("version", ["", "0001"])
def test_an_upgrade_killed_at_any_statement_is_whole_at_the_next_start(tmp_path: Path, version: str) -> None:
    old = tmp_path / "old.db"
    if version:
        at_version(old, version)
        some_rows(old)
    code = (
        "import os, sys\nimport signal\nfrom pathlib import Path\nfrom db.schema import upgrade\n"
        "from db import migrations\nimport db.migrations.run\n"
        "path, first, step, last = Path(sys.argv[1]), *map(int, sys.argv[2:5])\n"
        "for at in range(first, last, step):\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        left = [at]\n"
        "        def die(_):\n"
        "            left[0] -= 1\n"
        "            if left[0] < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        upgrade(Path(f'{path}-{at}'), on_statement=die)\n"
        "        os._exit(0)\n"
        "    _, status = os.waitpid(child, 0)\n"
        "    assert os.WIFSIGNALED(status), at\n"
    )
    count = statements_of_the_upgrade(
        Path(shutil.copy(old, tmp_path / "count.db")) if version else tmp_path / "count.db"
    )
    step = 1 if os.environ.get("CALLSTATION_LONG") else max(count // 12, 1)
    moments = range(0, count, step)
    for at in moments:
        if version:
            shutil.copy(old, tmp_path / f"try.db-{at}")
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "try.db"), "0", str(step), str(count)], check=True, timeout=300
    )
    for at in moments:
        path = tmp_path / f"try.db-{at}"
        raw = connect(path)
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        raw.close()
        assert state_of(path)[1] == int(version or 0)
        prepare(path, backup_folder=tmp_path / "backups")
        assert state_of(path) == (StoreState.CURRENT, SCHEMA_VERSION)
