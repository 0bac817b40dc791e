"""Records that went out without an answer: looked up by their key before anything of them is sent again."""

from collections.abc import Iterable, Mapping, Sequence

from callstation.sync.context import Context
from callstation.sync.crm import MOST_LISTS
from callstation.sync.doubts import Doubt, queries, read_doubts, signs
from callstation.sync.paging import records_of
from callstation.sync.run import EXECUTES_AT_MOST, Run
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import SyncEntity

CHUNK = 500
"""Records settled in one commit: a call logged meanwhile waits for no more than that."""


def interrupted(work: Work) -> None:
    """What a program that ended in the middle of a request left behind is in doubt."""
    work.derive("UPDATE outbox_entry SET state = 'unknown' WHERE state = 'sending'", told="outbox_entry")


def resolve(run: Run) -> None:
    """Look up everything in doubt: adopt what is there, free what is not to go again."""
    doubts = run.app.ask(read_doubts, run.context)
    if doubts:
        run.report(0, 0, "Looking up what was sent before")
    found: dict[tuple[SyncEntity, int], str] = {}
    asked = list(queries(doubts, run.context))
    for start in range(0, len(asked), MOST_LISTS):
        run.check()
        some = asked[start : start + MOST_LISTS]
        answers = run.crm.composite([part for part, _ in some], is_repeatable=True)
        for (_, wanted), answer in zip(some, answers, strict=True):
            for record in records_of(run, answer):
                for sign in signs(record):
                    for doubt in wanted.get(sign, ()):
                        found.setdefault((doubt.entity, doubt.record_id), record["Id"])
    _settle_doubts(run, doubts, found)


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
