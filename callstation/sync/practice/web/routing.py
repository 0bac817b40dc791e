"""Which address is answered by which function, for HTTP and for the subrequests of a composite alike."""

import re
from functools import cache
from typing import TYPE_CHECKING

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply, not_found

if TYPE_CHECKING:
    from werkzeug.routing import Map

_VERSIONED = re.compile(r"^/services/data/v(\d{2})\.0(/.*)?$", re.DOTALL)
_BEARER = re.compile(r"^(?:Bearer|OAuth)\s+(\S+)$", re.IGNORECASE)
RETIRED, LEAST, MOST = 21, 31, 68
"""From ``RETIRED`` on there is an answer (410 GONE below ``LEAST``)."""


@cache
def _api() -> "Map":
    """Below ``/services/data/vXX.0``."""
    from werkzeug.routing import Map, Rule

    from callstation.sync.practice.web import (
        batch,
        collections,
        composite,
        describes,
        discovery,
        graph,
        ingest,
        queries,
        query_jobs,
        rows,
        tree,
    )  # fmt: skip

    table = (
        ("GET /", discovery.resources),
        ("GET /limits", discovery.limits),
        ("GET /limits/recordCount", discovery.record_count),
        ("GET /query", queries.query),
        ("GET /queryAll", queries.query_all),
        ("GET /query/<locator>", queries.more),
        ("GET /queryAll/<locator>", queries.more),
        ("GET /sobjects", describes.every),
        ("GET /sobjects/<sobject>", describes.brief),
        ("GET /sobjects/<sobject>/describe", describes.describe),
        ("GET /sobjects/<sobject>/updated", rows.updated),
        ("GET /sobjects/<sobject>/deleted", rows.deleted),
        ("POST /sobjects/<sobject>", rows.create),
        ("GET /sobjects/<sobject>/<record_id>", rows.read),
        ("PATCH /sobjects/<sobject>/<record_id>", rows.update),
        ("DELETE /sobjects/<sobject>/<record_id>", rows.delete),
        ("GET /sobjects/<sobject>/<key_field>/<path:key>", rows.read_by_key),
        ("PATCH /sobjects/<sobject>/<key_field>/<path:key>", rows.upsert),
        ("DELETE /sobjects/<sobject>/<key_field>/<path:key>", rows.delete_by_key),
        ("POST /composite", composite.composite),
        ("POST /composite/batch", batch.batch),
        ("POST /composite/graph", graph.graph),
        ("POST /composite/tree/<sobject>", tree.tree),
        ("POST /composite/sobjects", collections.insert),
        ("PATCH /composite/sobjects", collections.update),
        ("DELETE /composite/sobjects", collections.delete),
        ("PATCH /composite/sobjects/<sobject>/<key_field>", collections.upsert),
        ("GET /composite/sobjects/<sobject>", collections.retrieve),
        ("POST /composite/sobjects/<sobject>", collections.retrieve),
        ("POST /jobs/ingest", ingest.create),
        ("GET /jobs/ingest", ingest.every),
        ("GET /jobs/ingest/<job_id>", ingest.read),
        ("PATCH /jobs/ingest/<job_id>", ingest.change),
        ("DELETE /jobs/ingest/<job_id>", ingest.delete),
        ("PUT /jobs/ingest/<job_id>/batches", ingest.upload),
        ("GET /jobs/ingest/<job_id>/<which>", ingest.results),
        ("POST /jobs/query", query_jobs.create),
        ("GET /jobs/query", query_jobs.every),
        ("GET /jobs/query/<job_id>", query_jobs.read),
        ("PATCH /jobs/query/<job_id>", query_jobs.change),
        ("DELETE /jobs/query/<job_id>", query_jobs.delete),
        ("GET /jobs/query/<job_id>/results", query_jobs.results),
    )
    rules = [
        Rule(pattern, methods=[method], endpoint=handler)
        for line, handler in table
        for method, _, pattern in [line.partition(" ")]
    ]
    return Map(rules, strict_slashes=False, merge_slashes=False)


@cache
def _doors() -> "Map":
    """What needs no session, or asks for it in its own way."""
    from werkzeug.routing import Map, Rule

    from callstation.sync.practice.web import authorize, discovery, grants, identity

    table = (
        ("GET /services/data", discovery.versions),
        ("GET /services/oauth2/authorize", authorize.ask),
        ("POST /services/oauth2/authorize", authorize.decide),
        ("POST /services/oauth2/token", grants.token),
        ("POST /services/oauth2/revoke", grants.revoke),
        ("GET /services/oauth2/revoke", grants.revoke),
        ("POST /services/oauth2/introspect", grants.introspect),
        ("GET /services/oauth2/userinfo", identity.userinfo),
        ("POST /services/oauth2/userinfo", identity.userinfo),
        ("GET /id/<org_id>/<user_id>", identity.identity),
        ("POST /id/<org_id>/<user_id>", identity.identity),
    )
    rules = [
        Rule(pattern, methods=[method], endpoint=handler)
        for line, handler in table
        for method, _, pattern in [line.partition(" ")]
    ]
    return Map(rules, strict_slashes=False, merge_slashes=False)


def answer(call: Call) -> Reply:
    """Serve an outer request; raises ``OrgError`` and ``Ambiguous``."""
    found = _VERSIONED.match(call.path)
    if found is None:
        return _dispatch(_doors(), call)
    number = int(found[1])
    if not RETIRED <= number <= MOST:
        raise not_found()
    if number < LEAST:
        raise OrgError("GONE", f"API version {number}.0 has been retired.", status=410)
    if call.site.tokens.find(bearer(call), "access") is None:
        raise OrgError("INVALID_SESSION_ID", "Session expired or invalid", status=401)
    if not call.site.count_call():
        raise OrgError("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", status=403)
    call.version, call.path = f"{number}.0", found[2] or "/"
    return answer_inner(call)


def answer_inner(call: Call) -> Reply:
    """Serve a call below ``/services/data/vXX.0`` that is signed in and counted."""
    return _dispatch(_api(), call)


def below(path: str) -> str:
    """What follows ``/services/data/vXX.0`` in a subrequest's address; raises ``OrgError``."""
    found = _VERSIONED.match(path)
    if found is None or not LEAST <= int(found[1]) <= MOST:
        raise not_found()
    return found[2] or "/"


def bearer(call: Call) -> str:
    """The token of the ``Authorization`` header, "" without one."""
    found = _BEARER.match(call.headers.get("authorization", "").strip())
    return found[1] if found else ""


def _dispatch(table: "Map", call: Call) -> Reply:
    from werkzeug.exceptions import MethodNotAllowed, NotFound

    try:
        handler, values = table.bind("").match(call.path, method=call.method)
    except MethodNotAllowed as error:
        allowed = ",".join(sorted(error.valid_methods or ()))
        message = f"HTTP Method '{call.method}' not allowed. Allowed are {allowed}"
        raise OrgError("METHOD_NOT_ALLOWED", message, status=405) from error
    except NotFound as error:
        raise not_found() from error
    reply: Reply = handler(call, **values)
    return reply
