"""The daily call queue as a screen or a terminal shows it: what is due at its minute, then today's order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from callstation.calling.clock_words import time_words
from callstation.calling.open_hours import HOURS_SLOT, default_rules, open_now
from callstation.calling.queue_words import Chip, chip_of, status_of
from callstation.settings import Settings
from db.vocabulary import ClosingStep

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

MARKS = "FROM closing_mark m WHERE m.renewal_id = r.id"
TO_CLOSE = f"""
    CASE t.renewal_count WHEN 0 THEN (
        SELECT coalesce((SELECT group_concat(m.step) {MARKS}), '') FROM renewal r
        WHERE r.target_id = t.id AND r.stage = 'won' AND (SELECT count(*) {MARKS}) < {len(ClosingStep)}
        ORDER BY r.closed_at DESC LIMIT 1) END"""
"""The closing steps done for the contract won last, where that is all there is left to do; else nothing."""
COLUMNS = f"""t.id, t.account_id, a.name, c.name, t.amount, t.currency, t.next_expiry_on, t.state, t.due_at, t.due_kind,
    t.stage, t.attempts, t.last_disposition, t.score, t.rank, t.renewal_count, t.missed_in_a_row, t.hours_key,
    {TO_CLOSE}"""
FROM = "FROM call_target t JOIN account a ON a.id = t.account_id LEFT JOIN contact c ON c.id = t.contact_id"
MEMBER = "AND EXISTS (SELECT 1 FROM campaign_member m WHERE m.campaign_id = {campaign} AND m.target_id = t.id)"

OF_MEMBERS = f"FROM campaign_member m CROSS JOIN call_target t ON t.id = m.target_id {FROM.split(' t ', 1)[1]}"
FEW_MEMBERS = 5000
"""Up to so many, a campaign's rows are found from its members; the order of the day would be walked to its end."""

AGREED_GRACE = 30 * 60_000_000
"""Microseconds after its minute for which a callback may ring outside their hours, because they asked for it."""


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
    @property
    def each(self) -> Callable[..., Iterator[tuple[Any, ...]]]: ...


class QueueRow(NamedTuple):
    """One call target in the queue. ``section`` is "due", "next" or "later" (outside their hours now).

    A named tuple, for fifty are made at every look and it is built in a fifth of a frozen dataclass's time.
    """

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


class QueuePage(NamedTuple):
    """The head of the queue, in order."""

    due: tuple[QueueRow, ...]
    next: tuple[QueueRow, ...]
    later: tuple[QueueRow, ...]

    @property
    def rows(self) -> tuple[QueueRow, ...]:
        return self.due + self.next + self.later


class QueueCounts(NamedTuple):
    """How many stand on each tab."""

    due: int
    to_call: int
    callbacks: int
    done: int


def page(work: Reading, *, campaign_id: int | None = None, limit: int = 50) -> QueuePage:
    """The first ``limit`` call targets: timed ones within the look-ahead, then the untimed in their stored order.

    Those whose hours have not opened or are over come last, marked "later", as far as there is room.
    """
    now, (source, member) = _micros(work.now), _source(work, campaign_id)
    ahead = now + work.settings.look_ahead_min * 60_000_000
    due = work.rows(
        f"SELECT {COLUMNS} {source} WHERE t.state = 'timed' AND t.due_at <= ? {member} "
        "ORDER BY t.due_at, t.rank LIMIT ?",
        (ahead, limit),
    )
    shut = _shut(work)
    # An agreed minute stands whatever the hour; once it has long passed, their hours bind again.
    asleep = [row for row in due if row[8] < now - AGREED_GRACE and shut(row)]
    due = [row for row in due if row not in asleep]
    left = max(limit - len(due), 0)
    woken = work.rows(
        f"SELECT {COLUMNS} {source} WHERE t.state = 'resting' AND t.due_at <= ? {member} ORDER BY t.rank, t.id", (now,)
    )
    of_ready = f"SELECT {COLUMNS} {source} WHERE t.state = 'ready' {member}"
    ready, is_enough = _walk(work, of_ready, left, shut)
    later: list[tuple[Any, ...]] = []
    if not is_enough:  # most are shut: let the index leave them out
        closed = tuple(key for key in _hours_keys(work) if shut(key))
        marks = ", ".join("?" * len(closed))
        ready = _ready(work, f"{of_ready} AND t.hours_key NOT IN ({marks})", closed, left)
        if len(ready) < left:
            later = _ready(work, f"{of_ready} AND t.hours_key IN ({marks})", closed, left)
    both = _in_order(ready, (row for row in woken if not shut(row)))[:left]
    later = _in_order(later, (row for row in woken if shut(row)))[: left - len(both)]
    return QueuePage(
        tuple(row_of(work, row, "due") for row in due),
        tuple(row_of(work, row, "next") for row in both),
        tuple(row_of(work, row, "later") for row in [*asleep, *later][: left - len(both)]),
    )


