"""The rows to send: what is in the outbox and ready, with just the fields that the CRM does not know yet."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from callstation.sync.attribute import Attribute
from callstation.sync.attributes import ATTRIBUTES, SOBJECTS
from callstation.sync.context import Context
from callstation.sync.crm import Refusal
from callstation.sync.failures import NOT_IN_CRM
from callstation.sync.incomplete import held_back
from callstation.sync.local import CHUNK, read_records
from callstation.sync.outbox import mark_new, stands
from callstation.sync.records import Record
from callstation.work import Work
from db.stored import to_units
from db.vocabulary import SyncEntity

ORDER = (
    SyncEntity.ACCOUNT, SyncEntity.CONTACT, SyncEntity.RENEWAL, SyncEntity.GROWTH, SyncEntity.QUOTE,
    SyncEntity.QUOTE_LINE, SyncEntity.ACTIVITY, SyncEntity.CALLBACK, SyncEntity.WITHDRAWAL,
)  # fmt: skip
"""Parents before children."""


class Verb(StrEnum):
    """How a row is written."""

    UPSERT = "upsert"  # by our key: may be repeated
    INSERT = "insert"  # no key there: may not be repeated
    UPDATE = "update"  # by its id
    DELETE = "delete"  # by its id


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a request, and what both sides agree on once it is accepted."""

    entity: SyncEntity
    record_id: int
    revision: int
    uid: str
    sobject: str
    verb: Verb
    crm_id: str | None
    account: str
    values: dict[str, Any]
    """API name to value: only what changed for a record that is there."""
    agreed: dict[str, Any]
    """Our attributes as they are sent."""
    parent: str = ""
    """The record it locks there; rows of one parent stay together."""

    @property
    def key(self) -> tuple[SyncEntity, int]:
        return self.entity, self.record_id


@dataclass(slots=True)
class Ready:
    """What one look at the outbox came to."""

    rows: list[Row] = field(default_factory=list)
    settled: list[tuple[SyncEntity, int, int]] = field(default_factory=list)
    """(entity, id, revision) of what the CRM knows already."""
    refused: list[tuple[SyncEntity, int, Refusal]] = field(default_factory=list)
    """What our own check against the CRM's schema refuses."""
    made_there: list[tuple[SyncEntity, int, int, int]] = field(default_factory=list)
    """(entity, id, our amount, theirs) where theirs is the sum of the opportunity's products, whatever we send."""
    new_parents: set[tuple[SyncEntity, int]] = field(default_factory=set)
    """People that have to be made first and are not in the outbox."""
    waits_for: dict[tuple[SyncEntity, int], tuple[SyncEntity, int]] = field(default_factory=dict)


def read_ready(work: Work, context: Context, *, assumed: Collection[tuple[SyncEntity, int]] = ()) -> Ready:
    """Everything that may go now, parents first; what waits for a parent is named.

    ``assumed`` are parents to be taken for made already, for a look at what follows them.
    """
    ready = Ready()
    entries: dict[SyncEntity, dict[int, int]] = {entity: {} for entity in ORDER}
    for entity, record_id, revision in work.rows(
        "SELECT entity, record_id, revision FROM outbox_entry WHERE state = 'waiting' AND sent_at IS NULL "
        "AND entity <> 'phone' "
        "ORDER BY marked_at, record_id"
    ):
        entries[SyncEntity(entity)][record_id] = revision
    conflicts = _conflicts(work)
    for entity in ORDER[:-1]:
        _read_entity(work, context, ready, entity, entries, conflicts, assumed)
    _read_withdrawals(work, ready, entries[SyncEntity.WITHDRAWAL])
    return ready


def _read_entity(
    work: Work, context: Context, ready: Ready, entity: SyncEntity, entries: dict[SyncEntity, dict[int, int]],
    conflicts: dict[tuple[str, int], set[str]], assumed: Collection[tuple[SyncEntity, int]],
) -> None:  # fmt: skip
    revisions, ids = entries[entity], list(entries[entity])
    withdrawn = dict(work.rows("SELECT uid, id FROM withdrawal"))
    found: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        records = list(read_records(work, entity, ids[start : start + CHUNK], context))
        bases = _bases(work, [one.crm_id for one in records if one.crm_id])
        held = held_back(work, entity, [one.record_id for one in records])
        for record in records:
            found.add(record.record_id)
            revision = revisions[record.record_id]
            missing = _missing(work, ready, record, entries, assumed, conflicts)
            if missing is None and record.crm_id is None and record.uid in withdrawn:
                missing = (SyncEntity.WITHDRAWAL, withdrawn[record.uid])  # made again: what was there goes first
            if missing == (SyncEntity.ACCOUNT, 0):
                ready.refused.append((entity, record.record_id, Refusal(NOT_IN_CRM, "")))
            elif missing is not None:
                ready.waits_for[entity, record.record_id] = missing
            else:
                _add(ready, record, revision, bases.get(record.crm_id or ""), context,
                     conflicts.get((entity.value, record.record_id), set()),
                     held=held.get(record.record_id))  # fmt: skip
    ready.settled += [(entity, gone, revisions[gone]) for gone in ids if gone not in found]


