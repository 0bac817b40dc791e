"""Opening a store's file only to look at it: nothing is written, not even its journal mode."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite


def connect_to_read(path: Path) -> Any:
    """A raw connection that cannot write; ``sqlite.DatabaseError`` where the file is no database.

    Without a journal beside it the file is taken as it is, so that not even lock files appear next to a backup.
    """
    has_journal = path.with_name(path.name + "-wal").exists()
    address = f"{path.resolve().as_uri()}?mode=ro{'' if has_journal else '&immutable=1'}"
    raw = sqlite.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA cell_size_check = ON")
    return raw
