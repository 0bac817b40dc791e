"""Bulk 2.0 jobs: what is known of one, and the states it passes through, one poll at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply, not_found, pick
from callstation.sync.practice.web.writing import Outcome

DELIMITERS = {"COMMA": ",", "TAB": "\t", "PIPE": "|", "SEMICOLON": ";", "CARET": "^", "BACKQUOTE": "`"}
LINE_ENDINGS = {"LF": "\n", "CRLF": "\r\n"}
OVER = ("JobComplete", "Failed", "Aborted")
OPEN_JOBS = 500


@dataclass(slots=True)
class Job:
    """``pending`` are the states still to be shown, one per look at the job; the work itself is done at the start."""

    job_id: str
    kind: str
    operation: str
    sobject: str
    version: str
    created_by_id: str
    created_at: datetime
    changed_at: datetime
    state: str = "Open"
    delimiter: str = "COMMA"
    line_ending: str = "LF"
    key_field: str | None = None
    query: str = ""
    pending: list[str] = field(default_factory=list)
    error: str = ""
    content: bytes | None = None
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    outcomes: Sequence[Outcome] = ()
    processed: int = 0
    failed: int = 0

    def facts(self) -> dict[str, Any]:
        """The job as the API tells of it."""
        is_query = self.kind == "query"
        found: dict[str, Any] = {
            "id": self.job_id,
            "operation": self.operation,
            "object": self.sobject,
            "createdById": self.created_by_id,
            "createdDate": _moment(self.created_at),
            "systemModstamp": _moment(self.changed_at),
            "state": self.state,
            "concurrencyMode": "Parallel",
            "contentType": "CSV",
            "apiVersion": float(self.version),
            "jobType": "V2Query" if is_query else "V2Ingest",
            "lineEnding": self.line_ending,
            "columnDelimiter": self.delimiter,
        }
        if not is_query:
            found["contentUrl"] = f"services/data/v{self.version}/jobs/ingest/{self.job_id}/batches"
            if self.key_field is not None:
                found["externalIdFieldName"] = self.key_field
        return found

    def figures(self) -> dict[str, Any]:
        """What a look at one job adds; rows that failed are among those processed."""
        is_over = self.state in OVER
        found: dict[str, Any] = {
            "retries": 0,
            "totalProcessingTime": 1 + self.processed // 20 if is_over else 0,
            "numberRecordsProcessed": self.processed if is_over else 0,
        }
        if self.kind == "ingest":
            found |= {
                "apiActiveProcessingTime": self.processed // 25 if is_over else 0,
                "apexProcessingTime": 0,
                "numberRecordsFailed": self.failed if is_over else 0,
            }
        if self.error and is_over:
            found["errorMessage"] = self.error
        return found

    def look(self, now: datetime) -> None:
        """Move on to the next state that is due."""
        if self.pending:
            self.state, self.changed_at = self.pending.pop(0), now


def new_job(call: Call, kind: str, facts: Any, *, operation: str, sobject: str) -> Job:
    """Make and keep a job from the JSON it was asked for with; raises ``OrgError`` for words that do not exist."""
    site = call.site
    delimiter = str(pick(facts, "columnDelimiter") or "COMMA").upper()
    line_ending = str(pick(facts, "lineEnding") or "LF").upper()
    if delimiter not in DELIMITERS or line_ending not in LINE_ENDINGS:
        raise OrgError("INVALIDJOB", f"columnDelimiter {delimiter} or lineEnding {line_ending} is not known.")
    if str(pick(facts, "contentType") or "CSV").upper() != "CSV":
        raise OrgError("INVALIDJOB", "contentType must be CSV.")
    now = site.now()
    job = Job(
        f"750{site.org.org_id[3:7]}{site.number():08}AAA", kind, operation, sobject, call.version, site.org.user_id,
        now, now, delimiter=delimiter, line_ending=line_ending,
    )  # fmt: skip
    with site.lock:
        site.jobs[job.job_id] = job
        while len(site.jobs) > OPEN_JOBS:
            site.jobs.popitem(last=False)
    return job


def find_job(call: Call, kind: str, job_id: str) -> Job:
    job = call.site.jobs.get(job_id) or next(
        (one for one in call.site.jobs.values() if one.job_id[:15] == job_id), None
    )
    if job is None or job.kind != kind:
        raise not_found()
    return job


def read_job(call: Call, kind: str, job_id: str) -> Reply:
    job = find_job(call, kind, job_id)
    with call.site.lock:
        job.look(call.site.now())
        return Reply(body={**job.facts(), **job.figures()})


def list_jobs(call: Call, kind: str) -> Reply:
    records = [job.facts() for job in reversed(call.site.jobs.values()) if job.kind == kind]
    return Reply(body={"done": True, "records": records, "nextRecordsUrl": None})


def delete_job(call: Call, kind: str, job_id: str) -> Reply:
    job = find_job(call, kind, job_id)
    if job.state not in OVER:
        raise OrgError("INVALIDJOBSTATE", f"Job must be in one of the states {', '.join(OVER)} to be deleted.")
    with call.site.lock:
        del call.site.jobs[job.job_id]
    return Reply(204)


def abort_job(call: Call, job: Job) -> Reply:
    if job.state in OVER:
        raise OrgError("INVALIDJOBSTATE", f"The job is already {job.state}.")
    job.state, job.pending, job.changed_at = "Aborted", [], call.site.now()
    return Reply(body=job.facts())


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000+0000"
