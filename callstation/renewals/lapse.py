"""The lapse lane: renewals past their end that are not complete, with what each day of waiting costs."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from callstation.calling.there import their_time
from callstation.clock import working_date
from callstation.quotes.money import exact, in_base, round_to
from callstation.quotes.policy import rate_of
from callstation.quotes.reading import term_months
from callstation.renewals.marks import WON_INCOMPLETE, missing_steps, missing_words
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import RenewalStage

DAILY_DAYS = 5
"""After the end we call daily for so many days, then weekly (trade.md, Cadence)."""
WEEK = 7

_ROWS = f"""
    WITH wanted AS (
        SELECT r.* FROM renewal r WHERE r.closed_at IS NULL AND r.due_on < :today
        UNION ALL
        SELECT r.* FROM renewal r WHERE r.due_on < :today AND {WON_INCOMPLETE})
    SELECT r.id, r.target_id, r.account_id, a.name, k.number, r.stage, r.due_on, r.amount, r.currency, k.starts_on,
           k.ends_on,
           (SELECT group_concat(m.step) FROM closing_mark m WHERE m.renewal_id = r.id),
           t.called_on, t.state, t.due_at, t.hours_key
    FROM wanted r JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = r.account_id
    LEFT JOIN call_target t ON t.id = r.target_id"""


@dataclass(frozen=True, slots=True)
class LapseRow:
    """One late renewal."""

    renewal_id: int
    target_id: int | None
    account_id: int
    account: str
    contract_number: str
    stage: RenewalStage
    due_on: date
    days_late: int
    amount: Decimal | None
    currency: str
    cost_per_day: Decimal | None
    """The yearly value / 365, rounded to the minor unit; None where no value is known."""
    cost_so_far: Decimal | None
    next_call_on: date
    missing_words: str
    """What a won one still lacks; "" for one that is open."""


def lapse_lane(work: Work) -> tuple[LapseRow, ...]:
    """Every renewal past its end that is neither complete nor lost, what costs the most a day on top.

    Currencies are compared by the rates of the settings; one without a rate comes by its bare number.
    """
    rows = [_row(work, row) for row in work.rows(_ROWS.replace(":today", "?"), [work.today.isoformat()] * 2)]
    return tuple(sorted(rows, key=lambda row: (-_worth(work, row), row.due_on, row.renewal_id)))


def cost_per_day(amount: Decimal, months: Decimal, currency: str) -> Decimal:
    """What a day without the contract is worth: amount x 12 / months of its term / 365, rounded half-up."""
    with exact():
        return round_to(amount * 12 / months / 365, currency)


def next_lapse_call(due_on: date, last_on: date | None, today: date) -> date:
    """The first day of the lapse cadence that has not been called on: daily for five days, then weekly.

    One that was passed over is due today; nothing overdue drops off by age.
    """
    after = max(due_on, last_on) if last_on is not None else due_on
    late = (after - due_on).days + 1
    if late > DAILY_DAYS:
        late = DAILY_DAYS + -(-(late - DAILY_DAYS) // WEEK) * WEEK
    return max(due_on + timedelta(days=late), today)


def _row(work: Work, row: tuple[Any, ...]) -> LapseRow:
    (renewal_id, target_id, account_id, account, number, stage, due, amount_units, currency, starts, ends, done,
     called, state, due_at, hours_key) = row  # fmt: skip
    due_on, starts_on = date.fromisoformat(due), date.fromisoformat(starts) if starts else None
    months = term_months(starts_on, date.fromisoformat(ends))
    days = (work.today - due_on).days
    amount = None if amount_units is None else from_units(amount_units)
    cost = None if amount is None else cost_per_day(amount, months, currency)
    next_on = next_lapse_call(due_on, date.fromisoformat(called) if called else None, work.today)
    there = their_time(work.settings, hours_key or "")
    next_on = there.add_working_days(next_on, 0)
    if state == "timed" and due_at is not None:  # what was agreed comes first
        settings = work.settings
        agreed = working_date(from_micros(due_at), settings.zone, settings.day_turns_at_hour)
        next_on = max(agreed, work.today)
    is_won = stage == RenewalStage.WON
    return LapseRow(
        renewal_id, target_id, account_id, account, number, RenewalStage(stage), due_on, days, amount, currency, cost,
        None if cost is None else cost * days, next_on, missing_words(missing_steps(done)) if is_won else "",
    )  # fmt: skip


def _worth(work: Work, row: LapseRow) -> Decimal:
    if row.cost_per_day is None:
        return Decimal(-1)
    rate = rate_of(work.settings, row.currency)
    return row.cost_per_day if rate is None else in_base(row.cost_per_day, rate.rate, work.settings.currency)
