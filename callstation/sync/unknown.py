"""Records that went out without an answer: looked up by their key before anything of them is sent again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from callstation.sync import soql
from callstation.sync.answers import TABLES
from callstation.sync.attributes import SOBJECTS, split_name
from callstation.sync.context import Context
from callstation.sync.crm import MOST_LISTS, Part
from callstation.sync.paging import records_of
from callstation.sync.run import EXECUTES_AT_MOST, Run
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import SyncEntity

CHUNK = 500
"""Records settled in one commit: a call logged meanwhile waits for no more than that."""
NO_ACCOUNT = "001000000000000AAA"
"""An id that nobody has, for records whose account is no longer there: Salesforce refuses words that are none."""
KEYS_A_QUERY = 150
"""Keeps the address of a query under 16 KB."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One record that may be there: what would find it."""

    entity: SyncEntity
    record_id: int
    sobject: str
    uid: str
    sent_at: int
    by_name: tuple[str, str] | None = None
    """(account's id, name) where there is neither key nor marker."""


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
        extra = ", a.crm_id, t.name" if entity is SyncEntity.CONTACT else ""
        join = "JOIN account a ON a.id = t.account_id" if entity is SyncEntity.CONTACT else ""
        if entity is SyncEntity.RENEWAL:
            extra = ", a.crm_id, substr(a.name, 1, 80) || ', renewal of ' || k.number"
            join = "JOIN account a ON a.id = t.account_id JOIN contract k ON k.id = t.contract_id"
        for row in work.rows(
            f"SELECT t.id, t.uid, o.sent_at{extra} FROM outbox_entry o JOIN {table} t ON t.id = o.record_id {join} "
            "WHERE o.entity = ? AND o.sent_at NOT NULL AND t.crm_id IS NULL",
            (entity.value,),
        ):
            by_name = (row[3] or "", row[4][:120]) if len(row) > 3 else None
            doubts.append(Doubt(entity, row[0], SOBJECTS[entity], row[1], row[2], by_name))
    for withdrawal_id, uid, sobject, sent_at in work.rows(
        "SELECT w.id, w.uid, w.sobject, o.sent_at FROM withdrawal w JOIN outbox_entry o ON o.entity = 'withdrawal' "
        "AND o.record_id = w.id WHERE w.crm_id IS NULL AND o.sent_at NOT NULL"
    ):
        doubts.append(Doubt(SyncEntity.WITHDRAWAL, withdrawal_id, sobject, uid, sent_at))
    return doubts


def _queries(doubts: Sequence[Doubt], context: Context) -> Iterator[tuple[Part, dict[str, list[Doubt]]]]:
    groups: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        groups.setdefault(doubt.sobject, []).append(doubt)
    for sobject, all_of_it in groups.items():
        for start in range(0, len(all_of_it), KEYS_A_QUERY):
            some = all_of_it[start : start + KEYS_A_QUERY]
            key = context.key_of(sobject)
            wanted: dict[str, list[Doubt]] = {}
            for doubt in some:
                wanted.setdefault(_sign_of(doubt, key, context), []).append(doubt)
            yield soql.query_part(_soql(sobject, key, wanted, some)), wanted


def _soql(sobject: str, key: str | None, wanted: dict[str, list[Doubt]], doubts: Sequence[Doubt]) -> str:
    if key is not None:
        return f"SELECT Id, {key} FROM {sobject} WHERE {key} IN {soql.texts(wanted)}"
    if sobject == "Task":
        return f"SELECT Id, CallObject FROM Task WHERE CallObject IN {soql.texts(wanted)}"
    accounts = {one.by_name[0] for one in doubts if one.by_name and one.by_name[0]}
    return (
        f"SELECT Id, AccountId, Name FROM {sobject} WHERE AccountId IN {soql.texts(sorted(accounts) or [NO_ACCOUNT])}"
    )


def _sign_of(doubt: Doubt, key: str | None, context: Context) -> str:
    if key is not None:
        return doubt.uid.casefold()
    if doubt.sobject == "Task":
        return context.marker(doubt.uid).casefold()
    account, name = doubt.by_name or ("", "")
    if doubt.sobject == "Contact":
        name = " ".join(part for part in split_name(name).values() if part)
    return f"{account} {name}".casefold()


def _signs(record: dict[str, Any]) -> Iterator[str]:
    """What may have been asked for, as the answer tells it."""
    for name, value in record.items():
        if isinstance(value, str) and name not in ("Id", "AccountId", "Name"):
            yield value.casefold()
    if "Name" in record:
        yield f"{record.get('AccountId')} {record['Name']}".casefold()


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
