"""What a step in a quote's life leaves behind: a line on the timeline, stages as suggestions, the follow-up."""

from datetime import date
from typing import Any
from uuid import uuid4

from callstation.calling.aftermath import TEN, is_forward
from callstation.calling.targets import refresh_targets, settle
from callstation.calling.there import their_time
from callstation.quotes.stored_quote import StoredQuote, open_renewals_of
from callstation.renewals.categories import follow_stage
from callstation.sync.outbox import mark, mark_new
from callstation.work import Work
from db.nouns import Activity, Callback, CallTarget, Renewal
from db.stored import from_micros, to_micros
from db.vocabulary import (
    ActivityKind,
    CallbackKind,
    CallbackStatus,
    Disposition,
    ForecastCategory,
    RenewalStage,
    SyncEntity,
    TargetState,
)

_FOLLOW_UPS = """
    SELECT b.id FROM callback b JOIN activity y ON y.id = b.activity_id
    WHERE b.target_id = ? AND b.status = 'open' AND b.kind = 'follow_up' AND y.kind = 'quote'
    AND substr(y.note, 1, ?) = ?"""
_QUOTE_PROMISES = """
    SELECT b.id FROM callback b JOIN activity y ON y.id = b.activity_id
    WHERE b.target_id = ? AND b.status = 'open' AND b.kind = 'promise' AND y.disposition = ?"""


def tell(work: Work, quote: StoredQuote, what: str) -> int:
    """One line on the account's timeline; the activity's id."""
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.QUOTE, target_id=quote.target_id, account_id=quote.account_id,
        contact_id=quote.contact_id, renewal_id=quote.renewal_id, happened_at=work.now, happened_on=work.today,
        note=f"Quote {quote.label} {what}",
    )  # fmt: skip
    mark_new(work, SyncEntity.ACTIVITY, activity_id)
    return activity_id


def suggest_stage(
    work: Work, quote: StoredQuote, stage: RenewalStage, category: ForecastCategory, *, is_contact: bool = False
) -> None:
    """Move the quote's renewals as an outcome of a call does: forward only, and no category the rep has picked.

    ``is_contact``: the customer was heard from. The growth it offers moves with them.
    """
    from callstation.renewals.quoted_growth import follow_quote

    follow_quote(work, quote, stage, category, is_contact=is_contact)
    accounts = set()
    for renewal_id, now, is_picked, account_id in open_renewals_of(work, quote.quote_id):
        values: dict[str, Any] = {"last_contact_at": work.now} if is_contact else {}
        if is_forward(now, stage):
            values |= {"stage": stage, **follow_stage(stage, is_picked=is_picked, suggestion=category)}
        if not values:
            continue
        work.update(Renewal, renewal_id, **values)
        mark(work, SyncEntity.RENEWAL, renewal_id)
        accounts.add(account_id)
    if accounts:
        refresh_targets(work, accounts)


def close_follow_ups(work: Work, quote: StoredQuote) -> None:
    """What was planned after earlier steps of this number's versions is no longer owed."""
    begins = f"Quote {quote.number} v"
    for (callback_id,) in work.rows(_FOLLOW_UPS, (quote.target_id, len(begins), begins)):
        _close(work, callback_id)


def keep_quote_promises(work: Work, target_id: int | None) -> None:
    """The quote that was promised on a call has been sent."""
    for (callback_id,) in work.rows(_QUOTE_PROMISES, (target_id, Disposition.QUOTE_REQUESTED.value)):
        _close(work, callback_id)


def follow_up(work: Work, quote: StoredQuote, activity_id: int, *, working_days: int, note: str) -> None:
    """Come back to it after so many of their working days at ten, and let the target rest until then.

    Where the first contract ends before, on the last working day before its end, tomorrow at the earliest. Nothing is
    planned where all its renewals are won or lost already.
    """
    found = work.row("SELECT hours_key, next_expiry_on FROM call_target WHERE id = ?", (quote.target_id,))
    if found is None or quote.target_id is None or not open_renewals_of(work, quote.quote_id):
        return
    there = their_time(work.settings, found[0])
    today = work.now.astimezone(there.zone).date()
    day = there.add_working_days(today, working_days)
    if found[1] is not None and day >= date.fromisoformat(found[1]):
        nearer = (there.add_working_days(today, count) for count in range(working_days - 1, 0, -1))
        end = date.fromisoformat(found[1])
        day = next((one for one in nearer if one < end), there.add_working_days(today, 1))
    due_at = there.into_hours(there.at(day, TEN))
    callback_id = work.insert(
        Callback, uid=uuid4().hex, kind=CallbackKind.FOLLOW_UP, status=CallbackStatus.OPEN, target_id=quote.target_id,
        activity_id=activity_id, due_at=due_at, their_zone=there.zone.key, note=note,
    )  # fmt: skip
    mark_new(work, SyncEntity.CALLBACK, callback_id)
    work.update(Activity, activity_id, next_at=due_at)
    settle(work, quote.target_id)
    _rest_until(work, quote.target_id, to_micros(due_at))


def stand_anew(work: Work, quote: StoredQuote) -> None:
    """Let the target stand where it belongs now that nothing of the quote is owed."""
    if quote.target_id is not None:
        settle(work, quote.target_id)


def _rest_until(work: Work, target_id: int, due: int) -> None:
    """Whoever the cadence alone would call before waits for the follow-up; what was agreed keeps its minute."""
    found = work.row("SELECT state, due_at, due_kind FROM call_target WHERE id = ?", (target_id,))
    assert found is not None
    is_cadence = found[0] == TargetState.RESTING and found[2] == "cadence" and found[1] < due
    if found[0] == TargetState.READY or is_cadence:
        work.update(CallTarget, target_id, state=TargetState.RESTING, due_at=from_micros(due), due_kind="retry")


def _close(work: Work, callback_id: int) -> None:
    work.update(Callback, callback_id, status=CallbackStatus.DONE, closed_at=work.now)
    mark(work, SyncEntity.CALLBACK, callback_id)
