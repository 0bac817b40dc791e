"""CSV as Bulk 2.0 reads and writes it: cells to values by the object's describe, and results back to cells."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.jobs import DELIMITERS, LINE_ENDINGS, Job

CLEARED = "#N/A"
_TRUE, _FALSE = ("true", "1"), ("false", "0")


class BadBatchError(Exception):
    """The whole upload cannot be read; the text is the job's ``errorMessage``."""


def read_rows(job: Job) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of what was uploaded; raises ``BadBatchError``."""
    try:
        text = (job.content or b"").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadBatchError("InvalidBatch : The data is not UTF-8.") from error
    first = text.partition("\n")[0]
    if "\n" in text and first.endswith("\r") != (job.line_ending == "CRLF"):
        raise BadBatchError(
            f"InvalidBatch : LineEnding is invalid on user data. Current LineEnding setting is {job.line_ending}"
        )
    csv.field_size_limit(400_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITERS[job.delimiter], strict=True))
    except csv.Error as error:
        raise BadBatchError(f"InvalidBatch : Failed to parse CSV: {error}") from error
    rows = [row for row in rows if row]
    if not rows:
        raise BadBatchError("InvalidBatch : The upload has no header.")
    return rows[0], rows[1:]


def values_of(
    columns: Sequence[str], rows: Iterable[Sequence[str]], describe: Mapping[str, Any], *, key_field: str = ""
) -> list[dict[str, Any]]:
    """Each row as field to value: an empty cell says nothing, ``#N/A`` clears.

    Raises ``BadBatchError`` for a column that is no field.
    """
    fields = {one["name"].lower(): one for one in describe["fields"]}
    makers = [_maker(column, fields, key_field) for column in columns]
    plain = [name if make is None else None for make, name in ((one[1], one[0]) for one in makers)]
    found: list[dict[str, Any]] = []
    for row in rows:
        values: dict[str, Any] = {}
        for number, cell in enumerate(row[: len(makers)]):
            if cell == "":
                continue
            name = plain[number]
            if name is not None:
                values[name] = None if cell == CLEARED else cell
                continue
            name, make = makers[number]
            value = None if cell == CLEARED else make(cell) if make is not None else cell
            if isinstance(values.get(name), dict) and isinstance(value, dict):
                values[name] |= value
            elif name:
                values[name] = value
        found.append(values)
    return found


def _maker(
    column: str, fields: Mapping[str, Mapping[str, Any]], key_field: str
) -> tuple[str, Callable[[str], Any] | None]:
    """A column's field and what turns its cells into values (None: they stay text)."""
    name = column.strip()
    kind, _, path = name.rpartition(":")
    if "." in path:
        relation, _, key = path.partition(".")
        known = {str(one.get("relationshipName") or "").lower(): one for one in fields.values()}
        if relation.lower() not in known or not relation:
            raise BadBatchError(f"InvalidBatch : Field name not found : {name}")
        typed = {"attributes": {"type": kind}} if kind else {}
        return str(known[relation.lower()]["relationshipName"]), lambda cell: {**typed, key: cell}
    field = fields.get(name.lower())
    if field is None:
        raise BadBatchError(f"InvalidBatch : Field name not found : {name}")
    if key_field and key_field.lower() != "id" and name.lower() == "id":
        return "", lambda cell: cell  # some clients add an empty Id column to an upsert
    return str(field["name"]), _CONVERT.get(str(field["type"]))


def _flag(cell: str) -> Any:
    low = cell.lower()
    return True if low in _TRUE else False if low in _FALSE else cell


def _whole(cell: str) -> Any:
    try:
        return int(cell)
    except ValueError:
        return _number(cell)


def _number(cell: str) -> Any:
    try:
        return float(cell)
    except ValueError:
        return cell


_CONVERT: dict[str, Callable[[str], Any]] = {
    "boolean": _flag, "int": _whole, "double": _number, "currency": _number, "percent": _number,
}  # fmt: skip


def written(job: Job, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in the job's own delimiter and line ending, every cell quoted."""
    target = io.StringIO(newline="")
    out = csv.writer(
        target, delimiter=DELIMITERS[job.delimiter], lineterminator=LINE_ENDINGS[job.line_ending], quoting=csv.QUOTE_ALL
    )
    out.writerow(columns)
    out.writerows(rows)
    return target.getvalue().encode()


def error_cell(error: OrgError) -> str:
    """``CODE:message:fields --``, as the failed results tell it."""
    return f"{error.code}:{error.message}:{' '.join((*error.fields, '--'))}"
