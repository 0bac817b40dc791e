"""What was imported: sources with their remembered mapping, batches, and the images that take one back."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base


class ImportSource(Base):
    """A kind of file the rep receives again and again, and how its columns were understood."""

    __tablename__ = "import_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str] = mapped_column(index=True)
    """A digest of the header row."""
    mapping: Mapped[str]
    """Field to column, date order and decimal mark (JSON)."""
    used_at: Mapped[datetime]


class ImportBatch(Base):
    """One merged file."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("import_source.id"))
    file_name: Mapped[str]
    merged_at: Mapped[datetime]
    counts: Mapped[str]
    """Rows by verdict (JSON)."""
    row_digests: Mapped[bytes | None]
    """Eight bytes for each row that was taken: a row that stands so in the next list has nothing new to say."""
    listed: Mapped[bytes | None]
    """Every row of a list of contracts: number, end, verdict and why (packed, see ``accounts.importing.listed``)."""
    undone_at: Mapped[datetime | None]


class ImportImage(Base):
    """What a batch did to one row it changed, or to a run of rows it made."""

    __tablename__ = "import_image"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    table_name: Mapped[str]
    row_id: Mapped[int]
    last_id: Mapped[int]
    """The last row of a run; the row itself for a changed one."""
    before: Mapped[str | None]
    """A changed row's columns as they were (JSON); nothing for rows that were made."""
    after: Mapped[str | None]
    """A changed row's columns as they became; for made rows their content, kept while the batch is undone (JSON)."""
    digest: Mapped[str | None]
    """Of the made rows as they were written: tells whether they have been touched since."""

    __table_args__ = (Index("ix_import_image_batch", "batch_id", "id"),)
