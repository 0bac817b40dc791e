"""The records of a query's answer, all of them, into however many pages the server cuts it."""

from collections.abc import Iterator, Sequence
from typing import Any

from callstation.sync import soql
from callstation.sync.crm import MOST_LISTS, Answer, CrmError, Refusal
from callstation.sync.pulls import PAGE
from callstation.sync.run import Run
from callstation.sync.salesforce.errors import parse_refusal

MOST_PAGES = 1_000
IDS_A_QUERY = 300
"""Keeps the address of a query under 16 KB."""


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


def ids_of(run: Run, sobject: str, conditions: Sequence[str], *, is_all: bool = False) -> Iterator[str]:
    """The ids of every record that meets the conditions, in their order; ``is_all`` sees archived ones too."""
    last = ""
    while True:
        run.check()
        where = [*conditions, f"Id > {soql.text(last)}"] if last else conditions
        words = f" WHERE {' AND '.join(where)}" if where else ""
        asked = soql.query_part(f"SELECT Id FROM {sobject}{words} ORDER BY Id LIMIT {PAGE}", is_all=is_all)
        (answer,) = run.crm.composite([asked], is_repeatable=True)
        ids = [record["Id"] for record in records_of(run, answer)]
        yield from ids
        if len(ids) < PAGE or max(ids) <= last:
            return
        last = max(ids)


def fetch(run: Run, sobject: str, fields: str, ids: Sequence[str], *, is_all: bool) -> Iterator[dict[str, Any]]:
    """The records with these ids; those that cannot be seen are left out."""
    parts = [
        soql.query_part(
            f"SELECT {fields} FROM {sobject} WHERE Id IN {soql.texts(ids[start : start + IDS_A_QUERY])}", is_all=is_all
        )
        for start in range(0, len(ids), IDS_A_QUERY)
    ]
    for start in range(0, len(parts), MOST_LISTS):
        run.check()
        for answer in run.crm.composite(parts[start : start + MOST_LISTS], is_repeatable=True):
            yield from records_of(run, answer)
