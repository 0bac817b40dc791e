"""The CRM's answers, taken down in bulk by key: what was accepted, what is to go again, what the rep has to see."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from callstation.sync.crm import Refusal, RowAnswer
from callstation.sync.failures import Fate, fate_of
from callstation.sync.outbox import mark
from callstation.sync.quote_links import mark_quote, unlink_lines
from callstation.sync.rows import Row, Verb
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import ConflictKind, OutboxState, SyncEntity

OUTBOX = "outbox_entry"
CHUNK = 250
"""Rows recorded in one transaction: a call logged meanwhile waits for no more than that."""
TABLES = {
    SyncEntity.ACCOUNT: "account", SyncEntity.CONTACT: "contact", SyncEntity.RENEWAL: "renewal",
    SyncEntity.GROWTH: "growth", SyncEntity.QUOTE: "quote", SyncEntity.QUOTE_LINE: "quote_line",
    SyncEntity.ACTIVITY: "activity", SyncEntity.CALLBACK: "callback",
}  # fmt: skip
PARENTS = {
    "Contact": "AccountId", "Opportunity": "AccountId", "Task": "AccountId", "Quote": "OpportunityId",
    "QuoteLineItem": "QuoteId", "OpportunityLineItem": "OpportunityId",
}  # fmt: skip
MADE_HERE = (
    SyncEntity.ACTIVITY, SyncEntity.CALLBACK, SyncEntity.CONTACT, SyncEntity.GROWTH, SyncEntity.QUOTE,
    SyncEntity.QUOTE_LINE,
)  # fmt: skip
"""What can be undone here after it was sent."""
_ADVANCE = (
    "UPDATE outbox_entry SET state = CASE WHEN state = 'sending' THEN 'waiting' ELSE state END, sent_at = NULL "
    "WHERE entity = ? AND record_id = ?"
)


@dataclass(slots=True)
class Tally:
    """What became of the rows of one or more answers."""

    sent: dict[str, int] = field(default_factory=dict)
    """Object to rows accepted."""
    refused: int = 0
    again: list[Row] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.sent.values())


def mark_sending(work: Work, rows: Sequence[Row]) -> list[Row]:
    """Write down that these rows are about to go out: from here on the CRM may have them.

    Those that do go: what was undone, held back or dropped since it was read stays here.
    """
    same = _same_still(work, rows)
    going = [row for row in rows if row.key in same]
    marked = work.raw.executemany(
        "UPDATE outbox_entry SET state = 'sending', attempts = attempts + 1, sent_at = ? "
        "WHERE entity = ? AND record_id = ? AND state = 'waiting'",
        [(to_micros(work.now), row.entity.value, row.record_id) for row in going],
    )
    if marked.rowcount < len(going):
        marks = set(work.rows("SELECT entity, record_id FROM outbox_entry WHERE state = 'sending'"))
        going = [row for row in going if (row.entity.value, row.record_id) in marks]
    work.raw.executemany(
        "UPDATE crm_record SET sent = ? WHERE crm_id = ?",
        [(json.dumps(row.agreed), row.crm_id) for row in going if row.verb is Verb.UPDATE],
    )
    return going


def _same_still(work: Work, rows: Sequence[Row]) -> set[tuple[SyncEntity, int]]:
    """The keys of rows whose record is the one that was read: an undo sets an id free for the next record."""
    uids: dict[SyncEntity, dict[int, str]] = {}
    for row in rows:
        uids.setdefault(row.entity, {})[row.record_id] = row.uid
    found: set[tuple[SyncEntity, int]] = set()
    for entity, wanted in uids.items():
        ids = list(wanted)
        for start in range(0, len(ids), 500):
            marks = ", ".join(map(str, ids[start : start + 500]))
            rows_now = work.rows(f"SELECT id, uid FROM {entity.value} WHERE id IN ({marks})")
            found.update((entity, record_id) for record_id, uid in rows_now if wanted[record_id] == uid)
    return found


def not_sent(work: Work, rows: Sequence[Row]) -> None:
    """Nothing reached the CRM: the rows wait as before."""
    work.raw.executemany(
        "UPDATE crm_record SET sent = '{}' WHERE crm_id = ?",
        [(row.crm_id,) for row in rows if row.verb is Verb.UPDATE],
    )
    work.raw.executemany(
        "UPDATE outbox_entry SET state = 'waiting', sent_at = NULL WHERE entity = ? AND record_id = ? "
        "AND state = 'sending'",
        [(row.entity.value, row.record_id) for row in rows],
    )


def lost(work: Work, rows: Sequence[Row]) -> None:
    """The request went out and no answer came: the rows are looked up before they go again."""
    work.raw.executemany(
        "UPDATE outbox_entry SET state = 'unknown' WHERE entity = ? AND record_id = ? AND state = 'sending'",
        [(row.entity.value, row.record_id) for row in rows],
    )
    work.journal.told.add(OUTBOX)


def record_answers(work: Work, pairs: Sequence[tuple[Row, RowAnswer]], at: datetime, tally: Tally) -> None:
    """Take down the answers of some rows, a few hundred at most; ``at`` is the server's time of the answer."""
    accepted: list[tuple[Row, str]] = []
    deleted: list[Row] = []
    same = _same_still(work, [row for row, _ in pairs])
    for row, answer in pairs:
        refusal = answer.refusal
        if row.key not in same:  # undone meanwhile: its withdrawal looks it up
            tally.sent[row.sobject] = tally.sent.get(row.sobject, 0) + (refusal is None)
            continue
        if refusal is None:
            tally.sent[row.sobject] = tally.sent.get(row.sobject, 0) + 1
            if row.verb is Verb.DELETE:
                deleted.append(row)
            else:
                accepted.append((row, answer.crm_id or row.crm_id or ""))
            continue
        fate = fate_of(refusal, is_known=row.crm_id is not None)
        if fate is Fate.AGAIN:
            tally.again.append(row)
            _put(work, row, OutboxState.WAITING, refusal)
        elif fate is Fate.LOOK_UP:
            _look_up(work, row)
        elif fate is Fate.GONE and row.verb is Verb.DELETE:
            deleted.append(row)
        elif fate is Fate.GONE:
            tally.refused += 1
            gone(work, row.entity, row.record_id, row.crm_id or "")
        else:
            tally.refused += 1
            refuse(work, row.entity, row.record_id, refusal, revision=row.revision)
    _accept(work, accepted, at)
    _delete(work, deleted)
    work.journal.told.add(OUTBOX)


