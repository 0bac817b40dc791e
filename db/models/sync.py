"""What waits for the CRM, and small facts about the store itself."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, word
from db.vocabulary import SyncEntity


class OutboxEntry(Base):
    """That a record has changed since the CRM last heard of it; its content is read when it is sent."""

    __tablename__ = "outbox_entry"

    entity: Mapped[SyncEntity] = mapped_column(word(SyncEntity), primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime]


class StoreFact(Base):
    """One remembered fact about this store, such as the day its queue was built for."""

    __tablename__ = "store_fact"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
