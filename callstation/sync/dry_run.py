"""A look first: what the next sync would send, what it would not, and why, without a single request."""

from collections import Counter
from dataclasses import dataclass

from callstation.sync.connection import connection
from callstation.sync.context import Context, read_context
from callstation.sync.crm import Refusal
from callstation.sync.describing import title_of
from callstation.sync.failures import say
from callstation.sync.outbox import stands
from callstation.sync.quote_links import folded_lines
from callstation.sync.rows import Ready, check, read_ready, row_of
from callstation.work import Work
from db.vocabulary import SyncEntity

Key = tuple[SyncEntity, int]
TOLD = 50
"""Changes that are told one by one; the others are counted."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A change that the next sync would not send: "Halden Robotics, Call, no answer", and why in a sentence."""

    entity: SyncEntity
    record_id: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """What the next sync would do with the outbox. ``total`` is all that it would send."""

    by_object: tuple[tuple[str, str, int], ...]
    """(object, verb, how many), parents first; verbs as in ``rows.Verb``."""
    refused: int
    """Changes that our own check would not let out: too long, no such choice, an account that is not there."""
    blocked: int
    """Changes whose parent is held back, was refused or is in doubt."""
    settled: int
    """Changes that the CRM knows already: they leave the outbox unsent."""
    doubtful: int
    """Changes sent before whose answer was lost: they are looked up first, and go again only if they are not there."""
    total: int
    stuck: tuple[Stuck, ...]
    """The first of the refused and the blocked."""
    first: tuple[Key, ...] = ()
    """The first that would be sent."""


def dry_run(work: Work) -> DryRun:
    """What ``syncing.sync`` would send if it came to its push now; nothing is written and nothing is asked."""
    found = connection(work)
    context = read_context(work, found.user_id if found else "")
    ready, people = _read(work, context)
    counts = Counter((row.sobject, row.verb.value) for row in ready.rows)
    for person in sorted(people):
        row = row_of(work, context, *person)
        if row is None:
            continue
        refusal = check(context, row.sobject, row.values, is_new=row.crm_id is None)
        if refusal is None:
            counts[row.sobject, row.verb.value] += 1
        else:
            ready.refused.append((*person, refusal))
    refused = [(entity, record_id, _sentence(refusal)) for entity, record_id, refusal in ready.refused]
    blocked = [(*key, f"It waits for {_named(work, *parent)}.") for key, parent in ready.waits_for.items()]
    stuck = [Stuck(entity, one, _named(work, entity, one), why) for entity, one, why in [*refused, *blocked][:TOLD]]
    return DryRun(
        tuple((*key, count) for key, count in counts.items()), len(refused), len(blocked), len(ready.settled),
        _doubtful(work), counts.total(), tuple(stuck), tuple(row.key for row in ready.rows[:TOLD]),
    )  # fmt: skip


def _read(work: Work, context: Context) -> tuple[Ready, set[Key]]:
    """What would go in all rounds of one push, and the people that would go beside the outbox."""
    assumed: set[Key] = set()
    people = _phoned(work) | _quoted(work, context)
    while True:
        ready = read_ready(work, context, assumed=assumed)
        people |= ready.new_parents
        going = {row.key for row in ready.rows} | people
        parents = {parent for parent in ready.waits_for.values() if parent in going}
        if parents <= assumed:
            return ready, people - {row.key for row in ready.rows}
        assumed |= parents


def _phoned(work: Work) -> set[Key]:
    """The people who get a changed number, as ``rows.fold_phones`` marks them."""
    rows = work.rows(
        "SELECT DISTINCT n.contact_id FROM outbox_entry o JOIN contact_phone n ON n.phone_id = o.record_id "
        "JOIN contact c ON c.id = n.contact_id WHERE o.entity = 'phone' AND o.state = 'waiting' AND c.crm_id NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM outbox_entry e WHERE e.entity = 'contact' AND e.record_id = n.contact_id)"
    )
    return {(SyncEntity.CONTACT, contact_id) for (contact_id,) in rows}


def _quoted(work: Work, context: Context) -> set[Key]:
    """The lines that their quotes take along, as ``quote_links.fold_quotes`` marks them."""
    return {
        (SyncEntity.QUOTE_LINE, line_id)
        for line_id in folded_lines(work, context)
        if not stands(work, SyncEntity.QUOTE_LINE, line_id)
    }


def _doubtful(work: Work) -> int:
    found = work.row(
        "SELECT count(*) FROM outbox_entry WHERE state IN ('sending', 'unknown') "
        "OR (state = 'waiting' AND sent_at IS NOT NULL)"
    )
    return int(found[0]) if found else 0


def _named(work: Work, entity: SyncEntity, record_id: int) -> str:
    title = title_of(work, entity, record_id)
    return ", ".join(part for part in (title.account, title.what) if part)


def _sentence(refusal: Refusal) -> str:
    return say(refusal.code, refusal.message, refusal.fields).sentence
