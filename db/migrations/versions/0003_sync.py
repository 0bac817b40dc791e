"""What sync remembers: where each record stands on its way out, what the CRM last said, conflicts, receipts, jobs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

OUTBOX = ("revision", "state", "attempts", "sent_at", "code", "message", "fields")
TABLES = ("withdrawal", "sync_run", "sync_job", "sync_conflict", "crm_record", "crm_cursor")


def upgrade() -> None:
    added: list[sa.Column[Any]] = [
        sa.Column("revision", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("state", sa.String(length=32), nullable=False, server_default="waiting"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False, server_default="") for name in OUTBOX[-3:]),
    ]
    for column in added:
        op.add_column("outbox_entry", column)
    op.create_index("ix_outbox_entry_state", "outbox_entry", ["state"], sqlite_where=sa.text("state <> 'waiting'"))
    op.add_column("activity", sa.Column("crm_id", sa.String(), nullable=True))
    is_known = sa.text("crm_id IS NOT NULL")
    op.create_index("ix_activity_crm", "activity", ["crm_id"], unique=True, sqlite_where=is_known)
    op.add_column("renewal", sa.Column("close_on", sa.Date(), nullable=True))
    op.create_table(
        "crm_cursor",
        sa.Column("sobject", sa.String(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=True),
        sa.Column("last_id", sa.String(), nullable=False),
        sa.Column("is_loaded", sa.Boolean(), nullable=False),
        sa.Column("reconciled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("sobject", name="pk_crm_cursor"),
    )
    op.create_table(
        "crm_record",
        sa.Column("crm_id", sa.String(), nullable=False),
        sa.Column("sobject", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("local", sa.String(), nullable=False),
        sa.Column("sent", sa.String(), nullable=False, server_default="{}"),
        sa.PrimaryKeyConstraint("crm_id", name="pk_crm_record"),
    )
    op.create_index("ix_crm_record_parent", "crm_record", ["sobject", "parent_id"])
    op.create_table(
        "sync_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("entity", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("mine", sa.String(), nullable=True),
        sa.Column("theirs", sa.String(), nullable=True),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("theirs_by", sa.String(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sync_conflict"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sync_conflict_record", "sync_conflict", ["entity", "record_id", "field"], unique=True)
    op.create_table(
        "sync_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("sobject", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("rows", sa.String(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sync_job"),
        sa.UniqueConstraint("job_id", name="uq_sync_job_job_id"),
    )
    op.create_table(
        "sync_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("sent", "received", "refused", "conflicts")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("requests", "took_ms")),
        sa.Column("api_used", sa.Integer(), nullable=True),
        sa.Column("api_limit", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sync_run"),
    )
    op.create_index("ix_sync_run_started", "sync_run", ["started_at"])
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sobject", sa.String(), nullable=False),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawal"),
        sa.UniqueConstraint("uid", name="uq_withdrawal_uid"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_index("ix_activity_crm", "activity")
    op.execute("ALTER TABLE activity DROP COLUMN crm_id")
    op.execute("ALTER TABLE renewal DROP COLUMN close_on")
    op.drop_index("ix_outbox_entry_state", "outbox_entry")
    for column in OUTBOX:
        op.execute(f"ALTER TABLE outbox_entry DROP COLUMN {column}")
