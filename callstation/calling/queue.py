"""The daily call queue as a screen or a terminal shows it: what is due at its minute, then today's order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from callstation.calling.clock_words import time_words
from callstation.calling.open_hours import open_now
from callstation.calling.queue_words import Chip, chip_of, status_of
from callstation.calling.rules import calling_rules
from callstation.settings import Settings

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

COLUMNS = """t.id, t.account_id, a.name, c.name, t.amount, t.currency, t.next_expiry_on, t.state, t.due_at, t.due_kind,
    t.stage, t.attempts, t.last_disposition, t.score, t.rank, t.renewal_count, t.missed_in_a_row, t.hours_key"""
FROM = "FROM call_target t JOIN account a ON a.id = t.account_id LEFT JOIN contact c ON c.id = t.contact_id"
MEMBER = "AND EXISTS (SELECT 1 FROM campaign_member m WHERE m.campaign_id = {campaign} AND m.target_id = t.id)"


class Reading(Protocol):
    """The part of ``Work`` that the queue needs, so that the first rows can be read before SQLAlchemy is loaded."""

    @property
    def now(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def rows(self) -> Callable[..., list[tuple[Any, ...]]]: ...


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One call target in the queue. ``section`` is "due", "next" or "later" (outside their hours now)."""

    target_id: int
    account_id: int
    account: str
    contact: str
    amount: Decimal | None
    currency: str
    days: int | None
    """Days until the first contract ends; negative once it has."""
    section: str
    due_at: datetime | None
    chip: Chip | None
    status: str
    score: float
    rank: int
    contracts: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The head of the queue, in order."""

    due: tuple[QueueRow, ...]
    next: tuple[QueueRow, ...]
    later: tuple[QueueRow, ...]

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        return self.due + self.next + self.later


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many stand on each tab."""

    due: int
    to_call: int
    callbacks: int
    done: int


def page(work: Reading, *, campaign_id: int | None = None, limit: int = 50) -> QueuePage:
    """The first ``limit`` call targets: timed ones within the look-ahead, then the untimed in their stored order.

    Those whose hours have not opened or are over come last, marked "later". Nothing overdue is ever left out.
    """
    now, member = _micros(work.now), _member(campaign_id)
    ahead = now + work.settings.look_ahead_min * 60_000_000
    due = work.rows(
        f"SELECT {COLUMNS} {FROM} WHERE t.state = 'timed' AND t.due_at <= ? {member} ORDER BY t.due_at, t.rank LIMIT ?",
        (ahead, limit),
    )
    left = max(limit - len(due), 0)
    closed = _closed_now(work) if left else ()
    woken = work.rows(
        f"SELECT {COLUMNS} {FROM} WHERE t.state = 'resting' AND t.due_at <= ? {member} ORDER BY t.rank, t.id", (now,)
    )
    ready = _ready(work, closed, member, left, is_open_now=True)
    shut = frozenset(closed)
    both = sorted([*ready, *(row for row in woken if row[17] not in shut)], key=lambda row: (row[14], row[0]))[:left]
    later: Sequence[tuple[Any, ...]] = ()
    if len(both) < left and closed:
        later = sorted(
            [*_ready(work, closed, member, left, is_open_now=False), *(row for row in woken if row[17] in shut)],
            key=lambda row: (row[14], row[0]),
        )[: left - len(both)]
    return QueuePage(
        tuple(row_of(work, row, "due") for row in due),
        tuple(row_of(work, row, "next") for row in both),
        tuple(row_of(work, row, "later") for row in later),
    )


