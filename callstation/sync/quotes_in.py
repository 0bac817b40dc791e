"""Quotes from the CRM: what was decided there moves ours as its verbs do, and what is gone there is asked about."""

from typing import Any

from callstation.errors import UserError
from callstation.quotes.accepted_amounts import give_back_amounts, take_amounts
from callstation.quotes.following import close_follow_ups, suggest_stage, tell
from callstation.quotes.quotes import accept_quote, reject_quote
from callstation.quotes.stored_quote import stored_quote
from callstation.renewals.marks import mark_accepted, unmark_accepted
from callstation.sync import outbox
from callstation.sync.answers import gone
from callstation.sync.quote_links import unlink_lines
from callstation.sync.taking import Page, Taken, compare, find_by_key
from callstation.work import Work
from db.nouns import Quote
from db.vocabulary import ForecastCategory, QuoteStatus, RenewalStage, SyncEntity

THERE = "in Salesforce"
REJECTED = f"Rejected {THERE}"


def take_quote(work: Work, page: Page, record: dict[str, Any]) -> dict[str, Any] | None:
    """One quote; None for one that was not made here, which is only mirrored."""
    quote_id = page.local_ids.get(record["Id"]) or find_by_key(work, "quote", record, page.context)
    if quote_id is None:
        return None
    found = compare(work, page, SyncEntity.QUOTE, quote_id, record)
    if "status" in found.take:
        change_quote(work, quote_id, found.take["status"])
    return found.agreed


def change_quote(work: Work, quote_id: int, status: str) -> None:
    """Let a quote stand where it stands there: by the verb where that may be, else by the fact alone."""
    to = QuoteStatus(status)
    if stored_quote(work, quote_id).status is to:
        return
    try:
        if to is QuoteStatus.ACCEPTED:
            accept_quote(work, quote_id)
        elif to is QuoteStatus.REJECTED:
            reject_quote(work, quote_id, reason=REJECTED)
        else:
            _set(work, quote_id, to)
    except UserError:  # such as for one whose validity is over here: what they have written down counts
        _set(work, quote_id, to)


def _set(work: Work, quote_id: int, to: QuoteStatus) -> None:
    quote = stored_quote(work, quote_id)
    if to is QuoteStatus.ACCEPTED:
        take_amounts(work, quote)
    is_decided = to in (QuoteStatus.ACCEPTED, QuoteStatus.REJECTED)
    work.update(Quote, quote_id, status=to, **({"decided_at": work.now} if is_decided else {}))
    if to is QuoteStatus.REJECTED:
        work.update(Quote, quote_id, reason=REJECTED)
    if quote.status is QuoteStatus.ACCEPTED:
        unmark_accepted(work, quote.label)
        give_back_amounts(work, quote)
    tell(work, quote, f"{to.value} {THERE}")
    if is_decided:
        close_follow_ups(work, quote)
    if to is QuoteStatus.ACCEPTED:
        mark_accepted(work, quote_id, quote.label)
        suggest_stage(work, quote, RenewalStage.VERBAL_YES, ForecastCategory.COMMIT, is_contact=True)


def leave_quote(work: Work, crm_id: str, taken: Taken) -> None:
    """A quote was deleted there. Where its opportunity was too, that is what is asked about."""
    found = work.row(
        "SELECT q.id, r.crm_id FROM quote q LEFT JOIN renewal r ON r.id = q.renewal_id WHERE q.crm_id = ?", (crm_id,)
    )
    if found is None:
        work.derive("DELETE FROM crm_record WHERE sobject = 'QuoteLineItem' AND parent_id = ?", (crm_id,))
        return
    quote_id, opportunity = found
    if opportunity is not None and outbox.stands(work, SyncEntity.QUOTE, quote_id):
        gone(work, SyncEntity.QUOTE, quote_id, crm_id)
        taken.conflicts += 1
        return
    work.derive("UPDATE quote SET crm_id = NULL WHERE id = ?", (quote_id,), told="quote")
    unlink_lines(work, quote_id)