def settle(work: Work, keys: Iterable[tuple[SyncEntity, int, int]]) -> None:
    """Take out of the outbox what the CRM knows, where nothing newer has been marked since."""
    work.raw.executemany(
        "DELETE FROM outbox_entry WHERE entity = ? AND record_id = ? AND revision = ?",
        [(entity.value, record_id, revision) for entity, record_id, revision in keys],
    )
    work.derive(
        "DELETE FROM withdrawal WHERE NOT EXISTS (SELECT 1 FROM outbox_entry o WHERE o.entity = 'withdrawal' "
        "AND o.record_id = withdrawal.id)",
        told=OUTBOX,
    )


def refuse(
    work: Work, entity: SyncEntity, record_id: int, refusal: Refusal, *, revision: int | None = None
) -> None:  # fmt: skip
    """Keep a refused record in the outbox with the CRM's code, words and fields, for the rep to see.

    With a ``revision`` only that one was refused: what was changed since is tried in its turn.
    """
    words = (OutboxState.REFUSED.value, refusal.code, refusal.message, ",".join(refusal.fields))
    refused = work.derive(
        "UPDATE outbox_entry SET state = ?, code = ?, message = ?, fields = ?, sent_at = NULL "
        "WHERE entity = ? AND record_id = ? AND revision = coalesce(?, revision)",
        (*words, entity.value, record_id, revision),
        told=OUTBOX,
    )
    if not refused:
        work.derive(_ADVANCE, (entity.value, record_id))


def gone(work: Work, entity: SyncEntity, record_id: int, crm_id: str) -> None:
    """The record was deleted there while it was changed here: the rep decides whether it comes back."""
    work.derive(
        "INSERT OR REPLACE INTO sync_conflict (kind, entity, record_id, field, theirs_by, found_at) "
        "VALUES (?, ?, ?, '', '', ?)",
        (ConflictKind.DELETED.value, entity.value, record_id, to_micros(work.now)),
        told="sync_conflict",
    )
    _unlink(work, entity, record_id)
    work.derive("DELETE FROM crm_record WHERE crm_id = ?", (crm_id,))
    work.derive(
        "UPDATE outbox_entry SET state = 'held', sent_at = NULL WHERE entity = ? AND record_id = ?",
        (entity.value, record_id),
        told=OUTBOX,
    )


