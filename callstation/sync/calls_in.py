"""Calls of this very store that only the CRM still has, such as after an older backup was put back: they come home."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from callstation.calling.outcomes import OUTCOMES, Reached
from callstation.sync import soql
from callstation.sync.context import MARKER, Context
from callstation.sync.leaving import leave
from callstation.sync.local import read_records
from callstation.sync.paging import fetch, ids_of
from callstation.sync.pulls import PULLS
from callstation.sync.run import Run
from callstation.sync.taking import Taken, mirror, uid_of_marker
from callstation.work import Work
from db.nouns import Activity
from db.vocabulary import ActivityKind, SyncEntity

CHUNK = 100
_FIELDS = (
    "Id, SystemModstamp, AccountId, WhoId, WhatId, Subject, Status, ActivityDate, Description, CallObject, "
    "CallDisposition, CallDurationInSeconds, TaskSubtype"
)
_BY_LABEL = {outcome.label: disposition for disposition, outcome in OUTCOMES.items()}


def mine(context: Context) -> str:
    """The condition that finds the calls of this store."""
    return f"CallObject LIKE {soql.text(f'{MARKER}:{context.store_key}:%')} AND TaskSubtype = 'Call'"


def reconcile_calls(run: Run) -> None:
    """Bring the calls of both sides in step by their ids: let go what is gone there, take home what is not here."""
    there = set(ids_of(run, "Task", [mine(run.context), "IsDeleted = false"], is_all=True))
    here = set(run.app.ask(_known))
    gone = sorted(here - there)
    for start in range(0, len(gone), CHUNK):
        run.app.record(_let_go, gone[start : start + CHUNK])
    wanted = sorted(there - here)
    records = list(fetch(run, "Task", _FIELDS, wanted, is_all=True))
    for start in range(0, len(records), CHUNK):
        run.app.record(_take_home, records[start : start + CHUNK], run.context)


def _known(work: Work) -> list[str]:
    return [row[0] for row in work.rows("SELECT crm_id FROM activity WHERE kind = 'call' AND crm_id NOT NULL")]


def _let_go(work: Work, crm_ids: Sequence[str]) -> None:
    for crm_id in crm_ids:
        leave(work, "Task", crm_id, None, Taken())


def _take_home(work: Work, records: Sequence[dict[str, Any]], context: Context) -> None:
    for record in records:
        uid = uid_of_marker(record["CallObject"], context)
        account = work.row("SELECT id FROM account WHERE crm_id = ?", (record.get("AccountId") or "",))
        if uid is None or account is None or work.row("SELECT 1 FROM withdrawal WHERE uid = ?", (uid,)) is not None:
            continue
        known = work.row("SELECT id FROM activity WHERE uid = ?", (uid,))
        if known is not None:
            work.derive("UPDATE activity SET crm_id = ? WHERE id = ?", (record["Id"], known[0]))
            activity_id = int(known[0])
        else:
            activity_id = _make(work, record, uid, int(account[0]))
        agreed = next(read_records(work, SyncEntity.ACTIVITY, [activity_id], context)).values
        mirror(work, PULLS["Task"], record, agreed)


def _make(work: Work, record: dict[str, Any], uid: str, account_id: int) -> int:
    disposition = _BY_LABEL.get(record.get("CallDisposition") or "")
    on = date.fromisoformat(record["ActivityDate"])
    contact = work.row("SELECT id FROM contact WHERE crm_id = ?", (record.get("WhoId") or "",))
    renewal = work.row("SELECT id FROM renewal WHERE crm_id = ?", (record.get("WhatId") or "",))
    return work.insert(
        Activity, uid=uid, kind=ActivityKind.CALL, account_id=account_id, contact_id=contact[0] if contact else None,
        renewal_id=renewal[0] if renewal else None, happened_at=datetime.combine(on, time(12), work.settings.zone),
        happened_on=on, disposition=disposition, duration_s=int(record.get("CallDurationInSeconds") or 0),
        is_reached=disposition is not None and OUTCOMES[disposition].reached is Reached.YES,
        note=record.get("Description") or "", crm_id=record["Id"],
    )  # fmt: skip
