"""Reading what changed in the CRM: page by page by stamp and id, taken over in small commits with the cursor."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from callstation.calling.campaigns import refresh_members, running_ids
from callstation.calling.targets import refresh_targets, settle_many
from callstation.sync import campaigns_in, emptying, soql
from callstation.sync.attributes import read_moment
from callstation.sync.context import Context, fact, keep_fact
from callstation.sync.contracts_in import refresh_lines, take_contract, take_opportunity
from callstation.sync.crm import MOST_LISTS, CrmError, Refusal
from callstation.sync.leaving import leave
from callstation.sync.paging import records_of
from callstation.sync.people_in import take_account, take_contact
from callstation.sync.price_books import OBJECTS as PRICED
from callstation.sync.price_books import forget_books
from callstation.sync.pulls import PAGE, PULLS, Pull, conditions, fields_of
from callstation.sync.quotes_in import take_quote
from callstation.sync.run import Run
from callstation.sync.taking import TABLES, Page, Taken, fields_only, find_ids, mirror, read_bases
from callstation.sync.tasks_in import take_task
from callstation.work import Work
from db.stored import from_micros, to_micros

OVERLAP = timedelta(minutes=10)
"""A record's stamp is set inside a transaction that becomes visible later: so far back each sync begins."""
CHUNK = 100
"""Records taken over in one commit: a call logged meanwhile waits for no more than that."""
QUEUED_AT_ONCE = 50
MOST_PAGES = 100_000
UNSETTLED = "crm.unsettled"
"""That accounts were taken over and their place in the queue is not made yet."""
_TAKE: dict[str, Callable[[Work, Page, dict[str, Any]], dict[str, Any] | None]] = {
    "Account": take_account, "Contact": take_contact, "Contract": take_contract, "Opportunity": take_opportunity,
    "Quote": take_quote, "Task": take_task,
}  # fmt: skip


@dataclass(slots=True)
class Cursor:
    """How far one object has been read."""

    pull: Pull
    stamp: datetime | None
    last_id: str
    is_loaded: bool

    def key(self) -> tuple[datetime | None, str]:
        return self.stamp, self.last_id


def pull(run: Run, sobjects: Collection[str] = PULLS) -> None:
    """Read everything that changed. What was taken over before an error stays, and is where the next one begins."""
    taken = Taken()
    is_owed = run.app.ask(fact, UNSETTLED) is not None
    open_ones = [
        cursor
        for cursor in run.app.ask(_cursors)
        if cursor.pull.sobject in sobjects and fields_of(cursor.pull, run.context)
    ]
    received = 0
    for _ in range(MOST_PAGES):
        if not open_ones:
            break
        run.check()
        some, open_ones = open_ones[:MOST_LISTS], open_ones[MOST_LISTS:]
        parts = [
            soql.query_part(_soql(run, cursor), is_all=cursor.pull.has_deleted and cursor.is_loaded) for cursor in some
        ]
        again = []
        for cursor, answer in zip(some, run.crm.composite(parts, is_repeatable=True), strict=True):
            records = records_of(run, answer)
            run.report(received, 0, f"Reading {cursor.pull.label}")
            if _take_page(run, cursor, records, taken):
                again.append(cursor)
            received += len(records)
        open_ones = again + open_ones
    if is_owed:  # an earlier sync ended between taking over and this
        taken.accounts |= set(run.app.ask(_linked_accounts))
        taken.new_accounts += 1
    _settle(run, taken)
    run.conflicts += taken.conflicts
    run.new_accounts = taken.new_accounts


def take_all(run: Run, pulled: Pull, records: Sequence[dict[str, Any]], lost: Sequence[str]) -> None:
    """Take over records that were asked for by their id, apart from any cursor, and let go those that are not there."""
    emptying.guard(run, pulled, [*lost, *(record["Id"] for record in records if record.get("IsDeleted"))])
    taken, is_owed = Taken(), run.app.ask(fact, UNSETTLED) is not None
    for start in range(0, len(records), CHUNK):
        run.app.record(take_records, run.context, pulled, records[start : start + CHUNK], taken)
        run.check_cancelled()
    for start in range(0, len(lost), CHUNK):
        run.app.record(_let_go, pulled.sobject, lost[start : start + CHUNK], taken)
    _count(run, pulled, taken.changed)
    if records or lost:
        _settle(run, taken)
    if not is_owed:
        run.app.record(settled)
    run.conflicts += taken.conflicts


