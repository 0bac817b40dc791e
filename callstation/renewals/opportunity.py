"""What a renewal and a growth have in common when they are changed: stage, category, pick, amount, day, next step."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.errors import UserError
from callstation.renewals.categories import SUGGESTED, UNPICKED, follow_stage, picked, slips_by
from callstation.sync.connection import connection
from callstation.work import Work
from db.nouns import Noun
from db.stored import from_units
from db.vocabulary import ForecastCategory, LossReason, RenewalStage


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change; None leaves it as it is, an empty next step clears it."""

    stage: RenewalStage | None = None
    category: ForecastCategory | None = None
    """The rep's pick; from then on no stage changes it while it is open."""
    is_suggested: bool = False
    """Take a pick back: the category is that of the stage again."""
    amount: Decimal | None = None
    close_on: date | None = None
    next_step: str | None = None
    loss_reason: LossReason | None = None
    competitor: str | None = None
    suggestion: ForecastCategory | None = None
    """What is known to be nearer than the category of the new stage."""


@dataclass(frozen=True, slots=True)
class Current:
    """An opportunity as it stands."""

    opportunity_id: int
    account_id: int
    account: str
    stage: RenewalStage
    category: ForecastCategory
    is_picked: bool
    expected_on: date
    is_closed: bool
    slips: int
    name: str
    """A renewal's contract by its number, growth by its title."""
    amount: Decimal | None
    currency: str
    next_step: str


_READ = {
    "renewal": "coalesce(x.close_on, x.due_on), (SELECT k.number FROM contract k WHERE k.id = x.contract_id)",
    "growth": "x.close_on, x.title",
}


def current(work: Work, noun: Noun, opportunity_id: int) -> Current | None:
    """One renewal or growth as it stands; None where it is gone."""
    found = work.row(
        f"SELECT x.account_id, a.name, x.stage, x.category, x.is_category_picked, {_READ[noun.table]}, "
        "x.closed_at NOT NULL, x.slips, x.amount, x.currency, x.next_step "
        f"FROM {noun.table} x JOIN account a ON a.id = x.account_id WHERE x.id = ?",
        (opportunity_id,),
    )
    if found is None:
        return None
    account_id, account, stage, category, is_picked, expected_on, name, is_closed, slips, units, currency, step = found
    return Current(
        opportunity_id, account_id, account, RenewalStage(stage), ForecastCategory(category), bool(is_picked),
        date.fromisoformat(expected_on), bool(is_closed), slips, name or "",
        None if units is None else from_units(units), currency, step or "",
    )  # fmt: skip


def who(work: Work) -> str:
    """Who picks a category here: the name below letters, else who is signed in, else "me"."""
    found = connection(work)
    return work.settings.signed_by.strip() or (found.display_name if found else "") or "me"


def columns_of(work: Work, now: Current, change: Change) -> dict[str, Any]:
    """The columns that a change comes to. ``UserError`` for an amount below zero, or a category that cannot be."""
    values: dict[str, Any] = {}
    stage = change.stage or now.stage
    if change.stage is not None and (change.stage is not now.stage or now.is_closed == change.stage.is_open):
        values |= {"stage": stage, "closed_at": None if stage.is_open else work.now}
        values |= follow_stage(stage, is_picked=now.is_picked, suggestion=change.suggestion)
        if now.is_closed and stage is not RenewalStage.LOST:
            values |= {"loss_reason": None}
    if change.is_suggested and now.is_picked:
        values |= {"category": SUGGESTED[stage], **UNPICKED}
    if change.category is not None and stage.is_open:
        if change.category is ForecastCategory.CLOSED:
            raise UserError("Only what is won is closed.", f"The stage of {now.account} is open.", "Set it to won.")
        if not (now.is_picked and now.category is change.category):
            values |= picked(change.category, who(work), work.now)
    elif change.category is not None and change.category is not SUGGESTED[stage]:
        raise UserError(
            f"What is {stage.value} has no category of its own.", "A closed stage brings its own.", "Reopen it first."
        )
    if stage is RenewalStage.LOST and change.loss_reason is not None:
        values |= {"loss_reason": change.loss_reason, "competitor": (change.competitor or "").strip() or None}
    if change.amount is not None:
        if change.amount < 0:
            raise UserError("An amount cannot be below zero.", f"{change.amount}.", "Type what it is worth.")
        values["amount"] = change.amount
    if change.close_on is not None:
        values |= {"close_on": change.close_on, **moved(now, change.close_on)}
    if change.next_step is not None:
        values["next_step"] = change.next_step.strip() or None
    return values


def moved(now: Current, close_on: date) -> dict[str, Any]:
    """The slip that a new day is, where it is one; what is closed slips no more."""
    slip = 0 if now.is_closed else slips_by(now.expected_on, close_on)
    return {"slips": now.slips + slip} if slip else {}
