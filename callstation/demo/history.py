"""Years of calls before today, callbacks that fall due around now, and numbers that must not be rung."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from callstation.demo.stories import Story, make_stories
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import ClosingStep

DAY = 86_400_000_000
YEARS_DAYS = 1100
MOST_PER_TARGET = 250

ACTIVITY_COLUMNS = (
    "id, uid, kind, target_id, account_id, contact_id, phone_id, renewal_id, happened_at, happened_on, disposition, "
    "is_reached, duration_s, note"
)
CALLBACK_COLUMNS = "id, uid, kind, status, target_id, activity_id, due_at, their_zone, note"


@dataclass(slots=True)
class _Target:
    id: int
    account_id: int
    contact_id: int | None
    phone_id: int | None
    offset_h: float
    renewals: list[tuple[int, int]] = field(default_factory=list)
    """(renewal id, days until it is due)."""


@dataclass(slots=True)
class Tallies:
    """What the history means for numbers, targets and renewals, as rows for UPDATE with the id last."""

    phones: dict[int, list[int]] = field(default_factory=dict)
    """Phone id to attempts, connects, last attempt, last connect."""
    targets: list[tuple[Any, ...]] = field(default_factory=list)
    renewals: list[tuple[int, int]] = field(default_factory=list)
    made: int = 0


def read_targets(work: Work, offsets: dict[str, float]) -> list[_Target]:
    """Every call target with its open renewals; ``offsets`` is hours to UTC by zone name."""
    found = {
        row[0]: _Target(row[0], row[1], row[2], row[3], offsets[row[4]])
        for row in work.rows(
            "SELECT t.id, t.account_id, t.contact_id, t.phone_id, a.time_zone FROM call_target t "
            "JOIN account a ON a.id = t.account_id ORDER BY t.id"
        )
    }
    today = work.today.toordinal()
    for target_id, renewal_id, due_on in work.rows(
        "SELECT target_id, id, due_on FROM renewal WHERE target_id IS NOT NULL AND closed_at IS NULL ORDER BY id"
    ):
        found[target_id].renewals.append((renewal_id, date.fromisoformat(due_on).toordinal() - today))
    return list(found.values())


def history_rows(
    rng: random.Random, targets: list[_Target], today: date, per_renewal: int, uid: Callable[[str, int], str],
    tallies: Tallies,
) -> Iterator[tuple[Any, ...]]:  # fmt: skip
    """Activity rows in the order of time within each target, counted into ``tallies`` on the way."""
    stories = make_stories(rng, 6000)
    missed = Story("call", "no_answer", False, 31, "")
    midnight = to_micros(datetime.combine(today, time(), UTC))
    weekday = today.weekday()
    to_working_day = [ago + max(0, (weekday - ago) % 7 - 4) for ago in range(YEARS_DAYS + 1)]
    day_names = [(today - timedelta(days=ago)).isoformat() for ago in range(YEARS_DAYS + 3)]
    dice, last_story = rng.random, len(stories)
    for target in targets:
        renewals = target.renewals
        count = min(MOST_PER_TARGET, int(len(renewals) * per_renewal * 2 * dice() + 0.5)) if renewals else 0
        is_leech = dice() < 0.02
        events = []
        for _ in range(count):
            ago, renewal_id = _days_ago(dice, renewals[int(dice() * len(renewals))])
            events.append((to_working_day[ago], renewal_id, stories[int(dice() * last_story)]))
        if is_leech and count:  # a number that has not been answered for long
            events = [event for event in events if event[0] > 48]
            events += [(to_working_day[ago], renewals[0][0], missed) for ago in range(44, 4, -4)]
        morning = midnight + int((9 - target.offset_h) * 3_600_000_000)
        timed = sorted((morning - event[0] * DAY + int(8 * dice() * 3_600_000_000), *event) for event in events)
        attempts = connects = missed_in_a_row = last_call = last_reached = 0
        last_disposition = None
        for at, ago, renewal_id, story in timed:
            tallies.made += 1
            yield (
                tallies.made, uid("v", tallies.made), story.kind, target.id, target.account_id, target.contact_id,
                target.phone_id if story.kind == "call" else None, renewal_id, at, day_names[ago],
                story.disposition or None,
                int(story.is_reached), story.duration_s, story.note,
            )  # fmt: skip
            if story.kind == "call":
                attempts += 1
                last_call, last_disposition = at, story.disposition
                if story.is_reached:
                    connects, last_reached, missed_in_a_row = connects + 1, at, 0
                    tallies.renewals.append((at, renewal_id))
                else:
                    missed_in_a_row += 1
        if attempts:
            tallies.targets.append(
                (attempts, missed_in_a_row, last_disposition, last_call, last_reached or None, target.id)
            )
            if target.phone_id is not None:
                known = tallies.phones.setdefault(target.phone_id, [0, 0, 0, 0])
                known[0] += attempts
                known[1] += connects
                known[2], known[3] = max(known[2], last_call), max(known[3], last_reached)


def write_tallies(work: Work, tallies: Tallies) -> None:
    """Bring numbers, targets and renewals in step with the history."""
    raw = work.raw
    raw.executemany(
        "UPDATE phone SET attempts = ?, connects = ?, last_attempt_at = ?, last_connect_at = ?, status = ? "
        "WHERE id = ?",
        (
            (a, c, at, got or None, "working" if c else "untried", phone)
            for phone, (a, c, at, got) in tallies.phones.items()
        ),
    )
    raw.executemany(
        "UPDATE call_target SET attempts = ?, missed_in_a_row = ?, last_disposition = ?, last_called_at = ?, "
        "last_reached_at = ? WHERE id = ?",
        tallies.targets,
    )
    raw.executemany("UPDATE renewal SET last_contact_at = ? WHERE id = ?", tallies.renewals)


def callback_rows(
    rng: random.Random, work: Work, targets: list[_Target], count: int, uid: Callable[[str, int], str]
) -> Iterator[tuple[Any, ...]]:
    """Callbacks at quarters of an hour: a few late, half of them today, the rest in the coming days."""
    open_ones = [target for target in targets if target.phone_id is not None and target.renewals]
    zones = dict(work.rows("SELECT t.id, a.time_zone FROM call_target t JOIN account a ON a.id = t.account_id"))
    quarter = 900_000_000
    now = to_micros(work.now) // quarter * quarter
    for callback_id, target in enumerate(rng.sample(open_ones, min(count, len(open_ones))), start=1):
        dice = rng.random()
        if dice < 0.1:
            due_at = now - rng.randrange(1, 3) * DAY
        elif dice < 0.55:
            due_at = now + rng.randrange(-2, 24) * quarter
        else:
            due_at = now + rng.randrange(1, 6) * DAY + rng.randrange(-4, 8) * quarter
        kind = "promise" if rng.random() < 0.2 else "callback"
        note = "Send the quote we talked about." if kind == "promise" else rng.choice(_CALLBACK_NOTES)
        yield callback_id, uid("b", callback_id), kind, "open", target.id, None, due_at, zones[target.id], note


_CALLBACK_NOTES = (
    "Asked me to ring back.", "Has the board's answer by then.", "Wants to talk about a two-year term.",
    "Back from holiday.", "After their budget meeting.",
)  # fmt: skip


def block_some(rng: random.Random, work: Work, share: float = 0.006) -> int:
    """Flag a few numbers as do-not-call, each with its evidence; how many."""
    phone_ids = [phone_id for (phone_id,) in work.rows("SELECT id FROM phone ORDER BY id")]
    chosen = rng.sample(phone_ids, round(len(phone_ids) * share))
    asked_at = to_micros(work.now) - 90 * DAY
    evidence = f"Asked on a call, {(work.today - timedelta(days=90)).isoformat()}"
    work.raw.executemany(
        "UPDATE phone SET is_do_not_call = 1, do_not_call_at = ?, do_not_call_evidence = ? WHERE id = ?",
        [(asked_at, evidence, phone_id) for phone_id in chosen],
    )
    return len(chosen)


def _days_ago(dice: Callable[[], float], renewal: tuple[int, int]) -> tuple[int, int]:
    """(days ago, renewal id): mostly in the four months before this year's or an earlier year's end date."""
    renewal_id, days_left = renewal
    if dice() < 0.7:
        ago = int(120 * dice()) - days_left + 365 * int(3 * dice())
        if 1 <= ago <= YEARS_DAYS:
            return ago, renewal_id
    return 1 + int((YEARS_DAYS - 1) * dice()), renewal_id


def close_won(work: Work) -> None:
    """Tick off the closing steps of what was won: all of them, but for the last three weeks' the first few."""
    steps = ", ".join(f"('{step.value}', {place})" for place, step in enumerate(ClosingStep))
    work.raw.execute(
        f"""WITH steps(step, place) AS (VALUES {steps})
            INSERT INTO closing_mark (renewal_id, step, done_at, words)
            SELECT r.id, step, r.closed_at, iif(step = 'order_number', printf('PO-%06d', r.id), '')
            FROM renewal r CROSS JOIN steps WHERE r.stage = 'won' AND (r.closed_at < ? OR place <= r.id % 4)""",
        (to_micros(work.now) - 21 * DAY,),
    )
