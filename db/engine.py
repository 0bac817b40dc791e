"""Opening the store: one SQLite for the whole product, with the settings that make "saved" mean durable."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as sqlite

OperationalError = sqlite.OperationalError
DatabaseError = sqlite.DatabaseError
IntegrityError = sqlite.IntegrityError

if TYPE_CHECKING:
    from sqlalchemy import Engine

APPLICATION_ID = 0x43535431
"""``CST1``: tells our files from any other SQLite database."""
LEAST_SQLITE = (3, 51, 3)
"""The first release without the WAL-reset race, in which two connections could lose commits."""


def connect(path: Path, *, key: bytes | None = None, is_durable: bool = True) -> Any:
    """A raw connection in autocommit mode with every pragma of the store set and read back.

    ``key`` is a raw 32-byte key; without one the file is plain SQLite. ``is_durable=False`` exists for the
    control of the durability tests alone. Raises ``RuntimeError`` where SQLite is too old or the file system refuses
    WAL, and ``sqlite.DatabaseError`` where the file is no database or the key is wrong.
    """
    if sqlite.sqlite_version_info < LEAST_SQLITE:
        raise RuntimeError(f"SQLite {sqlite.sqlite_version} can lose commits; {LEAST_SQLITE} or later is needed")
    raw = sqlite.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=512)
    try:
        if key is not None:
            if len(key) != 32:
                raise ValueError("the store's key is 32 raw bytes")
            raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        raw.execute("PRAGMA busy_timeout = 5000")
        if raw.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise RuntimeError("the disk this store is on does not allow write-ahead logging")
        raw.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'OFF'}")
        for pragma in (
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "cache_size = -32000",
        ):
            raw.execute(f"PRAGMA {pragma}")
        # Checkpoints run in the pauses between calls (``App.rest``), not within a log; this is the safety net.
        raw.execute("PRAGMA wal_autocheckpoint = 20000")
        if sys.platform == "darwin":
            raw.execute("PRAGMA fullfsync = ON")
            raw.execute("PRAGMA checkpoint_fullfsync = ON")
    except BaseException:
        raw.close()
        raise
    return raw


def engine_for(raw: Any) -> "Engine":
    """SQLAlchemy on top of one raw connection, for every statement that is not on a hot path."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    return create_engine("sqlite://", module=sqlite, creator=lambda: raw, poolclass=StaticPool)
