"""Bulk 2.0 query: a query as a job, its rows fetched as CSV part by part."""

import base64
from typing import Any

from callstation.sync.practice.answers import Column
from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web import jobs
from callstation.sync.practice.web.call import Call, Reply, pick
from callstation.sync.practice.web.csv_rows import written

MOST_ROWS = 250_000


def create(call: Call) -> Reply:
    """The rows are those of this moment."""
    facts = call.mapping()
    operation, soql = str(pick(facts, "operation", "query")), str(pick(facts, "query") or "")
    if operation not in ("query", "queryAll"):
        raise OrgError("INVALIDJOB", f"InvalidJob : Operation {operation} is not known.")
    result = call.site.org.query(soql, is_all=operation == "queryAll")
    if result.is_grouped or any(column.children for column in result.columns) or " offset " in soql.lower():
        raise OrgError("INVALIDJOB", "InvalidJob : GROUP BY, OFFSET and subqueries are not allowed in a query job.")
    job = jobs.new_job(call, "query", facts, operation=operation, sobject=result.sobject)
    job.query, job.columns = soql, [column.name for column in result.columns]
    job.rows = [[_cell(record, column) for column in result.columns] for record in result.records]
    job.processed = len(job.rows)
    job.state, job.pending = "UploadComplete", ["InProgress", "JobComplete"]
    return Reply(body=job.facts())


def change(call: Call, job_id: str) -> Reply:
    job = jobs.find_job(call, "query", job_id)
    if pick(call.mapping(), "state") != "Aborted":
        raise OrgError("INVALIDJOB", "InvalidJob : A query job can only be set to Aborted.")
    return jobs.abort_job(call, job)


def read(call: Call, job_id: str) -> Reply:
    return jobs.read_job(call, "query", job_id)


def every(call: Call) -> Reply:
    return jobs.list_jobs(call, "query")


def delete(call: Call, job_id: str) -> Reply:
    return jobs.delete_job(call, "query", job_id)


def results(call: Call, job_id: str) -> Reply:
    """Rows from ``locator`` on; ``Sforce-Locator`` is the next one, or the word ``null``."""
    job = jobs.find_job(call, "query", job_id)
    if job.version != call.version:
        words = f"The job was created with API version {job.version}; its results are read with the same."
        raise OrgError("INVALID_API_VERSION", words, status=409)
    if job.state != "JobComplete":
        raise OrgError("INVALIDJOBSTATE", f"The job is {job.state}; there are no results yet.")
    most = call.args.get("maxRecords", "")
    size = max(1, min(MOST_ROWS, int(most))) if most.isdigit() else MOST_ROWS
    start = _offset(call.args.get("locator", ""))
    rows = job.rows[start : start + size]
    end = start + len(rows)
    headers = {
        "Sforce-NumberOfRecords": str(len(rows)),
        "Sforce-Locator": "null" if end >= len(job.rows) else base64.b64encode(f"row{end}".encode()).decode(),
    }
    return Reply(200, written(job, job.columns, rows), headers, "text/csv")


def _offset(locator: str) -> int:
    if locator in ("", "null"):
        return 0
    try:
        return int(base64.b64decode(locator, validate=True).decode().removeprefix("row"))
    except ValueError as error:
        raise OrgError("INVALID_QUERY_LOCATOR", "The locator is not known.") from error


def _cell(record: dict[str, Any], column: Column) -> str:
    value: Any = record
    for name in column.path:
        value = value.get(name) if isinstance(value, dict) else None
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
