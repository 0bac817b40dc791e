"""The outbox: which records the CRM has not heard of, written in the same transaction as the change itself."""

from typing import Any

from callstation.work import Work
from db.nouns import OutboxEntry
from db.vocabulary import OutboxState, SyncEntity

COLUMNS = ("marked_at", "revision", "state", "attempts", "sent_at", "code", "message", "fields")
"""Of an outbox row beside its key, in the order of the table."""


def mark(work: Work, entity: SyncEntity, record_id: int) -> None:
    """Remember that a record changed; its content is read when it is sent.

    One that stands there already gets a new revision, so that an answer to what was sent before does not settle it.
    What is held stays held; what was refused is tried again.
    """
    found = work.row(
        "SELECT revision, state, sent_at FROM outbox_entry WHERE entity = ? AND record_id = ?",
        (entity.value, record_id),
    )
    if found is None:
        mark_new(work, entity, record_id)
        return
    revision, state, sent_at = found
    held = state == OutboxState.HELD
    work.replace(
        OutboxEntry, entity=entity, record_id=record_id, marked_at=work.now, revision=revision + 1, sent_at=sent_at,
        state=OutboxState.HELD if held else OutboxState.WAITING,
    )  # fmt: skip


def mark_new(work: Work, entity: SyncEntity, record_id: int) -> None:
    """``mark`` for a record made in this very transaction, which cannot be in the outbox yet."""
    work.insert(OutboxEntry, entity=entity, record_id=record_id, marked_at=work.now, sent_at=None)


def waiting_count(work: Work) -> int:
    """How many records wait for the CRM."""
    found = work.row("SELECT count(*) FROM outbox_entry")
    return int(found[0]) if found else 0


def hold(work: Work, entity: SyncEntity, record_id: int) -> None:
    """Keep a record back until it is released."""
    _set(work, entity, record_id, state=OutboxState.HELD)
    work.journal.label = "Held back one change"


def release(work: Work, entity: SyncEntity, record_id: int) -> None:
    """Let a held or refused record go with the next sync."""
    _set(work, entity, record_id, state=OutboxState.WAITING, attempts=0, code="", message="", fields="")
    work.journal.label = "Released one change"


def release_all(work: Work) -> int:
    """Try everything again that was refused; how many."""
    refused = work.rows("SELECT entity, record_id FROM outbox_entry WHERE state = ?", (OutboxState.REFUSED.value,))
    for entity, record_id in refused:
        release(work, SyncEntity(entity), record_id)
    work.journal.label = f"Released {len(refused)} changes" if len(refused) != 1 else "Released one change"
    return len(refused)


def drop(work: Work, entity: SyncEntity, record_id: int) -> None:
    """Keep a change on this computer alone: the CRM does not hear of it."""
    work.delete(OutboxEntry, entity, record_id)
    work.journal.label = "Kept one change on this computer"


def stands(work: Work, entity: SyncEntity, record_id: int) -> bool:
    """Whether a change of a record has not reached the CRM yet."""
    found = work.row("SELECT 1 FROM outbox_entry WHERE entity = ? AND record_id = ?", (entity.value, record_id))
    return found is not None


def entry_of(work: Work, entity: SyncEntity, record_id: int) -> dict[str, Any] | None:
    """The outbox row of a record, in stored values."""
    found = work.row(
        f"SELECT {', '.join(COLUMNS)} FROM outbox_entry WHERE entity = ? AND record_id = ?", (entity.value, record_id)
    )
    return None if found is None else dict(zip(COLUMNS, found, strict=True))


def _set(work: Work, entity: SyncEntity, record_id: int, **values: Any) -> None:
    found = work.row(
        f"SELECT {', '.join(COLUMNS)} FROM outbox_entry WHERE entity = ? AND record_id = ?", (entity.value, record_id)
    )
    if found is not None:
        kept = dict(zip(COLUMNS, found, strict=True))
        work.replace(OutboxEntry, entity=entity, record_id=record_id, **{**kept, **values})
