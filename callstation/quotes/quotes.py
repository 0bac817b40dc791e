"""The life of a quote: saved, approved, sent, accepted or rejected, expired; each step is one undoable action."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from callstation.errors import UserError
from callstation.quotes.accepted_amounts import give_back_amounts, take_amounts
from callstation.quotes.expiring import expire_quotes
from callstation.quotes.following import (
    close_follow_ups,
    follow_up,
    keep_quote_promises,
    stand_anew,
    suggest_stage,
    tell,
)
from callstation.quotes.money import show
from callstation.quotes.options import work_out
from callstation.quotes.policy import policy_of
from callstation.quotes.reading import read_worksheet
from callstation.quotes.statuses import OPTION_WORDS, check_move
from callstation.quotes.stored_quote import StoredQuote, change_quote, newest_version, stored_quote
from callstation.quotes.storing import is_beyond, line_values, next_number, quote_values, storable, write_lines
from callstation.quotes.worksheet import Choices
from callstation.renewals.marks import mark_accepted, unmark_accepted
from callstation.sync.outbox import mark
from callstation.work import Work
from db.nouns import Quote, QuoteLine
from db.vocabulary import ApprovalLevel, ForecastCategory, QuoteStatus, RenewalStage, SyncEntity

__all__ = [
    "Saved", "accept_quote", "approve_quote", "ask_approval", "expire_quotes", "needs_approval", "reject_quote",
    "save_quote", "send_quote",
]  # fmt: skip

ASK_AFTER_DAYS = 5
"""Working days after which we ask whether a quote was read (trade.md, Reviewing quote)."""
CHASE_AFTER_DAYS = 3
"""Working days after a yes on which the order is chased (trade.md, Verbal yes)."""
OVERWRITTEN = (QuoteStatus.DRAFT, QuoteStatus.NEEDS_APPROVAL)
"""Nobody outside has seen these, so saving writes over them."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A quote as it stands after a step; ``label`` is the sentence for the screen."""

    quote_id: int
    number: str
    version: int
    status: QuoteStatus
    label: str


def save_quote(work: Work, target_id: int, choices: Choices, *, quote_id: int | None = None) -> Saved:
    """Work out and keep what is chosen, as a draft, or waiting for approval where the discount is above the rep's.

    With ``quote_id`` it is a change of that quote: a draft is written over, anything else gets a new version, which
    supersedes the last one. ``UserError`` where nothing can be quoted, or the quote is another account's.
    """
    sheet = read_worksheet(work, target_id)
    choices = storable(choices)
    view = work_out(sheet, choices, choices.option)
    if not view.lines:
        raise UserError("There is nothing to quote.", f"{sheet.account}: no line is left.", "Put a quantity on a line.")
    if view.problems:
        raise UserError("This cannot be quoted yet.", view.problems[0], "Type a price, or leave the line out.")
    if is_beyond(view):
        raise UserError("This quote is too large to keep.", show(view.total, sheet.currency), "Look at what was typed.")
    values, lines = quote_values(sheet, choices, view), line_values(sheet, view)
    old = None if quote_id is None else stored_quote(work, quote_id)
    if old is not None and old.account_id != sheet.account_id:
        raise UserError(f"{old.label} is a quote for {old.account}.", "", f"Make a new one for {sheet.account}.")
    status = QuoteStatus.DRAFT if view.approval.is_within else QuoteStatus.NEEDS_APPROVAL
    newest = None if old is None else newest_version(work, old.number)
    if newest is not None and newest == old and old.status in OVERWRITTEN:
        return _overwrite(work, old, values, lines, status, choices.reason)
    number, version = (newest.number, newest.version + 1) if newest else (next_number(work), 1)
    if newest is not None:
        _supersede(work, newest)
    made = work.insert(
        Quote, uid=uuid4().hex, number=number, version=version, status=status, created_at=work.now,
        approval_reason=choices.reason, **values,
    )  # fmt: skip
    write_lines(work, made, lines)
    return _saved(work, made, "Saved")