def dispute(work: Work, entity: SyncEntity, record_id: int, name: str, mine: Any, theirs: Any, by: str) -> None:
    """Ask the rep about one field; values as both sides hold them."""
    work.derive(
        "INSERT OR REPLACE INTO sync_conflict (kind, entity, record_id, field, mine, theirs, base, theirs_by, "
        "found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ConflictKind.FIELD.value, entity.value, record_id, name, json.dumps(mine), json.dumps(theirs),
            json.dumps(theirs), by, to_micros(work.now),
        ),
        told="sync_conflict",
    )  # fmt: skip


def _put(work: Work, row: Row, state: OutboxState, refusal: Refusal) -> None:
    work.derive(
        "UPDATE outbox_entry SET state = ?, sent_at = NULL, code = ?, message = ? WHERE entity = ? AND record_id = ? "
        "AND state = 'sending'",
        (state.value, refusal.code, refusal.message, row.entity.value, row.record_id),
    )


def _look_up(work: Work, row: Row) -> None:
    work.derive(
        "UPDATE outbox_entry SET state = 'unknown' WHERE entity = ? AND record_id = ?",
        (row.entity.value, row.record_id),
    )


def _accept(work: Work, accepted: Sequence[tuple[Row, str]], at: datetime) -> None:
    new: dict[str, list[tuple[str, int]]] = {}
    for row, crm_id in accepted:
        if row.crm_id is None and row.entity in TABLES:
            new.setdefault(TABLES[row.entity], []).append((crm_id, row.record_id))
    for table, values in new.items():
        work.raw.executemany(f"UPDATE OR IGNORE {table} SET crm_id = ? WHERE id = ? AND crm_id IS NULL", values)
        if table != "activity":
            work.journal.told.add(table)
            work.raw.executemany(  # it is there again: whether it should be is decided
                "DELETE FROM sync_conflict WHERE kind = 'deleted' AND entity = ? AND record_id = ?",
                [(table, record_id) for _, record_id in values],
            )
    known = _mirrored(work, [crm_id for row, crm_id in accepted if row.crm_id is not None])
    mirror = []
    for row, crm_id in accepted:
        fields, local = known.get(crm_id, ({}, {}))
        fields |= row.values
        parent = fields.get(PARENTS.get(row.sobject, "")) or fields.get("WhatId")
        mirror.append(
            (crm_id, row.sobject, parent, to_micros(at), json.dumps(fields), json.dumps({**local, **row.agreed}))
        )
    work.raw.executemany(
        "INSERT OR REPLACE INTO crm_record (crm_id, sobject, parent_id, stamp, fields, local) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        mirror,
    )
    keys = [(row.entity.value, row.record_id, row.revision) for row, _ in accepted]
    gone = work.raw.executemany("DELETE FROM outbox_entry WHERE entity = ? AND record_id = ? AND revision = ?", keys)
    if gone.rowcount < len(keys):  # what was changed again meanwhile goes with the next
        work.raw.executemany(_ADVANCE, [key[:2] for key in keys])


def _mirrored(work: Work, crm_ids: Sequence[str]) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    found = {}
    for start in range(0, len(crm_ids), 500):
        some = crm_ids[start : start + 500]
        for crm_id, fields, local in work.rows(
            f"SELECT crm_id, fields, local FROM crm_record WHERE crm_id IN ({', '.join('?' * len(some))})", some
        ):
            found[crm_id] = (json.loads(fields), json.loads(local))
    return found


def _delete(work: Work, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.entity in TABLES:
            _unlink(work, row.entity, row.record_id)
        else:
            _make_again(work, row.crm_id)
        work.derive("DELETE FROM crm_record WHERE crm_id = ?", (row.crm_id,))
    settle(work, [(row.entity, row.record_id, row.revision) for row in rows])
    work.raw.executemany(_ADVANCE, [(row.entity.value, row.record_id) for row in rows])


def _make_again(work: Work, crm_id: str | None) -> None:
    """A record that came back here while it was taken back there is made there once more."""
    for entity in MADE_HERE:
        for (record_id,) in work.rows(f"SELECT id FROM {TABLES[entity]} WHERE crm_id = ?", (crm_id,)):
            _unlink(work, entity, record_id)
            if entity is SyncEntity.QUOTE:
                mark_quote(work, record_id)
            else:
                mark(work, entity, record_id)


def _unlink(work: Work, entity: SyncEntity, record_id: int) -> None:
    work.derive(f"UPDATE {TABLES[entity]} SET crm_id = NULL WHERE id = ?", (record_id,))
    if entity is SyncEntity.QUOTE:
        unlink_lines(work, record_id)
