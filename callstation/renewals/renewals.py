"""Changing a renewal by hand: its stage, amount, day, next step and forecast category."""

from datetime import date
from decimal import Decimal

from callstation.calling.targets import refresh_targets
from callstation.errors import UserError
from callstation.renewals.changed_words import changed_words
from callstation.renewals.growth_beside import follow_renewal
from callstation.renewals.opportunity import Change, columns_of, current
from callstation.sync.outbox import mark
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, RenewalStage, SyncEntity


def change_renewal(
    work: Work, renewal_id: int, *, stage: RenewalStage | None = None, category: ForecastCategory | None = None,
    amount: Decimal | None = None, close_on: date | None = None, next_step: str | None = None,
) -> None:  # fmt: skip
    """Change what is given; an empty next step clears it. A category picked here is no longer changed by a stage.

    ``UserError`` where the renewal is gone or the amount is below zero.
    """
    change = Change(stage, category, amount=amount, close_on=close_on, next_step=next_step)
    account_id = put_renewal(work, renewal_id, change)
    if account_id is not None:
        refresh_targets(work, [account_id])


def put_renewal(work: Work, renewal_id: int, change: Change) -> int | None:
    """Write a change down; the account whose call targets may follow, None where nothing was other than before."""
    now = current(work, Renewal, renewal_id)
    if now is None:
        raise UserError("This renewal is gone.", f"There is no renewal {renewal_id}.", "Reload the account.")
    before, values = len(work.journal.images), columns_of(work, now, change)
    if values:
        work.update(Renewal, renewal_id, **values)
    if len(work.journal.images) == before:
        return None
    mark(work, SyncEntity.RENEWAL, renewal_id)
    if change.stage is not None and change.stage is not now.stage:
        follow_renewal(work, renewal_id, change.stage, change.loss_reason, change.competitor)
    work.journal.label = changed_words(now, change) or f"Changed the renewal of {now.account}"
    return now.account_id
