"""Records that went out without an answer: looked up by their key before anything of them is sent again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from callstation.sync import soql
from callstation.sync.answers import TABLES
from callstation.sync.attributes import SOBJECTS, split_name
from callstation.sync.context import Context
from callstation.sync.crm import MOST_LISTS, Part
from callstation.sync.paging import records_of
from callstation.sync.run import EXECUTES_AT_MOST, Run
from callstation.work import Work
from db.stored import from_micros, to_micros
from db.vocabulary import SyncEntity

CHUNK = 500
"""Records settled in one commit: a call logged meanwhile waits for no more than that."""
NO_ACCOUNT = "001000000000000AAA"
"""An id that nobody has, for records whose account is no longer there: Salesforce refuses words that are none."""
KEYS_A_QUERY = 150
"""Keeps the address of a query under 16 KB."""
CLOCKS_DIFFER = timedelta(days=1)
"""At most, ours and theirs."""
_PARENTS = ("AccountId", "OpportunityId", "QuoteId")
_PARTS = {
    "Contact": ("AccountId", "Name"), "Opportunity": ("AccountId", "Name"), "Account": ("", "Name"),
    "Quote": ("OpportunityId", "Name"), "QuoteLineItem": ("QuoteId", "Description"),
    "OpportunityLineItem": ("OpportunityId", "Description"),
}  # fmt: skip
"""The parent and the words by which a record without a key is found."""
_QUOTED = frozenset({"Quote", "QuoteLineItem", "OpportunityLineItem"})
"""Of these others may have some of the same name: only the user's own are ours."""
_OF_ACCOUNT = "JOIN account a ON a.id = t.account_id"
_NAMED = {
    SyncEntity.ACCOUNT: (", '', t.name", ""),
    SyncEntity.CONTACT: (", a.crm_id, t.name", _OF_ACCOUNT),
    SyncEntity.RENEWAL: (
        ", a.crm_id, substr(a.name, 1, 80) || ', renewal of ' || k.number",
        f"{_OF_ACCOUNT} JOIN contract k ON k.id = t.contract_id",
    ),
    SyncEntity.QUOTE: (", r.crm_id, t.number || ' v' || t.version", "LEFT JOIN renewal r ON r.id = t.renewal_id"),
    SyncEntity.QUOTE_LINE: (
        ", q.crm_id, q.number || ' v' || q.version || ', line ' || (t.position + 1), r.crm_id",
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


def interrupted(work: Work) -> None:
    """What a program that ended in the middle of a request left behind is in doubt."""
    work.derive("UPDATE outbox_entry SET state = 'unknown' WHERE state = 'sending'", told="outbox_entry")


def resolve(run: Run) -> None:
    """Look up everything in doubt: adopt what is there, free what is not to go again."""
    doubts = run.app.ask(read_doubts, run.context)
    if doubts:
        run.report(0, 0, "Looking up what was sent before")
    found: dict[tuple[SyncEntity, int], str] = {}
    asked = list(_queries(doubts, run.context))
    for start in range(0, len(asked), MOST_LISTS):
        run.check()
        some = asked[start : start + MOST_LISTS]
        answers = run.crm.composite([part for part, _ in some], is_repeatable=True)
        for (_, wanted), answer in zip(some, answers, strict=True):
            for record in records_of(run, answer):
                for sign in _signs(record):
                    for doubt in wanted.get(sign, ()):
                        found.setdefault((doubt.entity, doubt.record_id), record["Id"])
    _settle_doubts(run, doubts, found)


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
            by_name = (row[3] or "", row[4][:120]) if len(row) > 3 else None
            sobject = SOBJECTS[entity]
            if entity is SyncEntity.QUOTE_LINE and not row[3]:
                sobject, by_name = "OpportunityLineItem", (row[5] or "", row[4])
            doubts.append(Doubt(entity, row[0], sobject, row[1], row[2], by_name))
    for withdrawal_id, uid, sobject, sent_at, words in work.rows(
        "SELECT w.id, w.uid, w.sobject, o.sent_at, w.words FROM withdrawal w JOIN outbox_entry o "
        "ON o.entity = 'withdrawal' AND o.record_id = w.id WHERE w.crm_id IS NULL AND o.sent_at NOT NULL"
    ):
        by_name = ("", words) if sobject in _QUOTED else None
        doubts.append(Doubt(SyncEntity.WITHDRAWAL, withdrawal_id, sobject, uid, sent_at, by_name))
    return doubts


def _queries(doubts: Sequence[Doubt], context: Context) -> Iterator[tuple[Part, dict[str, list[Doubt]]]]:
    groups: dict[tuple[str, bool], list[Doubt]] = {}
    for doubt in doubts:
        is_orphan = doubt.sobject == "Account" or (doubt.entity is SyncEntity.WITHDRAWAL and doubt.sobject in _QUOTED)
        groups.setdefault((doubt.sobject, is_orphan and context.key_of(doubt.sobject) is None), []).append(doubt)
    for (sobject, is_orphan), all_of_it in groups.items():
        for start in range(0, len(all_of_it), KEYS_A_QUERY):
            some = all_of_it[start : start + KEYS_A_QUERY]
            key = context.key_of(sobject)
            wanted: dict[str, list[Doubt]] = {}
            for doubt in some:
                wanted.setdefault(_sign_of(doubt, key, context), []).append(doubt)
            asked = _orphans_soql(sobject, some, context) if is_orphan else _soql(sobject, key, wanted, some, context)
            yield soql.query_part(asked), wanted


def _soql(
    sobject: str, key: str | None, wanted: dict[str, list[Doubt]], doubts: Sequence[Doubt], context: Context
) -> str:
    if key is not None:
        return f"SELECT Id, {key} FROM {sobject} WHERE {key} IN {soql.texts(wanted)}"
    if sobject == "Task":
        return f"SELECT Id, CallObject FROM Task WHERE CallObject IN {soql.texts(wanted)}"
    parents = sorted({one.by_name[0] for one in doubts if one.by_name and one.by_name[0]})
    parent, name = _PARTS[sobject]
    mine = f" AND CreatedById = {soql.text(context.user_id)}" if sobject in _QUOTED else ""
    return f"SELECT Id, {parent}, {name} FROM {sobject} WHERE {parent} IN {soql.texts(parents or [NO_ACCOUNT])}{mine}"


def _orphans_soql(sobject: str, doubts: Sequence[Doubt], context: Context) -> str:
    """What has no parent to be found under, as what was undone here: by its words, since it went out, and mine."""
    _, name = _PARTS[sobject]
    since = soql.moment(from_micros(min(one.sent_at for one in doubts)) - CLOCKS_DIFFER)
    words = sorted({one.by_name[1] for one in doubts if one.by_name})
    begins = [f"{name} LIKE {soql.text(f'{one}:%')}" for one in words]
    named = f"{name} IN {soql.texts(words)}" if name == "Name" else f"({' OR '.join(begins)})"
    return (
        f"SELECT Id, {name} FROM {sobject} WHERE {named} AND CreatedById = {soql.text(context.user_id)} "
        f"AND CreatedDate >= {since}"
    )


def _sign_of(doubt: Doubt, key: str | None, context: Context) -> str:
    if key is not None:
        return doubt.uid.casefold()
    if doubt.sobject == "Task":
        return context.marker(doubt.uid).casefold()
    parent, name = doubt.by_name or ("", "")
    if doubt.sobject == "Contact":
        name = " ".join(part for part in split_name(name).values() if part)
    return f"{parent} {name}".casefold()


def _signs(record: dict[str, Any]) -> Iterator[str]:
    """What may have been asked for, as the answer tells it."""
    parent = next((str(record[name]) for name in _PARENTS if name in record), "")
    name = record.get("Name") or str(record.get("Description") or "").partition(":")[0]
    if name:
        yield f"{parent} {name}".casefold()
    for field, value in record.items():
        if isinstance(value, str) and field not in ("Id", "Name", "Description", *_PARENTS):
            yield value.casefold()


def _settle_doubts(
    run: Run, doubts: Sequence[Doubt], found: Mapping[tuple[SyncEntity, int], str]
) -> None:  # fmt: skip
    for start in range(0, len(doubts), CHUNK):
        run.app.record(_settle_some, doubts[start : start + CHUNK], found, run.context)
    sure = run.app.ask(_sure, run.context)
    for start in range(0, len(sure), CHUNK):
        run.app.record(free, sure[start : start + CHUNK])


def _settle_some(
    work: Work, doubts: Sequence[Doubt], found: Mapping[tuple[SyncEntity, int], str], context: Context
) -> None:
    late = to_micros(work.now - EXECUTES_AT_MOST)
    for doubt in doubts:
        crm_id = found.get((doubt.entity, doubt.record_id))
        is_sure = context.key_of(doubt.sobject) is not None and doubt.entity is not SyncEntity.WITHDRAWAL
        if crm_id is not None:  # with its uid: what is undone meanwhile sets its id free for another
            work.derive(
                f"UPDATE OR IGNORE {doubt.entity.value} SET crm_id = ? WHERE id = ? AND uid = ?",
                (crm_id, doubt.record_id, doubt.uid),
            )
        elif not is_sure and doubt.sent_at > late:  # it may still be carried out there
            work.derive(
                "UPDATE outbox_entry SET state = 'unknown' WHERE entity = ? AND record_id = ? AND sent_at NOT NULL",
                (doubt.entity.value, doubt.record_id),
            )
            continue
        free(work, [(doubt.entity.value, doubt.record_id)])


def free(work: Work, keys: Iterable[tuple[str, int]]) -> None:
    """Let records go again that are not there, or whose id is known."""
    work.raw.executemany(
        "UPDATE outbox_entry SET sent_at = NULL, state = CASE WHEN state = 'unknown' THEN 'waiting' ELSE state END "
        "WHERE entity = ? AND record_id = ?",
        keys,
    )
    work.journal.told.add("outbox_entry")


def _sure(work: Work, context: Context) -> list[tuple[str, int]]:
    """Changes without an answer of records whose id is known: sent again, they do no harm."""
    doubts = {(doubt.entity.value, doubt.record_id) for doubt in read_doubts(work, context)}
    rows = work.rows("SELECT entity, record_id FROM outbox_entry WHERE state = 'unknown' OR sent_at NOT NULL")
    return [(entity, record_id) for entity, record_id in rows if (entity, record_id) not in doubts]
