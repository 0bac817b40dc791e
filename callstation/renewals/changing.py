"""Changing many opportunities at once: one action, one undo step, each told to the CRM."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.calling.targets import refresh_targets
from callstation.errors import UserError
from callstation.renewals.growth import checked_term, put_growth
from callstation.renewals.opportunity import Change
from callstation.renewals.pipeline_rows import Key
from callstation.renewals.renewals import put_renewal
from callstation.work import Work
from db.vocabulary import ForecastCategory, LossReason, RenewalStage


def change_many(
    work: Work, keys: Iterable[Key], *, stage: RenewalStage | None = None, category: ForecastCategory | None = None,
    is_suggested: bool = False, close_on: date | None = None, next_step: str | None = None,
    amount: Decimal | None = None, term_months: Decimal | None = None,
    loss_reason: LossReason | None = None, competitor: str = "",
) -> int:  # fmt: skip
    """Change what is given of each; how many were other than before. An empty next step clears it.

    A category is the rep's pick, ``is_suggested`` takes a pick back. ``UserError`` where one is gone, what is lost has
    no reason, a renewal is given a term, or nothing is meant at all; then nothing is changed.
    """
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise UserError("Nothing is marked.", "", "Mark an opportunity first.")
    if stage is RenewalStage.LOST and loss_reason is None:
        raise UserError("What is lost needs a reason.", "", "Pick one, such as price or budget.")
    if term_months is not None and not all(key.is_growth for key in wanted):
        raise UserError("Only growth has a term of its own.", "A renewal's is its contract's.", "Leave the term out.")
    term: dict[str, Any] = {} if term_months is None else {"term_months": checked_term(term_months)}
    change = Change(stage, category, is_suggested, amount, close_on, next_step, loss_reason, competitor)
    accounts: set[int] = set()
    changed = 0
    for key in wanted:
        if key.is_growth:
            changed += put_growth(work, key.opportunity_id, change, **term)
        elif (account_id := put_renewal(work, key.opportunity_id, change)) is not None:
            accounts.add(account_id)
            changed += 1
    if accounts and (stage is not None or amount is not None):  # what a call target shows of them
        refresh_targets(work, accounts)
    if changed and len(wanted) > 1:
        work.journal.label = f"{_said(change)} {changed:,} opportunit{'y' if changed == 1 else 'ies'}"
    return changed


def _said(change: Change) -> str:
    if change.stage is not None:
        return f"Set to {change.stage.value.replace('_', ' ')}:"
    if change.category is not None:
        return f"Set to {change.category.value.replace('_', ' ')}:"
    return "Changed"
