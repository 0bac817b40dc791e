"""Documents of a store from before there were reports: kept as they are on the way up, and again on the way down."""

from pathlib import Path
from typing import Any

import pytest

from db.engine import connect
from tests.db.test_schema import at_version, some_rows

COLUMNS = "id, uid, kind, format, account_id, batch_id, language, path, digest, data, made_at"


def filed(path: Path) -> list[tuple[Any, ...]]:
    raw = connect(path)
    found = raw.execute(f"SELECT {COLUMNS} FROM document ORDER BY id").fetchall()
    raw.close()
    return [tuple(row) for row in found]


def test_documents_and_their_batches_stay_and_reports_go_with_the_version_that_has_them(tmp_path: Path) -> None:
    path = at_version(tmp_path / "store.db", "0004")
    some_rows(path)
    raw = connect(path)
    raw.execute(
        "INSERT INTO document_batch (id, uid, name, kind, format, language, folder, state, created_at) "
        "VALUES (1, 'b', 'Letters', 'reminder', 'pdf', '', 'Batches', 'done', 1)"
    )
    raw.execute(
        "INSERT INTO document (id, uid, kind, format, account_id, batch_id, language, path, digest, data, made_at) "
        "VALUES (7, 'd', 'reminder', 'pdf', 1, 1, 'en_US', 'A/x.pdf', 'f00', '{}', 5)"
    )
    raw.execute(
        "INSERT INTO batch_item (batch_id, position, account_id, state, document_id, problem) "
        "VALUES (1, 0, 1, 'done', 7, '')"
    )
    raw.close()
    before = filed(path)
    at_version(path, "head")
    assert filed(path) == before
    raw = connect(path)
    raw.execute("PRAGMA foreign_keys = ON")
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    indexes = {row[1] for row in raw.execute("PRAGMA index_list(document)")}
    assert {"ix_document_account", "ix_document_batch_id"} <= indexes
    report = (
        f"INSERT INTO document ({COLUMNS}) VALUES (8, 'r', 'day_sheet', 'pdf', ?, NULL, 'en', 'R/y.pdf', 'a', '', 6)"
    )
    raw.execute(report, (None,))
    with pytest.raises(Exception, match="UNIQUE"):
        raw.execute(report, (None,))
    raw.close()
    at_version(path, "0004")
    assert filed(path) == before
    raw = connect(path)
    with pytest.raises(Exception, match="NOT NULL"):
        raw.execute(report.replace("(8, 'r'", "(9, 's'"), (None,))
    assert raw.execute("SELECT document_id FROM batch_item").fetchall() == [(7,)]
    raw.close()
