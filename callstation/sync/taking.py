"""Taking over what was read: the mirror of the CRM, then our own nouns, a few hundred records in one commit."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from callstation.sync import outbox
from callstation.sync.attribute import NOT_SAID
from callstation.sync.attributes import ATTRIBUTES, read_moment
from callstation.sync.context import MARKER, Context
from callstation.sync.local import read_records
from callstation.sync.pulls import Pull
from callstation.sync.three_way import Dispute, Merge, merge
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import ConflictKind, SyncEntity

TABLES = {
    "Account": (SyncEntity.ACCOUNT, "account"), "Contact": (SyncEntity.CONTACT, "contact"),
    "Opportunity": (SyncEntity.RENEWAL, "renewal"), "Contract": (None, "contract"),
    "Quote": (SyncEntity.QUOTE, "quote"),
}  # fmt: skip


@dataclass(slots=True)
class Taken:
    """What some records came to."""

    accounts: set[int] = field(default_factory=set)
    """Our accounts whose targets may have changed."""
    new_accounts: int = 0
    conflicts: int = 0
    changed: int = 0
    """Records that were new or differed from the mirror."""


@dataclass(frozen=True, slots=True)
class Base:
    """A mirrored record: its fields as last seen, our values as last agreed, and as sent without an answer so far."""

    fields: dict[str, Any]
    local: dict[str, Any]
    sent: dict[str, Any]


@dataclass(slots=True)
class Page:
    """Some records of one object with all that is known of them."""

    pull: Pull
    records: list[dict[str, Any]]
    context: Context
    taken: Taken
    bases: dict[str, Base] = field(default_factory=dict)
    local_ids: dict[str, int] = field(default_factory=dict)
    """CRM id to our id."""
    accounts: dict[str, int] = field(default_factory=dict)
    """CRM id of each record's account to ours."""


