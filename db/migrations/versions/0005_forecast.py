"""What is measured: growth, daily snapshots, quotas, adjustments, saved filters, whitespace marks, filed reports."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    "growth", "whitespace_mark", "snapshot_row", "snapshot", "snapshot_due", "saved_filter", "quota",
    "forecast_adjustment",
)  # fmt: skip
KEPT_DAYS = 400
WORTH = "stage, category, amount, currency, close_on, closed_at"
"""The columns a snapshot is made of."""

_TARGET = (
    "CASE WHEN k.value IS NOT NULL AND k.currency = renewal.currency "
    "AND (k.ends_on = renewal.due_on OR k.ends_on < date(renewal.due_on, '+32 days')) THEN k.value "
    "ELSE renewal.amount END"
)


def _a_year(amount: str) -> str:
    """NULL for odd terms: these are worked out when they are asked for."""
    return (
        f"CASE julianday(k.ends_on) - julianday(k.starts_on) WHEN 364 THEN {amount} WHEN 365 THEN {amount} "
        f"WHEN 1094 THEN (2 * {amount} + 3) / 6 WHEN 1095 THEN (2 * {amount} + 3) / 6 "
        f"ELSE iif(k.starts_on IS NULL, {amount}, NULL) END"
    )


_A_YEAR = (
    f"UPDATE renewal SET (target_a_year, amount_a_year) = (SELECT {_a_year(_TARGET)}, {_a_year('renewal.amount')} "
    "FROM contract k WHERE k.id = renewal.contract_id)"
)
_LAST_DUE_ON = "UPDATE contract SET last_due_on = (SELECT max(due_on) FROM renewal WHERE contract_id = contract.id)"


def _refuse(name: str, event: str, words: str, when: str = "") -> str:
    return f"CREATE TRIGGER {name} BEFORE {event} {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


def _note(table: str, is_growth: int, event: str, row: str) -> str:
    name = f"snapshot_due_{table}_{event.split(maxsplit=1)[0].lower()}"
    add = f"INSERT OR IGNORE INTO snapshot_due (is_growth, opportunity_id) VALUES ({is_growth}, {row}.id)"
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {add}; END"


def _keep(table: str, event: str, *statements: str) -> str:
    name = f"{table}_kept_{event.split(maxsplit=1)[0].lower()}"
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {'; '.join(statements)}; END"


TRIGGERS = (
    _refuse("snapshot_stays", "UPDATE ON snapshot", "a snapshot is never changed"),
    _refuse("snapshot_row_stays", "UPDATE ON snapshot_row", "a snapshot is never changed"),
    _refuse(
        "snapshot_is_kept", "DELETE ON snapshot", "a snapshot is kept 400 days",
        f"WHEN OLD.taken_on > (SELECT max(taken_on) FROM snapshot) - {KEPT_DAYS} "  # and a wrong clock deletes nothing:
        f"OR (SELECT count(*) FROM snapshot WHERE taken_on > OLD.taken_on) < {KEPT_DAYS}",
    ),
    _refuse(
        "snapshot_row_is_kept", "DELETE ON snapshot_row", "a snapshot that is kept needs this row",
        "WHEN NOT EXISTS (SELECT 1 FROM snapshot_row r WHERE r.is_growth = OLD.is_growth "
        "AND r.opportunity_id = OLD.opportunity_id AND r.taken_on > OLD.taken_on "
        "AND r.taken_on <= (SELECT min(taken_on) FROM snapshot)) "
        "AND NOT (OLD.is_gone AND OLD.taken_on <= (SELECT min(taken_on) FROM snapshot) "
        "AND NOT EXISTS (SELECT 1 FROM snapshot_row r WHERE r.is_growth = OLD.is_growth "
        "AND r.opportunity_id = OLD.opportunity_id AND r.taken_on < OLD.taken_on))",
    ),
    _refuse(
        "snapshot_goes_forward", "INSERT ON snapshot", "a snapshot is never changed",
        "WHEN EXISTS (SELECT 1 FROM snapshot WHERE taken_on >= NEW.taken_on)",
    ),
    _refuse(
        "snapshot_row_goes_forward", "INSERT ON snapshot_row", "a snapshot is never changed",
        "WHEN EXISTS (SELECT 1 FROM snapshot WHERE taken_on >= NEW.taken_on)",
    ),
    _keep("renewal", "INSERT", f"{_A_YEAR} WHERE id = NEW.id", f"{_LAST_DUE_ON} WHERE id = NEW.contract_id"),
    _keep(
        "renewal", "UPDATE OF contract_id, due_on, amount, currency", f"{_A_YEAR} WHERE id = NEW.id",
        f"{_LAST_DUE_ON} WHERE id IN (OLD.contract_id, NEW.contract_id)",
    ),
    _keep("renewal", "DELETE", f"{_LAST_DUE_ON} WHERE id = OLD.contract_id"),
    _keep(
        "contract", "UPDATE OF value, currency, starts_on, ends_on", f"{_A_YEAR} WHERE contract_id = NEW.id"
    ),
    _note("renewal", 0, "INSERT", "NEW"),
    _note("renewal", 0, f"UPDATE OF {WORTH}, due_on", "NEW"),
    _note("renewal", 0, "DELETE", "OLD"),
    _note("growth", 1, "INSERT", "NEW"),
    _note("growth", 1, f"UPDATE OF {WORTH}", "NEW"),
    _note("growth", 1, "DELETE", "OLD"),
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "forecast_adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("is_growth", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_forecast_adjustment"),
        sa.UniqueConstraint("uid", name="uq_forecast_adjustment_uid"),
    )
    op.create_index("ix_forecast_adjustment_month", "forecast_adjustment", ["month"], unique=False)
    op.create_table(
        "quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("is_growth", sa.Boolean(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota"),
        sa.UniqueConstraint("period", "starts_on", "is_growth", name="uq_quota_period_starts_on_is_growth"),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("filter", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filter"),
        sa.UniqueConstraint("page", "name", name="uq_saved_filter_page_name"),
    )
    op.create_table(
        "snapshot",
        sa.Column("taken_on", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("sums", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("taken_on", name="pk_snapshot"),
    )
    op.create_table(
        "snapshot_row",
        sa.Column("taken_on", sa.Integer(), nullable=False),
        sa.Column("is_growth", sa.Boolean(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("close_on", sa.Integer(), nullable=False),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("taken_on", "is_growth", "opportunity_id", name="pk_snapshot_row"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_snapshot_row_opportunity", "snapshot_row", ["is_growth", "opportunity_id"], unique=False)
    op.create_table(
        "snapshot_due",
        sa.Column("is_growth", sa.Boolean(), nullable=False),
        sa.Column("opportunity_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("is_growth", "opportunity_id", name="pk_snapshot_due"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "whitespace_mark",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_whitespace_mark_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "family", name="pk_whitespace_mark"),
    )
    op.create_table(
        "growth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("family", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("term_months", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("is_category_picked", sa.Boolean(), nullable=False),
        sa.Column("picked_by", sa.String(), nullable=False),
        sa.Column("picked_at", sa.BigInteger(), nullable=True),
        sa.Column("close_on", sa.Date(), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("competitor", sa.String(), nullable=True),
        sa.Column("loss_reason", sa.String(length=32), nullable=True),
        sa.Column("last_contact_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_growth_account_id_account"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_growth_contact_id_contact", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_growth_product_id_product"),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name="fk_growth_quote_id_quote", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_growth"),
        sa.UniqueConstraint("crm_id", name="uq_growth_crm_id"),
        sa.UniqueConstraint("uid", name="uq_growth_uid"),
    )
    op.create_index("ix_growth_account_id", "growth", ["account_id"], unique=False)
    op.create_index("ix_growth_open", "growth", ["close_on"], unique=False, sqlite_where=sa.text("closed_at IS NULL"))
    op.add_column("renewal", sa.Column("picked_by", sa.String(), nullable=False, server_default=""))
    op.add_column("renewal", sa.Column("picked_at", sa.BigInteger(), nullable=True))
    op.add_column("renewal", sa.Column("target_a_year", sa.BigInteger(), nullable=True))
    op.add_column("renewal", sa.Column("amount_a_year", sa.BigInteger(), nullable=True))
    op.add_column("renewal", sa.Column("slips", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_renewal_closed", "renewal", ["closed_at", "stage", "currency", "amount"], unique=False,
        sqlite_where=sa.text("closed_at IS NOT NULL"),
    )  # fmt: skip
    op.drop_index("ix_renewal_open", "renewal")
    op.drop_index("ix_renewal_contract_id", "renewal")
    op.create_index("ix_renewal_contract_id", "renewal", ["contract_id", "due_on"], unique=False)
    op.create_index(
        "ix_renewal_open",
        "renewal",
        [
            "due_on", "currency", "account_id", "contract_id", "target_id", "amount", "target_a_year", "quantity",
            "last_contact_at",
        ],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_renewal_over",
        "renewal",
        [
            "due_on", "currency", "account_id", "contract_id", "stage", "loss_reason", "amount", "target_a_year",
            "amount_a_year", "quantity", "last_contact_at", "closed_at",
        ],
        unique=False,
        sqlite_where=sa.text("closed_at IS NOT NULL"),
    )  # fmt: skip
    op.add_column("contract", sa.Column("last_due_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_contract_loose", "contract", ["ends_on"], unique=False,
        sqlite_where=sa.text("coalesce(last_due_on, '') < date(ends_on, '-31 days')"),
    )  # fmt: skip
    op.add_column("import_batch", sa.Column("listed", sa.LargeBinary(), nullable=True))
    op.drop_index("ix_activity_day", "activity")
    op.create_index(
        "ix_activity_day", "activity", ["happened_on", "happened_at", "is_reached", "duration_s", "disposition"],
        unique=False, sqlite_where=sa.text("kind = 'call'"),
    )  # fmt: skip
    op.create_index("ix_quote_made", "quote", ["created_at"], unique=False)
    op.create_index(
        "ix_quote_sent", "quote", ["sent_at", "discount"], unique=False, sqlite_where=sa.text("sent_at IS NOT NULL")
    )
    op.create_index(
        "ix_quote_accepted", "quote",
        ["decided_at", "total", "cost_total", "currency", "rate", "base_currency"],
        unique=False, sqlite_where=sa.text("status = 'accepted'"),
    )  # fmt: skip
    op.drop_index("ix_quote_line_quote_id", "quote_line")
    op.create_index("ix_quote_line_quote_id", "quote_line", ["quote_id", "kind", "renewal_id"], unique=False)
    # What is over is no matter of opinion; a pick of older days may have outlived it.
    op.execute("UPDATE renewal SET category = 'closed', is_category_picked = 0 WHERE stage = 'won'")
    op.execute(
        "UPDATE renewal SET category = 'omitted', is_category_picked = 0 WHERE closed_at IS NOT NULL AND stage <> 'won'"
    )
    op.create_index(
        "ix_renewal_pipeline",
        "renewal",
        [
            "stage", "currency", "category", "close_on", "due_on", "amount", "slips", "account_id",
        ],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
    )  # fmt: skip
    with op.batch_alter_table("document") as document:  # a report is no account's
        document.alter_column("account_id", existing_type=sa.Integer(), nullable=True)
    for trigger in TRIGGERS:
        op.execute(trigger)
    op.execute("UPDATE renewal SET contract_id = contract_id")  # what triggers keep, of what is there already


def downgrade() -> None:
    op.execute("DELETE FROM document WHERE account_id IS NULL")
    with op.batch_alter_table("document") as document:
        document.alter_column("account_id", existing_type=sa.Integer(), nullable=False)
    op.drop_index("ix_renewal_pipeline", table_name="renewal")
    for event in ("insert", "update", "delete"):
        op.execute(f"DROP TRIGGER snapshot_due_renewal_{event}")
        op.execute(f"DROP TRIGGER renewal_kept_{event}")
    op.execute("DROP TRIGGER contract_kept_update")
    op.execute("ALTER TABLE import_batch DROP COLUMN listed")
    op.drop_index("ix_contract_loose", "contract")
    op.execute("ALTER TABLE contract DROP COLUMN last_due_on")
    op.drop_index("ix_renewal_over", "renewal")
    op.drop_index("ix_renewal_open", "renewal")
    op.drop_index("ix_renewal_contract_id", "renewal")
    op.create_index("ix_renewal_contract_id", "renewal", ["contract_id"], unique=False)
    op.create_index("ix_renewal_open", "renewal", ["due_on"], unique=False, sqlite_where=sa.text("closed_at IS NULL"))
    op.drop_index("ix_renewal_closed", "renewal")
    op.drop_index("ix_quote_line_quote_id", "quote_line")
    op.create_index("ix_quote_line_quote_id", "quote_line", ["quote_id"], unique=False)
    for name in ("made", "sent", "accepted"):
        op.drop_index(f"ix_quote_{name}", "quote")
    op.drop_index("ix_activity_day", "activity")
    op.create_index("ix_activity_day", "activity", ["happened_on", "kind"], unique=False)
    for column in ("amount_a_year", "target_a_year", "slips", "picked_at", "picked_by"):
        op.execute(f"ALTER TABLE renewal DROP COLUMN {column}")
    for table in TABLES:
        op.drop_table(table)
