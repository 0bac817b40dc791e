"""The slow safety net: the ids of both sides side by side, for what no stamp tells of."""

from datetime import timedelta

from callstation.sync.paging import fetch, ids_of
from callstation.sync.pull import settled, take_all
from callstation.sync.pulls import PULLS, conditions, fields_of
from callstation.sync.run import Run
from callstation.work import Work
from db.stored import from_micros, to_micros

EVERY = timedelta(days=7)
CHILDREN = ("Contact", "Contract", "Opportunity", "OpportunityLineItem", "Quote", "Asset", "Case", "Task")
"""What belongs to an account that has only just become the rep's: its records may be older than any cursor."""


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
    there = set(ids_of(run, sobject, conditions(pull, run.context, is_first=True)))
    here = set(run.app.ask(_ids_here, sobject))
    odd = sorted(there ^ here)
    records = list(fetch(run, sobject, ", ".join(fields_of(pull, run.context)), odd, is_all=pull.has_deleted))
    lost = sorted(set(odd) - {record["Id"] for record in records})
    take_all(run, pull, sorted(records, key=lambda record: (record["SystemModstamp"], record["Id"])), lost)
    run.app.record(_reconciled, sobject)


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
