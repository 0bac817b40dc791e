"""What waits for the CRM, what it last said, what is to be decided, and small facts about the store itself."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, word
from db.vocabulary import ConflictKind, OutboxState, SyncEntity


class OutboxEntry(Base):
    """That a record has changed since the CRM last heard of it; its content is read when it is sent."""

    __tablename__ = "outbox_entry"

    entity: Mapped[SyncEntity] = mapped_column(word(SyncEntity), primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    """Counts the changes: an answer to an older revision does not settle a newer one."""
    state: Mapped[OutboxState] = mapped_column(word(OutboxState), default=OutboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    """When it went out without an answer so far; nothing where no request can have carried it."""
    code: Mapped[str] = mapped_column(default="")
    """Why it was refused: the CRM's own code, words and fields (comma separated)."""
    message: Mapped[str] = mapped_column(default="")
    fields: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index("ix_outbox_entry_state", "state", sqlite_where=text("state <> 'waiting'")),)


class Withdrawal(Base):
    """A record the CRM has heard of and that was undone here since: it is taken back there."""

    __tablename__ = "withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    sobject: Mapped[str]
    crm_id: Mapped[str | None]
    """Nothing where the answer was lost, so that only its key can find it."""
    words: Mapped[str]


class CrmRecord(Base):
    """A record of the CRM as it was last seen there: the base of every comparison. Derived; can be loaded again."""

    __tablename__ = "crm_record"

    crm_id: Mapped[str] = mapped_column(primary_key=True)
    """18 characters."""
    sobject: Mapped[str]
    parent_id: Mapped[str | None]
    """The account, opportunity, campaign or product it belongs to."""
    stamp: Mapped[datetime]
    """Its ``SystemModstamp``, or the server's time when we wrote it."""
    fields: Mapped[str]
    """API name to value (JSON)."""
    local: Mapped[str] = mapped_column(default="{}")
    """Our own values when both sides last agreed, attribute to value (JSON); what differs from them was edited here."""
    sent: Mapped[str] = mapped_column(default="{}")
    """Values of an update that went out and was not answered yet: if the CRM shows them, they are ours (JSON)."""

    __table_args__ = (Index("ix_crm_record_parent", "sobject", "parent_id"),)


class CrmCursor(Base):
    """How far one object has been read: the stamp and id of the last row taken over."""

    __tablename__ = "crm_cursor"

    sobject: Mapped[str] = mapped_column(primary_key=True)
    stamp: Mapped[datetime | None]
    last_id: Mapped[str] = mapped_column(default="")
    is_loaded: Mapped[bool] = mapped_column(default=False)
    """The first load has come to its end."""
    reconciled_at: Mapped[datetime | None]


class SyncConflict(Base):
    """One thing the rep has to decide between this computer and the CRM."""

    __tablename__ = "sync_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ConflictKind] = mapped_column(word(ConflictKind))
    entity: Mapped[SyncEntity] = mapped_column(word(SyncEntity))
    record_id: Mapped[int]
    field: Mapped[str] = mapped_column(default="")
    """The CRM's API name."""
    mine: Mapped[str | None]
    theirs: Mapped[str | None]
    base: Mapped[str | None]
    """JSON values, as the CRM would write them."""
    theirs_by: Mapped[str] = mapped_column(default="")
    found_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_sync_conflict_record", "entity", "record_id", "field", unique=True),
        {"sqlite_autoincrement": True},  # an undone decision comes back under its own id, never under another's
    )


class SyncRun(Base):
    """The receipt of one sync."""

    __tablename__ = "sync_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime]
    sent: Mapped[int]
    received: Mapped[int]
    refused: Mapped[int]
    conflicts: Mapped[int]
    requests: Mapped[int]
    api_used: Mapped[int | None]
    api_limit: Mapped[int | None]
    took_ms: Mapped[int]
    problem: Mapped[str] = mapped_column(default="")
    """Why it ended early, in a sentence; empty for a whole one."""
    detail: Mapped[str] = mapped_column(default="{}")
    """Rows by object, and counts and sums of both sides (JSON)."""

    __table_args__ = (Index("ix_sync_run_started", "started_at"),)


class SyncJob(Base):
    """A bulk job that was opened and whose results are not recorded yet."""

    __tablename__ = "sync_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(unique=True)
    sobject: Mapped[str]
    verb: Mapped[str]
    rows: Mapped[str]
    """[entity, record id, revision] of each row (JSON)."""
    opened_at: Mapped[datetime]


class StoreFact(Base):
    """One remembered fact about this store, such as the day its queue was built for."""

    __tablename__ = "store_fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