def fields_only(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as the mirror keeps it."""
    return {name: value for name, value in record.items() if name not in ("attributes", "Id", "IsDeleted")}


def read_bases(work: Work, ids: Sequence[str]) -> dict[str, Base]:
    """What the mirror knows of records."""
    marks = ", ".join("?" * len(ids))
    rows = work.rows(f"SELECT crm_id, fields, local, sent FROM crm_record WHERE crm_id IN ({marks})", list(ids))
    return {row[0]: Base(*map(json.loads, row[1:])) for row in rows}


def mirror(work: Work, pull: Pull, record: Mapping[str, Any], local: Mapping[str, Any] | None = None) -> None:
    """Keep a record as it was just read, with our values that both sides agree on."""
    work.raw.execute(
        "INSERT INTO crm_record (crm_id, sobject, parent_id, stamp, fields, local) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (crm_id) DO UPDATE SET parent_id = excluded.parent_id, stamp = excluded.stamp, "
        "fields = excluded.fields, local = excluded.local, sent = '{}'",
        (
            record["Id"], pull.sobject, record.get(pull.parent) if pull.parent else None,
            to_micros(read_moment(record["SystemModstamp"])), json.dumps(fields_only(record)),
            json.dumps(dict(local or {})),
        ),
    )  # fmt: skip


def find_ids(work: Work, table: str, crm_ids: Iterable[str]) -> dict[str, int]:
    """CRM id to our id."""
    wanted = [one for one in crm_ids if one]
    marks = ", ".join("?" * len(wanted))
    return dict(work.rows(f"SELECT crm_id, id FROM {table} WHERE crm_id IN ({marks})", wanted))


def find_by_key(work: Work, table: str, record: Mapping[str, Any], context: Context) -> int | None:
    """Our record that was sent and whose answer was lost, by the key it was sent with; it is linked at once."""
    uid = key_of(record, context)
    if not uid:
        return None
    found = work.row(f"SELECT id FROM {table} WHERE uid = ? AND crm_id IS NULL", (uid,))
    if found is None:
        return None
    link(work, table, int(found[0]), record["Id"])
    return int(found[0])


def key_of(record: Mapping[str, Any], context: Context) -> str | None:
    """The key that a record of ours was sent with."""
    return record.get(context.key_field) or uid_of_marker(record.get("CallObject"), context)


def link(work: Work, table: str, record_id: int, crm_id: str) -> None:
    """One of our records is this one of the CRM."""
    work.derive(f"UPDATE OR IGNORE {table} SET crm_id = ? WHERE id = ?", (crm_id, record_id), told=table)
    work.derive(
        "UPDATE outbox_entry SET sent_at = NULL, state = CASE WHEN state = 'unknown' THEN 'waiting' ELSE state END "
        "WHERE entity = ? AND record_id = ?",
        (table, record_id),
    )


def uid_of_marker(marker: str | None, context: Context) -> str | None:
    """The key in ``Task.CallObject`` where the task was made by this very store."""
    parts = (marker or "").split(":")
    return parts[2] if len(parts) == 3 and parts[0] == MARKER and parts[1] == context.store_key else None


def compare(work: Work, page: Page, entity: SyncEntity, record_id: int, record: dict[str, Any]) -> Merge:
    """The three-way comparison of one linked record; disputes become rows for the rep."""
    ours = next(iter(read_records(work, entity, [record_id], page.context)), None)
    if ours is None:
        return Merge()
    base = page.bases.get(record["Id"])
    is_unsent = outbox.stands(work, entity, record_id)
    helped = {
        "~stage": ours.values.get("stage"), "~status": ours.values.get("status"),
        "~country": _country(work, ours.account_id),
    }  # fmt: skip
    found = merge(
        ATTRIBUTES[entity], ours.values, record | helped, None if base is None else base.fields | helped,
        base.local if base is not None and base.local else None, page.context, is_unsent=is_unsent,
        is_made_here=ours.uid == key_of(record, page.context), sent=base.sent if base is not None else {},
    )  # fmt: skip
    _keep_disputes(work, page, entity, record_id, found.disputes, record)
    if found.disputes:
        page.taken.conflicts += len(found.disputes)
    return found


def _country(work: Work, account_id: int) -> str | None:
    found = work.row("SELECT country FROM account WHERE id = ?", (account_id,))
    return found[0] if found else None


def _keep_disputes(
    work: Work, page: Page, entity: SyncEntity, record_id: int, disputes: Sequence[Dispute], record: Mapping[str, Any]
) -> None:
    open_fields = {
        name
        for (name,) in work.rows(
            "SELECT field FROM sync_conflict WHERE entity = ? AND record_id = ? AND kind = 'field'",
            (entity.value, record_id),
        )
    }
    by = name_of(work, record.get("LastModifiedById"))
    for one in disputes:
        work.derive(
            "INSERT OR REPLACE INTO sync_conflict (kind, entity, record_id, field, mine, theirs, base, theirs_by, "
            "found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                ConflictKind.FIELD.value, entity.value, record_id, one.attribute.fields[0], json.dumps(one.mine),
                json.dumps(one.theirs), json.dumps(one.base), by, to_micros(work.now),
            ),
            told="sync_conflict",
        )  # fmt: skip
    _refresh_open(work, page, entity, record_id, open_fields - {one.attribute.fields[0] for one in disputes}, record)


def _refresh_open(
    work: Work, page: Page, entity: SyncEntity, record_id: int, names: set[str], record: Mapping[str, Any]
) -> None:
    """An open dispute follows what they have now, and ends where both sides have come to the same."""
    if not names:
        return
    ours = next(iter(read_records(work, entity, [record_id], page.context)), None)
    for one in ATTRIBUTES[entity]:
        if one.fields[0] in names and one.read is not None and ours is not None:
            helped = {"~stage": ours.values.get("stage"), "~status": ours.values.get("status")}
            said = one.read({**record, **helped}, page.context)
            key = (entity.value, record_id, one.fields[0])
            if said is NOT_SAID:
                continue
            if said == ours.values.get(one.name):
                work.derive(
                    "DELETE FROM sync_conflict WHERE entity = ? AND record_id = ? AND field = ?", key,
                    told="sync_conflict",
                )  # fmt: skip
            else:
                work.derive(
                    "UPDATE sync_conflict SET mine = ?, theirs = ? WHERE entity = ? AND record_id = ? AND field = ?",
                    (json.dumps(ours.values.get(one.name)), json.dumps(said), *key),
                )


def name_of(work: Work, user_id: str | None) -> str:
    """The name of a user there; "" where it is not known."""
    found = work.row("SELECT fields FROM crm_record WHERE crm_id = ?", (user_id or "",))
    return str(json.loads(found[0]).get("Name") or "") if found else ""
