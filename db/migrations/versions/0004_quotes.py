"""What things cost and what was offered: price books, quotes, closing steps, documents."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    "batch_item",
    "quote_line",
    "document",
    "quote",
    "closing_mark",
    "price_entry",
    "contracted_price",
    "price_book",
    "document_batch",
)


def upgrade() -> None:
    op.create_table(
        "document_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("folder", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_document_batch"),
        sa.UniqueConstraint("uid", name="uq_document_batch_uid"),
    )
    op.create_table(
        "price_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_price_book"),
        sa.UniqueConstraint("uid", name="uq_price_book_uid"),
    )
    op.create_table(
        "contracted_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("plan_months", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_contracted_price_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_contracted_price_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_contracted_price"),
        sa.UniqueConstraint("uid", name="uq_contracted_price_uid"),
    )
    op.create_index("ix_contracted_price_account_id", "contracted_price", ["account_id"], unique=False)
    op.create_table(
        "price_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("price_book_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("plan_months", sa.Integer(), nullable=False),
        sa.Column("min_quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["price_book_id"], ["price_book.id"], name="fk_price_entry_price_book_id_price_book", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_price_entry_product_id_product"),
        sa.PrimaryKeyConstraint("id", name="pk_price_entry"),
        sa.UniqueConstraint(
            "price_book_id",
            "product_id",
            "plan_months",
            "min_quantity",
            name="uq_price_entry_price_book_id_product_id_plan_months_min_quantity",
        ),
    )
    op.create_index("ix_price_entry_price_book_id", "price_entry", ["price_book_id"], unique=False)
    op.create_index("ix_price_entry_product_id", "price_entry", ["product_id"], unique=False)
    op.create_table(
        "closing_mark",
        sa.Column("renewal_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["renewal_id"], ["renewal.id"], name="fk_closing_mark_renewal_id_renewal", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("renewal_id", "step", name="pk_closing_mark"),
    )
    op.create_table(
        "quote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("renewal_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("option", sa.String(length=32), nullable=False),
        sa.Column("proration", sa.String(length=32), nullable=False),
        sa.Column("co_term", sa.String(length=32), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("base_currency", sa.String(), nullable=False),
        sa.Column("rate", sa.String(), nullable=False),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("priced_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("list_total", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("cost_total", sa.BigInteger(), nullable=True),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("approval_level", sa.String(length=32), nullable=False),
        sa.Column("approval_reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("approved_at", sa.BigInteger(), nullable=True),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_quote_account_id_account"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_quote_contact_id_contact"),
        sa.ForeignKeyConstraint(["renewal_id"], ["renewal.id"], name="fk_quote_renewal_id_renewal"),
        sa.ForeignKeyConstraint(
            ["target_id"], ["call_target.id"], name="fk_quote_target_id_call_target", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_quote"),
        sa.UniqueConstraint("crm_id", name="uq_quote_crm_id"),
        sa.UniqueConstraint("number", "version", name="uq_quote_number_version"),
        sa.UniqueConstraint("uid", name="uq_quote_uid"),
    )
    op.create_index("ix_quote_account_id", "quote", ["account_id"], unique=False)
    op.create_index("ix_quote_open", "quote", ["valid_until"], unique=False, sqlite_where=sa.text("status = 'sent'"))
    op.create_index("ix_quote_renewal_id", "quote", ["renewal_id"], unique=False)
    op.create_index("ix_quote_target_id", "quote", ["target_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("renewal_id", sa.Integer(), nullable=True),
        sa.Column("quote_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_document_account_id_account"),
        sa.ForeignKeyConstraint(["batch_id"], ["document_batch.id"], name="fk_document_batch_id_document_batch"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_document_contact_id_contact"),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name="fk_document_quote_id_quote"),
        sa.ForeignKeyConstraint(["renewal_id"], ["renewal.id"], name="fk_document_renewal_id_renewal"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("uid", name="uq_document_uid"),
    )
    op.create_index("ix_document_account", "document", ["account_id", "made_at"], unique=False)
    op.create_index("ix_document_batch_id", "document", ["batch_id"], unique=False)
    op.create_table(
        "quote_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("renewal_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("end_customer", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_list", sa.BigInteger(), nullable=False),
        sa.Column("plan_months", sa.Integer(), nullable=False),
        sa.Column("price_source", sa.String(), nullable=False),
        sa.Column("contracted", sa.BigInteger(), nullable=True),
        sa.Column("uplift", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("multiplier", sa.String(), nullable=False),
        sa.Column("multiplier_words", sa.String(), nullable=False),
        sa.Column("unit_cost", sa.BigInteger(), nullable=True),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("list_amount", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("crm_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_quote_line_product_id_product"),
        sa.ForeignKeyConstraint(["quote_id"], ["quote.id"], name="fk_quote_line_quote_id_quote", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["renewal_id"], ["renewal.id"], name="fk_quote_line_renewal_id_renewal"),
        sa.PrimaryKeyConstraint("id", name="pk_quote_line"),
        sa.UniqueConstraint("crm_id", name="uq_quote_line_crm_id"),
        sa.UniqueConstraint("uid", name="uq_quote_line_uid"),
    )
    op.create_index("ix_quote_line_quote_id", "quote_line", ["quote_id"], unique=False)
    op.create_index("ix_quote_line_renewal_id", "quote_line", ["renewal_id"], unique=False)
    op.create_table(
        "batch_item",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("renewal_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_batch_item_account_id_account"),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["document_batch.id"], name="fk_batch_item_batch_id_document_batch", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_batch_item_document_id_document"),
        sa.ForeignKeyConstraint(["renewal_id"], ["renewal.id"], name="fk_batch_item_renewal_id_renewal"),
        sa.PrimaryKeyConstraint("batch_id", "position", name="pk_batch_item"),
    )
    op.add_column("account", sa.Column("street", sa.String(), nullable=True))
    op.add_column("account", sa.Column("language", sa.String(), nullable=True))
    op.add_column("contract", sa.Column("uplift", sa.BigInteger(), nullable=True))
    op.add_column("contract_line", sa.Column("uplift", sa.BigInteger(), nullable=True))
    op.add_column("product", sa.Column("kind", sa.String(length=32), nullable=False, server_default="plan"))
    # What was won before there was a checklist needs no closing now.
    steps = "'quote_accepted', 'order_number', 'order_placed', 'licence_delivered', 'customer_told'"
    op.execute(
        "INSERT INTO closing_mark (renewal_id, step, done_at, words) "
        "SELECT r.id, s.value, coalesce(r.closed_at, 0), '' FROM renewal r "
        f"JOIN json_each(json_array({steps})) s WHERE r.stage = 'won'"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE product DROP COLUMN kind")
    op.execute("ALTER TABLE contract_line DROP COLUMN uplift")
    op.execute("ALTER TABLE contract DROP COLUMN uplift")
    op.execute("ALTER TABLE account DROP COLUMN language")
    op.execute("ALTER TABLE account DROP COLUMN street")
    for table in TABLES:
        op.drop_table(table)
