"""Full-text search over accounts, people, contract numbers, phone digits and notes, kept up to date by triggers."""

from alembic import op

revision = "0002"
down_revision = "0001"

WORDS = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'"
INDEXES = (
    ("search_account", "account", ("name", "city"), WORDS),
    ("search_contact", "contact", ("name", "email"), WORDS),
    ("search_contract", "contract", ("number", "order_number"), WORDS),
    ("search_note", "activity", ("note",), WORDS),
    ("search_phone", "phone", ("e164",), "tokenize = 'trigram'"),
)


def upgrade() -> None:
    for index, table, columns, options in INDEXES:
        names = ", ".join(columns)
        old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
        # Most activities have no note, and an empty row in the index would still cost its write.
        when_old, when_new = (f"WHEN {row}.note <> ''" if index == "search_note" else "" for row in ("old", "new"))
        add = f"INSERT INTO {index} (rowid, {names}) VALUES (new.id, {new});"
        drop = f"INSERT INTO {index} ({index}, rowid, {names}) VALUES ('delete', old.id, {old});"
        op.execute(
            f"CREATE VIRTUAL TABLE {index} USING fts5({names}, content = '{table}', content_rowid = 'id', {options})"
        )
        op.execute(f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} {when_new} BEGIN {add} END")
        op.execute(f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} {when_old} BEGIN {drop} END")
        op.execute(f"CREATE TRIGGER {index}_update_old BEFORE UPDATE OF {names} ON {table} {when_old} BEGIN {drop} END")
        op.execute(f"CREATE TRIGGER {index}_update_new AFTER UPDATE OF {names} ON {table} {when_new} BEGIN {add} END")
        op.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def downgrade() -> None:
    for index, _table, _columns, _options in INDEXES:
        for event in ("insert", "delete", "update_old", "update_new"):
            op.execute(f"DROP TRIGGER {index}_{event}")
        op.execute(f"DROP TABLE {index}")
