"""What the CRM no longer has: unlinked here, never deleted; with edits that were not sent the rep decides."""

from collections.abc import Mapping
from typing import Any

from callstation.sync import outbox
from callstation.sync.answers import gone
from callstation.sync.quotes_in import leave_quote
from callstation.sync.taking import TABLES, Taken
from callstation.work import Work
from db.nouns import Callback, Contact
from db.vocabulary import CallbackStatus, SyncEntity


def leave(work: Work, sobject: str, crm_id: str, record: Mapping[str, Any] | None, taken: Taken) -> None:
    """A record was deleted there, merged into another (its ``MasterRecordId``), or can no longer be seen."""
    master = (record or {}).get("MasterRecordId")
    if sobject in ("Account", "Contact") and master:
        _merge(work, sobject, crm_id, str(master), taken)
    elif sobject == "Task":
        _leave_task(work, crm_id)
    elif sobject == "Quote":
        leave_quote(work, crm_id, taken)
    elif sobject == "OpportunityLineItem":
        work.derive("UPDATE quote_line SET crm_id = NULL WHERE crm_id = ?", (crm_id,))
    elif sobject in TABLES:
        _leave_noun(work, sobject, crm_id, taken)
    work.derive("DELETE FROM crm_record WHERE crm_id = ?", (crm_id,))


def _leave_noun(work: Work, sobject: str, crm_id: str, taken: Taken) -> None:
    entity, table = TABLES[sobject]
    column = "id" if table == "account" else "account_id"
    found = work.row(f"SELECT id, {column} FROM {table} WHERE crm_id = ?", (crm_id,))
    if found is None and sobject == "Opportunity":
        entity, table = SyncEntity.GROWTH, "growth"
        found = work.row("SELECT id, account_id FROM growth WHERE crm_id = ?", (crm_id,))
    if found is None:
        return
    record_id, account_id = found
    taken.accounts.add(account_id)
    if entity is not None and (outbox.stands(work, entity, record_id) or _is_worked_on(work, entity, record_id)):
        gone(work, entity, record_id, crm_id)
        taken.conflicts += 1
        return
    work.derive(f"UPDATE {table} SET crm_id = NULL WHERE id = ?", (record_id,), told=table)
    if entity is SyncEntity.CONTACT:
        work.update(Contact, record_id, is_active=False)


_LAST_PERSON = """
    SELECT 1 FROM call_target t WHERE t.contact_id = ? AND t.renewal_count > 0 AND NOT EXISTS (
        SELECT 1 FROM contact c JOIN contact_phone n ON n.contact_id = c.id JOIN phone p ON p.id = n.phone_id
        WHERE c.account_id = t.account_id AND c.id <> t.contact_id AND c.is_active AND NOT c.is_do_not_call
        AND NOT p.is_do_not_call AND p.status <> 'dead')"""


def _is_worked_on(work: Work, entity: SyncEntity, record_id: int) -> bool:
    """Open growth, an open renewal, an account with one, or the last person who can be called for one must not fall out
    of the queue because a record was deleted there."""
    if entity is SyncEntity.CONTACT:
        return work.row(_LAST_PERSON, (record_id,)) is not None
    if entity is SyncEntity.GROWTH:
        return work.row("SELECT 1 FROM growth WHERE id = ? AND closed_at IS NULL", (record_id,)) is not None
    column = {SyncEntity.RENEWAL: "id", SyncEntity.ACCOUNT: "account_id"}.get(entity)
    return column is not None and (
        work.row(f"SELECT 1 FROM renewal WHERE {column} = ? AND closed_at IS NULL", (record_id,)) is not None
    )


def _leave_task(work: Work, crm_id: str) -> None:
    work.derive("UPDATE activity SET crm_id = NULL WHERE crm_id = ?", (crm_id,))
    found = work.row("SELECT id, status, target_id FROM callback WHERE crm_id = ?", (crm_id,))
    if found is None:
        return
    work.derive("UPDATE callback SET crm_id = NULL WHERE id = ?", (found[0],), told="callback")
    if found[1] == CallbackStatus.OPEN and not outbox.stands(work, SyncEntity.CALLBACK, found[0]):
        from callstation.calling.targets import settle

        work.update(Callback, found[0], status=CallbackStatus.CANCELLED, closed_at=work.now)
        settle(work, found[2])


def _merge(work: Work, sobject: str, loser: str, master: str, taken: Taken) -> None:
    table = TABLES[sobject][1]
    ours = dict(work.rows(f"SELECT crm_id, id FROM {table} WHERE crm_id IN (?, ?)", (loser, master)))
    if loser not in ours:
        return
    if master not in ours:  # we follow the record to its new id
        work.derive(f"UPDATE {table} SET crm_id = ? WHERE id = ?", (master, ours[loser]), told=table)
        work.derive("UPDATE OR REPLACE crm_record SET crm_id = ? WHERE crm_id = ?", (master, loser))
        return
    work.derive(f"UPDATE {table} SET crm_id = NULL WHERE id = ?", (ours[loser],), told=table)
    if sobject == "Contact":
        _merge_contacts(work, ours[loser], ours[master], taken)
    else:
        _merge_accounts(work, ours[loser], ours[master], taken)


def _merge_contacts(work: Work, loser: int, master: int, taken: Taken) -> None:
    for table in ("activity", "quote", "document", "growth"):
        work.derive(f"UPDATE {table} SET contact_id = ? WHERE contact_id = ?", (master, loser), told=table)
    work.derive(
        "UPDATE contact_phone SET contact_id = ? WHERE contact_id = ? AND phone_id NOT IN "
        "(SELECT phone_id FROM contact_phone WHERE contact_id = ?)",
        (master, loser, master),
        told="contact_phone",
    )
    blocked = work.row("SELECT is_do_not_call FROM contact WHERE id = ?", (loser,))
    if blocked is not None and blocked[0]:
        work.update(Contact, master, is_do_not_call=True)
    work.update(Contact, loser, is_active=False)
    for (account_id,) in work.rows("SELECT account_id FROM contact WHERE id IN (?, ?)", (loser, master)):
        taken.accounts.add(account_id)


def _merge_accounts(work: Work, loser: int, master: int, taken: Taken) -> None:
    """Everything of the one hangs on the other; the emptied account stays with its name, for nothing is deleted."""
    for table, column in (
        ("contact", "account_id"), ("contract", "account_id"), ("contract", "partner_id"), ("renewal", "account_id"),
        ("activity", "account_id"), ("quote", "account_id"), ("contracted_price", "account_id"),
        ("document", "account_id"), ("growth", "account_id"),
    ):  # fmt: skip
        work.derive(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (master, loser), told=table)
    work.derive("UPDATE OR IGNORE whitespace_mark SET account_id = ? WHERE account_id = ?", (master, loser))
    targets = dict(work.rows("SELECT account_id, id FROM call_target WHERE account_id IN (?, ?)", (loser, master)))
    if loser in targets and master in targets:
        for table in ("callback", "activity", "renewal", "quote"):
            work.derive(
                f"UPDATE {table} SET target_id = ? WHERE target_id = ?", (targets[master], targets[loser]), told=table
            )
    elif loser in targets:  # what is owed, tried and quoted there goes on under the other name
        work.derive("UPDATE call_target SET account_id = ? WHERE id = ?", (master, targets[loser]), told="call_target")
    taken.accounts |= {loser, master}
