"""What was made: documents, each with the data it was made from, and batches of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, word
from db.vocabulary import BatchState, DocumentKind, FileFormat


class Document(Base):
    """A file made for an account, or a report; from ``data`` it can be made again, byte for byte."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[DocumentKind] = mapped_column(word(DocumentKind))
    format: Mapped[FileFormat] = mapped_column(word(FileFormat))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """None for a report, which is no account's."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewal.id"))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("document_batch.id"), index=True)
    language: Mapped[str]
    """The locale it is written in: "de_DE"."""
    path: Mapped[str]
    """Below the documents folder, with forward slashes."""
    digest: Mapped[str]
    """SHA-256 of the file."""
    data: Mapped[str]
    """Everything it says (JSON, ``callstation.documents.data``; of a report ``callstation.reports.kept``)."""
    made_at: Mapped[datetime]

    __table_args__ = (Index("ix_document_account", "account_id", "made_at"),)


class DocumentBatch(Base):
    """One order for many documents, which can be gone on with after it was stopped."""

    __tablename__ = "document_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[DocumentKind] = mapped_column(word(DocumentKind))
    format: Mapped[FileFormat] = mapped_column(word(FileFormat))
    language: Mapped[str] = mapped_column(default="")
    """The locale all of it is written in; "" for each customer's own."""
    folder: Mapped[str]
    """Where its files lie, below the documents folder, with forward slashes."""
    state: Mapped[BatchState] = mapped_column(word(BatchState))
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class BatchItem(Base):
    """One document of a batch: whom it is for, and what became of it."""

    __tablename__ = "batch_item"

    batch_id: Mapped[int] = mapped_column(ForeignKey("document_batch.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewal.id"))
    state: Mapped[BatchState] = mapped_column(word(BatchState))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    problem: Mapped[str] = mapped_column(default="")
    """Why it was blocked, in words."""
