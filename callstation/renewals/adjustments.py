"""What the rep adds to or takes off a category of a month, with a note; figures show it apart from the contracts."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.errors import UserError
from callstation.quotes.money import in_base, round_to, show
from callstation.quotes.policy import rate_of
from callstation.renewals.adjustment import Adjustment
from callstation.renewals.fiscal import Period, month_name, month_of
from callstation.renewals.measures import LABELS, Measure
from callstation.work import Work
from db.nouns import ForecastAdjustment
from db.stored import from_micros, from_units
from db.vocabulary import ForecastCategory

MOST = Decimal(10) ** 12
LONGEST_NOTE = 500


def adjust(
    work: Work, month: date, category: ForecastCategory, amount: Decimal, note: str, *, is_growth: bool = False
) -> int:
    """Add an amount to (or take it off) a category of a day's month; its id.

    ``UserError`` without a note, for nothing, for an amount out of reach, and for what is omitted.
    """
    values = _checked(work, amount, note)
    if category is ForecastCategory.OMITTED:
        raise UserError("What is omitted is not forecast.", "", "Choose another category.")
    adjustment_id = work.insert(
        ForecastAdjustment, uid=uuid4().hex, month=month_of(month), category=category, is_growth=is_growth,
        made_at=work.now, **values,
    )  # fmt: skip
    work.journal.label = f"Adjusted {_words(month, category)} by {show(values['amount'], work.settings.currency)}"
    return adjustment_id


def change_adjustment(work: Work, adjustment_id: int, *, amount: Decimal, note: str) -> None:
    """Give an adjustment another amount or note. ``UserError`` where it is gone, and as ``adjust``."""
    month, category = _existing(work, adjustment_id)
    values = _checked(work, amount, note)
    work.update(ForecastAdjustment, adjustment_id, **values)
    shown = show(values["amount"], work.settings.currency)
    work.journal.label = f"Changed the adjustment of {_words(month, category)} to {shown}"


def remove_adjustment(work: Work, adjustment_id: int) -> None:
    """Take an adjustment away. ``UserError`` where it is gone."""
    month, category = _existing(work, adjustment_id)
    work.delete(ForecastAdjustment, adjustment_id)
    work.journal.label = f"Took the adjustment of {_words(month, category)} away"


def adjustments_in(work: Work, period: Period) -> tuple[Adjustment, ...]:
    """Every adjustment of a period's months, in the order of months and of making."""
    return tuple(
        _read(work, row)
        for row in work.rows(
            "SELECT id, month, category, is_growth, amount, note, made_at, currency FROM forecast_adjustment "
            "WHERE month BETWEEN ? AND ? ORDER BY month, made_at, id",
            (period.starts_on.isoformat(), period.ends_on.isoformat()),
        )
    )


def _read(work: Work, row: tuple[Any, ...]) -> Adjustment:
    adjustment_id, month, category, is_growth, units, note, made_at, currency = row
    typed, own = from_units(units), work.settings.currency
    amount = own_amount(work, typed, currency)
    return Adjustment(
        adjustment_id, date.fromisoformat(month), ForecastCategory(category), bool(is_growth), amount or Decimal(0),
        note, from_micros(made_at), None if currency == own else (typed, currency), amount is None,
    )  # fmt: skip


def own_amount(work: Work, typed: Decimal, currency: str) -> Decimal | None:
    """What was typed in a currency, in the own one by today's rate; None without one."""
    rate = rate_of(work.settings, currency)
    return None if rate is None else in_base(typed, rate.rate, work.settings.currency)


def _checked(work: Work, amount: Decimal, note: str) -> dict[str, Any]:
    note = " ".join(note.split())
    if not note:
        raise UserError("An adjustment needs a note.", "", "Say why, in a few words.")
    if len(note) > LONGEST_NOTE:
        raise UserError("This note is too long.", f"{len(note)} characters.", f"Use at most {LONGEST_NOTE}.")
    if not amount.is_finite() or abs(amount) > MOST:
        raise UserError(f"An adjustment cannot be {amount}.", "", "Type an amount, below zero to take off.")
    amount = round_to(amount, work.settings.currency)
    if not amount:
        raise UserError("An adjustment of nothing changes nothing.", "", "Type an amount, below zero to take off.")
    return {"amount": amount, "note": note, "currency": work.settings.currency}


def _existing(work: Work, adjustment_id: int) -> tuple[date, ForecastCategory]:
    found = work.row("SELECT month, category FROM forecast_adjustment WHERE id = ?", (adjustment_id,))
    if found is None:
        raise UserError("This adjustment is gone.", f"There is no adjustment {adjustment_id}.", "Reload the page.")
    return date.fromisoformat(found[0]), ForecastCategory(found[1])


def _words(month: date, category: ForecastCategory) -> str:
    return f"{LABELS[Measure(category.value)].lower()} of {month_name(month)}"
