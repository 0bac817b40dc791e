"""What the rep decides between this computer and the CRM: mine or theirs, back or gone."""

import json
from typing import Any

from callstation.accounts.names import name_key
from callstation.errors import UserError
from callstation.renewals.categories import SUGGESTED, UNPICKED
from callstation.sync import outbox
from callstation.sync.attributes import ATTRIBUTES
from callstation.sync.opportunity_in import put_values
from callstation.sync.people_in import change_contact
from callstation.sync.quote_links import mark_quote, mark_quotes_of
from callstation.sync.quotes_in import change_quote
from callstation.sync.stages import category_of
from callstation.sync.tasks_in import change_callback
from callstation.work import Work
from db.nouns import Account, Callback, Contact, Growth, Renewal, SyncConflict
from db.vocabulary import CallbackStatus, ConflictKind, RenewalStage, SyncEntity


def keep_mine(work: Work, conflict_id: int) -> None:
    """Send what stands here; a record that was deleted there is made again."""
    kind, entity, record_id, field, _, _ = _read(work, conflict_id)
    work.delete(SyncConflict, conflict_id)
    if field == "Amount" and _products_make(work, entity, record_id):
        found = work.row(f"SELECT amount FROM {entity.value} WHERE id = ?", (record_id,))
        _agree(work, entity, record_id, {"amount": found[0] if found else None})
        work.journal.label = "Kept mine on this computer"
        return
    outbox.mark(work, entity, record_id)
    if kind is ConflictKind.DELETED:
        if entity is SyncEntity.QUOTE:
            mark_quote(work, record_id)
        elif entity is SyncEntity.RENEWAL:
            mark_quotes_of(work, record_id)
        outbox.release(work, entity, record_id)
    work.journal.label = "Kept mine" if kind is ConflictKind.FIELD else "It is made again in Salesforce"


def _products_make(work: Work, entity: SyncEntity, record_id: int) -> bool:
    """Whether the amount is the sum of the opportunity's products there, which nothing of ours changes."""
    found = work.row(
        f"SELECT 1 FROM {entity.value} r JOIN crm_record p ON p.sobject = 'OpportunityLineItem' "
        "AND p.parent_id = r.crm_id WHERE r.id = ?",
        (record_id,),
    )
    return found is not None


def use_theirs(work: Work, conflict_id: int) -> None:
    """Take what stands there; a record that was deleted there is set aside here, and nothing of it is lost."""
    kind, entity, record_id, field, theirs, by = _read(work, conflict_id)
    work.delete(SyncConflict, conflict_id)
    if kind is ConflictKind.DELETED:
        _set_aside(work, entity, record_id)
        outbox.drop(work, entity, record_id)
        work.journal.label = "Set aside, as in Salesforce"
        return
    name = next(one.name for one in ATTRIBUTES[entity] if one.fields[0] == field)
    take = {name: theirs, **(_their_category(work, entity, record_id) if name == "stage" else {})}
    _take(work, entity, record_id, take, by)
    _agree(work, entity, record_id, take)
    _refresh(work, entity, record_id)
    work.journal.label = "Used Salesforce's"


def _their_category(work: Work, entity: SyncEntity, record_id: int) -> dict[str, Any]:
    """The forecast category that came with their stage."""
    found = work.row(
        f"SELECT json_extract(m.fields, '$.ForecastCategoryName') FROM {entity.value} r JOIN crm_record m "
        "ON m.crm_id = r.crm_id WHERE r.id = ?",
        (record_id,),
    )
    category = category_of(found[0]) if found else None
    return {"category": category} if category else {}


def _read(work: Work, conflict_id: int) -> tuple[ConflictKind, SyncEntity, int, str, Any, str]:
    found = work.row(
        "SELECT kind, entity, record_id, field, theirs, theirs_by FROM sync_conflict WHERE id = ?", (conflict_id,)
    )
    if found is None:
        raise UserError("This has been decided already.", "", "Reload the page.")
    kind, entity, record_id, field, theirs, by = found
    value = None if theirs is None else json.loads(theirs)
    return ConflictKind(kind), SyncEntity(entity), record_id, field, value, by


