"""What the rep does with a call target: log what came of the call, skip it, snooze it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from callstation.calling.outcomes import OUTCOMES, Outcome, Reached
from callstation.calling.retry import NextAttempt, next_attempt
from callstation.calling.targets import day_starts_at, refresh_targets, settle
from callstation.calling.there import their_time
from callstation.errors import UserError
from callstation.sync.outbox import mark, mark_new
from callstation.work import Work
from db.base import from_micros
from db.models import Activity, Callback, CallTarget, Contact, NoteDraft, Phone, Renewal
from db.vocabulary import (
    ActivityKind,
    CallbackKind,
    CallbackStatus,
    Disposition,
    LossReason,
    NumberStatus,
    RenewalStage,
    SyncEntity,
    TargetState,
)

STAGE_ORDER = list(RenewalStage)
"""How far a stage is; an outcome moves a renewal forward only, unless it closes it or puts it at risk."""

TEN = time(10)

_FACTS = """
    SELECT t.account_id, t.contact_id, t.phone_id, a.name, t.attempts, t.missed_in_a_row, t.state, t.hours_key,
           p.status, p.attempts, p.connects, t.called_on
    FROM call_target t JOIN account a ON a.id = t.account_id LEFT JOIN phone p ON p.id = t.phone_id WHERE t.id = ?"""
_OPEN_RENEWALS = """
    SELECT id, stage, category, is_category_picked, due_on FROM renewal
    WHERE target_id = ? AND closed_at IS NULL ORDER BY due_on, id"""


@dataclass(frozen=True, slots=True)
class Logged:
    """What was written: the activity, and the sentence for the screen."""

    activity_id: int
    target_id: int
    account: str
    label: str
    next_at: datetime | None
    next_words: str


@dataclass(frozen=True, slots=True)
class _Target:
    id: int
    account_id: int
    contact_id: int | None
    phone_id: int | None
    account: str
    attempts: int
    missed_in_a_row: int
    state: str
    hours_key: str
    number_status: str | None
    number_attempts: int
    number_connects: int
    called_on: str | None


def log_outcome(
    work: Work,
    target_id: int,
    disposition: Disposition,
    *,
    note: str = "",
    duration_s: int = 0,
    at: datetime | None = None,
    loss_reason: LossReason | None = None,
    competitor: str | None = None,
    campaign_id: int | None = None,
    evidence: str | None = None,
    renewal_id: int | None = None,
    label: str = "",
) -> Logged:
    """Record what came of a call, and all that follows from it, in one undoable step.

    ``at`` is the agreed moment of a callback or promise (aware). ``renewal_id`` says which contract a final outcome
    closes; without it, the one that ends first. ``UserError`` where an outcome lacks what it needs.
    """
    outcome, target = OUTCOMES[disposition], _target(work, target_id)
    _check(outcome, at, loss_reason, work.now)
    renewals = work.rows(_OPEN_RENEWALS, (target_id,))
    lead = renewal_id if renewal_id is not None else (renewals[0][0] if renewals else None)
    note = note.strip() or (work.settings.voicemail_note if disposition is Disposition.LEFT_VOICEMAIL else "")
    following = next_for(work, outcome, target.hours_key, target.phone_id, at)
    next_at = _comes_back_at(work, outcome, target, following)
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.CALL, target_id=target_id, account_id=target.account_id,
        contact_id=target.contact_id, phone_id=target.phone_id, renewal_id=lead, campaign_id=campaign_id,
        happened_at=work.now, happened_on=work.today, disposition=disposition,
        is_reached=outcome.reached is Reached.YES, duration_s=duration_s, note=note, loss_reason=loss_reason,
        competitor=competitor, next_at=next_at, evidence=evidence,
    )  # fmt: skip
    mark_new(work, SyncEntity.ACTIVITY, activity_id)
    _count_attempt(work, target, outcome)
    stage = renewals[0][1] if renewals else None
    if outcome.reached is Reached.YES:
        stage = _move_renewals(work, outcome, renewals, lead, loss_reason, competitor)
    owed = _keep_promises(work, target, outcome, activity_id, next_at, note, is_last=len(renewals) <= 1)
    _place(work, target, outcome, next_at, stage, owed)
    if outcome.is_final or outcome.blocks_number or _changes_hands(outcome):
        if _changes_hands(outcome) or _closes(outcome):
            refresh_targets(work, [target.account_id])  # another number, person or contract comes first now
        settle(work, target_id)
    work.delete(NoteDraft, target_id)
    shown = label or outcome.label
    work.journal.label = f"Logged {shown} for {target.account}"
    return Logged(activity_id, target_id, target.account, shown, next_at, following.words)


def skip(work: Work, target_id: int, *, reason: str = "") -> None:
    """Pass over a target until tomorrow; the skip stands on the timeline."""
    tomorrow = day_starts_at(work, work.today + timedelta(days=1))
    _set_aside(work, target_id, ActivityKind.SKIP, tomorrow, reason, "Skipped")


def snooze(work: Work, target_id: int, until: datetime) -> None:
    """Set a target aside until a moment (aware); it comes back to the top at its minute."""
    if until <= work.now:
        raise UserError("That moment has passed.", f"{until.isoformat()} is before now.", "Pick a later one.")
    _set_aside(work, target_id, ActivityKind.SNOOZE, until, "", "Snoozed")


def next_for(
    work: Work, outcome: Outcome, hours_key: str, phone_id: int | None, agreed_at: datetime | None = None
) -> NextAttempt:
    """When this target comes back after an outcome, at the agreed moment or by default, and the words for it."""
    tried = work.rows(
        "SELECT happened_at, happened_on, disposition FROM activity WHERE phone_id = ? "
        "ORDER BY happened_at DESC LIMIT 6",
        (phone_id,),
    )
    today = work.today.isoformat()
    return next_attempt(
        outcome.disposition,
        now=work.now,
        there=their_time(work.settings, hours_key),
        agreed_at=agreed_at,
        tried_at=[from_micros(at) for at, _, _ in tried],
        busy_today=sum(kind == Disposition.BUSY and on == today for _, on, kind in tried),
        is_24_hour=work.settings.is_24_hour,
    )


def _target(work: Work, target_id: int) -> _Target:
    found = work.row(_FACTS, (target_id,))
    if found is None:
        raise UserError(
            "This account is no longer in the queue.", f"There is no call target {target_id}.", "Reload the queue."
        )
    return _Target(target_id, *found)


def _check(outcome: Outcome, at: datetime | None, loss_reason: LossReason | None, now: datetime) -> None:
    if outcome.disposition is Disposition.CALLBACK_AGREED and at is None:
        raise UserError("A callback needs a time.", "", 'Give one, such as "tomorrow 3pm".')
    if at is not None and at <= now:
        raise UserError("That moment has passed.", f"{at.isoformat()} is before now.", "Pick a later one.")
    if outcome.disposition is Disposition.NOT_RENEWING and loss_reason is None:
        raise UserError("A declined renewal needs a reason.", "", "Pick one, such as price or budget.")


def _count_attempt(work: Work, target: _Target, outcome: Outcome) -> None:
    """What the call taught about the number (and, for do not call, the person)."""
    if target.phone_id is None:
        return
    is_talked = outcome.reached is not Reached.NO
    values: dict[str, Any] = {
        "attempts": target.number_attempts + (1 if outcome.counts_attempt else 0),
        "last_attempt_at": work.now,
    }
    if is_talked:
        values |= {"connects": target.number_connects + 1, "last_connect_at": work.now}
    status = outcome.number_status or (NumberStatus.WORKING if outcome.reached is Reached.YES else None)
    if status is not None and not (status is NumberStatus.WORKING and target.number_status == NumberStatus.MAIN_LINE):
        values["status"] = status
    if outcome.blocks_number:
        evidence = f"Asked on a call, {work.now.isoformat(timespec='seconds')}"
        values |= {"is_do_not_call": True, "do_not_call_at": work.now, "do_not_call_evidence": evidence}
    work.update(Phone, target.phone_id, **values)
    if outcome.blocks_number or outcome.number_status is NumberStatus.DEAD:
        mark(work, SyncEntity.PHONE, target.phone_id)
    if target.contact_id is not None and (outcome.blocks_contact or outcome.deactivates_contact):
        changed = {"is_do_not_call": True} if outcome.blocks_contact else {"is_active": False}
        work.update(Contact, target.contact_id, **changed)
        mark(work, SyncEntity.CONTACT, target.contact_id)


def _move_renewals(
    work: Work, outcome: Outcome, renewals: list[tuple[Any, ...]], lead: int | None,
    loss_reason: LossReason | None, competitor: str | None,
) -> str | None:  # fmt: skip
    """A conversation touches every contract of the person; what closes, closes only the one in hand.

    The stage of the contract that ends first, as it is afterwards.
    """
    first = None
    for renewal_id, stage, _category, is_picked, _due_on in renewals:
        values: dict[str, Any] = {"last_contact_at": work.now}
        suggested = outcome.stage
        if suggested is not None and (renewal_id == lead if _closes(outcome) else _is_forward(stage, suggested)):
            values["stage"] = suggested
            if outcome.category is not None and not is_picked:
                values["category"] = outcome.category
            if _closes(outcome):
                values |= {"closed_at": work.now, "loss_reason": loss_reason, "competitor": competitor}
        work.update(Renewal, renewal_id, **values)
        mark(work, SyncEntity.RENEWAL, renewal_id)
        first = first or values.get("stage", stage)
    return first


def _closes(outcome: Outcome) -> bool:
    """Whether a contract is won or lost by it."""
    return outcome.stage in (RenewalStage.WON, RenewalStage.LOST)


def _changes_hands(outcome: Outcome) -> bool:
    """Whether somebody else, or another number, has to be called from now on."""
    return outcome.deactivates_contact or outcome.number_status is NumberStatus.DEAD


def _is_forward(stage: str, suggested: RenewalStage) -> bool:
    return suggested is RenewalStage.AT_RISK or STAGE_ORDER.index(RenewalStage(stage)) < STAGE_ORDER.index(suggested)


def _comes_back_at(work: Work, outcome: Outcome, target: _Target, following: NextAttempt) -> datetime | None:
    """What was agreed, else the default; a day without a minute means ten in their morning."""
    if following.at is not None:
        return following.at
    there = their_time(work.settings, target.hours_key)
    if following.on is not None:
        return there.at(following.on, TEN)
    if outcome.disposition is Disposition.RENEWING_VIA_PARTNER:  # whether the partner has ordered is ours to check
        return there.at(there.add_working_days(work.now.astimezone(there.zone).date(), 5), TEN)
    return None


def _keep_promises(
    work: Work, target: _Target, outcome: Outcome, activity_id: int, next_at: datetime | None, note: str, *,
    is_last: bool,
) -> tuple[datetime, str] | None:  # fmt: skip
    """A conversation keeps what was owed by now; no answer leaves it owed, at the next attempt.

    The moment and kind of what is still owed first, if anything.
    """
    is_kept = outcome.reached is Reached.YES or outcome.is_final
    ahead = work.now + timedelta(minutes=work.settings.look_ahead_min)
    owed: list[tuple[datetime, str]] = []
    for callback_id, due, kind in work.rows(
        "SELECT id, due_at, kind FROM callback WHERE target_id = ? AND status = 'open'", (target.id,)
    ):
        due_at = from_micros(due)
        if is_kept:
            work.update(Callback, callback_id, status=CallbackStatus.DONE, closed_at=work.now)
        elif due_at <= ahead and next_at is not None:
            work.update(Callback, callback_id, due_at=next_at)
            owed.append((next_at, kind))
        else:
            owed.append((due_at, kind))
            continue
        mark(work, SyncEntity.CALLBACK, callback_id)
    new = _owes(outcome, is_last=is_last)
    if new is not None and next_at is not None:
        callback_id = work.insert(
            Callback, uid=uuid4().hex, kind=new, status=CallbackStatus.OPEN, target_id=target.id,
            activity_id=activity_id, due_at=next_at, their_zone=their_time(work.settings, target.hours_key).zone.key,
            note=note,
        )  # fmt: skip
        mark_new(work, SyncEntity.CALLBACK, callback_id)
        owed.append((next_at, new))
    return min(owed, default=None)


def _owes(outcome: Outcome, *, is_last: bool) -> CallbackKind | None:
    """What an outcome obliges us to, if anything: a win or a loss of the last contract leaves a follow-up."""
    if outcome.disposition is Disposition.CALLBACK_AGREED:
        return CallbackKind.CALLBACK
    if outcome.is_promise:
        return CallbackKind.PROMISE
    return CallbackKind.FOLLOW_UP if is_last and _closes(outcome) else None


def _place(
    work: Work, target: _Target, outcome: Outcome, next_at: datetime | None, stage: str | None,
    owed: tuple[datetime, str] | None,
) -> None:  # fmt: skip
    """Where the target stands after the call: at the minute of what is owed, else resting until the next attempt."""
    due_at, due_kind = owed or (next_at, "retry")
    reached = {"last_reached_at": work.now} if outcome.reached is Reached.YES else {}
    work.update(
        CallTarget, target.id, attempts=target.attempts + 1, last_disposition=outcome.disposition,
        missed_in_a_row=target.missed_in_a_row + 1 if outcome.reached is Reached.NO else 0, last_called_at=work.now,
        called_on=work.today, due_at=due_at, due_kind=due_kind, stage=stage,
        state=TargetState.TIMED if owed else TargetState.RESTING, **reached,
    )  # fmt: skip


def _set_aside(work: Work, target_id: int, kind: ActivityKind, until: datetime, note: str, word: str) -> None:
    target = _target(work, target_id)
    work.insert(
        Activity, uid=uuid4().hex, kind=kind, target_id=target_id, account_id=target.account_id,
        contact_id=target.contact_id, happened_at=work.now, happened_on=work.today, note=note, next_at=until,
    )  # fmt: skip
    is_timed = kind is ActivityKind.SNOOZE
    work.update(
        CallTarget, target_id, state=TargetState.TIMED if is_timed else TargetState.RESTING, due_at=until,
        due_kind="snooze" if is_timed else "skip",
    )  # fmt: skip
    work.journal.label = f"{word} {target.account}"
