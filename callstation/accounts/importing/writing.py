"""Writing made rows in bulk: one statement a table, ids given beforehand, a digest of every run for the way back."""

import hashlib
import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from callstation.work import Work

RUN = 5000
"""Rows written by one statement, with one digest."""


@dataclass(frozen=True, slots=True)
class Target:
    """How rows of a table are made: the columns that differ from row to row, and those that all share."""

    table: str
    columns: tuple[str, ...]
    same: dict[str, Any]
    """Column -> stored value. What stands in neither is empty, or derived."""

    @property
    def sql(self) -> str:
        """From the temporary table that holds a run."""
        names = ", ".join((*self.columns, *self.same))
        values = ", ".join((*self.columns, *map(_literal, self.same.values())))
        return f"INSERT INTO {self.table} ({names}) SELECT {values} FROM temp.run"


def targets(at_micros: int, on: str) -> dict[str, Target]:
    """The tables an import makes rows in, in the order in which they refer to each other."""
    made_at = {"created_at": at_micros}
    all_of_them = (
        Target(
            "account",
            (
                "id", "uid", "kind", "name", "name_key", "street", "city", "region", "postal_code", "country",
                "segment", "crm_id",
            ),
            made_at,
        ),
        Target(
            "contact",
            ("id", "uid", "account_id", "name", "role", "email"),
            {"is_active": 1, "is_decision_maker": 0, "is_do_not_call": 0, **made_at},
        ),
        Target(
            "phone",
            ("id", "e164", "kind", "region", "zones"),
            {"status": "untried", "attempts": 0, "connects": 0, "is_do_not_call": 0},
        ),
        Target("contact_phone", ("id", "contact_id", "phone_id", "extension", "position"), {}),
        Target("product", ("id", "name", "name_key", "vendor", "sku"), {"kind": "plan"}),
        Target(
            "contract",
            (
                "id", "uid", "number", "account_id", "partner_id", "distributor", "vendor", "starts_on", "ends_on",
                "value", "currency", "order_number", "status",
            ),
            made_at,
        ),
        Target("contract_line", ("id", "contract_id", "position", "product_id", "quantity", "value"), {}),
        Target(
            "renewal",
            (
                "id", "uid", "contract_id", "account_id", "due_on", "amount", "currency", "quantity", "stage",
                "category",
            ),
            {"is_category_picked": 0, "slips": 0},
        ),
        Target(
            "activity",
            ("id", "uid", "account_id", "note"),
            {"kind": "import", "happened_at": at_micros, "happened_on": on, "is_reached": 0, "duration_s": 0},
        ),
        Target("price_book", ("id", "uid", "name", "currency", "valid_from", "valid_to", "source"), made_at),
        Target(
            "price_entry",
            ("id", "price_book_id", "product_id", "plan_months", "min_quantity", "amount", "cost", "unit"),
            {},
        ),
    )  # fmt: skip
    return {target.table: target for target in all_of_them}


def write_runs(
    work: Work,
    batch_id: int,
    target: Target,
    rows: Sequence[tuple[Any, ...]],
    first_id: int,
    settled: Callable[[tuple[Any, ...]], tuple[Any, ...]],
    on_run: Callable[[int], None],
) -> None:
    """Insert rows run by run, with an id in front and a uid where the noun has one, and note each run with its digest.

    ``settled`` turns a row's refs into ids. A run goes through a temporary table and one INSERT: the search index's
    triggers flush once a statement, which row by row costs more than everything else.
    """
    has_uid = target.columns[1] == "uid"
    marks = ", ".join("?" * len(target.columns))
    work.raw.execute(f"CREATE TEMP TABLE run ({', '.join(target.columns)})")
    images = []
    for start in range(0, len(rows), RUN):
        settled_rows = map(settled, rows[start : start + RUN])
        ids = count(first_id + start)
        if has_uid:
            run = [(row_id, uid, *row) for row_id, uid, row in zip(ids, _uids(), settled_rows, strict=False)]
        else:
            run = [(row_id, *row) for row_id, row in zip(ids, settled_rows, strict=False)]
        work.raw.executemany(f"INSERT INTO temp.run VALUES ({marks})", run)
        work.raw.execute(target.sql)
        work.raw.execute("DELETE FROM temp.run")
        images.append((batch_id, target.table, run[0][0], run[-1][0], digest_of(run)))
        on_run(len(run))
    work.raw.execute("DROP TABLE temp.run")
    work.raw.executemany(
        "INSERT INTO import_image (batch_id, table_name, row_id, last_id, digest) VALUES (?, ?, ?, ?, ?)", images
    )


def _uids() -> Iterator[str]:
    random = os.urandom(16 * RUN).hex()
    return (random[at : at + 32] for at in range(0, 32 * RUN, 32))


def digest_of(rows: Sequence[tuple[Any, ...]]) -> str:
    """Of rows in stored values; version 2 of the format is the last that writes equal values alike, however made."""
    return hashlib.blake2b(marshal.dumps(list(rows), 2), digest_size=16).hexdigest()


def _literal(value: Any) -> str:
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"
