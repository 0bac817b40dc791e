"""Undo and redo beside the CRM: what it has not heard of goes without a trace, what it has is corrected there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callstation.calling.targets import settle_many
from callstation.changes import Image, Journal, put_again, put_back
from callstation.sync import outbox
from db.stored import to_micros
from db.vocabulary import SyncEntity

if TYPE_CHECKING:
    from callstation.work import Work

OUTBOX = "outbox_entry"
SOBJECTS = {
    "activity": "Task", "callback": "Task", "contact": "Contact", "growth": "Opportunity", "quote": "Quote",
    "quote_line": "OpportunityLineItem",
}  # fmt: skip
"""Records that are born here and can be undone: what they are in the CRM. Lines of a quote there go with it."""
_WORDS = {
    "growth": "SELECT substr(title, 1, 120) FROM growth WHERE id = ?",
    "quote": "SELECT number || ' v' || version FROM quote WHERE id = ?",
    "quote_line": "SELECT printf('%s v%d, line %d [%s]', q.number, q.version, l.position + 1, substr(l.uid, 1, 8)) "
    "FROM quote_line l JOIN quote q ON q.id = l.quote_id WHERE l.id = ?",
}
"""What a record is called there, by which it is found where it has no key."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A record that the CRM has, or may have where an answer was lost."""

    uid: str
    sobject: str
    crm_id: str | None
    sent_at: int | None
    words: str = "Undone here"


def step_back(work: "Work", step: Journal) -> bool:
    """Undo a step; whether the CRM will get a correction for it."""
    return _step(work, list(reversed(step.images)), is_undo=True)


def step_again(work: "Work", step: Journal) -> bool:
    """Redo a step; whether the CRM will get a correction for it."""
    return _step(work, step.images, is_undo=False)


def _step(work: "Work", images: list[Image], *, is_undo: bool) -> bool:
    known = [_known_to_crm(work, image) for image in images if _takes_away(image, is_undo=is_undo)]
    moved = _moved_targets(work, images, is_undo=is_undo)
    for image in images:
        if image.table != OUTBOX:
            (put_back if is_undo else put_again)(work.raw, image)
    is_corrected = False
    for one in known:
        if one is not None:
            _withdraw(work, one)
            is_corrected = True
    for image in images:
        if image.table == OUTBOX:
            is_corrected |= _follow(work, image, is_undo=is_undo)
    for image in images:
        if image.table in SOBJECTS and not _takes_away(image, is_undo=is_undo):
            _reclaim(work, image)
    settle_many(work, moved, is_journaled=False)
    return is_corrected


def _moved_targets(work: "Work", images: list[Image], *, is_undo: bool) -> list[int]:
    """Call targets that a sync has moved since the step: a block from the CRM outlives the undo of a call."""
    last: dict[int, Image] = {}
    for image in images:
        if image.table == "call_target":
            last.setdefault(image.key[0][1], image)
    moved = []
    for target_id, image in last.items():
        left = (image.after if is_undo else image.before) or {}
        found = work.row(f"SELECT {', '.join(left) or 'id'} FROM call_target WHERE id = ?", (target_id,))
        if left and found is not None and found != tuple(left.values()):
            moved.append(target_id)
    return moved


def _takes_away(image: Image, *, is_undo: bool) -> bool:
    gone = image.before if is_undo else image.after
    return image.table in SOBJECTS and gone is None


def _known_to_crm(work: "Work", image: Image) -> _Known | None:
    record_id = image.key[0][1]
    found = work.row(f"SELECT uid, crm_id FROM {image.table} WHERE id = ?", (record_id,))
    entry = outbox.entry_of(work, SyncEntity(image.table), record_id)
    sent_at = entry["sent_at"] if entry else None
    if found is None or (found[1] is None and sent_at is None):
        return None
    if image.table == "quote_line" and _goes_with_quote(work, record_id, found[1]):
        return None
    words = work.row(_WORDS[image.table], (record_id,)) if image.table in _WORDS else None
    return _Known(found[0], SOBJECTS[image.table], found[1], sent_at, *(words or ()))


def _goes_with_quote(work: "Work", line_id: int, crm_id: str | None) -> bool:
    """Whether a line is, or may be, one of a quote there, with which it is deleted."""
    from callstation.sync.quote_lines import QUOTE_LINE_PREFIX

    if crm_id is not None:
        return crm_id.startswith(QUOTE_LINE_PREFIX)
    found = work.row("SELECT q.crm_id FROM quote_line l JOIN quote q ON q.id = l.quote_id WHERE l.id = ?", (line_id,))
    return found is not None and found[0] is not None  # it was sent, and so its quote was there


def _withdraw(work: "Work", one: _Known) -> None:
    work.derive("DELETE FROM withdrawal WHERE uid = ?", (one.uid,))
    made = work.raw.execute(
        "INSERT INTO withdrawal (uid, sobject, crm_id, words) VALUES (?, ?, ?, ?)",
        (one.uid, one.sobject, one.crm_id, one.words),
    ).lastrowid
    work.derive(
        "INSERT OR REPLACE INTO outbox_entry (entity, record_id, marked_at, revision, state, attempts, sent_at, code, "
        "message, fields) VALUES (?, ?, ?, 1, 'waiting', 0, ?, '', '', '')",
        (SyncEntity.WITHDRAWAL.value, made, to_micros(work.now), one.sent_at),
        told=OUTBOX,
    )


def _reclaim(work: "Work", image: Image) -> None:
    """A record that came back: its withdrawal ends where the CRM has not carried it out, nor may yet."""
    record_id = image.key[0][1]
    found = work.row(
        "SELECT w.id, w.crm_id FROM withdrawal w JOIN outbox_entry o ON o.entity = 'withdrawal' AND o.record_id = w.id "
        f"WHERE w.uid = (SELECT uid FROM {image.table} WHERE id = ?) "
        "AND o.sent_at IS NULL AND o.state <> 'sending'",
        (record_id,),
    )
    if found is None:
        return
    work.derive("DELETE FROM withdrawal WHERE id = ?", (found[0],))
    work.derive("DELETE FROM outbox_entry WHERE entity = 'withdrawal' AND record_id = ?", (found[0],), told=OUTBOX)
    if found[1] is not None:
        work.derive(f"UPDATE {image.table} SET crm_id = ? WHERE id = ?", (found[1], record_id))
        if image.table == "quote":
            from callstation.sync.quote_links import relink_lines

            relink_lines(work, record_id, found[1])


def _follow(work: "Work", image: Image, *, is_undo: bool) -> bool:
    """Bring one outbox row back as it was, or mark its record anew where the sync has moved on since."""
    (_, entity), (_, record_id) = image.key
    left, back = (image.after, image.before) if is_undo else (image.before, image.after)
    current = outbox.entry_of(work, SyncEntity(entity), record_id)
    if current == (dict(left) if left is not None else None):
        (put_back if is_undo else put_again)(work.raw, image)
        return False
    if not _exists(work, entity, record_id):
        work.derive("DELETE FROM outbox_entry WHERE entity = ? AND record_id = ?", (entity, record_id), told=OUTBOX)
        return False
    if back is None and left is not None and current is None and not is_undo:
        return False  # redo of a drop that the sync has overtaken
    outbox.mark(work, SyncEntity(entity), record_id)
    return True


def _exists(work: "Work", entity: str, record_id: int) -> bool:
    return work.row(f"SELECT 1 FROM {entity} WHERE id = ?", (record_id,)) is not None
