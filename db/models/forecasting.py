"""What is measured: growth beside the renewals, snapshots, quotas, adjustments, saved filters, whitespace marks."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Days, word
from db.vocabulary import (
    ForecastCategory,
    GrowthKind,
    LossReason,
    PeriodKind,
    RenewalStage,
    WhitespaceState,
)


class Growth(Base):
    """An opportunity beyond the renewals: a cross-sell, an add-on or an upgrade; counted apart from them."""

    __tablename__ = "growth"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[GrowthKind] = mapped_column(word(GrowthKind))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id", ondelete="SET NULL"))
    """The quote that offers it."""
    title: Mapped[str]
    """"Vaultmere Mail Archive for Halden Robotics"."""
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    family: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int | None]
    amount: Mapped[Decimal | None]
    """For its whole term."""
    term_months: Mapped[Decimal] = mapped_column(default=Decimal(12))
    """The months that the amount pays for; with parts of a month where it ends together with something else."""
    currency: Mapped[str]
    stage: Mapped[RenewalStage] = mapped_column(word(RenewalStage))
    category: Mapped[ForecastCategory] = mapped_column(word(ForecastCategory))
    is_category_picked: Mapped[bool] = mapped_column(default=False)
    picked_by: Mapped[str] = mapped_column(default="")
    picked_at: Mapped[datetime | None]
    close_on: Mapped[date]
    slips: Mapped[int] = mapped_column(default=0)
    next_step: Mapped[str | None]
    notes: Mapped[str] = mapped_column(default="")
    competitor: Mapped[str | None]
    loss_reason: Mapped[LossReason | None] = mapped_column(word(LossReason))
    last_contact_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    crm_id: Mapped[str | None] = mapped_column(unique=True)

    __table_args__ = (Index("ix_growth_open", "close_on", sqlite_where=text("closed_at IS NULL")),)


class Snapshot(Base):
    """That the pipeline was put down on a day; never changed, kept 400 days."""

    __tablename__ = "snapshot"

    taken_on: Mapped[date] = mapped_column(Days(), primary_key=True)
    """The rep's date."""
    taken_at: Mapped[datetime]
    rows: Mapped[int]
    """Opportunities that stood in it."""
    changed: Mapped[int]
    """Those that were other than in the snapshot before."""
    sums: Mapped[bytes]
    """What they came to, by month, stage, category and currency (see ``callstation.renewals.sums``)."""


class SnapshotRow(Base):
    """An opportunity as it stood from a snapshot's day on, until its next row; so a quiet day costs nothing."""

    __tablename__ = "snapshot_row"

    taken_on: Mapped[date] = mapped_column(Days(), primary_key=True)
    is_growth: Mapped[bool] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(primary_key=True)
    """The renewal's id, or the growth's."""
    stage: Mapped[RenewalStage] = mapped_column(word(RenewalStage))
    category: Mapped[ForecastCategory] = mapped_column(word(ForecastCategory))
    """What it counts as: closed once it is won, omitted once it is lost or set aside."""
    amount: Mapped[Decimal | None]
    currency: Mapped[str]
    close_on: Mapped[date] = mapped_column(Days())
    """The day on which its order was expected; once it was closed, the rep's date of that."""
    is_gone: Mapped[bool] = mapped_column(default=False)
    """It was no longer in the book."""

    __table_args__ = (
        Index("ix_snapshot_row_opportunity", "is_growth", "opportunity_id"),
        {"sqlite_with_rowid": False},
    )
    """Days come first in the key, so that a day's rows lie together and the file grows at its end."""


class SnapshotDue(Base):
    """An opportunity that was touched since the last snapshot; triggers write it, so no way of writing forgets it."""

    __tablename__ = "snapshot_due"

    is_growth: Mapped[bool] = mapped_column(primary_key=True)
    opportunity_id: Mapped[int] = mapped_column(primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Quota(Base):
    """What is to be won in a period."""

    __tablename__ = "quota"

    id: Mapped[int] = mapped_column(primary_key=True)
    period: Mapped[PeriodKind] = mapped_column(word(PeriodKind))
    starts_on: Mapped[date]
    """The first day of the period."""
    is_growth: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[Decimal]
    currency: Mapped[str]
    """The own currency when it was set."""

    __table_args__ = (UniqueConstraint("period", "starts_on", "is_growth"),)


class ForecastAdjustment(Base):
    """What the rep adds to or takes off a category of a month, with the reason; figures show it apart."""

    __tablename__ = "forecast_adjustment"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    month: Mapped[date]
    """The month's first day."""
    category: Mapped[ForecastCategory] = mapped_column(word(ForecastCategory))
    is_growth: Mapped[bool] = mapped_column(default=False)
    amount: Mapped[Decimal]
    """Below zero where it takes off."""
    currency: Mapped[str]
    """The own currency when it was typed."""
    note: Mapped[str]
    made_at: Mapped[datetime]

    __table_args__ = (Index("ix_forecast_adjustment_month", "month"),)


class SavedFilter(Base):
    """A filter of a page, saved by name."""

    __tablename__ = "saved_filter"

    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[str]
    name: Mapped[str]
    filter: Mapped[str]
    """JSON, as the page reads it."""
    position: Mapped[int] = mapped_column(default=0)
    """The lower first; the digits recall them in this order."""

    __table_args__ = (UniqueConstraint("page", "name"),)


class WhitespaceMark(Base):
    """What the rep knows of an account and a product family that no contract says: a competitor, or not eligible."""

    __tablename__ = "whitespace_mark"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    family: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[WhitespaceState] = mapped_column(word(WhitespaceState))
    words: Mapped[str] = mapped_column(default="")
    """The competitor's name, or the reason."""
    marked_at: Mapped[datetime]
