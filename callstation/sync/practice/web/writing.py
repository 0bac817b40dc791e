"""Rows written in bulk, for collections and Bulk jobs alike: row locks, assignment rules, all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from callstation.sync.practice.errors import Ambiguous, OrgError
from callstation.sync.practice.web.call import Call, pick
from callstation.sync.practice.web.faults import lock_error, locked_rows

ASSIGNED = ("account", "case", "lead")
"""Where assignment rules run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one row came to."""

    record_id: str | None
    is_created: bool = False
    error: OrgError | None = None


class RolledBackError(Exception):
    """Ends a transaction whose rows must not stay."""


def write(
    call: Call, operation: str, sobject: str, rows: Sequence[Mapping[str, Any]], key_field: str = ""
) -> list[Outcome]:
    """Carry out ``insert``, ``update``, ``upsert``, ``delete`` or ``hardDelete``, every row for itself, in order."""
    held = locked_rows(call.faults, len(rows))
    if not held:
        return _write(call, operation, sobject, rows, key_field)
    free = [row for number, row in enumerate(rows) if number not in held]
    done = iter(_write(call, operation, sobject, free, key_field) if free else [])
    return [
        Outcome(None, error=lock_error(str(pick(row, "Id") or ""))) if number in held else next(done)
        for number, row in enumerate(rows)
    ]


def _write(
    call: Call, operation: str, sobject: str, rows: Sequence[Mapping[str, Any]], key_field: str
) -> list[Outcome]:
    org, may_save = call.site.org, call.may_save
    if operation in ("delete", "hardDelete"):
        ids = [str(pick(row, "Id") or "") for row in rows]
        return [_outcome(one) for one in org.delete_many(ids, is_hard=operation == "hardDelete")]
    if call.site.assigned_owner_id:
        rows = [assigned(call, sobject, row) for row in rows]
    if operation == "insert":
        return [_outcome(one, is_created=True) for one in org.create_many(sobject, rows, may_save=may_save)]
    if operation == "update":
        return [_outcome(one) for one in org.update_many(sobject, rows, may_save=may_save)]
    return [
        Outcome(one[0], one[1]) if isinstance(one, tuple) else _outcome(one)
        for one in org.upsert_many(sobject, key_field, rows, may_save=may_save)
    ]


def _outcome(found: "str | OrgError | Ambiguous", *, is_created: bool = False) -> Outcome:
    if isinstance(found, str):
        return Outcome(found, is_created)
    if isinstance(found, OrgError):
        return Outcome(None, error=found)
    ids = ", ".join(url.rpartition("/")[2] for url in found.urls)
    words = f"more than one record found for external id field: [{ids}]"
    return Outcome(None, error=OrgError("DUPLICATE_EXTERNAL_ID", words))


def rolled_back(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What all-or-nothing makes of rows of which some failed: the good ones share the fate of the bad."""
    error = OrgError(
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "Record rolled back because not all records were valid and the request was using AllOrNone header",
    )
    return [one if one.error is not None else replace(one, error=error, is_created=False) for one in outcomes]


def assigned(call: Call, sobject: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row as an active assignment rule leaves it: with the rule's owner, unless the header said FALSE."""
    owner_id = call.site.assigned_owner_id
    if not owner_id or sobject.lower() not in ASSIGNED:
        return values
    if call.headers.get("sforce-auto-assign", "").strip().lower() == "false":
        return values
    return {**{key: value for key, value in values.items() if key.lower() != "ownerid"}, "OwnerId": owner_id}


def refuse_locked(call: Call, record_id: str = "") -> None:
    """Raise for a single row that a planned fault holds."""
    if locked_rows(call.faults, 1):
        raise lock_error(record_id)
