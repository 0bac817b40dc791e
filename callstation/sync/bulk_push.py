"""Sending very many rows of one kind by a Bulk 2.0 job, which survives the end of the program at any point."""

import json
from collections.abc import Sequence
from typing import Any

from callstation.sync.answers import CHUNK, lost, mark_sending, not_sent, record_answers
from callstation.sync.context import Context
from callstation.sync.crm import CrmError, Job, LostAnswerError, Refusal, RowAnswer
from callstation.sync.rows import Row, Verb, rows_again
from callstation.sync.run import Run
from callstation.sync.salesforce.errors import parse_refusal
from callstation.work import Work
from db.stored import to_micros

FIRST_WAIT, LONGEST_WAIT = 0.05, 5.0
"""Seconds between two looks at a job: short for a practice org, growing by half for a busy one."""
CLEARED = "#N/A"
MARKED_AT_ONCE = 1_000
"""Rows marked in one commit: a call logged meanwhile waits for no more than that."""


def may_carry(row: Row) -> bool:
    """Whether a row can go by a job: its results come in no order, so it needs a key, an id or our marker, and a text
    that means "clear it" there is none of ours."""
    return (row.verb is not Verb.INSERT or row.sobject == "Task") and CLEARED not in row.values.values()


def send(run: Run, sobject: str, verb: Verb, rows: Sequence[Row]) -> None:
    """Send rows in one job and record what came of each."""
    run.check()
    run.report(0, len(rows), f"Sending {len(rows):,} rows in one job")
    job = run.crm.open_job(sobject, verb.value, _key(run.context, sobject, verb))
    run.app.record(_keep_job, job, sobject, verb, rows)  # first, so that the job of a mark is always known
    rows = [
        row
        for start in range(0, len(rows), MARKED_AT_ONCE)
        for row in run.app.record(mark_sending, rows[start : start + MARKED_AT_ONCE])
    ]
    if not rows:
        run.crm.abort_job(job.job_id)
        run.app.record(_forget_job, job.job_id, rows)
        return
    columns = _columns(run.context, sobject, verb, rows)
    try:
        run.crm.fill_job(job.job_id, columns, [_cells(run.context, row, columns) for row in rows])
    except LostAnswerError:
        _after_doubt(run, job.job_id, rows)
        return
    except Exception:
        run.app.record(_forget_job, job.job_id, rows)
        raise
    _collect(run, job.job_id, sobject, verb, rows)


def resume(run: Run) -> None:
    """Take up the jobs that an earlier sync did not see to their end."""
    for job_id, sobject, verb, kept in run.app.ask(_open_jobs):
        rows = run.app.ask(rows_again, run.context, json.loads(kept), Verb(verb))
        _after_doubt(run, job_id, rows, sobject, Verb(verb))


def _after_doubt(run: Run, job_id: str, rows: Sequence[Row], sobject: str = "", verb: Verb = Verb.UPSERT) -> None:
    """Ask the job itself what has become of it: one that never started is given up, all others are waited for."""
    try:
        job = run.crm.job(job_id)
    except CrmError as error:
        if error.status != 404:
            raise
        run.app.record(_lose_job, job_id, rows)  # older than seven days, or of another org: look the rows up
        return
    if job.state == "Open":
        run.crm.abort_job(job_id)
        run.app.record(_forget_job, job_id, rows)
        return
    first = rows[0] if rows else None
    _collect(run, job_id, sobject or (first.sobject if first else ""), first.verb if first else verb, rows)


