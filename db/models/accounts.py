"""Who is called: accounts, their people, and phone numbers as things of their own."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, word
from db.vocabulary import AccountKind, NumberKind, NumberStatus


class Account(Base):
    """A customer or a reseller partner."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[AccountKind] = mapped_column(word(AccountKind))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    """The name as it is compared: case, punctuation and legal form folded away."""
    street: Mapped[str | None]
    """As it is written above the city; with line breaks where it takes several lines."""
    city: Mapped[str | None]
    region: Mapped[str | None]
    """State or province, as its ISO 3166-2 part without the country ("TX")."""
    postal_code: Mapped[str | None]
    country: Mapped[str | None]
    """ISO 3166-1 alpha-2."""
    time_zone: Mapped[str | None]
    """IANA name, when the address tells it."""
    segment: Mapped[str | None]
    language: Mapped[str | None]
    """The locale of its documents ("de_AT") where it is not that of its country."""
    crm_id: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_account_kind", "kind", "name_key"),)


class Contact(Base):
    """A person at an account."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    role: Mapped[str | None]
    email: Mapped[str | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    is_decision_maker: Mapped[bool] = mapped_column(default=False)
    is_do_not_call: Mapped[bool] = mapped_column(default=False)
    crm_id: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]


class Phone(Base):
    """A phone number, whoever answers it: what was tried on it, and whether it may be rung at all."""

    __tablename__ = "phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    e164: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NumberKind] = mapped_column(word(NumberKind))
    status: Mapped[NumberStatus] = mapped_column(word(NumberStatus))
    region: Mapped[str | None]
    """ISO 3166-1 alpha-2 of the numbering plan."""
    zones: Mapped[str] = mapped_column(default="")
    """Every IANA zone the number may ring in, comma separated; empty when unknown."""
    attempts: Mapped[int] = mapped_column(default=0)
    connects: Mapped[int] = mapped_column(default=0)
    last_attempt_at: Mapped[datetime | None]
    last_connect_at: Mapped[datetime | None]
    is_do_not_call: Mapped[bool] = mapped_column(default=False)
    do_not_call_at: Mapped[datetime | None]
    do_not_call_evidence: Mapped[str | None]
    screened_on: Mapped[date | None]


class ContactPhone(Base):
    """That a contact can be reached on a number; one number may serve several contacts."""

    __tablename__ = "contact_phone"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), index=True)
    phone_id: Mapped[int] = mapped_column(ForeignKey("phone.id"), index=True)
    extension: Mapped[str | None]
    position: Mapped[int] = mapped_column(default=0)
    """0 is the number to try first."""
