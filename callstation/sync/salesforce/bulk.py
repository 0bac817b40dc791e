"""Bulk API 2.0: the CSV that goes up, the job on the way, the rows that come back."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from callstation.sync.crm import Job

CSV_TYPE = "text/csv; charset=UTF-8"
_AT_ONCE = 200
"""Rows written by one call of ``csv``, in which no other thread of the program gets its turn."""


def csv_of(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as Bulk reads them: UTF-8, every cell quoted, lines ended by LF, line breaks in a cell kept as they are."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for start in range(0, len(rows), _AT_ONCE):
        writer.writerows(rows[start : start + _AT_ONCE])
    return text.getvalue().encode("utf-8", "replace")


def read_rows(reply_type: str, content: bytes) -> list[dict[str, str]]:
    """The rows of a result file by column; ``ValueError`` where it is no CSV or ends inside a cell."""
    if "csv" not in reply_type:
        raise ValueError(f"{reply_type or 'nothing'} instead of CSV")
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    try:
        columns = next(rows, None)
        if columns is None:
            return []
        return [dict(zip(columns, row, strict=True)) for row in rows if row]
    except csv.Error as error:
        raise ValueError(str(error)) from error


def job_of(told: Mapping[str, Any]) -> Job:
    """A job from its JSON; ``numberRecordsProcessed`` counts the failed ones too."""
    return Job(
        str(told["id"]),
        str(told["state"]),
        int(told.get("numberRecordsProcessed") or 0),
        int(told.get("numberRecordsFailed") or 0),
        str(told.get("errorMessage") or ""),
    )
