"""Conditional requests: ETags on Account rows, modification dates on all rows and on describes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call


class UnmetError(Exception):
    """A condition says no: 304 on a read, 412 otherwise."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


def http_date(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC), usegmt=True)


def moment_of(call: Call, name: str) -> datetime | None:
    """A header's date. What is none is an error on a write and as good as absent on a read."""
    text = call.headers.get(name, "").strip()
    if not text:
        return None
    try:
        at = parsedate_to_datetime(text)
    except ValueError as error:
        if call.method in ("PATCH", "POST"):
            raise OrgError("INVALID_FIELD", f"The value of the header {name} is not a date: {text}") from error
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def stamp_of(row: Mapping[str, Any]) -> datetime | None:
    """When a row last changed, where it says so."""
    text = row.get("SystemModstamp") or row.get("LastModifiedDate")
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z") if text else None


def tag_of(row: Mapping[str, Any]) -> str:
    text = json.dumps({key: value for key, value in row.items() if key != "attributes"}, sort_keys=True, default=str)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def is_conditional(call: Call) -> bool:
    return any(name in call.headers for name in NAMES)


NAMES = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")


def check(call: Call, sobject: str, row: Mapping[str, Any]) -> None:
    """Raise ``UnmetError`` where the row, whole and as it stands, does not meet the call's conditions."""
    is_read = call.method in ("GET", "HEAD")
    if sobject.lower() == "account":
        tag = tag_of(row)
        wanted, unwanted = _tags(call, "if-match"), _tags(call, "if-none-match")
        if wanted and "*" not in wanted and tag not in wanted:
            raise UnmetError(412)
        if unwanted and ("*" in unwanted or tag in unwanted):
            raise UnmetError(304 if is_read else 412)
    changed_at = stamp_of(row)
    if changed_at is None:
        return
    since, until = moment_of(call, "if-modified-since"), moment_of(call, "if-unmodified-since")
    if since is not None and changed_at <= since:
        raise UnmetError(304 if is_read else 412)
    if until is not None and changed_at > until:
        raise UnmetError(412)


def _tags(call: Call, name: str) -> list[str]:
    found = [one.strip().removeprefix("W/") for one in call.headers.get(name, "").split(",")]
    return [one.replace("-gzip", "").replace("--", "") for one in found if one]
