"""Which version a store has, and how it is brought to ours: all or nothing, with a backup before."""

import struct
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from db.engine import APPLICATION_ID, connect

SCHEMA_VERSION = 5
"""The number of the newest migration; kept in every store's ``user_version``."""


class StoreState(StrEnum):
    """What stands between us and opening a store."""

    MISSING = "missing"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


class NewerStoreError(Exception):
    """The store was written by a newer program; it has not been touched."""

    def __init__(self, path: Path, version: int) -> None:
        super().__init__(f"{path} has version {version}; this program knows versions up to {SCHEMA_VERSION}")
        self.path, self.version = path, version


def version_in_file(path: Path) -> tuple[int, int]:
    """(application id, user version) from the file's own header, so that nothing can write to it meanwhile."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        return (-1, -1)
    return struct.unpack(">i", header[68:72])[0], struct.unpack(">i", header[60:64])[0]


def state_of(path: Path, *, key: bytes | None = None) -> tuple[StoreState, int]:
    """Where a store stands, and its version; reads a hundred bytes, writes nothing."""
    if not path.exists() or path.stat().st_size == 0:
        return StoreState.MISSING, 0
    if key is None:
        application, version = version_in_file(path)
    else:
        raw = connect(path, key=key)
        application = raw.execute("PRAGMA application_id").fetchone()[0]
        version = raw.execute("PRAGMA user_version").fetchone()[0]
        raw.close()
    if version == 0 and application == 0:
        return StoreState.OLDER, 0  # made, but its first migration never finished
    if application != APPLICATION_ID:
        return StoreState.FOREIGN, version
    if version > SCHEMA_VERSION:
        return StoreState.NEWER, version
    return (StoreState.CURRENT if version == SCHEMA_VERSION else StoreState.OLDER), version


def back_up(raw: Any, destination: Path) -> None:
    """Copy an open store, complete and consistent while others write, then give it its name in one step."""
    half = destination.with_name(destination.name + ".part")
    half.unlink(missing_ok=True)
    copy = connect(half)
    try:
        raw.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    half.replace(destination)


def upgrade(path: Path, *, backup_to: Path | None = None, on_statement: Callable[[str], None] | None = None) -> None:
    """Bring a store to ``SCHEMA_VERSION`` in one transaction; on any failure it is as it was.

    ``backup_to`` receives a copy first where there is something to copy. ``on_statement`` sees each statement
    before it runs.
    Raises ``NewerStoreError`` with the file unchanged where the store is newer than this program.
    """
    state, version = state_of(path)
    if state is StoreState.NEWER:
        raise NewerStoreError(path, version)
    raw = connect(path)
    try:
        if backup_to is not None and version:
            back_up(raw, backup_to)
        from db.migrations.run import run_migrations

        run_migrations(raw, on_statement=on_statement)
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