def _missing(
    work: Work, ready: Ready, record: Record, entries: dict[SyncEntity, dict[int, int]],
    assumed: Collection[tuple[SyncEntity, int]], conflicts: dict[tuple[str, int], set[str]],
) -> tuple[SyncEntity, int] | None:  # fmt: skip
    """The parent this record has to wait for; (account, 0) where nobody said that its account should be made."""
    if record.is_gone:
        return None
    for entity, parent_id in record.needs:
        if (entity, parent_id) in assumed:
            continue
        is_disputed = "" in conflicts.get((entity.value, parent_id), ())  # deleted there: the rep is asked
        if is_disputed or parent_id in entries[entity] or stands(work, entity, parent_id):
            return entity, parent_id
        if entity is SyncEntity.ACCOUNT:
            return entity, 0
        ready.new_parents.add((entity, parent_id))
        return entity, parent_id
    return None


def _add(
    ready: Ready, record: Record, revision: int, base: dict[str, Any] | None, context: Context, disputed: set[str],
    *, is_checked: bool = True, held: Refusal | None = None,
) -> None:  # fmt: skip
    entity, sobject = record.entity, record.sobject or SOBJECTS[record.entity]
    if record.refusal is not None and not record.is_gone and is_checked:
        ready.refused.append((entity, record.record_id, record.refusal))
        return
    if record.is_gone:
        if record.crm_id is None:
            ready.settled.append((entity, record.record_id, revision))
        else:
            ready.rows.append(_row(record, revision, Verb.DELETE, {}, {}))
        return
    attributes: Sequence[Attribute] = ATTRIBUTES[entity]
    if "StageName" in disputed:
        disputed = disputed | {"ForecastCategoryName"}  # which follows the stage
    if disputed:
        attributes = [one for one in attributes if one.fields[0] not in disputed]
    if record.crm_id is not None:
        attributes = _changed(attributes, record.values, base)
        attributes = _without_amount(ready, attributes, record, context)
        verb = Verb.UPDATE
    else:
        verb = Verb.UPSERT if context.key_of(sobject) else Verb.INSERT
    values: dict[str, Any] = {}
    for one in attributes:
        values.update(one.write(record.values, context))
    is_new = record.crm_id is None
    may = context.limits(sobject, is_new=is_new) if context.shapes else values  # before the first sync nothing is known
    values = {name: value for name, value in values.items() if name in may and not (is_new and value is None)}
    if not is_new and not values:
        ready.settled.append((entity, record.record_id, revision))
        return
    refusal = check(context, sobject, values, is_new=is_new) or held
    if refusal is not None and is_checked:
        ready.refused.append((entity, record.record_id, refusal))
        return
    agreed = {one.name: record.values[one.name] for one in attributes if one.name in record.values}
    ready.rows.append(_row(record, revision, verb, values, agreed))


def _changed(attributes: Iterable[Attribute], values: dict[str, Any], base: dict[str, Any] | None) -> list[Attribute]:
    """What differs from what both sides agreed on; a moved stage takes its category along, or the CRM picks one."""
    known = base or {}
    kept = [
        one for one in attributes
        if not one.is_create_only and (one.name not in known or known[one.name] != values.get(one.name))
    ]  # fmt: skip
    if any(one.name == "stage" for one in kept):
        kept += [one for one in attributes if one.name == "category" and one not in kept]
    return kept


def _without_amount(
    ready: Ready, attributes: Sequence[Attribute], record: Record, context: Context
) -> Sequence[Attribute]:  # fmt: skip
    """Leave the amount out where the products of the opportunity make it; the CRM would ignore ours without a word."""
    made = record.values.get("products_make")
    amount = next((one for one in attributes if one.name == "amount"), None)
    if made is None or amount is None:
        return attributes
    ours, theirs = record.values["amount"], to_units(Decimal(str(made)))
    if ours is not None and ours != theirs and amount.write(record.values, context):
        ready.made_there.append((record.entity, record.record_id, ours, theirs))
    return [one for one in attributes if one is not amount]


def check(context: Context, sobject: str, values: dict[str, Any], *, is_new: bool) -> Refusal | None:
    """What the CRM would refuse, said before anything is sent: too long, no such choice, empty where it must not be."""
    limits = context.limits(sobject, is_new=is_new)
    for name, value in values.items():
        limit = limits.get(name)
        if limit is None:
            continue
        if value is None:
            if not limit.is_nillable:
                return Refusal("REQUIRED_FIELD_MISSING", "", (name,))
        elif limit.length and isinstance(value, str) and len(value) > limit.length:
            return Refusal("STRING_TOO_LONG", f"{len(value):,} characters, {limit.length:,} at most.", (name,))
        elif limit.words is not None and value not in limit.words:
            words = f"“{value}” is not one of: {', '.join(sorted(limit.words))}."
            return Refusal("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", words, (name,))
    return None


