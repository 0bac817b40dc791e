"""What is to close: renewals that are won but not complete, and those the customer has said yes to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.clock import working_date
from callstation.renewals.marks import WON_INCOMPLETE, missing_steps, missing_words
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import ClosingStep, RenewalStage

_ROWS = f"""
    WITH wanted AS (
        SELECT r.* FROM renewal r WHERE {WON_INCOMPLETE}
        UNION ALL
        SELECT r.* FROM renewal r WHERE r.closed_at IS NULL AND (r.stage IN ('verbal_yes', 'order_promised')
            OR EXISTS (SELECT 1 FROM closing_mark m WHERE m.renewal_id = r.id)))
    SELECT r.id, r.target_id, r.account_id, a.name, k.number, r.stage,
           coalesce((SELECT sum(l.amount) FROM quote_line l WHERE l.renewal_id = r.id AND l.quote_id = (
                SELECT q.id FROM quote_line o JOIN quote q ON q.id = o.quote_id WHERE o.renewal_id = r.id
                AND q.status = 'accepted' AND q.currency = r.currency ORDER BY q.decided_at DESC LIMIT 1)), r.amount),
           r.currency, r.due_on,
           (SELECT group_concat(m.step) FROM closing_mark m WHERE m.renewal_id = r.id),
           (SELECT m.words FROM closing_mark m WHERE m.renewal_id = r.id AND m.step = 'order_number'),
           (SELECT q.number || ' v' || q.version FROM quote_line l JOIN quote q ON q.id = l.quote_id
            WHERE l.renewal_id = r.id AND q.status = 'accepted' ORDER BY q.decided_at DESC LIMIT 1),
           (SELECT q.decided_at FROM quote_line l JOIN quote q ON q.id = l.quote_id
            WHERE l.renewal_id = r.id AND q.status = 'accepted' ORDER BY q.decided_at DESC LIMIT 1),
           (SELECT max(y.happened_at) FROM activity y WHERE y.target_id = r.target_id
            AND y.disposition IN ('verbal_yes', 'renewing_via_partner')),
           r.closed_at, r.last_contact_at
    FROM wanted r JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id
    ORDER BY r.stage <> 'won', r.due_on, r.id"""


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """One renewal that is not complete yet."""

    renewal_id: int
    target_id: int | None
    account_id: int
    account: str
    contract_number: str
    stage: RenewalStage
    is_won: bool
    amount: Decimal | None
    """What was accepted for it, else its value up for renewal."""
    currency: str
    due_on: date
    missing: tuple[ClosingStep, ...]
    missing_words: str
    """"Licence delivered, customer told missing"."""
    order_number: str
    quote: str
    """The accepted quote: "Q-2026-0012 v2"; "" where there is none."""
    days: int | None
    """Since the customer said yes; None where nobody knows when that was."""


def to_close(work: Work) -> tuple[ClosingRow, ...]:
    """Won and not complete first, then accepted quotes, verbal yes and order promised; what ends first on top."""
    return tuple(_row(work, row) for row in work.rows(_ROWS))


def _row(work: Work, row: tuple[Any, ...]) -> ClosingRow:
    (renewal_id, target_id, account_id, account, number, stage, amount, currency, due_on, done, order_number, quote,
     accepted_at, said_at, closed_at, contact_at) = row  # fmt: skip
    missing = missing_steps(done)
    words = missing_words(missing)
    yes_at = next((at for at in (accepted_at, said_at, closed_at, contact_at) if at is not None), None)
    days = None
    if yes_at is not None:
        settings = work.settings
        days = (work.today - working_date(from_micros(yes_at), settings.zone, settings.day_turns_at_hour)).days
    return ClosingRow(
        renewal_id, target_id, account_id, account, number, RenewalStage(stage), stage == RenewalStage.WON,
        None if amount is None else from_units(amount), currency, date.fromisoformat(due_on), missing,
        words[:1].upper() + words[1:], order_number or "", quote or "", days,
    )  # fmt: skip