def _take(work: Work, entity: SyncEntity, record_id: int, take: dict[str, Any], by: str) -> None:
    if entity is SyncEntity.RENEWAL:
        put_values(work, Renewal, record_id, take, by=by)
    elif entity is SyncEntity.GROWTH:
        put_values(work, Growth, record_id, take, by=by)
    elif entity is SyncEntity.CONTACT:
        found = work.row(
            "SELECT a.country FROM contact c JOIN account a ON a.id = c.account_id WHERE c.id = ?", (record_id,)
        )
        change_contact(work, record_id, take, found[0] if found else None)
    elif entity is SyncEntity.CALLBACK:
        change_callback(work, record_id, take)
    elif entity is SyncEntity.QUOTE:
        change_quote(work, record_id, take["status"])
    elif entity is SyncEntity.ACCOUNT:
        keys = {"name_key": name_key(take["name"])} if "name" in take else {}
        work.update(Account, record_id, **take, **keys)


def _agree(work: Work, entity: SyncEntity, record_id: int, values: dict[str, Any]) -> None:
    for crm_id, local in work.rows(
        f"SELECT m.crm_id, m.local FROM crm_record m JOIN {entity.value} t ON t.crm_id = m.crm_id WHERE t.id = ?",
        (record_id,),
    ):
        merged = json.dumps({**json.loads(local), **values})
        work.derive("UPDATE crm_record SET local = ? WHERE crm_id = ?", (merged, crm_id))


def _set_aside(work: Work, entity: SyncEntity, record_id: int) -> None:
    if entity is SyncEntity.RENEWAL:
        work.update(Renewal, record_id, **_aside(work))
    elif entity is SyncEntity.GROWTH:
        work.update(Growth, record_id, **_aside(work))
    elif entity is SyncEntity.CONTACT:
        work.update(Contact, record_id, is_active=False)
    elif entity is SyncEntity.CALLBACK:
        work.update(Callback, record_id, status=CallbackStatus.CANCELLED, closed_at=work.now)
    elif entity is SyncEntity.ACCOUNT:
        for (renewal_id,) in work.rows(
            "SELECT id FROM renewal WHERE account_id = ? AND closed_at IS NULL", (record_id,)
        ):
            work.update(Renewal, renewal_id, **_aside(work))
            if _is_told(work, renewal_id):
                outbox.mark(work, SyncEntity.RENEWAL, renewal_id)
        for growth_id, is_there in work.rows(
            "SELECT id, crm_id NOT NULL FROM growth WHERE account_id = ? AND closed_at IS NULL", (record_id,)
        ):
            work.update(Growth, growth_id, **_aside(work))
            (outbox.mark if is_there else outbox.drop)(work, SyncEntity.GROWTH, growth_id)
    _refresh(work, entity, record_id)


def _aside(work: Work) -> dict[str, Any]:
    return {
        "stage": RenewalStage.LAPSED, "closed_at": work.now, "category": SUGGESTED[RenewalStage.LAPSED], **UNPICKED,
    }  # fmt: skip


def _is_told(work: Work, renewal_id: int) -> bool:
    """Whether the CRM has a renewal, or is about to."""
    found = work.row(
        "SELECT 1 FROM renewal r LEFT JOIN outbox_entry o ON o.entity = 'renewal' AND o.record_id = r.id "
        "WHERE r.id = ? AND (r.crm_id NOT NULL OR o.record_id NOT NULL)",
        (renewal_id,),
    )
    return found is not None


def _refresh(work: Work, entity: SyncEntity, record_id: int) -> None:
    from callstation.calling.targets import refresh_targets, settle

    column = {SyncEntity.ACCOUNT: "id", SyncEntity.CALLBACK: "NULL"}.get(entity, "account_id")
    found = work.row(f"SELECT {column} FROM {entity.value} WHERE id = ?", (record_id,))
    if found is not None and found[0] is not None:
        refresh_targets(work, [found[0]])
        for (target_id,) in work.rows("SELECT id FROM call_target WHERE account_id = ?", (found[0],)):
            settle(work, target_id)  # a block changes where a target stands, and nothing that it holds
