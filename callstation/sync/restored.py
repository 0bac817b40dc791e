"""A backup that comes back: what waits in it may have been sent since, so that the next sync looks it up first."""

from datetime import datetime
from pathlib import Path

from db.engine import DatabaseError, connect
from db.reading import connect_to_read
from db.schema import version_in_file
from db.stored import to_micros

KEY = "crm.store_key"
"""What marks this book's calls in the CRM where there is no key field."""
SYNCS_SINCE = 3
"""The first version of the store whose outbox was sent."""


def doubt(restored: Path, replaced: Path, now: datetime) -> None:
    """Prepare a restored store before it takes the place of ``replaced``, which may be missing or damaged.

    Whatever waits counts as sent without an answer at this moment: a request of the replaced store may still be
    carried out. Backups from before there was a sync are left alone.
    """
    if version_in_file(restored)[1] < SYNCS_SINCE:
        return
    key = _store_key(replaced)
    raw = connect(restored)
    try:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE outbox_entry SET sent_at = ? WHERE sent_at IS NULL", (to_micros(now),))
        if key is not None:
            raw.execute("INSERT OR IGNORE INTO store_fact (name, value) VALUES (?, ?)", (KEY, key))
        raw.execute("COMMIT")
    finally:
        raw.close()


def _store_key(store: Path) -> str | None:
    try:
        raw = connect_to_read(store)
        try:
            found = raw.execute("SELECT value FROM store_fact WHERE name = ?", (KEY,)).fetchone()
        finally:
            raw.close()
    except (OSError, DatabaseError, RuntimeError):
        return None
    return None if found is None else str(found[0])
