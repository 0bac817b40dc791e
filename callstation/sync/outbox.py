"""The outbox: which records the CRM has not heard of, written in the same transaction as the change itself."""

from callstation.work import Work
from db.nouns import OutboxEntry
from db.vocabulary import SyncEntity


def mark(work: Work, entity: SyncEntity, record_id: int) -> None:
    """Remember that a record changed; marking twice is marking once, and its content is read when it is sent."""
    work.replace(OutboxEntry, entity=entity, record_id=record_id, marked_at=work.now)


def mark_new(work: Work, entity: SyncEntity, record_id: int) -> None:
    """``mark`` for a record made in this very transaction, which cannot be in the outbox yet."""
    work.insert(OutboxEntry, entity=entity, record_id=record_id, marked_at=work.now)


def waiting_count(work: Work) -> int:
    """How many records wait for the CRM."""
    found = work.row("SELECT count(*) FROM outbox_entry")
    return int(found[0]) if found else 0
