"""Composite batch: up to 25 subrequests that know nothing of one another."""

from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply, objects, pick, told
from callstation.sync.practice.web.composite import MOST_PARTS, one

_HALTED = OrgError("BATCH_PROCESSING_HALTED", "Batch processing halted per request", status=412)


def batch(call: Call) -> Reply:
    """Addresses may begin with ``v66.0/``; ``haltOnError`` leaves out what follows a failure."""
    body = call.mapping()
    parts = objects(body, "batchRequests")
    if len(parts) > MOST_PARTS:
        raise OrgError("LIMIT_EXCEEDED", f"The batch request has more than {MOST_PARTS} subrequests.")
    stops = pick(body, "haltOnError", False) is True
    results: list[dict[str, Any]] = []
    has_errors = False
    for part in parts:
        url = str(pick(part, "url", ""))
        url = url if url.startswith("/services/") else f"/services/data/{url.lstrip('/')}"
        plain = {"method": pick(part, "method", "GET"), "url": url, "body": pick(part, "richInput")}
        reply = told(_HALTED) if stops and has_errors else one(call, plain, {})
        has_errors = has_errors or reply.status >= 400
        results.append({"statusCode": reply.status, "result": reply.body})
    return Reply(body={"hasErrors": has_errors, "results": results})