def _collect(run: Run, job_id: str, sobject: str, verb: Verb, rows: Sequence[Row]) -> None:
    job = _watch(run, job_id, len(rows))
    if job.state == "Aborted":
        run.app.record(_lose_job, job_id, rows)
        return
    by_key = {_sign(run.context, row): row for row in rows}
    pairs: list[tuple[Row, RowAnswer]] = []
    for told in run.crm.job_rows(job_id, "successfulResults"):
        row = by_key.pop(_told_key(run.context, told, sobject, verb), None)
        if row is not None:
            pairs.append((row, RowAnswer(told["sf__Id"], told.get("sf__Created") == "true")))
    if job.failed or job.state == "Failed":
        for told in run.crm.job_rows(job_id, "failedResults"):
            row = by_key.pop(_told_key(run.context, told, sobject, verb), None)
            if row is not None:
                pairs.append((row, RowAnswer(None, refusal=parse_refusal(told["sf__Error"]))))
    if job.state == "Failed":  # whatever was not reached goes again, in another job
        again = Refusal("SERVER_ERROR", job.error)
        pairs += [(row, RowAnswer(None, refusal=again)) for row in by_key.values()]
        by_key.clear()
    for start in range(0, len(pairs), CHUNK):
        run.app.record(record_answers, pairs[start : start + CHUNK], run.server_now, run.tally)
        run.report(start, len(rows), "Taking down the answers")
    run.app.record(_lose_job, job_id, list(by_key.values()))


def _watch(run: Run, job_id: str, count: int) -> Job:
    wait = FIRST_WAIT
    while True:
        job = run.crm.job(job_id)
        if job.is_over:
            return job
        if run.is_cancelled():
            run.check()  # the job goes on there; the next sync takes its results
        run.report(job.processed, count, "Salesforce is working on it")
        run.crm.pause(wait)
        wait = min(LONGEST_WAIT, wait * 1.5)


# -- a row as CSV --------------------------------------------------------------------------------------------------


def _key(context: Context, sobject: str, verb: Verb) -> str | None:
    return context.key_of(sobject) if verb is Verb.UPSERT else None


def _columns(context: Context, sobject: str, verb: Verb, rows: Sequence[Row]) -> list[str]:
    names: dict[str, None] = {}
    for row in rows:
        names |= dict.fromkeys(row.values)
    head = {Verb.UPSERT: [str(_key(context, sobject, verb))], Verb.INSERT: []}.get(verb, ["Id"])
    return [*head, *names]


def _cells(context: Context, row: Row, columns: Sequence[str]) -> list[str]:
    head = [row.uid] if row.verb is Verb.UPSERT else [] if row.verb is Verb.INSERT else [row.crm_id or ""]
    values = row.values
    return head + [_cell(values[name]) if name in values else "" for name in columns[len(head) :]]


def _cell(value: Any) -> str:
    if value is None or value == "":
        return CLEARED
    if type(value) is str:
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _sign(context: Context, row: Row) -> str:
    if row.verb is Verb.UPSERT:
        return row.uid
    return context.marker(row.uid) if row.verb is Verb.INSERT else row.crm_id or ""


def _told_key(context: Context, told: dict[str, str], sobject: str, verb: Verb) -> str:
    if verb is Verb.UPSERT:
        return told.get(str(context.key_of(sobject)), "")
    return told.get("CallObject", "") if verb is Verb.INSERT else told.get("Id") or told.get("sf__Id", "")


# -- the store -----------------------------------------------------------------------------------------------------


def _keep_job(work: Work, job: Job, sobject: str, verb: Verb, rows: Sequence[Row]) -> None:
    kept = json.dumps([[row.entity.value, row.record_id, row.revision] for row in rows])
    work.derive(
        "INSERT INTO sync_job (job_id, sobject, verb, rows, opened_at) VALUES (?, ?, ?, ?, ?)",
        (job.job_id, sobject, verb.value, kept, to_micros(work.now)),
    )


def _open_jobs(work: Work) -> list[tuple[Any, ...]]:
    return work.rows("SELECT job_id, sobject, verb, rows FROM sync_job ORDER BY id")


def _forget_job(work: Work, job_id: str, rows: Sequence[Row]) -> None:
    not_sent(work, rows)
    work.derive("DELETE FROM sync_job WHERE job_id = ?", (job_id,))


def _lose_job(work: Work, job_id: str, rows: Sequence[Row]) -> None:
    """The job is done with; rows that none of its results names are in doubt."""
    lost(work, rows)
    work.derive("DELETE FROM sync_job WHERE job_id = ?", (job_id,))
