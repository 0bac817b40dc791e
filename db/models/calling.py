"""The calls: whom to call next, what was said, what was agreed, and the campaigns they belong to."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, word
from db.vocabulary import (
    ActivityKind,
    CallbackKind,
    CallbackStatus,
    CampaignKind,
    Disposition,
    LossReason,
    Purpose,
    TargetState,
)


class CallTarget(Base):
    """One person at one account, for all their contracts: the unit of the call queue.

    Everything the queue needs to order and show a row is kept here, so that reading it is one walk along an index.
    """

    __tablename__ = "call_target"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"), index=True)
    phone_id: Mapped[int | None] = mapped_column(ForeignKey("phone.id", ondelete="SET NULL"), index=True)
    state: Mapped[TargetState] = mapped_column(word(TargetState))
    rank: Mapped[int] = mapped_column(default=0)
    """Place in today's order, small first; gaps are left for what moves."""
    score: Mapped[float] = mapped_column(default=0.0)
    parts: Mapped[str] = mapped_column(default="")
    """The points of each part of the score, in the order of the weights, comma separated."""
    hours_key: Mapped[str] = mapped_column(default="", index=True)
    """Whose calling hours bind: jurisdiction and every candidate zone, see ``callstation.calling.hours``."""
    due_at: Mapped[datetime | None]
    """Not before this moment; for a timed target it is the minute itself."""
    due_kind: Mapped[str | None]
    next_expiry_on: Mapped[date | None]
    amount: Mapped[Decimal | None]
    currency: Mapped[str | None]
    renewal_count: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str | None]
    """The stage of the renewal that expires first."""
    attempts: Mapped[int] = mapped_column(default=0)
    missed_in_a_row: Mapped[int] = mapped_column(default=0)
    last_disposition: Mapped[Disposition | None] = mapped_column(word(Disposition))
    last_called_at: Mapped[datetime | None]
    last_reached_at: Mapped[datetime | None]
    called_on: Mapped[date | None]
    """The rep's date of the last call: one call per person per day."""

    __table_args__ = (
        UniqueConstraint("account_id", "contact_id"),
        Index("ix_call_target_blocked", "due_kind", sqlite_where=text("state = 'blocked'")),
        Index("ix_call_target_ready", "rank", sqlite_where=text("state = 'ready'")),
        Index("ix_call_target_timed", "due_at", sqlite_where=text("state = 'timed'")),
        Index("ix_call_target_resting", "due_at", sqlite_where=text("state = 'resting'")),
        Index("ix_call_target_called", "called_on", "last_called_at"),
    )


class Activity(Base):
    """Something that happened: a call and its outcome, a skip, a note."""

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ActivityKind] = mapped_column(word(ActivityKind))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("call_target.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    phone_id: Mapped[int | None] = mapped_column(ForeignKey("phone.id"))
    renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewal.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    happened_at: Mapped[datetime]
    happened_on: Mapped[date]
    """The rep's date."""
    disposition: Mapped[Disposition | None] = mapped_column(word(Disposition))
    is_reached: Mapped[bool] = mapped_column(default=False)
    duration_s: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    loss_reason: Mapped[LossReason | None] = mapped_column(word(LossReason))
    competitor: Mapped[str | None]
    next_at: Mapped[datetime | None]
    evidence: Mapped[str | None]
    """Why the call was allowed: rule-set version, zone source, local time there, verdict (JSON)."""
    crm_id: Mapped[str | None]

    __table_args__ = (
        Index("ix_activity_crm", "crm_id", unique=True, sqlite_where=text("crm_id IS NOT NULL")),
        Index("ix_activity_account", "account_id", "happened_at"),
        Index("ix_activity_target", "target_id", "happened_at"),
        Index(
            "ix_activity_day",
            "happened_on",
            "happened_at",
            "is_reached",
            "duration_s",
            "disposition",
            sqlite_where=text("kind = 'call'"),
        ),
        Index(
            "ix_activity_phone",
            "phone_id",
            "happened_at",
            sqlite_where=text("phone_id IS NOT NULL"),
        ),
    )


class Callback(Base):
    """A call they agreed to, or something we promised, with its minute."""

    __tablename__ = "callback"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CallbackKind] = mapped_column(word(CallbackKind))
    status: Mapped[CallbackStatus] = mapped_column(word(CallbackStatus))
    target_id: Mapped[int] = mapped_column(ForeignKey("call_target.id"), index=True)
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    due_at: Mapped[datetime]
    their_zone: Mapped[str | None]
    """IANA name of the zone the time was agreed in."""
    note: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    crm_id: Mapped[str | None] = mapped_column(unique=True)

    __table_args__ = (Index("ix_callback_open", "due_at", sqlite_where=text("status = 'open'")),)


class Campaign(Base):
    """A reason to call a set of people, with its own outcome keys and talk track."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[CampaignKind] = mapped_column(word(CampaignKind))
    purpose: Mapped[Purpose] = mapped_column(word(Purpose))
    is_active: Mapped[bool] = mapped_column(default=True)
    weight: Mapped[int] = mapped_column(default=0)
    """0..100, how much of the campaign boost its members get."""
    filter: Mapped[str] = mapped_column(default="{}")
    """The saved filter that finds its members (JSON, see ``callstation.calling.campaigns``)."""
    outcome_keys: Mapped[str] = mapped_column(default="[]")
    """Its own outcome keys (JSON); empty means those of its kind."""
    talk_track: Mapped[str] = mapped_column(default="")
    """One point a line."""
    created_at: Mapped[datetime]


class CampaignMember(Base):
    """That a call target belongs to a campaign."""

    __tablename__ = "campaign_member"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    target_id: Mapped[int] = mapped_column(
        ForeignKey("call_target.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class NoteDraft(Base):
    """What is being typed in a call that is not logged yet."""

    __tablename__ = "note_draft"

    id: Mapped[int] = mapped_column(ForeignKey("call_target.id", ondelete="CASCADE"), primary_key=True)
    """The call target's id."""
    text: Mapped[str]
    ticked: Mapped[str] = mapped_column(default="")
    """The talk-track points done, as their line numbers, comma separated."""
    saved_at: Mapped[datetime]
