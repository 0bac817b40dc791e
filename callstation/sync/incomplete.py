"""Opportunities that lack something: shown before they go, and held back where the settings say so."""

from collections.abc import Iterable, Mapping, Sequence

from callstation.renewals.complete_facts import gaps_of
from callstation.renewals.completeness import gap_words, incomplete_words
from callstation.sync.crm import Refusal
from callstation.work import Work
from db.vocabulary import SyncEntity

INCOMPLETE = "OPPORTUNITY_IS_INCOMPLETE"
"""Our own code: the settings hold it until it is complete."""
CHECKED = (SyncEntity.RENEWAL, SyncEntity.GROWTH)


def words_of(work: Work, entity: SyncEntity, ids: Iterable[int]) -> Mapping[int, str]:
    """The id of each incomplete opportunity to "incomplete: no next step, no contact"; nothing of other records."""
    if entity not in CHECKED:
        return {}
    found = gaps_of(work, ids, is_growth=entity is SyncEntity.GROWTH)
    return {record_id: incomplete_words(gaps) for record_id, gaps in found.items()}


def held_back(work: Work, entity: SyncEntity, ids: Sequence[int]) -> Mapping[int, Refusal]:
    """Those that do not go as they are, and why; none where the settings send them all the same."""
    if entity not in CHECKED or work.settings.incomplete != "hold":
        return {}
    found = gaps_of(work, ids, is_growth=entity is SyncEntity.GROWTH)
    return {record_id: Refusal(INCOMPLETE, gap_words(gaps)) for record_id, gaps in found.items()}


def complete_again(work: Work) -> None:
    """What was held for what it lacked goes on where it lacks nothing now, or the settings no longer hold it."""
    for entity in CHECKED:
        ids = [
            record_id
            for (record_id,) in work.rows(
                "SELECT record_id FROM outbox_entry WHERE entity = ? AND state = 'refused' AND code = ?",
                (entity.value, INCOMPLETE),
            )
        ]
        held = held_back(work, entity, ids) if ids else {}
        free = [(entity.value, record_id) for record_id in ids if record_id not in held]
        if free:
            work.raw.executemany(
                "UPDATE outbox_entry SET state = 'waiting', code = '', message = '' WHERE entity = ? AND record_id = ?",
                free,
            )
            work.journal.told.add("outbox_entry")
