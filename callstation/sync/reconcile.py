"""The slow safety net: the ids of both sides side by side, for what no stamp tells of."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from callstation.sync import soql
from callstation.sync.crm import MOST_LISTS
from callstation.sync.paging import records_of
from callstation.sync.pull import settled, take_all
from callstation.sync.pulls import PAGE, PULLS, Pull, conditions, fields_of
from callstation.sync.run import Run
from callstation.work import Work
from db.stored import from_micros, to_micros

EVERY = timedelta(days=7)
CHILDREN = ("Contact", "Contract", "Opportunity", "OpportunityLineItem", "Asset", "Case", "Task")
"""What belongs to an account that has only just become the rep's: its records may be older than any cursor."""
IDS_A_QUERY = 300


def reconcile_due(run: Run) -> None:
    """Reconcile what has not been for a week, and what belongs to accounts that have just come in."""
    due = set(run.app.ask(_due))
    if run.new_accounts and run.app.ask(_was_loaded):
        due |= set(CHILDREN)
    for sobject in PULLS:
        if sobject in due and fields_of(PULLS[sobject], run.context):
            reconcile(run, sobject)
    run.app.record(settled)


def reconcile(run: Run, sobject: str) -> None:
    """Read the ids of one object and bring both sides in step: fetch what is missing, let go what is gone."""
    pull = PULLS[sobject]
    run.report(0, 0, f"Comparing {pull.label}")
    there = set(_ids_there(run, pull))
    here = set(run.app.ask(_ids_here, sobject))
    odd = sorted(there ^ here)
    told: set[str] = set()
    records: list[dict[str, Any]] = []
    for answer in _fetch(run, pull, odd):
        records.append(answer)
        told.add(answer["Id"])
    lost = [one for one in odd if one not in told]
    take_all(run, pull, sorted(records, key=lambda record: (record["SystemModstamp"], record["Id"])), lost)
    run.app.record(_reconciled, sobject)


def _ids_there(run: Run, pull: Pull) -> Iterator[str]:
    asked = conditions(pull, run.context, is_first=True)
    last = ""
    while True:
        run.check()
        where = [*asked, f"Id > {soql.text(last)}"] if last else asked
        words = f" WHERE {' AND '.join(where)}" if where else ""
        (answer,) = run.crm.composite(
            [soql.query_part(f"SELECT Id FROM {pull.sobject}{words} ORDER BY Id LIMIT {PAGE}")], is_repeatable=True
        )
        ids = [record["Id"] for record in records_of(run, answer)]
        yield from ids
        if len(ids) < PAGE or max(ids) <= last:
            return
        last = max(ids)


def _fetch(run: Run, pull: Pull, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    fields = ", ".join(fields_of(pull, run.context))
    parts = [
        soql.query_part(
            f"SELECT {fields} FROM {pull.sobject} WHERE Id IN {soql.texts(ids[start : start + IDS_A_QUERY])}",
            is_all=pull.has_deleted,
        )
        for start in range(0, len(ids), IDS_A_QUERY)
    ]
    for start in range(0, len(parts), MOST_LISTS):
        run.check()
        for answer in run.crm.composite(parts[start : start + MOST_LISTS], is_repeatable=True):
            yield from records_of(run, answer)


def _ids_here(work: Work, sobject: str) -> list[str]:
    """Records of the mirror that the first load would fetch: those that are not over."""
    is_open = "AND coalesce(json_extract(fields, '$.IsClosed'), 0) = 0 AND coalesce(json_extract(fields, "
    is_open += "'$.IsActive'), 1) = 1"
    if sobject == "Task":
        is_open += " AND coalesce(json_extract(fields, '$.Status'), '') <> 'Completed'"
    return [row[0] for row in work.rows(f"SELECT crm_id FROM crm_record WHERE sobject = ? {is_open}", (sobject,))]


def _reconciled(work: Work, sobject: str) -> None:
    work.derive("UPDATE crm_cursor SET reconciled_at = ? WHERE sobject = ?", (to_micros(work.now), sobject))


def _due(work: Work) -> list[str]:
    before = work.now - EVERY
    return [
        sobject
        for sobject, at in work.rows("SELECT sobject, reconciled_at FROM crm_cursor WHERE is_loaded")
        if at is None or from_micros(at) < before
    ]


def _was_loaded(work: Work) -> bool:
    """Whether the accounts were loaded by an earlier sync, so that the new ones came by a change."""
    found = work.row("SELECT count(*) FROM sync_run")
    return bool(found and found[0])
