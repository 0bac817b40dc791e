"""The cadence: which touches a contract gets before and after its end, and where each step of them stands today.

Nothing of it is stored. The plan follows from the end date, the table ``resources/rules/cadence.json`` and what was
done; a step that is skipped, moved or paused stays a row with its reason, and every pause has a wake-up date.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from callstation.calling.clock_words import day_words
from db.vocabulary import Channel, RenewalStage, StepStatus

_EARLY = timedelta(days=6)  # a touch this long before a step's day still counts as that step
_WRITTEN = (Channel.EMAIL, Channel.LETTER)


class CadencePath(StrEnum):
    """Which column of the cadence a contract follows."""

    DIRECT = "direct"
    DIRECT_SMALL = "direct_small"
    VIA_PARTNER = "via_partner"


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step of the table: ``offset`` days from the contract's end or the win; ``is_daily`` steps rest on free days."""

    key: str
    offset: int
    channel: Channel
    name: str
    is_daily: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class CadenceTable:
    """The whole cadence, dated."""

    version: str
    as_of: str
    paths: Mapping[CadencePath, tuple[StepRule, ...]]
    after_win: Mapping[CadencePath, tuple[StepRule, ...]]


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that was done for the contract on the rep's date: a call, or (``is_written``) an e-mail or letter."""

    on: date
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What else decides the plan.

    ``ended_on`` is the day the contract was won or lost; ``callback_on`` the day of an open callback; ``known_since``
    the day the contract came into the book, before which nobody could have called.
    """

    stage: RenewalStage = RenewalStage.NOT_STARTED
    touches: Sequence[Touch] = ()
    callback_on: date | None = None
    has_email: bool = True
    is_do_not_call: bool = False
    is_renewing_via_partner: bool = False
    ended_on: date | None = None
    known_since: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the plan. ``planned_on`` as the table says, ``due_on`` after shifting; ``reason`` "" only if on plan."""

    key: str
    name: str
    channel: Channel
    planned_on: date
    due_on: date
    status: StepStatus
    reason: str = ""
    wakes_on: date | None = None
    done_on: date | None = None


def load_cadence(text: str) -> CadenceTable:
    """Read ``resources/rules/cadence.json``."""
    doc = json.loads(text)

    def rules(group: str) -> dict[CadencePath, tuple[StepRule, ...]]:
        return {
            CadencePath(path): tuple(
                StepRule(row["key"], row["offset"], Channel(row["channel"]), row["name"], row.get("is_daily", False))
                for row in rows
            )
            for path, rows in doc[group].items()
        }

    return CadenceTable(doc["version"], doc["as_of"], rules("paths"), rules("after_win"))


def plan(
    expires_on: date, path: CadencePath, *, table: CadenceTable, today: date, standing: Standing,
    is_working_day: Callable[[date], bool],
) -> list[Step]:  # fmt: skip
    """Every step of a contract's cadence with its status today, in the order of the days they are due."""
    steps = _laid_out(table.paths[path], expires_on, standing, is_working_day)
    if standing.stage is RenewalStage.WON and standing.ended_on is not None:
        steps += _laid_out(table.after_win[path], standing.ended_on, standing, is_working_day)
    steps.sort(key=lambda step: step.due_on)
    for is_written in (False, True):
        _mark_done(steps, [touch.on for touch in standing.touches if touch.is_written is is_written], is_written, today)
    return [_settled(step, today, standing, is_working_day) for step in steps]


def touch_debt(steps: Sequence[Step], year: int) -> int:
    """Planned minus done of one year so far: its steps that are due or missed."""
    return sum(step.due_on.year == year and step.status in (StepStatus.DUE, StepStatus.MISSED) for step in steps)


def touches_planned(expires_on: date, path: CadencePath, *, table: CadenceTable, since: date, today: date) -> int:
    """How many steps the table plans from ``since`` to ``today``, unshifted: the quick count for a whole book."""
    first, last = (since - expires_on).days, (today - expires_on).days
    return sum(first <= rule.offset <= last for rule in table.paths[path])


