"""What Salesforce says when it refuses, read into one form from all the forms it has."""

import re
from collections.abc import Mapping
from typing import Any

from callstation.errors import UserError
from callstation.sync.crm import CrmError, OfflineError, Refusal, RowAnswer, SignInError

_BULK = re.compile(r"(?P<code>[A-Z][A-Z0-9_]+):(?P<message>.*?)(?::(?P<fields>[\w., ]*?))?\s*(?:--)?\s*", re.DOTALL)
"""``sf__Error`` of a bulk job: ``CODE:message:fields --``."""

_CLOSED = {
    "API_DISABLED_FOR_ORG": "This edition of Salesforce has no API, or it was not switched on.",
    "API_CURRENTLY_DISABLED": "Your profile may not use the API.",
    "FUNCTIONALITY_NOT_ENABLED": "A part of Salesforce that is needed is not switched on.",
    "UNSUPPORTED_API_VERSION": "This Salesforce no longer answers the version that Callstation speaks.",
}


def parse_refusal(body: Any) -> Refusal:
    """The first refusal in an error body: REST lists, rows of collections, OAuth objects, ``sf__Error`` texts.

    What has no known form becomes ``UNKNOWN`` with the text, cut at 500 characters.
    """
    found = body
    while isinstance(found, list) and found:
        found = found[0]
    if isinstance(found, Mapping):
        if isinstance(found.get("errors"), list) and found["errors"]:
            return parse_refusal(found["errors"])
        code = found.get("errorCode") or found.get("statusCode") or found.get("error")
        if code:
            fields = found.get("fields") or ()
            message = found.get("message") or found.get("error_description") or ""
            return Refusal(str(code), str(message), tuple(map(str, fields)) if isinstance(fields, list) else ())
    if isinstance(found, str) and (bulk := _BULK.fullmatch(found)):
        names = tuple(re.findall(r"[\w.]+", bulk["fields"] or ""))
        return Refusal(bulk["code"], bulk["message"].strip(), names)
    return Refusal("UNKNOWN", "" if found is None else str(found)[:500])


def row_answer(row: Mapping[str, Any]) -> RowAnswer:
    """One row of an sObject Collections answer (``{id, success, errors, created}``)."""
    crm_id = row.get("id") or None
    if row.get("success"):
        return RowAnswer(crm_id, bool(row.get("created", False)))
    return RowAnswer(crm_id, refusal=parse_refusal(row))


def refused(status: int, body: Any) -> Exception:
    """What to raise for a request that was answered and refused as a whole."""
    if isinstance(body, str) and body.lstrip().startswith("<"):
        return OfflineError(
            "Salesforce cannot be reached.",
            f"Something on this network answered in its place ({status}).",
            "Nothing is lost. Open a web page to see what it wants, or use another network.",
        )
    refusal = parse_refusal(body)
    if refusal.code in _CLOSED:
        return UserError(
            "Salesforce lets no program in.", _CLOSED[refusal.code], f"Show this to your admin: {refusal.code}."
        )
    return CrmError(status, refusal)


def signed_out(detail: str = "") -> SignInError:
    """The one sentence for a session that is over."""
    return SignInError("Please sign in again.", detail or "Salesforce has ended this session.", "Nothing is lost.")