def _row(record: Record, revision: int, verb: Verb, values: dict[str, Any], agreed: dict[str, Any]) -> Row:
    names = ("AccountId", "WhatId", "QuoteId", "OpportunityId")
    parent = next((values[name] for name in names if values.get(name)), record.crm_id or record.account_id)
    return Row(
        record.entity, record.record_id, revision, record.uid, record.sobject or SOBJECTS[record.entity], verb,
        record.crm_id, record.account, values, agreed, str(parent),
    )  # fmt: skip


def _read_withdrawals(work: Work, ready: Ready, revisions: dict[int, int]) -> None:
    for record_id, uid, sobject, crm_id, words in work.rows("SELECT id, uid, sobject, crm_id, words FROM withdrawal"):
        if record_id not in revisions:
            continue
        if crm_id is None:  # looked for by its key and not found: it never arrived
            ready.settled.append((SyncEntity.WITHDRAWAL, record_id, revisions[record_id]))
        else:
            ready.rows.append(
                Row(SyncEntity.WITHDRAWAL, record_id, revisions[record_id], uid, sobject, Verb.DELETE, crm_id, words,
                    {}, {}, crm_id)
            )  # fmt: skip


def _bases(work: Work, crm_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Our values as both sides agreed on them; what was sent without an answer is agreed on no more."""
    marks = ", ".join("?" * len(crm_ids))
    found = {}
    for crm_id, local, sent in work.rows(
        f"SELECT crm_id, local, sent FROM crm_record WHERE crm_id IN ({marks})", crm_ids
    ):
        base = json.loads(local)
        if sent != "{}":
            base = {name: value for name, value in base.items() if name not in json.loads(sent)}
        found[crm_id] = base
    return found


def _conflicts(work: Work) -> dict[tuple[str, int], set[str]]:
    found: dict[tuple[str, int], set[str]] = {}
    for entity, record_id, name in work.rows("SELECT entity, record_id, field FROM sync_conflict"):
        found.setdefault((entity, record_id), set()).add(name)
    return found


def fold_phones(work: Work) -> None:
    """A changed number is a change of the people who have it; whom the CRM does not know brings it when made there."""
    from callstation.sync.outbox import mark

    for (contact_id,) in work.rows(
        "SELECT DISTINCT n.contact_id FROM outbox_entry o JOIN contact_phone n ON n.phone_id = o.record_id "
        "JOIN contact c ON c.id = n.contact_id WHERE o.entity = 'phone' AND o.state = 'waiting' AND c.crm_id NOT NULL"
    ):
        mark(work, SyncEntity.CONTACT, contact_id)
    work.derive("DELETE FROM outbox_entry WHERE entity = 'phone' AND state = 'waiting'", told="outbox_entry")


def mark_parents(work: Work, parents: Iterable[tuple[SyncEntity, int]]) -> None:
    """Put people that calls were made to, and the CRM does not know, into the outbox."""
    for entity, record_id in parents:
        if not stands(work, entity, record_id):  # it may have been changed just now
            mark_new(work, entity, record_id)


def rows_again(work: Work, context: Context, kept: Iterable[tuple[str, int, int]], verb: Verb) -> list[Row]:
    """The rows of a job that an earlier sync sent, (entity, id, revision) each; those undone since are left out.

    What was changed since is not known to be agreed on: it goes again, whole.
    """
    rows: list[Row] = []
    revisions = {(SyncEntity(entity), record_id): revision for entity, record_id, revision in kept}
    now = {
        (SyncEntity(row[0]), row[1]): row[2]
        for row in work.rows("SELECT entity, record_id, revision FROM outbox_entry")
    }
    for entity in ATTRIBUTES:
        ids = [record_id for one, record_id in revisions if one is entity]
        for record in read_records(work, entity, ids, context):
            revision = revisions[entity, record.record_id]
            agreed = record.values if now.get((entity, record.record_id)) == revision else {}
            rows.append(_row(record, revision, verb, {}, agreed))
    return rows


def row_of(work: Work, context: Context, entity: SyncEntity, record_id: int) -> Row | None:
    """What would be sent of one change, whatever else stands in its way; None where the CRM knows it all."""
    ready = Ready()
    if entity is SyncEntity.WITHDRAWAL:
        _read_withdrawals(work, ready, {record_id: 0})
    elif entity in ATTRIBUTES:
        for record in read_records(work, entity, [record_id], context):
            bases = _bases(work, [record.crm_id] if record.crm_id else [])
            _add(ready, record, 0, bases.get(record.crm_id or ""), context, set(), is_checked=False)
    return ready.rows[0] if ready.rows else None