def _laid_out(
    rules: Sequence[StepRule], counted_from: date, standing: Standing, is_working_day: Callable[[date], bool]
) -> list[Step]:
    """The rules as steps on working days, at most one a day."""
    steps: list[Step] = []
    taken: set[date] = set()
    for rule in rules:
        planned_on = due_on = counted_from + timedelta(days=rule.offset)
        channel, why = rule.channel, []
        if channel is Channel.EMAIL and not standing.has_email:
            channel = Channel.CALL
            why.append("No e-mail address, so a call.")
        if rule.is_daily and not is_working_day(due_on):
            steps.append(Step(rule.key, rule.name, channel, due_on, due_on, StepStatus.SKIPPED, "Not a working day."))
            continue
        while due_on in taken or not is_working_day(due_on):
            due_on += timedelta(days=1)
        if due_on != planned_on:
            crowd = "no working day" if not is_working_day(planned_on) else "one step a day"
            why.append(f"Moved from {day_words(planned_on)}: {crowd}.")
        taken.add(due_on)
        status = StepStatus.MOVED if why else StepStatus.PLANNED
        steps.append(Step(rule.key, rule.name, channel, planned_on, due_on, status, " ".join(why)))
    return steps


def _mark_done(steps: list[Step], touched_on: Sequence[date], is_written: bool, today: date) -> None:
    """Give each touch to the step it belongs to, and call missed what the next step has overtaken.

    A step's time runs from six days before its day (but after the step before it) to the opening of the next one.
    """
    mine = [
        place for place, step in enumerate(steps)
        if (step.channel in _WRITTEN) is is_written and step.status is not StepStatus.SKIPPED
    ]  # fmt: skip
    opens = []
    for index, place in enumerate(mine):
        early = steps[place].due_on - _EARLY
        opens.append(max(early, steps[mine[index - 1]].due_on + timedelta(days=1)) if index else early)
    left = sorted(touched_on)
    for index, place in enumerate(mine):
        ends = opens[index + 1] if index + 1 < len(mine) else date.max
        done_on = next((on for on in left if opens[index] <= on < ends), None)
        if done_on is not None:
            left.remove(done_on)
            steps[place] = replace(steps[place], status=StepStatus.DONE, done_on=done_on)
        elif index + 1 < len(mine) and steps[mine[index + 1]].due_on <= today:
            missed = "Nothing was logged before the next step."
            steps[place] = replace(steps[place], status=StepStatus.MISSED, reason=missed)


def _settled(step: Step, today: date, standing: Standing, is_working_day: Callable[[date], bool]) -> Step:
    if step.status in (StepStatus.DONE, StepStatus.SKIPPED):
        return step
    if standing.known_since is not None and step.due_on < standing.known_since:
        since = day_words(standing.known_since)
        return replace(step, status=StepStatus.SKIPPED, reason=f"The contract came into the book on {since}.")
    end = _end(standing)
    if end and step.key != "won" and step.due_on >= (standing.ended_on or today):
        return replace(step, status=StepStatus.SKIPPED, reason=end)
    if standing.is_do_not_call and step.key == "won":
        return replace(step, status=StepStatus.SKIPPED, reason=end)
    if step.status is StepStatus.MISSED:
        return step
    if standing.callback_on is not None and step.due_on <= max(standing.callback_on, today):
        wakes_on = max(standing.callback_on, today)
        if standing.callback_on < today:
            wakes_on = next((day for day in _days_after(today) if is_working_day(day)), today + timedelta(days=1))
        why = f"Waits for the callback on {day_words(standing.callback_on)}."
        return replace(step, status=StepStatus.PAUSED, reason=why, wakes_on=wakes_on)
    return replace(step, status=StepStatus.DUE) if step.due_on <= today else step


def _end(standing: Standing) -> str:
    """Why all further steps are off, "" if they are on."""
    on = f" on {day_words(standing.ended_on)}" if standing.ended_on else ""
    if standing.is_do_not_call:
        return "Do not call."
    if standing.stage is RenewalStage.WON:
        return f"Won{on}."
    if standing.stage is RenewalStage.LOST:
        return f"Lost{on}."
    return "Renewing via the partner." if standing.is_renewing_via_partner else ""


def _days_after(day: date) -> list[date]:
    return [day + timedelta(days=ahead) for ahead in range(1, 31)]
