"""What an outcome of a call leaves behind: for the number, the contracts, what is owed, and whom to call next."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from callstation.calling.outcomes import Outcome, Reached
from callstation.calling.retry import NextAttempt
from callstation.calling.targets import FIRST_CALL_DAYS, refresh_targets, settle_many
from callstation.calling.there import their_time
from callstation.renewals.categories import follow_stage
from callstation.sync.outbox import mark, mark_new
from callstation.work import Work
from db.nouns import Callback, CallTarget, Contact, Phone, Renewal
from db.stored import from_micros
from db.vocabulary import (
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


@dataclass(frozen=True, slots=True)
class Target:
    """A call target and its number as they were before the call."""

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


def count_attempt(work: Work, target: Target, outcome: Outcome) -> None:
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


def hand_over(work: Work, target: Target, outcome: Outcome) -> None:
    """Let everybody whom the outcome concerns stand where they belong now.

    Another number, person or contract may come first; a partner's contracts go back to the customers; and a number
    that is dead, blocked or alive again is so for all who share it.
    """
    is_dead = outcome.number_status is NumberStatus.DEAD
    is_alive = outcome.reached is Reached.YES or outcome.number_status is NumberStatus.MAIN_LINE
    is_number_changed = outcome.blocks_number or is_dead or (is_alive and target.number_status == NumberStatus.DEAD)
    is_person_lost = outcome.blocks_contact or outcome.deactivates_contact
    targets = {target.id}
    if is_number_changed and target.phone_id is not None:
        sharing = "SELECT t.id, t.account_id FROM call_target t WHERE t.phone_id = ?"
        shared = work.rows(sharing, (target.phone_id,))
        targets |= {row[0] for row in shared}
        refresh_targets(work, {target.account_id, *(row[1] for row in shared)})
    elif is_person_lost or closes(outcome):
        refresh_targets(work, [target.account_id])
    elif not outcome.is_final and target.state not in (TargetState.BLOCKED, TargetState.FINISHED):
        return
    settle_many(work, sorted(targets), is_journaled=True)


def stay_out(work: Work, outcome: Outcome, renewals: list[tuple[Any, ...]], lead: int | None) -> list[int]:
    """The renewals that an outcome would move on, but for which it is too early: a call is about what is up.

    That is what ended or ends within the lead of the first call, and the one in hand: where nothing is up, what ends
    first.
    """
    if outcome.stage is None or closes(outcome):
        return []
    until = (work.today + timedelta(days=FIRST_CALL_DAYS)).isoformat()
    return [row[0] for row in renewals if row[4] > until and row[0] != lead and is_forward(row[1], outcome.stage)]


def move_renewals(
    work: Work, outcome: Outcome, renewals: list[tuple[Any, ...]], lead: int | None,
    loss_reason: LossReason | None, competitor: str | None,
) -> str | None:  # fmt: skip
    """A conversation touches every contract of the person; it moves on what is up, and closes only the one in hand.

    The stage of the contract that ends first, as it is afterwards.
    """
    first, early = None, set(stay_out(work, outcome, renewals, lead))
    for renewal_id, stage, _category, is_picked, _due_on in renewals:
        values: dict[str, Any] = {"last_contact_at": work.now}
        suggested = outcome.stage
        is_moved = suggested is not None and renewal_id not in early and is_forward(stage, suggested)
        if suggested is not None and (renewal_id == lead if closes(outcome) else is_moved):
            values["stage"] = suggested
            values |= follow_stage(suggested, is_picked=bool(is_picked), suggestion=outcome.category)
            if closes(outcome):
                values |= {"closed_at": work.now, "loss_reason": loss_reason, "competitor": competitor}
        work.update(Renewal, renewal_id, **values)
        mark(work, SyncEntity.RENEWAL, renewal_id)
        if closes(outcome) and renewal_id == lead:
            from callstation.renewals.growth_beside import follow_renewal

            follow_renewal(work, renewal_id, values["stage"], loss_reason, competitor)
        first = first or values.get("stage", stage)
    return first


def closes(outcome: Outcome) -> bool:
    """Whether a contract is won or lost by it."""
    return outcome.stage in (RenewalStage.WON, RenewalStage.LOST)


def is_forward(stage: str, suggested: RenewalStage) -> bool:
    """Whether a suggested stage moves a renewal on from where it is."""
    if stage == RenewalStage.AT_RISK:
        return suggested is RenewalStage.VERBAL_YES  # only a yes ends the risk
    if stage == RenewalStage.LAPSED:
        return suggested in (RenewalStage.VERBAL_YES, RenewalStage.AT_RISK)
    return suggested is RenewalStage.AT_RISK or STAGE_ORDER.index(RenewalStage(stage)) < STAGE_ORDER.index(suggested)


def comes_back_at(work: Work, outcome: Outcome, target: Target, following: NextAttempt) -> datetime | None:
    """What was agreed, else the default; a day without a minute means ten in their morning."""
    if following.at is not None:
        return following.at
    there = their_time(work.settings, target.hours_key)
    if following.on is not None:
        return there.at(following.on, TEN)
    if outcome.disposition is Disposition.RENEWING_VIA_PARTNER:  # whether the partner has ordered is ours to check
        return there.at(there.add_working_days(work.now.astimezone(there.zone).date(), 5), TEN)
    return None


def keep_promises(
    work: Work, target: Target, outcome: Outcome, activity_id: int, next_at: datetime | None, note: str, *,
    is_last: bool,
) -> tuple[datetime, str] | None:  # fmt: skip
    """A conversation keeps what was owed by now; no answer leaves it owed, at the next attempt.

    The moment and kind of what is still owed first, if anything.
    """
    is_kept = outcome.reached is Reached.YES or outcome.is_final
    ahead = work.now + timedelta(minutes=work.settings.look_ahead_min)
    there = their_time(work.settings, target.hours_key)
    tomorrow = there.add_working_days(work.now.astimezone(there.zone).date(), 1)
    owed: list[tuple[datetime, str]] = []
    for callback_id, due, kind in work.rows(
        "SELECT id, due_at, kind FROM callback WHERE target_id = ? AND status = 'open'", (target.id,)
    ):
        due_at = from_micros(due)
        if is_kept:
            work.update(Callback, callback_id, status=CallbackStatus.DONE, closed_at=work.now)
        elif due_at <= ahead:  # without a next attempt, such as after a wrong number, it is owed tomorrow
            again = next_at or there.at(tomorrow, TEN)
            work.update(Callback, callback_id, due_at=again)
            owed.append((again, kind))
        else:
            owed.append((due_at, kind))
            continue
        mark(work, SyncEntity.CALLBACK, callback_id)
    new = _owes(outcome, is_last=is_last)
    if new is not None and next_at is not None:
        callback_id = work.insert(
            Callback, uid=uuid4().hex, kind=new, status=CallbackStatus.OPEN, target_id=target.id,
            activity_id=activity_id, due_at=next_at, their_zone=there.zone.key, note=note,
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
    return CallbackKind.FOLLOW_UP if is_last and closes(outcome) else None


def place(
    work: Work, target: Target, outcome: Outcome, next_at: datetime | None, stage: str | None,
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
