"""Composite tree: records with their children in one call, all of them or none."""

from collections.abc import Mapping
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply, objects, pick
from callstation.sync.practice.web.collections import MOST_ROWS, row_error, type_of
from callstation.sync.practice.web.writing import RolledBackError, assigned

MOST_LEVELS = 5


def tree(call: Call, sobject: str) -> Reply:
    """201 with an id for each reference, or 400 with the errors and nothing kept."""
    records = objects(call.mapping(), "records")
    done: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    try:
        with call.site.org.transaction():
            for record in records:
                _plant(call, sobject, record, {}, done, errors, 1)
            if errors:
                raise RolledBackError
    except RolledBackError:
        return Reply(400, {"hasErrors": True, "results": errors})
    return Reply(201, {"hasErrors": False, "results": done})


def _plant(
    call: Call,
    sobject: str,
    record: Mapping[str, Any],
    parent: Mapping[str, str],
    done: list[dict[str, Any]],
    errors: list[dict[str, Any]],
    level: int,
) -> None:
    if level > MOST_LEVELS or len(done) + len(errors) >= MOST_ROWS:
        raise OrgError("LIMIT_EXCEEDED", f"A tree has at most {MOST_ROWS} records on {MOST_LEVELS} levels.")
    sobject = type_of(record) or sobject
    name = pick(pick(record, "attributes"), "referenceId")
    branches = {key: value for key, value in record.items() if _is_branch(value)}
    values = {key: value for key, value in record.items() if key not in branches and key.lower() != "attributes"}
    try:
        record_id = call.site.org.create(sobject, assigned(call, sobject, {**values, **parent}), may_save=call.may_save)
    except OrgError as error:
        errors.append({"referenceId": name, "errors": [row_error(error)]})
        return
    done.append({"referenceId": name, "id": record_id})
    for key, branch in branches.items():
        child, field = _child_of(call, sobject, key)
        for one in objects(branch, "records"):
            _plant(call, child, one, {field: record_id}, done, errors, level + 1)


def _is_branch(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("records"), list)


def _child_of(call: Call, sobject: str, relationship: str) -> tuple[str, str]:
    """The child object and its field that points back; raises ``OrgError``."""
    for one in call.site.org.describe(sobject)["childRelationships"]:
        if (one["relationshipName"] or "").lower() == relationship.lower():
            return one["childSObject"], one["field"]
    raise OrgError("INVALID_FIELD", f"No such relation '{relationship}' on sobject of type {sobject}")