def _count(run: Run, pulled: Pull, changed: int) -> None:
    """Received is what was new or different, not what the overlap read once more."""
    run.received[pulled.sobject] = run.received.get(pulled.sobject, 0) + changed


def _soql(run: Run, cursor: Cursor) -> str:
    asked = conditions(cursor.pull, run.context, is_first=not cursor.is_loaded)
    if cursor.stamp is not None:
        stamp = soql.moment(cursor.stamp)
        later = f"SystemModstamp > {stamp}"
        asked.append(
            f"({later} OR (SystemModstamp = {stamp} AND Id > {soql.text(cursor.last_id)}))" if cursor.last_id else later
        )
    where = f" WHERE {' AND '.join(asked)}" if asked else ""
    fields = ", ".join(fields_of(cursor.pull, run.context))
    return f"SELECT {fields} FROM {cursor.pull.sobject}{where} ORDER BY SystemModstamp, Id LIMIT {PAGE}"


def _take_page(run: Run, cursor: Cursor, records: Sequence[dict[str, Any]], taken: Taken) -> bool:
    """Take over one page; whether there may be another. Pages may come repeated or in any order."""
    ordered = sorted(records, key=lambda record: (record["SystemModstamp"], record["Id"]))
    emptying.guard(run, cursor.pull, [record["Id"] for record in ordered if record.get("IsDeleted")])
    before, changed = cursor.key(), taken.changed
    for start in range(0, len(ordered), CHUNK):
        some = ordered[start : start + CHUNK]
        run.app.record(take, run.context, cursor, some, taken)
        run.check_cancelled()
    _count(run, cursor.pull, taken.changed - changed)
    if len(records) >= PAGE and cursor.key() == before:
        raise CrmError(200, Refusal("UNKNOWN", f"{cursor.pull.label}: the same page came again and again"))
    if len(records) >= PAGE:
        return True
    if not cursor.is_loaded:
        run.app.record(_loaded, cursor, run.server_now)
    return False


def take(work: Work, context: Context, cursor: Cursor, records: Sequence[dict[str, Any]], taken: Taken) -> None:
    """Take over some records and move the cursor, in one commit."""
    take_records(work, context, cursor.pull, records, taken)
    last = records[-1]
    at = (read_moment(last["SystemModstamp"]), last["Id"])
    if cursor.stamp is None or at > (cursor.stamp, cursor.last_id):
        cursor.stamp, cursor.last_id = at
    work.derive(
        "INSERT INTO crm_cursor (sobject, stamp, last_id, is_loaded) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (sobject) DO UPDATE SET stamp = max(stamp, excluded.stamp), last_id = excluded.last_id",
        (cursor.pull.sobject, to_micros(cursor.stamp), cursor.last_id, int(cursor.is_loaded)),
    )


def take_records(
    work: Work,
    context: Context,
    pulled: Pull,
    records: Sequence[dict[str, Any]],
    taken: Taken,
    *,
    is_again: bool = False,
) -> None:
    """Take over records. ``is_again``: from the mirror, for what had no place here when it was read."""
    ids = [record["Id"] for record in records]
    page = Page(pulled, [one for one in records if not one.get("IsDeleted")], context, taken, read_bases(work, ids))
    for record in records:  # first: a merged record takes its place here to the one it became
        if record.get("IsDeleted"):
            taken.changed += record["Id"] in page.bases
            leave(work, pulled.sobject, record["Id"], record, taken)
    if len(page.records) < len(records):
        page.bases = read_bases(work, ids)  # what was known of a merged record is now known of that one
    if pulled.sobject in TABLES:
        page.local_ids = find_ids(work, TABLES[pulled.sobject][1], ids)
    if pulled.sobject in _TAKE and pulled.sobject != "Account":
        page.accounts = find_ids(work, "account", {str(record.get("AccountId") or "") for record in page.records})
    for record in page.records:
        handler = _TAKE.get(pulled.sobject)
        agreed = handler(work, page, record) if handler is not None else None
        mirror(work, pulled, record, agreed)
        base = page.bases.get(record["Id"])
        taken.changed += is_again or base is None or base.fields != fields_only(record)
    if pulled.sobject in PRICED:
        forget_books(context)
    if taken.accounts:
        keep_fact(work, UNSETTLED, "1")


def _let_go(work: Work, sobject: str, ids: Sequence[str], taken: Taken) -> None:
    for crm_id in ids:
        leave(work, sobject, crm_id, None, taken)
    keep_fact(work, UNSETTLED, "1")


