"""The closing checklist of a renewal: what is done, what is missing, and ticking steps off."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from callstation.calling.targets import settle
from callstation.errors import UserError
from callstation.renewals.lapse import LapseRow, lapse_lane
from callstation.renewals.marks import LABELS, STEPS, missing_words
from callstation.renewals.to_close import ClosingRow, to_close
from callstation.sync.outbox import mark_new
from callstation.work import Work
from db.nouns import Activity, ClosingMark
from db.stored import from_micros
from db.vocabulary import ActivityKind, ClosingStep, RenewalStage, SyncEntity

__all__ = [
    "Checklist", "ClosingRow", "LapseRow", "Marked", "StepState", "checklist_of", "clear_step", "lapse_lane",
    "mark_step", "to_close",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepState:
    """One step of the checklist."""

    step: ClosingStep
    label: str
    done_at: datetime | None
    words: str
    """The order number, or how and to whom."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """How far a renewal is from being complete."""

    renewal_id: int
    target_id: int | None
    account_id: int
    account: str
    contract_number: str
    stage: RenewalStage
    steps: tuple[StepState, ...]

    @property
    def missing(self) -> tuple[ClosingStep, ...]:
        """The steps that are not done, in order."""
        return tuple(one.step for one in self.steps if one.done_at is None)

    @property
    def is_complete(self) -> bool:
        """Won, with every step done."""
        return not self.missing and self.stage is RenewalStage.WON

    @property
    def order_number(self) -> str:
        """The number of the order, once it is known."""
        return next(one.words for one in self.steps if one.step is ClosingStep.ORDER_NUMBER)

    @property
    def words(self) -> str:
        """Where it stands: "Won, not complete: licence delivered, customer told missing"."""
        if self.is_complete:
            return "Complete"
        if self.stage is RenewalStage.WON:
            return f"Won, not complete: {missing_words(self.missing)}"
        return f"Not won yet: {missing_words(self.missing)}" if self.missing else "All steps done, not won yet"


@dataclass(frozen=True, slots=True)
class Marked:
    """What ticking a step off did: the sentence for the screen, and what to do about the stage, if anything."""

    label: str
    offer: str
    is_complete: bool


def checklist_of(work: Work, renewal_id: int) -> Checklist:
    """The five steps of one renewal. ``UserError`` where it is gone."""
    found = work.row(
        "SELECT r.target_id, r.account_id, a.name, k.number, r.stage FROM renewal r "
        "JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id WHERE r.id = ?",
        (renewal_id,),
    )
    if found is None:
        raise UserError("This renewal is gone.", f"There is no renewal {renewal_id}.", "Reload the list.")
    marks = {
        step: (from_micros(at), words)
        for step, at, words in work.rows(
            "SELECT step, done_at, words FROM closing_mark WHERE renewal_id = ?", (renewal_id,)
        )
    }
    steps = tuple(StepState(step, LABELS[step], *marks.get(step.value, (None, ""))) for step in STEPS)
    target_id, account_id, account, number, stage = found
    return Checklist(renewal_id, target_id, account_id, account, number, RenewalStage(stage), steps)


def mark_step(work: Work, renewal_id: int, step: ClosingStep, *, words: str = "") -> Marked:
    """Tick a step off, with the order number or other ``words``; one that is done already takes the new words.

    The stage stays as it is: an order on an open renewal is a win only once the rep says so. ``UserError`` for a lost
    renewal, or an order number without a number.
    """
    words = " ".join(words.split())
    before = checklist_of(work, renewal_id)
    if before.stage is RenewalStage.LOST:
        raise UserError("This renewal is lost.", f"{before.contract_number} has nothing to close.", "")
    if step is ClosingStep.ORDER_NUMBER and not words:
        raise UserError("The order number is missing.", "", "Type the number of their order.")
    was = next(one for one in before.steps if one.step is step)
    if was.done_at is not None and words in ("", was.words):
        return Marked(f"{was.label} was done already", "", before.is_complete)
    work.replace(ClosingMark, renewal_id=renewal_id, step=step, done_at=work.now, words=words)
    after = checklist_of(work, renewal_id)
    said = f"{LABELS[step]} {words}" if step is ClosingStep.ORDER_NUMBER else LABELS[step]
    if words and step is not ClosingStep.ORDER_NUMBER:
        said = f"{said} ({words})"
    _tell(work, after, f"{said}. The renewal is complete" if after.is_complete else said)
    work.journal.label = f"{said}: {before.contract_number}, {before.account}"
    return Marked(work.journal.label, _offer(work, after, step), after.is_complete)


def clear_step(work: Work, renewal_id: int, step: ClosingStep) -> None:
    """Take a tick back: it was not done after all."""
    before = checklist_of(work, renewal_id)
    if not work.delete(ClosingMark, renewal_id, step):
        raise UserError(f"{LABELS[step]} is not done yet.", f"{before.contract_number}, {before.account}.", "")
    _tell(work, before, f"{LABELS[step]} taken back")
    work.journal.label = f"{LABELS[step]} taken back: {before.contract_number}, {before.account}"


def _offer(work: Work, after: Checklist, step: ClosingStep) -> str:
    """What the rep may want to log next: ticking off alone wins no renewal and accepts no quote."""
    if step is ClosingStep.QUOTE_ACCEPTED:
        sent = work.row(
            "SELECT q.number, q.version FROM quote_line l JOIN quote q ON q.id = l.quote_id "
            "WHERE l.renewal_id = ? AND q.status = 'sent' ORDER BY q.id DESC LIMIT 1",
            (after.renewal_id,),
        )
        return f"Quote {sent[0]} v{sent[1]} still waits for its answer: accept it." if sent else ""
    if not after.stage.is_open:
        return ""
    return "The renewal is still open: log “Order received” to win it."


def _tell(work: Work, of: Checklist, what: str) -> None:
    contact = work.row("SELECT contact_id FROM call_target WHERE id = ?", (of.target_id,))
    values: dict[str, Any] = {"target_id": of.target_id, "contact_id": contact[0] if contact else None}
    activity_id = work.insert(
        Activity, uid=uuid4().hex, kind=ActivityKind.CLOSING, account_id=of.account_id, renewal_id=of.renewal_id,
        happened_at=work.now, happened_on=work.today, note=f"{of.contract_number}: {what}", **values,
    )  # fmt: skip
    mark_new(work, SyncEntity.ACTIVITY, activity_id)
    if of.target_id is not None:
        settle(work, of.target_id)
