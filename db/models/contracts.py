"""What expires: products, contracts with their lines, and the renewal each contract leads to."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, word
from db.vocabulary import ForecastCategory, LossReason, ProductKind, RenewalStage


class Product(Base):
    """Something that is sold by subscription."""

    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(index=True)
    vendor: Mapped[str | None]
    family: Mapped[str | None]
    sku: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[ProductKind] = mapped_column(word(ProductKind), default=ProductKind.PLAN)


class Contract(Base):
    """A subscription as it was bought: who uses it, through whom, until when."""

    __tablename__ = "contract"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    distributor: Mapped[str | None]
    vendor: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date]
    value: Mapped[Decimal | None]
    currency: Mapped[str]
    """ISO 4217."""
    order_number: Mapped[str | None]
    status: Mapped[str | None]
    """As the source words it."""
    uplift: Mapped[Decimal | None]
    """The agreed rise at a renewal, a share: 0.05 for 5 %."""
    crm_id: Mapped[str | None] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_due_on: Mapped[date | None]
    """The latest end of its renewals; triggers of the store keep it."""

    __table_args__ = (
        Index(
            "ix_contract_loose", "ends_on", sqlite_where=text("coalesce(last_due_on, '') < date(ends_on, '-31 days')")
        ),
    )


class ContractLine(Base):
    """One product on a contract."""

    __tablename__ = "contract_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    position: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    quantity: Mapped[int | None]
    value: Mapped[Decimal | None]
    uplift: Mapped[Decimal | None]
    """Of this line; it beats the contract's."""


class Renewal(Base):
    """The work of renewing one contract: worked by calls, forecast by stage."""

    __tablename__ = "renewal"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("call_target.id", ondelete="SET NULL"), index=True)
    due_on: Mapped[date]
    """The day the contract ends; the renewal starts the day after."""
    close_on: Mapped[date | None]
    """The day the order is expected, where that is not ``due_on``."""
    amount: Mapped[Decimal | None]
    target_a_year: Mapped[Decimal | None]
    """What is up for renewal, a year; None where nobody knows, or the term is odd. Triggers of the store keep it."""
    amount_a_year: Mapped[Decimal | None]
    """Likewise."""
    currency: Mapped[str]
    quantity: Mapped[int | None]
    stage: Mapped[RenewalStage] = mapped_column(word(RenewalStage))
    category: Mapped[ForecastCategory] = mapped_column(word(ForecastCategory))
    is_category_picked: Mapped[bool] = mapped_column(default=False)
    """The rep chose the category, so a stage no longer changes it."""
    picked_by: Mapped[str] = mapped_column(default="")
    picked_at: Mapped[datetime | None]
    slips: Mapped[int] = mapped_column(default=0)
    """How often the day the order is expected moved to a later month."""
    next_step: Mapped[str | None]
    loss_reason: Mapped[LossReason | None] = mapped_column(word(LossReason))
    competitor: Mapped[str | None]
    last_contact_at: Mapped[datetime | None]
    """The last two-way contact about it."""
    closed_at: Mapped[datetime | None]
    crm_id: Mapped[str | None] = mapped_column(unique=True)

    __table_args__ = (
        Index("ix_renewal_account", "account_id", "closed_at", "due_on", "amount"),
        Index("ix_renewal_contract_id", "contract_id", "due_on"),
        Index(
            "ix_renewal_open",
            "due_on",
            "currency",
            "account_id",
            "contract_id",
            "target_id",
            "amount",
            "target_a_year",
            "quantity",
            "last_contact_at",
            sqlite_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_renewal_pipeline",
            "stage",
            "currency",
            "category",
            "close_on",
            "due_on",
            "amount",
            "slips",
            "account_id",
            sqlite_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_renewal_over",
            "due_on",
            "currency",
            "account_id",
            "contract_id",
            "stage",
            "loss_reason",
            "amount",
            "target_a_year",
            "amount_a_year",
            "quantity",
            "last_contact_at",
            "closed_at",
            sqlite_where=text("closed_at IS NOT NULL"),
        ),
        Index(
            "ix_renewal_closed", "closed_at", "stage", "currency", "amount", sqlite_where=text("closed_at IS NOT NULL")
        ),
    )
