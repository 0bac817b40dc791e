"""What is in doubt after a lost answer, and by what each record of it is found: its key, our marker, or its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from callstation.sync import soql
from callstation.sync.answers import TABLES
from callstation.sync.attributes import SOBJECTS, split_name
from callstation.sync.context import MARKER, Context
from callstation.sync.crm import Part
from callstation.sync.growth_out import LONGEST_NAME
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import SyncEntity

NO_ACCOUNT = "001000000000000AAA"
"""An id that nobody has, for records whose parent is no longer there: Salesforce refuses words that are none."""
KEYS_A_QUERY = 150
"""Keeps the address of a query under 16 KB."""
CLOCKS_DIFFER = timedelta(days=1)
"""At most, ours and theirs."""
_PARENTS = ("AccountId", "OpportunityId", "QuoteId")
_PARTS = {
    "Contact": ("AccountId", "Name"), "Opportunity": ("AccountId", "Name"), "Account": ("", "Name"),
    "Quote": ("OpportunityId", "Name, Description"), "QuoteLineItem": ("QuoteId", "Description"),
    "OpportunityLineItem": ("OpportunityId", "Description"),
}  # fmt: skip
"""The parent and the words by which a record without a key is found; a quote's and a line's have its key in them."""
_QUOTED = frozenset({"Quote", "QuoteLineItem", "OpportunityLineItem"})
_ORPHANED = _QUOTED | {"Opportunity"}
"""What was undone here and may be there under nothing but its words."""
_OF_ACCOUNT = "JOIN account a ON a.id = t.account_id"
_LINE = "printf('%s v%d, line %d [%s]', q.number, q.version, t.position + 1, substr(t.uid, 1, 8))"
_NAMED = {
    SyncEntity.ACCOUNT: (", '', substr(t.name, 1, 255)", ""),
    SyncEntity.CONTACT: (", a.crm_id, t.name", _OF_ACCOUNT),
    SyncEntity.RENEWAL: (
        ", a.crm_id, substr(substr(a.name, 1, 80) || ', renewal of ' || k.number, 1, 120)",
        f"{_OF_ACCOUNT} JOIN contract k ON k.id = t.contract_id",
    ),
    SyncEntity.GROWTH: (f", a.crm_id, substr(t.title, 1, {LONGEST_NAME})", _OF_ACCOUNT),
    SyncEntity.QUOTE: (", r.crm_id, t.number || ' v' || t.version", "LEFT JOIN renewal r ON r.id = t.renewal_id"),
    SyncEntity.QUOTE_LINE: (
        f", q.crm_id, {_LINE}, r.crm_id",
        "JOIN quote q ON q.id = t.quote_id LEFT JOIN renewal r ON r.id = coalesce(t.renewal_id, q.renewal_id)",
    ),
}
"""SQL for (parent's id there, name), and what it joins."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One record that may be there: what would find it."""

    entity: SyncEntity
    record_id: int
    sobject: str
    uid: str
    sent_at: int
    by_name: tuple[str, str] | None = None
    """(its parent's id there, name) where there is neither key nor marker; a withdrawal knows no parent."""


def read_doubts(work: Work, context: Context) -> list[Doubt]:
    """The outbox's records that may be in the CRM without our knowing their id."""
    doubts = []
    for entity, table in TABLES.items():
        extra, join = _NAMED.get(entity, ("", ""))
        for row in work.rows(
            f"SELECT t.id, t.uid, o.sent_at{extra} FROM outbox_entry o JOIN {table} t ON t.id = o.record_id {join} "
            "WHERE o.entity = ? AND o.sent_at NOT NULL AND t.crm_id IS NULL",
            (entity.value,),
        ):
            by_name = (row[3] or "", row[4]) if len(row) > 3 else None
            sobject = SOBJECTS[entity]
            if entity is SyncEntity.QUOTE_LINE and not row[3]:
                sobject, by_name = "OpportunityLineItem", (row[5] or "", row[4])
            doubts.append(Doubt(entity, row[0], sobject, row[1], row[2], by_name))
    for withdrawal_id, uid, sobject, sent_at, words in work.rows(
        "SELECT w.id, w.uid, w.sobject, o.sent_at, w.words FROM withdrawal w JOIN outbox_entry o "
        "ON o.entity = 'withdrawal' AND o.record_id = w.id WHERE w.crm_id IS NULL AND o.sent_at NOT NULL"
    ):
        by_name = ("", words) if sobject in _ORPHANED else None
        doubts.append(Doubt(SyncEntity.WITHDRAWAL, withdrawal_id, sobject, uid, sent_at, by_name))
    return doubts


def queries(doubts: Sequence[Doubt], context: Context) -> Iterator[tuple[Part, dict[str, list[Doubt]]]]:
    """The questions to ask, each with the doubts that an answer of it may settle, by their ``signs``."""
    groups: dict[tuple[str, bool], list[Doubt]] = {}
    for doubt in doubts:
        is_orphan = doubt.sobject == "Account" or (doubt.entity is SyncEntity.WITHDRAWAL and doubt.sobject in _ORPHANED)
        groups.setdefault((doubt.sobject, is_orphan and context.key_of(doubt.sobject) is None), []).append(doubt)
    for (sobject, is_orphan), all_of_it in groups.items():
        key = context.key_of(sobject)
        if key is None and sobject in _QUOTED and context.field(sobject, "Description") is None:
            continue  # this user may not see the words
        for start in range(0, len(all_of_it), KEYS_A_QUERY):
            some = all_of_it[start : start + KEYS_A_QUERY]
            wanted: dict[str, list[Doubt]] = {}
            for doubt in some:
                wanted.setdefault(_sign_of(doubt, key, context), []).append(doubt)
            asked = _orphans_soql(sobject, some, context) if is_orphan else _soql(sobject, key, wanted, some)
            yield soql.query_part(asked), wanted


def signs(record: dict[str, Any]) -> Iterator[str]:
    """What may have been asked for, as the answer tells it."""
    parent = next((str(record[name]) for name in _PARENTS if name in record), "")
    words = str(record.get("Description") or "")
    if words.rpartition("\n")[2].startswith(f"{MARKER}:"):
        yield words.rpartition("\n")[2].casefold()
    name = record.get("Name") or words.partition(":")[0]
    if name:
        yield f"{parent} {name}".casefold()
    for field, value in record.items():
        if isinstance(value, str) and field not in ("Id", "Name", "Description", *_PARENTS):
            yield value.casefold()


def _soql(sobject: str, key: str | None, wanted: dict[str, list[Doubt]], doubts: Sequence[Doubt]) -> str:
    if key is not None:
        return f"SELECT Id, {key} FROM {sobject} WHERE {key} IN {soql.texts(wanted)}"
    if sobject == "Task":
        return f"SELECT Id, CallObject FROM Task WHERE CallObject IN {soql.texts(wanted)}"
    parents = sorted({one.by_name[0] for one in doubts if one.by_name and one.by_name[0]})
    parent, names = _PARTS[sobject]
    return f"SELECT Id, {parent}, {names} FROM {sobject} WHERE {parent} IN {soql.texts(parents or [NO_ACCOUNT])}"


def _orphans_soql(sobject: str, doubts: Sequence[Doubt], context: Context) -> str:
    """What has no parent to be found under, as what was undone here: by its words, since it went out, and mine."""
    _, names = _PARTS[sobject]
    since = soql.moment(from_micros(min(one.sent_at for one in doubts)) - CLOCKS_DIFFER)
    words = sorted({one.by_name[1] for one in doubts if one.by_name})
    begins = [f"{names} LIKE {soql.text(f'{one}:%')}" for one in words]
    named = f"Name IN {soql.texts(words)}" if names.startswith("Name") else f"({' OR '.join(begins)})"
    return (
        f"SELECT Id, {names} FROM {sobject} WHERE {named} AND CreatedById = {soql.text(context.user_id)} "
        f"AND CreatedDate >= {since}"
    )


def _sign_of(doubt: Doubt, key: str | None, context: Context) -> str:
    if key is not None:
        return doubt.uid.casefold()
    if doubt.sobject in ("Task", "Quote"):
        return context.marker(doubt.uid).casefold()
    parent, name = doubt.by_name or ("", "")
    if doubt.sobject == "Contact":
        name = " ".join(part for part in split_name(name).values() if part)
    return f"{parent} {name}".casefold()
