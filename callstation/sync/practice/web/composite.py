"""Composite: up to 25 subrequests in order in one request, with references, all or nothing if asked."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from callstation.sync.practice.errors import Ambiguous, OrgError
from callstation.sync.practice.web.call import Call, Reply, not_found, objects, pick, told, told_choices
from callstation.sync.practice.web.references import filled
from callstation.sync.practice.web.writing import RolledBackError

MOST_PARTS, MOST_LISTS = 25, 5
_HALTED = OrgError(
    "PROCESSING_HALTED",
    "The transaction was rolled back since another operation in the same transaction failed.",
)


def composite(call: Call) -> Reply:
    body = call.mapping()
    parts = parts_of(body)
    if len(parts) > MOST_PARTS:
        raise OrgError("LIMIT_EXCEEDED", f"The composite request has more than {MOST_PARTS} subrequests.")
    if sum(_is_list(part) for part in parts) > MOST_LISTS:
        raise OrgError("LIMIT_EXCEEDED", f"More than {MOST_LISTS} subrequests are queries or collections.")
    answers, _ = run(call, parts, is_whole=pick(body, "allOrNone", False) is True)
    return Reply(body={"compositeResponse": answers})


def parts_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The subrequests, each with its own reference id."""
    parts = objects(body, "compositeRequest")
    names = [pick(part, "referenceId") for part in parts]
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) != len(names):
        raise OrgError("INVALID_INPUT", "Every subrequest needs a referenceId of its own.")
    return parts


def run(call: Call, parts: Sequence[Mapping[str, Any]], *, is_whole: bool) -> tuple[list[dict[str, Any]], bool]:
    """The subrequests' answers in order, and whether all were good."""
    answers: list[dict[str, Any]] = []
    if not is_whole:
        _run(call, parts, answers, stops=False)
        return answers, all(one["httpStatusCode"] < 400 for one in answers)
    try:
        with call.site.org.transaction():
            if not _run(call, parts, answers, stops=True):
                raise RolledBackError
    except RolledBackError:
        failed = answers[-1]
        halted = [
            failed if pick(part, "referenceId") == failed["referenceId"] else _told(part, told(_HALTED))
            for part in parts
        ]
        return halted, False
    return answers, True


def _run(call: Call, parts: Sequence[Mapping[str, Any]], answers: list[dict[str, Any]], *, stops: bool) -> bool:
    known: dict[str, Any] = {}
    for part in parts:
        reply = one(call, part, known)
        answers.append(_told(part, reply))
        if reply.status < 400:
            known[pick(part, "referenceId")] = reply.body
        elif stops:
            return False
    return True


def one(call: Call, part: Mapping[str, Any], known: Mapping[str, Any]) -> Reply:
    """Serve one subrequest; refusals are its reply."""
    from callstation.sync.practice.web import routing

    try:
        address = _address(filled(str(pick(part, "url", "")), known))
        path = routing.below(unquote(address.path))
        if (
            path.startswith(("/composite/batch", "/composite/graph", "/composite/tree", "/jobs"))
            or path == "/composite"
        ):
            raise OrgError("INVALID_INPUT", f"The resource {path} cannot be a subrequest.")
        given = pick(part, "httpHeaders")
        headers = {str(name).lower(): str(text) for name, text in given.items()} if isinstance(given, dict) else {}
        value = filled(pick(part, "body"), known)
        args = dict(parse_qsl(address.query, keep_blank_values=True))
        method = str(pick(part, "method", "GET")).upper()
        return routing.answer_inner(call.inner(method, path, args, headers, value))
    except OrgError as error:
        return told(error)
    except Ambiguous as error:
        return told_choices(error, call)


def _address(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise not_found() from error


def _told(part: Mapping[str, Any], reply: Reply) -> dict[str, Any]:
    return {
        "body": reply.body,
        "httpHeaders": {name: text for name, text in reply.headers.items() if name in ("Location", "ETag")},
        "httpStatusCode": reply.status,
        "referenceId": pick(part, "referenceId"),
    }


def _is_list(part: Mapping[str, Any]) -> bool:
    path = str(pick(part, "url", "")).partition("?")[0]
    return "/query" in path or "/composite/sobjects" in path