def counts(work: Reading, *, campaign_id: int | None = None) -> QueueCounts:
    """The numbers on the tabs."""
    now, member = _micros(work.now), _member(campaign_id)
    ahead = now + work.settings.look_ahead_min * 60_000_000

    def count(condition: str, *values: Any) -> int:
        found: int = work.rows(f"SELECT count(*) FROM call_target t WHERE {condition} {member}", values)[0][0]
        return found

    due = count("t.state = 'timed' AND t.due_at <= ?", ahead)
    ready = count("t.state = 'ready'") if campaign_id is None else _ready_members(work, campaign_id)
    return QueueCounts(
        due,
        due + ready + count("t.state = 'resting' AND t.due_at <= ?", now),
        count("t.state = 'timed'"),
        count("t.called_on = ?", work.today.isoformat()),
    )


def _ready_members(work: Reading, campaign_id: int) -> int:
    """Counted from the members, who are fewer than all who are ready."""
    found: int = work.rows(
        "SELECT count(*) FROM campaign_member m CROSS JOIN call_target t ON t.id = m.target_id "
        "WHERE m.campaign_id = ? AND t.state = 'ready'",
        (campaign_id,),
    )[0][0]
    return found


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


def _ready(work: Reading, select: str, keys: Sequence[str], limit: int) -> list[tuple[Any, ...]]:
    return work.rows(f"{select} ORDER BY t.rank, t.id LIMIT ?", (*keys, limit))


def _walk(work: Reading, select: str, limit: int, shut: Callable[[Any], bool]) -> tuple[list[tuple[Any, ...]], bool]:
    """The first open ones in their order, row by row; and whether the walk found enough before it grew long."""
    found: list[tuple[Any, ...]] = []
    passed = 0
    for row in work.each(f"{select} ORDER BY t.rank, t.id"):
        if len(found) == limit:
            return found, True
        if shut(row):
            passed += 1
            if passed > 4 * limit:
                return found, False
        else:
            found.append(row)
    return found, len(found) == limit or not passed


def _in_order(ready: list[tuple[Any, ...]], woken: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Those whose wait is over, among those who are ready, each at their place of the day."""
    return sorted([*ready, *woken], key=lambda row: (row[14], row[0]))


def _shut(work: Reading) -> Callable[[Any], bool]:
    """Whether a row or an hours key is known to be shut now; an unknown one stays, for the gate asks for a reason."""
    slot = int(work.now.timestamp()) // HOURS_SLOT
    return lambda row: _is_shut(row if isinstance(row, str) else row[17], slot)


@lru_cache(maxsize=65536)
def _is_shut(hours_key: str, slot: int) -> bool:
    state = open_now(hours_key, EPOCH + timedelta(seconds=slot * HOURS_SLOT), default_rules())
    return state.is_known and not state.is_open


def _hours_keys(work: Reading) -> tuple[str, ...]:
    """Each distinct hours key once, by hops along its index instead of a walk over every row."""
    found = work.rows(
        """WITH RECURSIVE hop (key) AS (
               SELECT min(hours_key) FROM call_target
               UNION ALL SELECT (SELECT min(hours_key) FROM call_target WHERE hours_key > hop.key) FROM hop
               WHERE hop.key IS NOT NULL)
           SELECT key FROM hop WHERE key IS NOT NULL"""
    )
    return tuple([key for (key,) in found])


def _source(work: Reading, campaign_id: int | None) -> tuple[str, str]:
    """(FROM, condition) for the targets of a campaign, by the way that is shorter; of the whole book without one."""
    if campaign_id is None:
        return FROM, ""
    few = "SELECT count(*) FROM (SELECT 1 FROM campaign_member WHERE campaign_id = ? LIMIT ?)"
    if work.rows(few, (campaign_id, FEW_MEMBERS + 1))[0][0] > FEW_MEMBERS:
        return FROM, _member(campaign_id)
    return OF_MEMBERS, f"AND m.campaign_id = {int(campaign_id)}"


def _member(campaign_id: int | None) -> str:
    return "" if campaign_id is None else MEMBER.format(campaign=int(campaign_id))


def row_of(work: Reading, row: tuple[Any, ...], section: str) -> QueueRow:
    """A row as stored, read for the screen; its section is given by where it was found."""
    days = _days(row[6], work.today) if row[6] else None
    due_at, clock, is_overdue = None, "", False
    if row[8] is not None:
        due_at = EPOCH + timedelta(microseconds=row[8])
        clock = time_words(due_at.astimezone(work.settings.zone), is_24_hour=work.settings.is_24_hour)
        is_overdue = due_at <= work.now
    return QueueRow(
        row[0], row[1], row[2], row[3] or "", None if row[4] is None else Decimal(row[4]).scaleb(-4), row[5] or "",
        days, section, due_at, chip_of(row[7], row[9], clock, is_overdue, days, row[10], row[18]),
        status_of(row[12], row[11], row[16]), row[13], row[14], row[15],
    )  # fmt: skip


@lru_cache(maxsize=4096)
def _days(expires_on: str, today: date) -> int:
    return (date.fromisoformat(expires_on) - today).days


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