def counts(work: Reading, *, campaign_id: int | None = None) -> QueueCounts:
    """The numbers on the tabs."""
    now, member = _micros(work.now), _member(campaign_id)
    ahead = now + work.settings.look_ahead_min * 60_000_000

    def count(condition: str, *values: Any) -> int:
        found: int = work.rows(f"SELECT count(*) FROM call_target t WHERE {condition} {member}", values)[0][0]
        return found

    due = count("t.state = 'timed' AND t.due_at <= ?", ahead)
    return QueueCounts(
        due,
        due + count("t.state = 'ready'") + count("t.state = 'resting' AND t.due_at <= ?", now),
        count("t.state = 'timed'"),
        count("t.called_on = ?", work.today.isoformat()),
    )


def done_today(work: Reading, *, campaign_id: int | None = None, limit: int = 200) -> tuple[QueueRow, ...]:
    """Whom was called today, the latest first."""
    found = work.rows(
        f"SELECT {COLUMNS} {FROM} WHERE t.called_on = ? {_member(campaign_id)} ORDER BY t.last_called_at DESC LIMIT ?",
        (work.today.isoformat(), limit),
    )
    return tuple(row_of(work, row, "done") for row in found)


def timed(work: Reading, *, campaign_id: int | None = None, limit: int = 200) -> tuple[QueueRow, ...]:
    """Everyone with a minute of their own, the next first, however far away."""
    found = work.rows(
        f"SELECT {COLUMNS} {FROM} WHERE t.state = 'timed' {_member(campaign_id)} ORDER BY t.due_at, t.rank LIMIT ?",
        (limit,),
    )
    return tuple(row_of(work, row, "due") for row in found)


def _ready(
    work: Reading, closed: Sequence[str], member: str, limit: int, *, is_open_now: bool
) -> list[tuple[Any, ...]]:
    hours = f"AND t.hours_key {'NOT ' if is_open_now else ''}IN ({', '.join('?' * len(closed))})" if closed else ""
    return work.rows(
        f"SELECT {COLUMNS} {FROM} WHERE t.state = 'ready' {hours} {member} ORDER BY t.rank, t.id LIMIT ?",
        (*closed, limit),
    )


def _closed_now(work: Reading) -> tuple[str, ...]:
    """The hours keys that are known to be shut; an unknown one stays in the queue, where the gate asks for a reason."""
    rules = calling_rules()
    states = ((key, open_now(key, work.now, rules)) for key in _hours_keys(work))
    return tuple(key for key, state in states if state.is_known and not state.is_open)


def _hours_keys(work: Reading) -> list[str]:
    """Each distinct hours key once, by hops along its index instead of a walk over every row."""
    found = work.rows(
        """WITH RECURSIVE hop (key) AS (
               SELECT min(hours_key) FROM call_target
               UNION ALL SELECT (SELECT min(hours_key) FROM call_target WHERE hours_key > hop.key) FROM hop
               WHERE hop.key IS NOT NULL)
           SELECT key FROM hop WHERE key IS NOT NULL"""
    )
    return [key for (key,) in found]


def _member(campaign_id: int | None) -> str:
    return "" if campaign_id is None else MEMBER.format(campaign=int(campaign_id))


def row_of(work: Reading, row: tuple[Any, ...], section: str) -> QueueRow:
    """A row as stored, read for the screen; its section is given by where it was found."""
    expiry = date.fromisoformat(row[6]) if row[6] else None
    days = (expiry - work.today).days if expiry else None
    due_at = EPOCH + timedelta(microseconds=row[8]) if row[8] is not None else None
    local = due_at.astimezone(work.settings.zone) if due_at else None
    clock = time_words(local, is_24_hour=work.settings.is_24_hour) if local else ""
    chip = chip_of(
        state=row[7], due_kind=row[9], clock=clock, is_overdue=due_at is not None and due_at <= work.now,
        days=days, stage=row[10],
    )  # fmt: skip
    return QueueRow(
        row[0], row[1], row[2], row[3] or "", None if row[4] is None else Decimal(row[4]).scaleb(-4), row[5] or "",
        days, section, due_at, chip, status_of(row[12], row[11], row[16]), row[13], row[14], row[15],
    )  # fmt: skip


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
