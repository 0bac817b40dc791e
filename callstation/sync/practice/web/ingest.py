"""Bulk 2.0 ingest: create a job, upload once, start, watch, fetch the three results."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from math import gcd
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web import jobs
from callstation.sync.practice.web.call import Call, Reply, not_found, pick
from callstation.sync.practice.web.csv_rows import BadBatchError, error_cell, read_rows, values_of, written
from callstation.sync.practice.web.writing import Outcome, write

OPERATIONS = {one.lower(): one for one in ("insert", "update", "upsert", "delete", "hardDelete")}


def create(call: Call) -> Reply:
    """An open job; with multipart parts ``job`` and ``content`` it is filled and started at once."""
    kind = call.headers.get("content-type", "")
    content: bytes | None = None
    if kind.lower().startswith("multipart/form-data"):
        facts, content = _parts(call, kind)
    else:
        facts = call.mapping()
    operation = OPERATIONS.get(str(pick(facts, "operation", "")).lower())
    if operation is None:
        raise OrgError("INVALIDJOB", f"InvalidJob : Operation {pick(facts, 'operation')} is not known.")
    sobject = str(call.site.org.describe(str(pick(facts, "object", "")))["name"])
    key_field = pick(facts, "externalIdFieldName")
    if operation == "upsert" and not key_field:
        raise OrgError("INVALIDJOB", "InvalidJob : External ID was blank for upsert.")
    job = jobs.new_job(call, "ingest", facts, operation=operation, sobject=sobject)
    job.key_field = str(key_field) if key_field else None
    if content is not None:
        job.content = content
        _start(call, job)
    return Reply(body=job.facts())


def upload(call: Call, job_id: str) -> Reply:
    """The rows, once per job."""
    job = jobs.find_job(call, "ingest", job_id)
    if job.content is not None:
        words = "Found multiple contents for job: <{}>, please 'Close' / 'Abort' / 'Delete' the current Job"
        raise OrgError("INVALIDJOBSTATE", words.format(job.job_id) + " then create a new Job.")
    if job.state != "Open":
        raise OrgError("INVALIDJOBSTATE", f"The job is {job.state} and takes no data.")
    job.content = call.body
    return Reply(201)


def change(call: Call, job_id: str) -> Reply:
    """Start the job (``UploadComplete``) or give it up (``Aborted``)."""
    job = jobs.find_job(call, "ingest", job_id)
    state = str(pick(call.mapping(), "state", ""))
    if state == "Aborted":
        return jobs.abort_job(call, job)
    if state != "UploadComplete":
        raise OrgError("INVALIDJOB", f"InvalidJob : A job cannot be set to {state!r}.")
    if job.state != "Open":
        raise OrgError("INVALIDJOBSTATE", f"Job object {job.job_id} is {job.state}, not Open.")
    _start(call, job)
    return Reply(body=job.facts())


def read(call: Call, job_id: str) -> Reply:
    return jobs.read_job(call, "ingest", job_id)


def every(call: Call) -> Reply:
    return jobs.list_jobs(call, "ingest")


def delete(call: Call, job_id: str) -> Reply:
    return jobs.delete_job(call, "ingest", job_id)


def results(call: Call, job_id: str, which: str) -> Reply:
    """Rows in an order of the org's own, never the upload's."""
    job = jobs.find_job(call, "ingest", job_id)
    is_over = job.state in jobs.OVER
    pairs = [(job.rows[number], job.outcomes[number]) for number in _shuffled(len(job.outcomes))] if is_over else []
    match which.lower():
        case "successfulresults":
            head, rows = ["sf__Id", "sf__Created"], _good(pairs)
        case "failedresults":
            head, rows = ["sf__Id", "sf__Error"], _bad(job, pairs)
        case "unprocessedrecords":
            head, rows = [], iter(job.rows[len(job.outcomes) :])
        case _:
            raise not_found()
    return Reply(200, written(job, [*head, *job.columns], rows), content_type="text/csv")


def _good(pairs: "Sequence[tuple[Sequence[str], Outcome]]") -> Iterator[Sequence[str]]:
    for row, one in pairs:
        if one.error is None:
            yield [one.record_id or "", "true" if one.is_created else "false", *row]


def _bad(job: jobs.Job, pairs: "Sequence[tuple[Sequence[str], Outcome]]") -> Iterator[Sequence[str]]:
    ids = [number for number, name in enumerate(job.columns) if name.lower() == "id"]
    for row, one in pairs:
        if one.error is not None:
            yield [row[ids[0]] if ids else "", error_cell(one.error), *row]


def _start(call: Call, job: jobs.Job) -> None:
    """Carry the job out now, though its states are shown one by one."""
    job.state, job.changed_at = "UploadComplete", call.site.now()
    try:
        columns, rows = read_rows(job)
        job.columns, job.rows = columns, [_fitted(row, len(columns)) for row in rows]
        job.outcomes = _carried_out(call, job, rows)
        job.pending = ["InProgress", "JobComplete"]
    except BadBatchError as error:
        job.error, job.pending = str(error), ["InProgress", "Failed"]
    job.content = b""
    job.processed = len(job.outcomes)
    job.failed = sum(one.error is not None for one in job.outcomes)


def _carried_out(call: Call, job: jobs.Job, rows: Sequence[Sequence[str]]) -> list[Outcome]:
    key = job.key_field or ""
    values = values_of(job.columns, rows, call.site.org.describe(job.sobject), key_field=key)
    needed = key if job.operation == "upsert" else "" if job.operation == "insert" else "Id"
    if needed and needed.lower() not in (name.strip().lower() for name in job.columns):
        raise BadBatchError(f"InvalidBatch : Field name not found : {needed}")
    width = len(job.columns)
    wrong = {
        number: _wrong(row, own, width, needed) for number, (row, own) in enumerate(zip(rows, values, strict=True))
    }
    wrong = {number: error for number, error in wrong.items() if error is not None}
    good = [own for number, own in enumerate(values) if number not in wrong] if wrong else values
    done = iter(write(call, job.operation, job.sobject, good, key))
    return [Outcome(None, error=wrong[number]) if number in wrong else next(done) for number in range(len(values))]


def _wrong(row: Sequence[str], values: Mapping[str, Any], width: int, needed: str) -> OrgError | None:
    """What is amiss with a row before the org looks at it."""
    if len(row) != width:
        return OrgError("INVALID_FIELD", f"The row has {len(row)} cells, the header {width}.")
    if needed and needed.lower() != "id" and pick(values, needed) is None:
        return OrgError("MISSING_ARGUMENT", f"{needed} not specified")
    return None


def _fitted(row: Sequence[str], width: int) -> Sequence[str]:
    return row if len(row) == width else [*row[:width], *[""] * (width - len(row))]


def _shuffled(count: int) -> list[int]:
    """0 to ``count - 1`` in an order that is always the same and never the natural one (from three rows on)."""
    step = next((one for one in range(count * 5 // 8 + 1, 1, -1) if gcd(one, count) == 1), count - 1 or 1)
    return [(count // 2 + number * step) % count for number in range(count)]


def _parts(call: Call, kind: str) -> tuple[Mapping[str, Any], bytes]:
    import json

    from werkzeug.formparser import FormDataParser
    from werkzeug.http import parse_options_header

    name, options = parse_options_header(kind)
    _, form, files = FormDataParser().parse(BytesIO(call.body), name, len(call.body), options)
    texts: dict[str, bytes] = {key: text.encode() for key, text in form.items()}
    for key, part in files.items():
        texts[key] = part.read()
        part.close()
    try:
        facts = json.loads(texts["job"])
    except (KeyError, ValueError) as error:
        raise OrgError("INVALIDJOB", "The part 'job' is missing or is no JSON.") from error
    if not isinstance(facts, dict) or "content" not in texts:
        raise OrgError("INVALIDJOB", "The parts 'job' (an object) and 'content' are needed.")
    return facts, texts["content"]
