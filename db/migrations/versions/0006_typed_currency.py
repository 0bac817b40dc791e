"""In which currency a quota or an adjustment was typed; "" of older ones is the own currency of whoever reads it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TABLES = ("forecast_adjustment", "quota")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("currency", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN currency")
