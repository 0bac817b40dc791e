"""The nouns of the call desk."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("postal_code", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("segment", sa.String(), nullable=True),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("crm_id", name="uq_account_crm_id"),
        sa.UniqueConstraint("uid", name="uq_account_uid"),
    )
    op.create_index("ix_account_kind", "account", ["kind", "name_key"], unique=False)
    op.create_index("ix_account_name_key", "account", ["name_key"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("filter", sa.String(), nullable=False),
        sa.Column("outcome_keys", sa.String(), nullable=False),
        sa.Column("talk_track", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
        sa.UniqueConstraint("uid", name="uq_campaign_uid"),
    )
    op.create_table(
        "import_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_import_source"),
        sa.UniqueConstraint("name", name="uq_import_source_name"),
    )
    op.create_index("ix_import_source_fingerprint", "import_source", ["fingerprint"], unique=False)
    op.create_table(
        "outbox_entry",
        sa.Column("entity", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("marked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "record_id", name="pk_outbox_entry"),
    )
    op.create_table(
        "phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("e164", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("zones", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("connects", sa.Integer(), nullable=False),
        sa.Column("last_attempt_at", sa.BigInteger(), nullable=True),
        sa.Column("last_connect_at", sa.BigInteger(), nullable=True),
        sa.Column("is_do_not_call", sa.Boolean(), nullable=False),
        sa.Column("do_not_call_at", sa.BigInteger(), nullable=True),
        sa.Column("do_not_call_evidence", sa.String(), nullable=True),
        sa.Column("screened_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_phone"),
        sa.UniqueConstraint("e164", name="uq_phone_e164"),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("vendor", sa.String(), nullable=True),
        sa.Column("family", sa.String(), nullable=True),
        sa.Column("sku", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
    )
    op.create_index("ix_product_name_key", "product", ["name_key"], unique=False)
    op.create_index("ix_product_sku", "product", ["sku"], unique=False)
    op.create_table(
        "store_fact",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_store_fact"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_decision_maker", sa.Boolean(), nullable=False),
        sa.Column("is_do_not_call", sa.Boolean(), nullable=False),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_contact_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sa.UniqueConstraint("crm_id", name="uq_contact_crm_id"),
        sa.UniqueConstraint("uid", name="uq_contact_uid"),
    )
    op.create_index("ix_contact_account_id", "contact", ["account_id"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("distributor", sa.String(), nullable=True),
        sa.Column("vendor", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_contract_account_id_account"),
        sa.ForeignKeyConstraint(["partner_id"], ["account.id"], name="fk_contract_partner_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_contract"),
        sa.UniqueConstraint("crm_id", name="uq_contract_crm_id"),
        sa.UniqueConstraint("uid", name="uq_contract_uid"),
    )
    op.create_index("ix_contract_account_id", "contract", ["account_id"], unique=False)
    op.create_index("ix_contract_number", "contract", ["number"], unique=False)
    op.create_index("ix_contract_partner_id", "contract", ["partner_id"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("merged_at", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False),
        sa.Column("row_digests", sa.LargeBinary(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["import_source.id"], name="fk_import_batch_source_id_import_source"),
        sa.PrimaryKeyConstraint("id", name="pk_import_batch"),
    )
    op.create_table(
        "call_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("phone_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("hours_key", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("due_kind", sa.String(), nullable=True),
        sa.Column("next_expiry_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("renewal_count", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("missed_in_a_row", sa.Integer(), nullable=False),
        sa.Column("last_disposition", sa.String(length=32), nullable=True),
        sa.Column("last_called_at", sa.BigInteger(), nullable=True),
        sa.Column("last_reached_at", sa.BigInteger(), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_call_target_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name="fk_call_target_contact_id_contact", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"], name="fk_call_target_phone_id_phone", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_call_target"),
        sa.UniqueConstraint("account_id", "contact_id", name="uq_call_target_account_id_contact_id"),
    )
    op.create_index("ix_call_target_account_id", "call_target", ["account_id"], unique=False)
    op.create_index("ix_call_target_called", "call_target", ["called_on", "last_called_at"], unique=False)
    op.create_index("ix_call_target_contact_id", "call_target", ["contact_id"], unique=False)
    op.create_index("ix_call_target_hours_key", "call_target", ["hours_key"], unique=False)
    op.create_index("ix_call_target_phone_id", "call_target", ["phone_id"], unique=False)
    op.create_index("ix_call_target_blocked", "call_target", ["due_kind"], sqlite_where=sa.text("state = 'blocked'"))
    op.create_index(
        "ix_call_target_ready", "call_target", ["rank"], unique=False, sqlite_where=sa.text("state = 'ready'")
    )
    op.create_index(
        "ix_call_target_resting", "call_target", ["due_at"], unique=False, sqlite_where=sa.text("state = 'resting'")
    )
    op.create_index(
        "ix_call_target_timed", "call_target", ["due_at"], unique=False, sqlite_where=sa.text("state = 'timed'")
    )
    op.create_table(
        "contact_phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("phone_id", sa.Integer(), nullable=False),
        sa.Column("extension", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_contact_phone_contact_id_contact"),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"], name="fk_contact_phone_phone_id_phone"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_phone"),
    )
    op.create_index("ix_contact_phone_contact_id", "contact_phone", ["contact_id"], unique=False)
    op.create_index("ix_contact_phone_phone_id", "contact_phone", ["phone_id"], unique=False)
    op.create_table(
        "contract_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_contract_line_contract_id_contract"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_contract_line_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_contract_line"),
    )
    op.create_index("ix_contract_line_contract_id", "contract_line", ["contract_id"], unique=False)
    op.create_index("ix_contract_line_product_id", "contract_line", ["product_id"], unique=False)
    op.create_table(
        "import_image",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_import_image_batch_id_import_batch"),
        sa.PrimaryKeyConstraint("id", name="pk_import_image"),
    )
    op.create_index("ix_import_image_batch", "import_image", ["batch_id", "id"], unique=False)
    op.create_table(
        "campaign_member",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name="fk_campaign_member_campaign_id_campaign", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["call_target.id"], name="fk_campaign_member_target_id_call_target", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "target_id", name="pk_campaign_member"),
    )
    op.create_index("ix_campaign_member_target_id", "campaign_member", ["target_id"], unique=False)
    op.create_table(
        "note_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("ticked", sa.String(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["call_target.id"], name="fk_note_draft_id_call_target", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_note_draft"),
    )
    op.create_table(
        "renewal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("is_category_picked", sa.Boolean(), nullable=False),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("loss_reason", sa.String(length=32), nullable=True),
        sa.Column("competitor", sa.String(), nullable=True),
        sa.Column("last_contact_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_renewal_account_id_account"),
        sa.ForeignKeyConstraint(["contract_id"], ["contract.id"], name="fk_renewal_contract_id_contract"),
        sa.ForeignKeyConstraint(
            ["target_id"], ["call_target.id"], name="fk_renewal_target_id_call_target", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_renewal"),
        sa.UniqueConstraint("crm_id", name="uq_renewal_crm_id"),
        sa.UniqueConstraint("uid", name="uq_renewal_uid"),
    )
    op.create_index("ix_renewal_account", "renewal", ["account_id", "closed_at", "due_on", "amount"], unique=False)
    op.create_index("ix_renewal_contract_id", "renewal", ["contract_id"], unique=False)
    op.create_index("ix_renewal_open", "renewal", ["due_on"], unique=False, sqlite_where=sa.text("closed_at IS NULL"))
    op.create_index("ix_renewal_target_id", "renewal", ["target_id"], unique=False)
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("phone_id", sa.Integer(), nullable=True),
        sa.Column("renewal_id", sa.Integer(), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.BigInteger(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("disposition", sa.String(length=32), nullable=True),
        sa.Column("is_reached", sa.Boolean(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("loss_reason", sa.String(length=32), nullable=True),
        sa.Column("competitor", sa.String(), nullable=True),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_activity_account_id_account"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name="fk_activity_campaign_id_campaign"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_activity_contact_id_contact"),
        sa.ForeignKeyConstraint(["phone_id"], ["phone.id"], name="fk_activity_phone_id_phone"),
        sa.ForeignKeyConstraint(["renewal_id"], ["renewal.id"], name="fk_activity_renewal_id_renewal"),
        sa.ForeignKeyConstraint(["target_id"], ["call_target.id"], name="fk_activity_target_id_call_target"),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
        sa.UniqueConstraint("uid", name="uq_activity_uid"),
    )
    op.create_index("ix_activity_account", "activity", ["account_id", "happened_at"], unique=False)
    op.create_index("ix_activity_day", "activity", ["happened_on", "kind"], unique=False)
    op.create_index(
        "ix_activity_phone",
        "activity",
        ["phone_id", "happened_at"],
        unique=False,
        sqlite_where=sa.text("phone_id IS NOT NULL"),
    )
    op.create_index("ix_activity_target", "activity", ["target_id", "happened_at"], unique=False)
    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("their_zone", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_callback_activity_id_activity"),
        sa.ForeignKeyConstraint(["target_id"], ["call_target.id"], name="fk_callback_target_id_call_target"),
        sa.PrimaryKeyConstraint("id", name="pk_callback"),
        sa.UniqueConstraint("crm_id", name="uq_callback_crm_id"),
        sa.UniqueConstraint("uid", name="uq_callback_uid"),
    )
    op.create_index("ix_callback_open", "callback", ["due_at"], unique=False, sqlite_where=sa.text("status = 'open'"))
    op.create_index("ix_callback_target_id", "callback", ["target_id"], unique=False)


def downgrade() -> None:
    for table in (
        "callback",
        "activity",
        "renewal",
        "note_draft",
        "campaign_member",
        "import_image",
        "contract_line",
        "contact_phone",
        "call_target",
        "import_batch",
        "contract",
        "contact",
        "store_fact",
        "product",
        "phone",
        "outbox_entry",
        "import_source",
        "campaign",
        "account",
    ):
        op.drop_table(table)
