"""The rows behind each figure, and the figure that they come to: a number is nothing but its list, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from callstation.percents import share_of
from callstation.reports.kpis import Key, Measure, mean, middle


class Part(Protocol):
    """What one row adds to a figure."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def weight(self) -> Decimal | None: ...
    @property
    def is_counted(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One call, quote, renewal or growth."""

    on: date
    """The rep's date."""
    account_id: int
    account: str
    target_id: int | None
    what: str
    """"Left voicemail", "Q-2026-0012 v2", "C-1003"."""
    record_id: int
    """Of the activity, quote, renewal or growth."""
    value: Decimal | None
    """What it adds to the figure: seconds, days, a share, or money of the base currency; None where it is not known."""
    weight: Decimal | None = None
    """What ``value`` is a part of, for a ratio of sums."""
    is_counted: bool = True
    """Whether it is one of those that a share counts."""
    amount: Decimal | None = None
    """Money as it stands in ``currency``."""
    currency: str = ""


COUNTED = frozenset({Key.QUOTES_MADE, Key.QUOTES_SENT, Key.RENEWALS_WON, Key.GROWTH_WON, Key.CALLS, Key.CONVERSATIONS})
SHARED = frozenset({Key.ATTACH_RATE, Key.REACH_RATE})
SUMMED = frozenset({Key.RENEWED_VALUE, Key.GROWTH_VALUE, Key.TALK_TIME})


def measure(key: Key, rows: Sequence[Part]) -> Measure:
    """The figure that these rows come to."""
    if key in COUNTED:
        return Measure(Decimal(len(rows)), len(rows))
    if key in SHARED:
        return Measure(share_of(sum(row.is_counted for row in rows), len(rows)), len(rows))
    known = [row for row in rows if row.value is not None]
    apart = len(rows) - len(known)
    values = [row.value for row in known if row.value is not None]
    if key in SUMMED:
        return Measure(sum(values, Decimal(0)) if values or not apart else None, len(known), apart)
    if key is Key.QUOTE_TO_ORDER:
        return Measure(middle(map(int, values)), len(known), apart)
    if key is Key.DISCOUNT:
        return Measure(mean(values), len(known), apart)
    whole = sum((row.weight for row in known if row.weight is not None), Decimal(0))
    return Measure(share_of(sum(values, Decimal(0)), whole), len(known), apart)
