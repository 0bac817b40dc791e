"""What things cost and what was offered: price books, contracted prices, quotes with their lines, closing steps."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, word
from db.vocabulary import (
    ApprovalLevel,
    ClosingStep,
    CoTermMethod,
    LineKind,
    Proration,
    QuoteOption,
    QuoteStatus,
)


class PriceBook(Base):
    """A list of prices in one currency, valid for a time."""

    __tablename__ = "price_book"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    currency: Mapped[str]
    """ISO 4217."""
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    """The last day on which its prices hold; nothing for open ends."""
    source: Mapped[str] = mapped_column(default="")
    """The file it was imported from."""
    created_at: Mapped[datetime]


class PriceEntry(Base):
    """What one unit of a product costs in a price book, from a quantity on."""

    __tablename__ = "price_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    price_book_id: Mapped[int] = mapped_column(ForeignKey("price_book.id", ondelete="CASCADE"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    plan_months: Mapped[int] = mapped_column(default=12)
    """The months that ``amount`` pays for: 12 for a yearly price, 1 for a monthly one."""
    min_quantity: Mapped[int] = mapped_column(default=1)
    amount: Mapped[Decimal]
    cost: Mapped[Decimal | None]
    """What we pay for the same; nothing where it is not known, which is never zero."""
    unit: Mapped[str] = mapped_column(default="")
    """As the source words it: "user/month"."""

    __table_args__ = (UniqueConstraint("price_book_id", "product_id", "plan_months", "min_quantity"),)


class ContractedPrice(Base):
    """What one account pays for a unit of a product by agreement, instead of the list price."""

    __tablename__ = "contracted_price"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    currency: Mapped[str]
    plan_months: Mapped[int] = mapped_column(default=12)
    amount: Mapped[Decimal]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Quote(Base):
    """An offer to renew, one version of it; ``number`` is shared by its versions."""

    __tablename__ = "quote"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str]
    """"Q-2026-0012"."""
    version: Mapped[int] = mapped_column(default=1)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    """Whom it is made out to: the customer, or the partner for its end customers."""
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("call_target.id", ondelete="SET NULL"), index=True)
    renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewal.id"), index=True)
    """The renewal that ends first: its opportunity carries the quote in the CRM."""
    status: Mapped[QuoteStatus] = mapped_column(word(QuoteStatus))
    option: Mapped[QuoteOption] = mapped_column(word(QuoteOption))
    proration: Mapped[Proration] = mapped_column(word(Proration))
    co_term: Mapped[CoTermMethod | None] = mapped_column(word(CoTermMethod))
    currency: Mapped[str]
    """Fixed at the first line."""
    base_currency: Mapped[str]
    """The company's own."""
    rate: Mapped[str] = mapped_column(default="1")
    """Units of ``base_currency`` for one of ``currency``, a plain decimal number; with its date."""
    rate_on: Mapped[date | None]
    priced_on: Mapped[date]
    """The day whose prices and holdings it is made from."""
    valid_until: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    list_total: Mapped[Decimal]
    total: Mapped[Decimal]
    cost_total: Mapped[Decimal | None]
    discount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    """The share by which ``total`` lies below what it would be without discounts: 0.1 for 10 %."""
    approval_level: Mapped[ApprovalLevel] = mapped_column(word(ApprovalLevel))
    """Who may allow it."""
    approval_reason: Mapped[str] = mapped_column(default="")
    """Why the discount was asked for."""
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    choices: Mapped[str] = mapped_column(default="{}")
    """What the rep chose on the worksheet (JSON, ``callstation.quotes.worksheet.Choices``)."""
    note: Mapped[str] = mapped_column(default="")
    """Words for the customer, printed on it."""
    reason: Mapped[str] = mapped_column(default="")
    """Why it was rejected."""
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    crm_id: Mapped[str | None] = mapped_column(unique=True)

    __table_args__ = (
        UniqueConstraint("number", "version"),
        Index("ix_quote_open", "valid_until", sqlite_where=text("status = 'sent'")),
        Index("ix_quote_made", "created_at"),
        Index("ix_quote_sent", "sent_at", "discount", sqlite_where=text("sent_at IS NOT NULL")),
        Index(
            "ix_quote_accepted",
            "decided_at",
            "total",
            "cost_total",
            "currency",
            "rate",
            "base_currency",
            sqlite_where=text("status = 'accepted'"),
        ),
    )


class QuoteLine(Base):
    """One product of a quote with every factor of its price, so that the sum can be repeated from the row alone."""

    __tablename__ = "quote_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id", ondelete="CASCADE"))
    position: Mapped[int]
    key: Mapped[str]
    """The worksheet's key of the line."""
    kind: Mapped[LineKind] = mapped_column(word(LineKind))
    renewal_id: Mapped[int | None] = mapped_column(ForeignKey("renewal.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    product: Mapped[str]
    """Its name when the quote was made."""
    sku: Mapped[str] = mapped_column(default="")
    end_customer: Mapped[str] = mapped_column(default="")
    """Whose licence it is, on a partner's quote."""
    quantity: Mapped[int]
    unit_list: Mapped[Decimal]
    """Per unit for ``plan_months``."""
    plan_months: Mapped[int] = mapped_column(default=12)
    price_source: Mapped[str]
    """"list", "contracted", "last_paid" or "typed"."""
    contracted: Mapped[Decimal | None]
    uplift: Mapped[Decimal] = mapped_column(default=Decimal(0))
    """A share: 0.05 for 5 %."""
    discount: Mapped[Decimal] = mapped_column(default=Decimal(0))
    multiplier: Mapped[str] = mapped_column(default="1/1")
    """The prorate multiplier as a fraction of whole numbers, "830/365"."""
    multiplier_words: Mapped[str] = mapped_column(default="")
    unit_cost: Mapped[Decimal | None]
    fee: Mapped[Decimal] = mapped_column(default=Decimal(0))
    """The reinstatement fee of a lapsed line, part of ``amount``."""
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    list_amount: Mapped[Decimal]
    amount: Mapped[Decimal]
    crm_id: Mapped[str | None] = mapped_column(unique=True)

    __table_args__ = (Index("ix_quote_line_quote_id", "quote_id", "kind", "renewal_id"),)


class ClosingMark(Base):
    """That a step of a renewal's closing checklist is done."""

    __tablename__ = "closing_mark"

    renewal_id: Mapped[int] = mapped_column(ForeignKey("renewal.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[ClosingStep] = mapped_column(word(ClosingStep), primary_key=True)
    done_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(default="")
    """The order number, or how and to whom."""
