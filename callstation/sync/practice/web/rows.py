"""One record at a time: read, create, change, delete, upsert by a key, and what changed in a span of time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply
from callstation.sync.practice.web.conditions import UnmetError, check, http_date, is_conditional, stamp_of, tag_of
from callstation.sync.practice.web.writing import assigned, refuse_locked


def create(call: Call, sobject: str) -> Reply:
    refuse_locked(call)
    record_id = call.site.org.create(sobject, assigned(call, sobject, call.mapping()), may_save=call.may_save)
    return _created(call, sobject, record_id, {})


def read(call: Call, sobject: str, record_id: str) -> Reply:
    return _read(call, sobject, record_id)


def read_by_key(call: Call, sobject: str, key_field: str, key: str) -> Reply:
    return _read(call, sobject, _found(call, sobject, key_field, key))


def update(call: Call, sobject: str, record_id: str) -> Reply:
    """204, or 412 where the row is not as the call's conditions say."""
    org = call.site.org
    values = assigned(call, sobject, call.mapping())
    with org.transaction():
        try:
            if is_conditional(call):
                check(call, sobject, org.retrieve(sobject, record_id, version=call.version))
        except UnmetError as unmet:
            return _unmet(unmet)
        refuse_locked(call, record_id)
        org.update(sobject, record_id, values, may_save=call.may_save)
    return Reply(204)


def delete(call: Call, sobject: str, record_id: str) -> Reply:
    refuse_locked(call, record_id)
    call.site.org.delete(sobject, record_id)
    return Reply(204)


def delete_by_key(call: Call, sobject: str, key_field: str, key: str) -> Reply:
    return delete(call, sobject, _found(call, sobject, key_field, key))


def upsert(call: Call, sobject: str, key_field: str, key: str) -> Reply:
    """201 when it was created, else 200 (204 before v46); ``updateOnly=true`` never creates."""
    refuse_locked(call)
    record_id, is_new = call.site.org.upsert(
        sobject,
        key_field,
        key,
        assigned(call, sobject, call.mapping()),
        is_update_only=call.is_on("updateOnly"),
        may_save=call.may_save,
    )
    is_old = float(call.version) < 46
    if is_new:
        return _created(call, sobject, record_id, {} if is_old else {"created": True})
    if is_old:
        return Reply(204)
    return Reply(200, {"id": record_id, "success": True, "errors": [], "created": False})


def updated(call: Call, sobject: str) -> Reply:
    return Reply(body=call.site.org.updated(sobject, _moment(call, "start"), _moment(call, "end")))


def deleted(call: Call, sobject: str) -> Reply:
    return Reply(body=call.site.org.deleted(sobject, _moment(call, "start"), _moment(call, "end")))


def _created(call: Call, sobject: str, record_id: str, more: dict[str, Any]) -> Reply:
    headers = {"Location": f"{call.root}/sobjects/{sobject}/{record_id}"}
    return Reply(201, {"id": record_id, "success": True, "errors": [], **more}, headers)


def _found(call: Call, sobject: str, key_field: str, key: str) -> str:
    return str(call.site.org.retrieve_by(sobject, key_field, key, ["Id"])["Id"])


def _fields(call: Call) -> Sequence[str] | None:
    return [name.strip() for name in call.args.get("fields", "").split(",") if name.strip()] or None


def _read(call: Call, sobject: str, record_id: str) -> Reply:
    org, names = call.site.org, _fields(call)
    is_tagged = sobject.lower() == "account"
    row = org.retrieve(sobject, record_id, names, version=call.version)
    headers = {}
    if is_tagged or is_conditional(call):
        whole = row if names is None else org.retrieve(sobject, record_id, version=call.version)
        try:
            check(call, sobject, whole)
        except UnmetError as unmet:
            return _unmet(unmet)
        headers = {"ETag": tag_of(whole)} if is_tagged else {}
        if (changed_at := stamp_of(whole)) is not None:
            headers["Last-Modified"] = http_date(changed_at)
    return Reply(body=row, headers=headers)


def _unmet(unmet: UnmetError) -> Reply:
    if unmet.status == 304:
        return Reply(304)
    words = "The precondition given in one or more of the request-header fields evaluated to false"
    return Reply(412, [{"message": words, "errorCode": "PRECONDITION_FAILED"}])


def _moment(call: Call, name: str) -> datetime:
    """A date and time of the query; a blank where ``+`` was not encoded is forgiven."""
    text = call.arg(name).replace(" ", "+").replace("Z", "+00:00")
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise OrgError("INVALID_DATE_FORMAT", f"{name}: {text} is not a valid date and time") from error
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
