"""Changing a renewal by hand: its stage, amount, day, next step and forecast category."""

from datetime import date
from decimal import Decimal
from typing import Any

from callstation.calling.targets import refresh_targets
from callstation.errors import UserError
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
    found = work.row(
        "SELECT a.name, r.account_id FROM renewal r JOIN account a ON a.id = r.account_id WHERE r.id = ?", (renewal_id,)
    )
    if found is None:
        raise UserError("This renewal is gone.", f"There is no renewal {renewal_id}.", "Reload the account.")
    values: dict[str, Any] = {}
    if stage is not None:
        values |= {"stage": stage, "closed_at": None if stage.is_open else work.now}
    if category is not None:
        values |= {"category": category, "is_category_picked": True}
    if amount is not None:
        if amount < 0:
            raise UserError("An amount cannot be below zero.", f"{amount}.", "Type what the renewal is worth.")
        values["amount"] = amount
    if close_on is not None:
        values["close_on"] = close_on
    if next_step is not None:
        values["next_step"] = next_step.strip() or None
    before = len(work.journal.images)
    work.update(Renewal, renewal_id, **values)
    if len(work.journal.images) == before:
        return
    mark(work, SyncEntity.RENEWAL, renewal_id)
    refresh_targets(work, [found[1]])
    work.journal.label = f"Changed the renewal of {found[0]}"