def ask_approval(work: Work, quote_id: int, reason: str) -> Saved:
    """Say why the discount is needed; the quote waits for whoever may allow it."""
    quote = stored_quote(work, quote_id)
    reason = _worded(reason, "A discount below the floor needs a reason.", "Say why, such as a competitor's offer.")
    if quote.status is not QuoteStatus.NEEDS_APPROVAL:
        check_move(quote.label, quote.status, QuoteStatus.NEEDS_APPROVAL, "put up for approval")
    change_quote(
        work, quote, status=QuoteStatus.NEEDS_APPROVAL, approval_reason=reason, approved_by="", approved_at=None
    )
    return _saved(work, quote_id, "Asked for approval of")


def approve_quote(work: Work, quote_id: int, *, by: str, reason: str = "") -> Saved:
    """Note who allowed the discount, and why; the quote is a draft again and may be sent."""
    quote = stored_quote(work, quote_id)
    by = _worded(by, "An approval needs a name.", "Say who allowed it.")
    reason = _worded(reason or quote.approval_reason, "An approval needs a reason.", "Say why it was allowed.")
    if quote.status is not QuoteStatus.NEEDS_APPROVAL:
        raise UserError(f"{quote.label} does not wait for approval.", "", "Ask for approval first.")
    change_quote(work, quote, status=QuoteStatus.DRAFT, approved_by=by, approved_at=work.now, approval_reason=reason)
    tell(work, quote, f"approved by {by}: {reason}")
    return _saved(work, quote_id, "Approved")


def send_quote(work: Work, quote_id: int) -> Saved:
    """It has gone out: dated, on the timeline, its renewals quoted, and the follow-up planned.

    ``UserError`` where it waits for approval, is no draft, or its validity is over.
    """
    quote = stored_quote(work, quote_id)
    check_sendable(work, quote)
    change_quote(work, quote, status=QuoteStatus.SENT, sent_at=work.now)
    for (line_id,) in work.rows("SELECT id FROM quote_line WHERE quote_id = ? ORDER BY position", (quote_id,)):
        mark(work, SyncEntity.QUOTE_LINE, line_id)
    total = show(quote.total, quote.currency)
    activity_id = tell(work, quote, f"sent: {total}, {OPTION_WORDS[quote.option]}")
    close_follow_ups(work, quote)
    keep_quote_promises(work, quote.target_id)
    suggest_stage(work, quote, RenewalStage.QUOTED, ForecastCategory.BEST_CASE)
    follow_up(work, quote, activity_id, working_days=ASK_AFTER_DAYS, note=f"Quote {quote.number}: have they read it?")
    return _saved(work, quote_id, "Sent")


def check_sendable(work: Work, quote: StoredQuote) -> None:
    """``UserError`` where a quote may not go out as it stands."""
    check_move(quote.label, quote.status, QuoteStatus.SENT, "sent")
    if needs_approval(work, quote.approval_level) and not quote.is_approved:
        level = quote.approval_level.value
        raise UserError(
            f"{quote.label} cannot be sent.", f"Its discount is for the {level} to allow.", "Ask for approval first."
        )
    if quote.valid_until < work.today:
        until = quote.valid_until.isoformat()
        raise UserError(f"{quote.label} cannot be sent.", f"It was valid until {until}.", "Save it again, then send.")


def accept_quote(work: Work, quote_id: int) -> Saved:
    """The customer said yes to it: its renewals stand on a verbal yes, worth what it is, and the order is chased."""
    quote = _still_valid(work, quote_id, QuoteStatus.ACCEPTED, "accepted")
    take_amounts(work, quote)
    change_quote(work, quote, status=QuoteStatus.ACCEPTED, decided_at=work.now)
    activity_id = tell(work, quote, f"accepted: {show(quote.total, quote.currency)}")
    close_follow_ups(work, quote)
    mark_accepted(work, quote.quote_id, quote.label)
    suggest_stage(work, quote, RenewalStage.VERBAL_YES, ForecastCategory.COMMIT, is_contact=True)
    follow_up(work, quote, activity_id, working_days=CHASE_AFTER_DAYS, note=f"Order for quote {quote.number}")
    return _saved(work, quote_id, "Accepted")


