"""Callbacks and promises: what is owed at which minute, and moving, keeping or dropping it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from callstation.calling.clock_words import near_day_words, time_words
from callstation.calling.open_hours import read_hours_key
from callstation.calling.phones import show_number
from callstation.calling.targets import settle
from callstation.errors import UserError
from callstation.sync.outbox import mark
from callstation.work import Work
from db.nouns import Activity, Callback
from db.stored import from_micros
from db.vocabulary import ActivityKind, CallbackKind, CallbackStatus, SyncEntity

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class CallbackRow:
    """One thing that is owed."""

    callback_id: int
    target_id: int
    kind: CallbackKind
    due_at: datetime
    their_at: datetime | None
    """The same moment in their zone; None where no zone is known."""
    is_overdue: bool
    account_id: int
    account: str
    contact: str
    number: str
    """As it is shown; "" where there is none."""
    note: str


@dataclass(frozen=True, slots=True)
class _Owed:
    target_id: int
    kind: CallbackKind
    account: str


def open_callbacks(work: Work, *, limit: int = MOST_ROWS) -> list[CallbackRow]:
    """Everything owed, the next to fall due first; nothing overdue ever drops off."""
    rows = work.rows(
        "SELECT b.id, b.target_id, b.kind, b.due_at, b.their_zone, a.time_zone, t.hours_key, t.account_id, a.name, "
        "c.name, p.e164, b.note FROM callback b JOIN call_target t ON t.id = b.target_id "
        "JOIN account a ON a.id = t.account_id LEFT JOIN contact c ON c.id = t.contact_id "
        "LEFT JOIN phone p ON p.id = t.phone_id WHERE b.status = 'open' ORDER BY b.due_at, b.id LIMIT ?",
        (limit,),
    )
    return [_row(work, row) for row in rows]


def add(
    work: Work, target_id: int, due_at: datetime, *, note: str = "", kind: CallbackKind = CallbackKind.CALLBACK
) -> int:
    """Owe a callback or keep a promise in mind (``due_at`` aware, ahead of now); returns its id.

    It stands on the timeline as a note with its minute.
    """
    _check_ahead(work, due_at)
    found = work.row(
        "SELECT t.account_id, t.contact_id, a.name, a.time_zone, t.hours_key FROM call_target t "
        "JOIN account a ON a.id = t.account_id WHERE t.id = ?",
        (target_id,),
    )
    if found is None:
        raise UserError(
            "This account is no longer in the queue.", f"There is no call target {target_id}.", "Reload the queue."
        )
    account_id, contact_id, account, own_zone, hours_key = found
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.NOTE, target_id=target_id, account_id=account_id,
        contact_id=contact_id, happened_at=work.now, happened_on=work.today, note=note, next_at=due_at,
    )  # fmt: skip
    callback_id = work.insert(
        Callback, uid=uuid4().hex, kind=kind, status=CallbackStatus.OPEN, target_id=target_id, activity_id=activity_id,
        due_at=due_at, their_zone=_zone(None, own_zone, hours_key), note=note,
    )  # fmt: skip
    mark(work, SyncEntity.ACTIVITY, activity_id)
    _followed(work, callback_id, target_id)
    work.journal.label = f"Set a {kind.value} for {account}, {_when(work, due_at)}"
    return callback_id


def reschedule(work: Work, callback_id: int, due_at: datetime) -> None:
    """Move what is owed to another moment (aware, ahead of now)."""
    _check_ahead(work, due_at)
    owed = _open(work, callback_id)
    work.update(Callback, callback_id, due_at=due_at)
    _followed(work, callback_id, owed.target_id)
    work.journal.label = f"Moved the {owed.kind.value} for {owed.account} to {_when(work, due_at)}"


def complete(work: Work, callback_id: int) -> None:
    """It has been kept."""
    _close(work, callback_id, CallbackStatus.DONE, "Kept")


def cancel(work: Work, callback_id: int) -> None:
    """It is no longer owed."""
    _close(work, callback_id, CallbackStatus.CANCELLED, "Cancelled")


def _close(work: Work, callback_id: int, status: CallbackStatus, word: str) -> None:
    owed = _open(work, callback_id)
    work.update(Callback, callback_id, status=status, closed_at=work.now)
    _followed(work, callback_id, owed.target_id)
    work.journal.label = f"{word} the {owed.kind.value} for {owed.account}"


def _followed(work: Work, callback_id: int, target_id: int) -> None:
    mark(work, SyncEntity.CALLBACK, callback_id)
    settle(work, target_id)


def _open(work: Work, callback_id: int) -> _Owed:
    found = work.row(
        "SELECT b.target_id, b.kind, a.name, b.status FROM callback b JOIN call_target t ON t.id = b.target_id "
        "JOIN account a ON a.id = t.account_id WHERE b.id = ?",
        (callback_id,),
    )
    if found is None or found[3] != CallbackStatus.OPEN:
        raise UserError("This callback is closed already.", f"Callback {callback_id}.", "Reload the list.")
    return _Owed(found[0], CallbackKind(found[1]), found[2])


def _check_ahead(work: Work, due_at: datetime) -> None:
    if due_at <= work.now:
        raise UserError("That moment has passed.", f"{due_at.isoformat()} is before now.", "Pick a later one.")


def _zone(agreed: str | None, of_address: str | None, hours_key: str) -> str | None:
    """The IANA zone times are told in: the one agreed in, else the address's, else the number's first."""
    return agreed or of_address or next(iter(read_hours_key(hours_key)[2]), None)


def _when(work: Work, at: datetime) -> str:
    local = at.astimezone(work.settings.zone)
    return f"{near_day_words(local.date(), work.today)} {time_words(local, is_24_hour=work.settings.is_24_hour)}"


def _row(work: Work, row: tuple[Any, ...]) -> CallbackRow:
    callback_id, target_id, kind, due, agreed, of_address, hours_key, account_id, account, contact, e164, note = row
    due_at, zone = from_micros(due), _zone(agreed, of_address, hours_key)
    return CallbackRow(
        callback_id, target_id, CallbackKind(kind), due_at, due_at.astimezone(ZoneInfo(zone)) if zone else None,
        due_at < work.now, account_id, account, contact or "",
        show_number(e164, work.settings.home_region) if e164 else "", note,
    )  # fmt: skip
