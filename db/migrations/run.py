"""Run the migrations on an open store inside one explicit transaction, which Alembic alone does not do on SQLite."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import event

from db.engine import APPLICATION_ID, engine_for

HERE = Path(__file__).parent


def run_migrations(raw: Any, *, to: str = "head", on_statement: Callable[[str], None] | None = None) -> None:
    """Move the store to revision ``to`` (up or down); everything is rolled back where any statement fails."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    engine = engine_for(raw)
    if on_statement is not None:
        event.listen(engine, "before_cursor_execute", lambda *call: on_statement(call[2]))
    # Rebuilding a table in batch mode drops it for a moment, which foreign keys would follow; they are checked below.
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        # The driver is in autocommit mode: the explicit BEGIN opens what the engine then commits or rolls back.
        with engine.begin() as connection:
            raw.execute("BEGIN IMMEDIATE")
            config.attributes["connection"] = connection
            if to == "head" or (to != "base" and int(to) >= _version(raw)):
                command.upgrade(config, to)
            else:
                command.downgrade(config, to)
            if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise RuntimeError("a migration broke a reference between two tables")
            raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            raw.execute(f"PRAGMA user_version = {_version(raw)}")
    finally:
        raw.execute("PRAGMA foreign_keys = ON")


def _version(raw: Any) -> int:
    """The number of the revision the store stands at; revisions are numbered 0001, 0002, ..."""
    if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
        return 0
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return int(row[0]) if row else 0