def reject_quote(work: Work, quote_id: int, *, reason: str) -> Saved:
    """The customer said no to it: its renewals are at risk until a yes."""
    quote = _still_valid(work, quote_id, QuoteStatus.REJECTED, "rejected")
    reason = _worded(reason, "A rejected quote needs a reason.", "Say what the customer said.")
    change_quote(work, quote, status=QuoteStatus.REJECTED, decided_at=work.now, reason=reason)
    tell(work, quote, f"rejected: {reason}")
    close_follow_ups(work, quote)
    suggest_stage(work, quote, RenewalStage.AT_RISK, ForecastCategory.PIPELINE, is_contact=True)
    stand_anew(work, quote)
    return _saved(work, quote_id, "Rejected")


def needs_approval(work: Work, level: ApprovalLevel) -> bool:
    """Whether a discount that ``level`` decides is above what the rep may allow."""
    order = list(ApprovalLevel)
    return order.index(level) > order.index(policy_of(work.settings).level)


def _overwrite(
    work: Work, old: StoredQuote, values: dict[str, Any], lines: list[dict[str, Any]], status: QuoteStatus, reason: str
) -> Saved:
    """Write over a draft. What was approved stays approved while no number of it changes, nor who must allow it."""
    found = work.rows("SELECT id, product_id FROM quote_line WHERE quote_id = ? ORDER BY position", (old.quote_id,))
    before = len(work.journal.images)
    for (line_id, product_id), line in zip(found, lines, strict=False):
        work.update(QuoteLine, line_id, **{**line, "product_id": line["product_id"] or product_id})
    for line_id, _ in found[len(lines) :]:
        work.delete(QuoteLine, line_id)
    write_lines(work, old.quote_id, lines[len(found) :])
    is_other = len(work.journal.images) > before or values["approval_level"] is not old.approval_level
    if not old.is_approved or is_other:
        reason = reason or old.approval_reason
        values |= {"status": status, "approval_reason": reason, "approved_by": "", "approved_at": None}
    change_quote(work, old, **values)
    return _saved(work, old.quote_id, "Saved")


def _supersede(work: Work, old: StoredQuote) -> None:
    """A newer version takes the place of an older one, and of what was planned or ticked off for it."""
    if old.status is QuoteStatus.SUPERSEDED:
        return
    check_move(old.label, old.status, QuoteStatus.SUPERSEDED, "superseded")
    change_quote(work, old, status=QuoteStatus.SUPERSEDED)
    close_follow_ups(work, old)
    if old.status is QuoteStatus.ACCEPTED:
        unmark_accepted(work, old.label)
        give_back_amounts(work, old)
    stand_anew(work, old)


def _still_valid(work: Work, quote_id: int, to: QuoteStatus, what: str) -> StoredQuote:
    quote = stored_quote(work, quote_id)
    is_over = quote.status is QuoteStatus.SENT and quote.valid_until < work.today
    check_move(quote.label, QuoteStatus.EXPIRED if is_over else quote.status, to, what)
    return quote


def _saved(work: Work, quote_id: int, verb: str) -> Saved:
    quote = stored_quote(work, quote_id)
    work.journal.label = f"{verb} {quote.label} for {quote.account}"
    return Saved(quote_id, quote.number, quote.version, quote.status, work.journal.label)


def _worded(text: str, title: str, hint: str) -> str:
    """The typed words without space around; ``UserError`` where there are none."""
    if not text.strip():
        raise UserError(title, "", hint)
    return text.strip()
