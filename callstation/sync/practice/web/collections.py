"""sObject Collections: up to 200 rows a call, answered row by row in their order."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply, objects, pick, texts
from callstation.sync.practice.web.writing import Outcome, RolledBackError, rolled_back, write

MOST_ROWS, MOST_READ_BY_POST = 200, 2000


def insert(call: Call) -> Reply:
    return _write_all(call, "insert")


def update(call: Call) -> Reply:
    return _write_all(call, "update")


def upsert(call: Call, sobject: str, key_field: str) -> Reply:
    return _write_all(call, "upsert", sobject, key_field)


def delete(call: Call) -> Reply:
    ids = [one.strip() for one in call.arg("ids").split(",") if one.strip()]
    _refuse_many(ids)
    rows = [{"Id": one} for one in ids]
    outcomes = _together(call, call.is_on("allOrNone"), lambda: write(call, "delete", "", rows))
    return Reply(body=[_row(one, given, is_told=False) for one, given in zip(outcomes, ids, strict=True)])


def retrieve(call: Call, sobject: str) -> Reply:
    """Rows in the order of their ids, null for what is not there."""
    if call.method == "POST":
        ids, fields = texts(call.mapping(), "ids"), texts(call.mapping(), "fields")
    else:
        ids, fields = call.arg("ids").split(","), call.arg("fields").split(",")
    if len(ids) > MOST_READ_BY_POST:
        raise OrgError("EXCEEDED_ID_LIMIT", f"cannot retrieve more than {MOST_READ_BY_POST} records in this call")
    names = [name.strip() for name in fields if name.strip()]
    if not names:
        raise OrgError("MISSING_ARGUMENT", "Must supply fields")
    whole = [one.strip() for one in ids]
    return Reply(body=call.site.org.retrieve_many(sobject, whole, names, version=call.version))


def _write_all(call: Call, operation: str, sobject: str = "", key_field: str = "") -> Reply:
    body = call.mapping()
    rows = objects(body, "records")
    _refuse_many(rows)
    is_whole = pick(body, "allOrNone", False) is True
    outcomes = _together(call, is_whole, lambda: _by_type(call, operation, sobject, key_field, rows))
    given = [str(pick(row, "id") or "") for row in rows]
    return Reply(body=[_row(one, own, is_told=operation == "upsert") for one, own in zip(outcomes, given, strict=True)])


def _by_type(
    call: Call, operation: str, sobject: str, key_field: str, rows: Sequence[Mapping[str, Any]]
) -> list[Outcome]:
    """Neighbours of one type are written together."""
    done: list[Outcome] = []
    for kind, group in groupby(rows, key=type_of):
        if kind == "" and not sobject:
            raise OrgError("INVALID_INPUT", "Every record must have an attributes map that includes a type.")
        plain = [{key: value for key, value in row.items() if key != "attributes"} for row in group]
        if sobject and kind and kind.lower() != sobject.lower():
            words = f"The record's type {kind} is not the object {sobject} of the address."
            done += [Outcome(None, error=OrgError("INVALID_TYPE", words))] * len(plain)
            continue
        try:
            done += write(call, operation, sobject or kind, plain, key_field)
        except OrgError as error:
            if sobject:
                raise
            # The neighbours before it may be written already, so an unknown type is told row by row.
            unknown = OrgError("INVALID_TYPE", f"sObject type '{kind}' is not supported.")
            done += [Outcome(None, error=unknown if error.status == 404 else error)] * len(plain)
    return done


def type_of(row: Mapping[str, Any]) -> str:
    return str(pick(pick(row, "attributes"), "type", ""))


def _together(call: Call, is_whole: bool, act: Callable[[], list[Outcome]]) -> list[Outcome]:
    """Rows each for itself, or all or nothing."""
    if not is_whole:
        return act()
    outcomes: list[Outcome] = []
    try:
        with call.site.org.transaction():
            outcomes = act()
            if any(one.error is not None for one in outcomes):
                raise RolledBackError
    except RolledBackError:
        return rolled_back(outcomes)
    return outcomes


def _row(outcome: Outcome, given_id: str, *, is_told: bool) -> dict[str, Any]:
    if outcome.error is not None:
        found: dict[str, Any] = {"id": given_id} if given_id else {}
        return {**found, "success": False, "errors": [row_error(outcome.error)]}
    told = {"created": outcome.is_created} if is_told else {}
    return {"id": outcome.record_id, "success": True, "errors": [], **told}


def row_error(error: OrgError) -> dict[str, Any]:
    """A row's refusal says ``statusCode``, not ``errorCode``."""
    return {"statusCode": error.code, "message": error.message, "fields": list(error.fields), **error.extra}


def _refuse_many(rows: Sequence[Any]) -> None:
    if len(rows) > MOST_ROWS:
        words = f"record limit reached. cannot submit more than {MOST_ROWS} records into this call"
        raise OrgError("EXCEEDED_ID_LIMIT", words)
