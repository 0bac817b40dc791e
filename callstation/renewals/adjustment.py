"""One adjustment of the forecast, and which of them count at a moment and in a measure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from callstation.quotes.money import show
from callstation.renewals.measures import Measure
from db.vocabulary import ForecastCategory


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


def made_by(adjustments: Iterable[Adjustment], moment: datetime) -> tuple[Adjustment, ...]:
    """Those that had been made by a moment, as they stand now: what was taken away since is not remembered."""
    return tuple(one for one in adjustments if one.made_at <= moment)


def of_measure(adjustments: Iterable[Adjustment], measure: Measure, *, is_growth: bool) -> tuple[Adjustment, ...]:
    """Those that are in a measure of renewals, or of growth."""
    return tuple(one for one in adjustments if one.is_growth == is_growth and one.category in measure.categories)
