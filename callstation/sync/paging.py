"""The records of a query's answer, all of them, into however many pages the server cuts it."""

from typing import Any

from callstation.sync.crm import Answer, CrmError, Refusal
from callstation.sync.run import Run
from callstation.sync.salesforce.errors import parse_refusal

MOST_PAGES = 1_000


def records_of(run: Run, answer: Answer) -> list[dict[str, Any]]:
    """What a query found; ``CrmError`` for a refusal. A page holds 2,000 records at most, and of wide ones fewer."""
    if not answer.is_ok:
        raise CrmError(answer.status, parse_refusal(answer.body))
    body = answer.body
    records: list[dict[str, Any]] = list(body["records"])
    for _ in range(MOST_PAGES):
        if body.get("done", True):
            return records
        run.check()
        body = run.crm.get(body["nextRecordsUrl"])
        records += body["records"]
    raise CrmError(answer.status, Refusal("UNKNOWN", "An answer came to no end."))
