"""What the rep does with a call target: log what came of the call, skip it, snooze it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from callstation.calling.aftermath import (
    Target,
    closes,
    comes_back_at,
    count_attempt,
    hand_over,
    keep_promises,
    move_renewals,
    place,
    stay_out,
)
from callstation.calling.outcomes import OUTCOMES, Outcome, Reached
from callstation.calling.retry import NextAttempt, next_attempt
from callstation.calling.targets import day_starts_at, settle
from callstation.calling.there import their_time
from callstation.errors import UserError
from callstation.sync.outbox import mark_new
from callstation.work import Work
from db.nouns import Activity, CallTarget, NoteDraft
from db.stored import from_micros, to_micros
from db.vocabulary import (
    ActivityKind,
    Disposition,
    LossReason,
    SyncEntity,
    TargetState,
)

OTHERS_WORDS = "Other contracts stay in the queue"
"""What is said once one of several contracts is won or lost: the target comes back for those that are left."""

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
    if renewal_id is not None and closes(outcome) and all(row[0] != renewal_id for row in renewals):
        raise UserError(
            "This contract is not open with this account.",
            f"There is no open renewal {renewal_id}.",
            "Reload the account.",
        )
    lead = renewal_id if renewal_id is not None else (renewals[0][0] if renewals else None)
    note = note.strip() or (work.settings.voicemail_note if disposition is Disposition.LEFT_VOICEMAIL else "")
    following = next_for(work, outcome, target.hours_key, target.phone_id, at)
    has_others = closes(outcome) and len(renewals) > 1
    next_at = None if has_others else comes_back_at(work, outcome, target, following)
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.CALL, target_id=target_id, account_id=target.account_id,
        contact_id=target.contact_id, phone_id=target.phone_id, renewal_id=lead, campaign_id=campaign_id,
        happened_at=work.now, happened_on=work.today, disposition=disposition,
        is_reached=outcome.reached is Reached.YES, duration_s=duration_s, note=note, loss_reason=loss_reason,
        competitor=competitor, next_at=next_at, evidence=evidence,
    )  # fmt: skip
    mark_new(work, SyncEntity.ACTIVITY, activity_id)
    count_attempt(work, target, outcome)
    stage = renewals[0][1] if renewals else None
    words = OTHERS_WORDS if has_others else _with_early(following.words, len(stay_out(work, outcome, renewals, lead)))
    if outcome.reached is Reached.YES:
        stage = move_renewals(work, outcome, renewals, lead, loss_reason, competitor)
    owed = keep_promises(work, target, outcome, activity_id, next_at, note, is_last=len(renewals) <= 1)
    place(work, target, outcome, next_at, stage, owed)
    hand_over(work, target, outcome)
    work.delete(NoteDraft, target_id)
    shown = label or outcome.label
    work.journal.label = f"Logged {shown} for {target.account}"
    return Logged(activity_id, target_id, target.account, shown, next_at, words)


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
        "SELECT happened_at, happened_on, disposition FROM activity WHERE phone_id = ? AND kind = 'call' "
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


def _with_early(words: str, count: int) -> str:
    """What follows, and how many contracts were not spoken of."""
    if not count:
        return words
    early = "a later contract stays as it is" if count == 1 else f"{count:,} later contracts stay as they are"
    return f"{words}; {early}"


def _target(work: Work, target_id: int) -> Target:
    found = work.row(_FACTS, (target_id,))
    if found is None:
        raise UserError(
            "This account is no longer in the queue.", f"There is no call target {target_id}.", "Reload the queue."
        )
    return Target(target_id, *found)


def _check(outcome: Outcome, at: datetime | None, loss_reason: LossReason | None, now: datetime) -> None:
    if outcome.disposition is Disposition.CALLBACK_AGREED and at is None:
        raise UserError("A callback needs a time.", "", 'Give one, such as "tomorrow 3pm".')
    if at is not None and at <= now:
        raise UserError("That moment has passed.", f"{at.isoformat()} is before now.", "Pick a later one.")
    if outcome.disposition is Disposition.NOT_RENEWING and loss_reason is None:
        raise UserError("A declined renewal needs a reason.", "", "Pick one, such as price or budget.")


def _set_aside(work: Work, target_id: int, kind: ActivityKind, until: datetime, note: str, word: str) -> None:
    target = _target(work, target_id)
    work.insert(
        Activity, uid=uuid4().hex, kind=kind, target_id=target_id, account_id=target.account_id,
        contact_id=target.contact_id, happened_at=work.now, happened_on=work.today, note=note, next_at=until,
    )  # fmt: skip
    agreed = work.row(
        "SELECT due_at, kind FROM callback WHERE target_id = ? AND status = 'open' AND due_at BETWEEN ? AND ? "
        "ORDER BY due_at LIMIT 1",
        (target_id, to_micros(work.now), to_micros(until)),
    )
    due_at, due_kind = (from_micros(agreed[0]), agreed[1]) if agreed else (until, kind.value)
    is_timed = kind is ActivityKind.SNOOZE or agreed is not None  # what was agreed meanwhile keeps its minute
    work.update(
        CallTarget, target_id, state=TargetState.TIMED if is_timed else TargetState.RESTING, due_at=due_at,
        due_kind=due_kind,
    )  # fmt: skip
    if target.state == TargetState.BLOCKED:  # whoever must not be called does not come back at a minute
        settle(work, target_id)
    work.journal.label = f"{word} {target.account}"
