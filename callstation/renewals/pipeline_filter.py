"""What the pipeline is narrowed to: declared fields, kept as JSON."""

import json
from calendar import monthrange
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from callstation.errors import UserError
from callstation.renewals.fiscal import after, before, period_of
from db.vocabulary import ForecastCategory, PeriodKind, RenewalStage

LATELY_DAYS = 30
"""What was closed within so many days still stands on the board."""
LONGEST_DAYS = 36_500


class Standing(StrEnum):
    """Whether what is won, lost or set aside belongs to it."""

    OPEN = "open"
    LATELY = "lately"  # open, or closed within LATELY_DAYS
    CLOSED = "closed"
    ALL = "all"


class Within(StrEnum):
    """A period told from today, which goes along with the days; quarters and years are fiscal ones."""

    OVERDUE = "overdue"
    THIS_WEEK = "this week"
    NEXT_WEEK = "next week"
    LAST_MONTH = "last month"
    THIS_MONTH = "this month"
    NEXT_MONTH = "next month"
    LAST_QUARTER = "last quarter"
    THIS_QUARTER = "this quarter"
    NEXT_QUARTER = "next quarter"
    THIS_YEAR = "this year"
    NEXT_YEAR = "next year"

    def days(self, today: date, year_starts: int) -> tuple[date | None, date]:
        """Its first and last day; what is overdue has no first."""
        if self is Within.OVERDUE:
            return None, today - timedelta(days=1)
        which, _, unit = self.value.partition(" ")
        if unit == "week":
            monday = today + timedelta(days=7 * (which == "next") - today.weekday())
            return monday, monday + timedelta(days=6)
        period = period_of(today, PeriodKind(unit), year_starts)
        if which != "this":
            period = (after if which == "next" else before)(period, year_starts)
        return period.starts_on, period.ends_on


@dataclass(frozen=True, slots=True)
class Filter:
    """Which opportunities are meant; every field that is given must hold.

    ``closes_from`` and ``closes_to`` (both inclusive) are days on which the order is expected; of what is closed, the
    rep's day on which it was.
    """

    standing: Standing = Standing.OPEN
    is_growth: bool | None = None
    """Growth alone, renewals alone; None for both."""
    stages: tuple[RenewalStage, ...] = ()
    categories: tuple[ForecastCategory, ...] = ()
    closes_from: date | None = None
    closes_to: date | None = None
    partner_ids: tuple[int, ...] = ()
    """Sold through one of these; growth counts for whoever sold the account a contract."""
    account_id: int | None = None
    families: tuple[str, ...] = ()
    """Product families; "" for what has none."""
    segments: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    is_incomplete: bool = False
    """Something of ``completeness`` is missing."""
    silent_days: int | None = None
    """No two-way contact for more than so many days, or never."""
    is_slipped: bool = False
    """Moved to a later month at least once."""
    text: str = ""
    """Words of the account, the contract's number, the product or the title."""
    within: Within | None = None
    """The period in words, instead of ``closes_from`` and ``closes_to``: a saved filter goes along with the days."""

    def in_month(self, month: date) -> "Filter":
        """The same for the calendar month of a day."""
        _, days = monthrange(month.year, month.month)
        return replace(self, closes_from=month.replace(day=1), closes_to=month.replace(day=days), within=None)

    def closes_within(self, within: Within) -> "Filter":
        """The same for a period told from today."""
        return replace(self, closes_from=None, closes_to=None, within=within)

    def closes(self, today: date, year_starts: int) -> tuple[date | None, date | None]:
        """The first and the last day on which the order is expected; None where that end is open."""
        if self.within is not None:
            return self.within.days(today, year_starts)
        return self.closes_from, self.closes_to


WHOLE = Filter()
"""The open pipeline."""
LATELY = Filter(standing=Standing.LATELY)
"""What a board shows."""
_READ: dict[str, Any] = {
    "standing": Standing, "stages": lambda kept: tuple(map(RenewalStage, kept)),
    "categories": lambda kept: tuple(map(ForecastCategory, kept)), "closes_from": date.fromisoformat,
    "closes_to": date.fromisoformat, "partner_ids": lambda kept: tuple(map(int, kept)), "account_id": int,
    "families": lambda kept: tuple(map(str, kept)), "segments": lambda kept: tuple(map(str, kept)),
    "currencies": lambda kept: tuple(map(str, kept)), "silent_days": int, "text": str, "is_growth": bool,
    "is_incomplete": bool, "is_slipped": bool, "within": Within,
}  # fmt: skip


def to_json(wanted: Filter) -> str:
    """The filter as it is kept: only what differs from the whole open pipeline."""
    kept = {
        item.name: value
        for item in fields(Filter)
        if (value := getattr(wanted, item.name)) != getattr(WHOLE, item.name)
    }
    return json.dumps(kept, default=str, ensure_ascii=False)


def from_json(text: str) -> Filter:
    """A kept filter. ``UserError`` where a field is unknown or holds what it cannot hold."""
    try:
        kept: dict[str, Any] = json.loads(text or "{}")
        unknown = sorted(set(kept) - set(_READ))
        if unknown:
            raise ValueError(f"there is no field {', '.join(unknown)}")
        return checked(Filter(**{name: _READ[name](value) for name, value in kept.items()}))
    except (ValueError, TypeError, AttributeError) as error:
        raise UserError("This filter cannot be read.", f"{error}.", "Delete it, and save it anew.") from error


def checked(wanted: Filter) -> Filter:
    """The same filter. ``UserError`` where a period is upside down or a number of days is out of reach."""
    first, last = wanted.closes_from, wanted.closes_to
    if first is not None and last is not None and first > last:
        raise UserError(f"The period cannot go from {first} to {last}.", "", "Put the earlier day first.")
    if wanted.silent_days is not None and not 0 <= wanted.silent_days <= LONGEST_DAYS:
        raise UserError(f"{wanted.silent_days} days of silence is out of reach.", "", f"From 0 to {LONGEST_DAYS:,}.")
    return wanted
