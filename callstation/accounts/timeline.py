"""An account's timeline: calls with their outcomes, notes, callbacks, changes and imports, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from callstation.calling.outcomes import LOSS_REASONS, OUTCOMES
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import ActivityKind, CallbackKind, CallbackStatus, Disposition, LossReason

Place = tuple[int, int, int]
"""Where an entry stands: its moment in microseconds, its source, its id there. The key for reading on."""

_ACTIVITY, _CALLBACK, _CONTRACT, _ACCOUNT = 3, 2, 1, 0
_LAST: Place = (2**62, 9, 0)
_KIND_WORDS = {
    ActivityKind.CALL: "Call",
    ActivityKind.SKIP: "Skipped",
    ActivityKind.SNOOZE: "Snoozed",
    ActivityKind.NOTE: "Note",
    ActivityKind.EMAIL: "E-mail",
    ActivityKind.CONTACT_CHANGE: "Contact changed",
    ActivityKind.IMPORT: "Imported",
    ActivityKind.QUOTE: "Quote",
    ActivityKind.DOCUMENT: "Document",
    ActivityKind.CLOSING: "Closing",
    ActivityKind.PIPELINE: "Pipeline",
}
_SAID_BY_NOTE = (
    ActivityKind.CONTACT_CHANGE, ActivityKind.IMPORT, ActivityKind.QUOTE, ActivityKind.DOCUMENT, ActivityKind.CLOSING,
    ActivityKind.PIPELINE,
)  # fmt: skip
"""Kinds whose note is their title."""
_ACTIVITIES = """
    SELECT y.id, y.kind, y.happened_at, y.disposition, y.is_reached, y.duration_s, y.note, y.next_at, y.target_id,
           c.name, y.loss_reason, y.competitor
    FROM activity y LEFT JOIN contact c ON c.id = y.contact_id
    WHERE {source} AND (y.happened_at, y.id) < (?, ?) ORDER BY y.happened_at DESC, y.id DESC LIMIT ?"""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline. ``words`` is what was said or written, "" where ``title`` says it all."""

    kind: str
    """An ``ActivityKind``, or "callback" for one that was closed."""
    happened_at: datetime
    title: str
    words: str
    contact: str
    via: str
    """The partner through whose call this customer was spoken of; "" for the account's own."""
    target_id: int | None
    is_reached: bool
    duration_s: int
    next_at: datetime | None
    place: Place


def timeline(work: Work, account_id: int, *, before: Place | None = None, limit: int = 50) -> list[TimelineEntry]:
    """The newest ``limit`` entries, or those older than ``before`` (the ``place`` of the last one shown).

    Calls to a partner who covers this customer's contracts stand here too, with the partner's name in ``via``.
    """
    start = before or _LAST
    sources = [
        _activities(work, "y.account_id = ?", account_id, "", start, limit),
        _callbacks(work, account_id, start, limit),
        _added(work, account_id, start),
    ]
    for target_id, partner in work.rows(
        "SELECT DISTINCT t.id, a.name FROM renewal r JOIN call_target t ON t.id = r.target_id "
        "JOIN account a ON a.id = t.account_id WHERE r.account_id = ? AND t.account_id <> ?",
        (account_id, account_id),
    ):
        sources.append(_activities(work, "y.target_id = ?", target_id, partner, start, limit))
    entries = merge(*sources, key=lambda entry: entry.place, reverse=True)
    return list(islice(entries, limit))


def _activities(work: Work, source: str, value: int, via: str, start: Place, limit: int) -> list[TimelineEntry]:
    moment, rank, last_id = start
    bound = last_id if rank == _ACTIVITY else 2**62 if rank > _ACTIVITY else 0
    rows = work.rows(_ACTIVITIES.format(source=source), (value, moment, bound, limit))
    return [_entry(row, via) for row in rows]


def _entry(row: tuple[Any, ...], via: str) -> TimelineEntry:
    activity_id, kind, at, disposition, is_reached, duration, note, next_at, target_id, contact, reason, competitor = (
        row
    )
    title = OUTCOMES[Disposition(disposition)].label if disposition else _KIND_WORDS[ActivityKind(kind)]
    if kind in _SAID_BY_NOTE and note:
        title, note = note, ""
    if reason:
        title = f"{title}: {LOSS_REASONS[LossReason(reason)].lower()}{f' ({competitor})' if competitor else ''}"
    return TimelineEntry(
        kind, from_micros(at), title, note, contact or "", via, target_id, bool(is_reached), duration,
        None if next_at is None else from_micros(next_at), (at, _ACTIVITY, activity_id),
    )  # fmt: skip


def _callbacks(work: Work, account_id: int, start: Place, limit: int) -> list[TimelineEntry]:
    """Callbacks and promises that were closed; that one was made stands in the entry of its call."""
    rows = work.rows(
        "SELECT b.id, b.kind, b.status, b.closed_at, b.target_id, c.name FROM call_target t "
        "JOIN callback b ON b.target_id = t.id LEFT JOIN contact c ON c.id = t.contact_id "
        "WHERE t.account_id = ? AND b.closed_at <= ? ORDER BY b.closed_at DESC, b.id DESC LIMIT ?",
        (account_id, start[0], limit + 1),
    )
    entries = []
    for callback_id, kind, status, at, target_id, contact in rows:
        title = f"{'Promise' if kind == CallbackKind.PROMISE else 'Callback'} "
        title += "cancelled" if status == CallbackStatus.CANCELLED else "kept"
        place = (at, _CALLBACK, callback_id)
        if place < start:
            entries.append(_plain("callback", title, place, contact or "", target_id))
    return entries


def _added(work: Work, account_id: int, start: Place) -> list[TimelineEntry]:
    """When its contracts came into the book, one line a moment, and the account itself."""
    entries = []
    for at, count, number in work.rows(
        "SELECT created_at, count(*), min(number) FROM contract WHERE account_id = ? GROUP BY created_at", (account_id,)
    ):
        title = f"Contract {number} added" if count == 1 else f"{count} contracts added"
        entries.append(_plain(ActivityKind.IMPORT.value, title, (at, _CONTRACT, 0)))
    for (at,) in work.rows("SELECT created_at FROM account WHERE id = ?", (account_id,)):
        entries.append(_plain(ActivityKind.IMPORT.value, "Account added", (at, _ACCOUNT, 0)))
    return sorted((entry for entry in entries if entry.place < start), key=lambda entry: entry.place, reverse=True)


def _plain(kind: str, title: str, place: Place, contact: str = "", target_id: int | None = None) -> TimelineEntry:
    return TimelineEntry(kind, from_micros(place[0]), title, "", contact, "", target_id, False, 0, None, place)