def settled(work: Work) -> None:
    """The queue, and what hangs on accounts, follow what was taken over."""
    work.derive("DELETE FROM store_fact WHERE name = ?", (UNSETTLED,))


def _linked_accounts(work: Work) -> list[int]:
    return [row[0] for row in work.rows("SELECT id FROM account WHERE crm_id NOT NULL")]


def _loaded(work: Work, cursor: Cursor, at: datetime) -> None:
    """The first load has come to its end; an object without any record is read from the server's time on."""
    cursor.is_loaded = True
    work.derive(
        "INSERT INTO crm_cursor (sobject, stamp, last_id, is_loaded, reconciled_at) VALUES (?, ?, '', 1, ?) "
        "ON CONFLICT (sobject) DO UPDATE SET is_loaded = 1, reconciled_at = excluded.reconciled_at",
        (cursor.pull.sobject, to_micros(at), to_micros(at)),
    )


def _cursors(work: Work) -> list[Cursor]:
    """Where each object is read on: some minutes before the last record that was received."""
    kept = {row[0]: row[1:] for row in work.rows("SELECT sobject, stamp, last_id, is_loaded FROM crm_cursor")}
    found = []
    for one in PULLS.values():
        stamp, last_id, is_loaded = kept.get(one.sobject, (None, "", 0))
        at = None if stamp is None else from_micros(stamp)
        if at is not None and is_loaded:
            at, last_id = at - OVERLAP, ""
        found.append(Cursor(one, at, last_id, bool(is_loaded)))
    return found


def _settle(run: Run, taken: Taken) -> None:
    """What had no place before its account, then call targets of the accounts that changed, then campaigns."""
    if taken.new_accounts:
        for sobject in ("Contact", "Contract", "Opportunity"):
            _take_orphans(run, sobject, taken)
    accounts = sorted(taken.accounts)
    for start in range(0, len(accounts), QUEUED_AT_ONCE):
        run.report(start, len(accounts), "Putting accounts into the queue")
        run.app.record(_queue, accounts[start : start + QUEUED_AT_ONCE])
    _take_orphans(run, "Task", taken)  # which need the targets
    run.app.record(campaigns_in.refresh)
    for start in range(0, len(accounts), CHUNK):
        run.app.record(_lines_of, accounts[start : start + CHUNK])
    if accounts:
        for campaign_id in run.app.ask(running_ids):
            run.app.record(refresh_members, campaign_id)


def _queue(work: Work, account_ids: Sequence[int]) -> None:
    """Call targets in step with their accounts, and each where it stands now: a block changes nothing that it holds."""
    refresh_targets(work, account_ids)
    marks = ", ".join(str(int(one)) for one in account_ids)
    targets = work.rows(f"SELECT id FROM call_target WHERE account_id IN ({marks})")
    settle_many(work, [target_id for (target_id,) in targets], is_journaled=True)


def _take_orphans(run: Run, sobject: str, taken: Taken) -> None:
    orphans = run.app.ask(_orphans, sobject)
    for start in range(0, len(orphans), CHUNK):
        run.app.record(take_records, run.context, PULLS[sobject], orphans[start : start + CHUNK], taken, is_again=True)


def _orphans(work: Work, sobject: str) -> list[dict[str, Any]]:
    """Records of the mirror whose account is ours and that stand for nothing here."""
    table = "callback" if sobject == "Task" else TABLES[sobject][1]
    extra = "AND json_extract(m.fields, '$.IsClosed') = 0" if sobject == "Task" else ""
    rows = work.rows(
        "SELECT m.crm_id, m.stamp, m.fields FROM crm_record m JOIN account a ON a.crm_id = m.parent_id "
        f"WHERE m.sobject = ? AND m.local = '{{}}' {extra} "
        f"AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.crm_id = m.crm_id)",
        (sobject,),
    )
    return [
        {"Id": crm_id, "SystemModstamp": from_micros(stamp).isoformat(), **json.loads(fields)}
        for crm_id, stamp, fields in rows
    ]


def _lines_of(work: Work, account_ids: Sequence[int]) -> None:
    marks = ", ".join(str(int(one)) for one in account_ids)
    for (crm_id,) in work.rows(
        f"SELECT crm_id FROM renewal WHERE account_id IN ({marks}) AND crm_id NOT NULL AND closed_at IS NULL"
    ):
        refresh_lines(work, crm_id)
