"""What the rep adds to or takes off a category of a month, with a note; figures show it apart from the contracts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from callstation.errors import UserError
from callstation.quotes.money import in_base, round_to, show
from callstation.quotes.policy import rate_of
from callstation.renewals.fiscal import Period, month_name, month_of
from callstation.renewals.measures import LABELS, Measure
from callstation.work import Work
from db.nouns import ForecastAdjustment
from db.stored import from_micros, from_units
from db.vocabulary import ForecastCategory

MOST = Decimal(10) ** 12
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One adjustment; ``amount`` in the own currency by today's rate, below zero where it takes off."""

    adjustment_id: int
    month: date
    category: ForecastCategory
    is_growth: bool
    amount: Decimal
    note: str
    made_at: datetime
    typed: tuple[Decimal, str] | None = None
    """The amount and its currency, where it was typed in another one."""
    is_left_out: bool = False
    """There is no rate for what it was typed in: ``amount`` is nothing."""

    @property
    def note_words(self) -> str:
        """The note, and what was typed where that is in another currency."""
        if self.typed is None:
            return self.note
        rest = ", for which there is no rate, so it is in no sum" if self.is_left_out else ""
        return f"{self.note} (typed as {show(*self.typed)}{rest})"


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
        note, from_micros(made_at), None if currency in ("", own) else (typed, currency), amount is None,
    )  # fmt: skip


def own_amount(work: Work, typed: Decimal, currency: str) -> Decimal | None:
    """What was typed in a currency ("" for the own one) in the own one by today's rate; None without one."""
    rate = rate_of(work.settings, currency or work.settings.currency)
    return None if rate is None else in_base(typed, rate.rate, work.settings.currency)


def made_by(adjustments: Iterable[Adjustment], moment: datetime) -> tuple[Adjustment, ...]:
    """Those that had been made by a moment, as they stand now: what was taken away since is not remembered."""
    return tuple(one for one in adjustments if one.made_at <= moment)


def of_measure(adjustments: Iterable[Adjustment], measure: Measure, *, is_growth: bool) -> tuple[Adjustment, ...]:
    """Those that are in a measure of renewals, or of growth."""
    return tuple(one for one in adjustments if one.is_growth == is_growth and one.category in measure.categories)


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
