"""What the rep does with a call target: log what came of the call, skip it, snooze it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from callstation.calling import retry
from callstation.calling.outcomes import OUTCOMES, Outcome, Reached
from callstation.calling.targets import day_starts_at, settle
from callstation.calling.workdays import is_working_day
from callstation.errors import UserError
from callstation.sync.outbox import mark
from callstation.work import Work
from db.base import from_micros, from_units
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
    following = next_for(work, outcome, target.hours_key, target_id, at)
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.CALL, target_id=target_id, account_id=target.account_id,
        contact_id=target.contact_id, phone_id=target.phone_id, renewal_id=lead, campaign_id=campaign_id,
        happened_at=work.now, happened_on=work.today, disposition=disposition,
        is_reached=outcome.reached is Reached.YES, duration_s=duration_s, note=note, loss_reason=loss_reason,
        competitor=competitor, next_at=following.at, evidence=evidence,
    )  # fmt: skip
    mark(work, SyncEntity.ACTIVITY, activity_id)
    _count_attempt(work, target, outcome)
    if outcome.reached is Reached.YES:
        _move_renewals(work, outcome, renewals, lead, loss_reason, competitor)
    _keep_promises(work, target_id, outcome, activity_id, following, note)
    _place(work, target, outcome, following, has_moved=outcome.reached is Reached.YES and bool(renewals))
    work.delete(NoteDraft, target_id)
    shown = label or outcome.label
    work.journal.label = f"Logged {shown} for {target.account}"
    return Logged(activity_id, target_id, target.account, shown, following.at, following.words)


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
    work: Work, outcome: Outcome, hours_key: str, target_id: int, at: datetime | None = None
) -> "retry.NextAttempt":
    """When this target comes back after an outcome, and the words for it; ``at`` is a time that was agreed."""
    settings = work.settings
    busy_today = 0
    if outcome.disposition is Disposition.BUSY:
        found = work.row(
            "SELECT count(*) FROM activity WHERE target_id = ? AND happened_on = ? AND disposition = 'busy'",
            (target_id, work.today.isoformat()),
        )
        busy_today = found[0] if found else 0
    return retry.next_attempt(
        outcome.disposition, now=work.now, hours_key=hours_key, own_zone=settings.zone, agreed_at=at,
        busy_today=busy_today, is_working_day=is_working_day, is_24_hour=settings.is_24_hour,
    )  # fmt: skip


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
    if status is not None and not (
        status is NumberStatus.WORKING and target.number_status == NumberStatus.MAIN_LINE
    ):
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
) -> None:  # fmt: skip
    """A conversation touches every contract of the person; what closes, closes only the one in hand."""
    for renewal_id, stage, _category, is_picked, _due_on in renewals:
        values: dict[str, Any] = {"last_contact_at": work.now}
        suggested = outcome.stage
        closes = suggested in (RenewalStage.WON, RenewalStage.LOST)
        if suggested is not None and (renewal_id == lead if closes else _is_forward(stage, suggested)):
            values["stage"] = suggested
            if outcome.category is not None and not is_picked:
                values["category"] = outcome.category
            if closes:
                values |= {"closed_at": work.now, "loss_reason": loss_reason, "competitor": competitor}
        work.update(Renewal, renewal_id, **values)
        mark(work, SyncEntity.RENEWAL, renewal_id)


def _is_forward(stage: str, suggested: RenewalStage) -> bool:
    return suggested is RenewalStage.AT_RISK or STAGE_ORDER.index(RenewalStage(stage)) < STAGE_ORDER.index(suggested)


def _keep_promises(
    work: Work, target_id: int, outcome: Outcome, activity_id: int, following: "retry.NextAttempt", note: str
) -> None:
    """A conversation keeps what was owed by now; no answer leaves it owed, at the next attempt."""
    owed = work.rows("SELECT id, due_at FROM callback WHERE target_id = ? AND status = 'open'", (target_id,))
    ahead = work.now + timedelta(minutes=work.settings.look_ahead_min)
    for callback_id, due_at in owed:
        if outcome.reached is Reached.YES or outcome.is_final:
            work.update(Callback, callback_id, status=CallbackStatus.DONE, closed_at=work.now)
        elif from_micros(due_at) <= ahead and following.at is not None:
            work.update(Callback, callback_id, due_at=following.at)
        else:
            continue
        mark(work, SyncEntity.CALLBACK, callback_id)
    if outcome.disposition is Disposition.CALLBACK_AGREED or outcome.is_promise:
        assert following.at is not None
        callback_id = work.insert(
            Callback, uid=uuid4().hex, status=CallbackStatus.OPEN, target_id=target_id, activity_id=activity_id,
            kind=CallbackKind.PROMISE if outcome.is_promise else CallbackKind.CALLBACK, due_at=following.at,
            their_zone=following.zone, note=note,
        )  # fmt: skip
        mark(work, SyncEntity.CALLBACK, callback_id)


def _place(
    work: Work, target: _Target, outcome: Outcome, following: "retry.NextAttempt", *, has_moved: bool
) -> None:
    """Where the target stands after the call: at its next minute, or finished, or blocked."""
    is_missed = outcome.reached is Reached.NO
    values: dict[str, Any] = {
        "attempts": target.attempts + 1,
        "missed_in_a_row": target.missed_in_a_row + 1 if is_missed else 0,
        "last_disposition": outcome.disposition,
        "last_called_at": work.now,
        "called_on": work.today,
        "due_at": following.at,
        "due_kind": "retry",
        "state": TargetState.RESTING,
    }
    if outcome.reached is Reached.YES:
        values["last_reached_at"] = work.now
    if has_moved:
        first = work.row(
            "SELECT due_on, sum(amount), count(*), stage FROM (SELECT due_on, amount, stage FROM renewal "
            "WHERE target_id = ? AND closed_at IS NULL ORDER BY due_on, id)",
            (target.id,),
        )
        assert first is not None
        values |= {"renewal_count": first[2], "stage": first[3], "amount": None if first[1] is None else from_units(first[1])}
        values["next_expiry_on"] = date.fromisoformat(first[0]) if first[0] else None
    work.update(CallTarget, target.id, **values)
    settle(work, target.id)


def _set_aside(
    work: Work, target_id: int, kind: ActivityKind, until: datetime, note: str, word: str
) -> None:
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
