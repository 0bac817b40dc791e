"""The rows of a report's spreadsheet: opportunities, calls by day, contracts due, growth, how it is covered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from callstation.renewals.adjustment import Adjustment
from callstation.renewals.adjustments import adjustments_in
from callstation.renewals.amounts import Rates
from callstation.renewals.coverage import Cover, ledger_rows
from callstation.renewals.due_list import DueRow, due_rows
from callstation.renewals.fiscal import Period, period_of
from callstation.renewals.forecast import period_named, rates_of
from callstation.renewals.grown import GrownRow, grown_rows
from callstation.renewals.live import COUNTS_AS, SIDES
from callstation.reports.kpis import day_of, week_of
from callstation.reports.series import DayCalls, calls_by_day
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import ForecastCategory, PeriodKind

MOST_ROWS = 100_000
AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An opportunity that closes in the four months."""

    is_growth: bool
    account: str
    title: str
    stage: str
    category: ForecastCategory
    close_on: date
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A contract that ends soon."""

    cover: Cover
    contract: str
    account: str
    ends_on: date | None
    amount: Decimal | None
    currency: str
    words: str
    what_to_do: str


class UnknownPart(StrEnum):
    """A part of the pack that may not be known of an earlier day."""

    FORECAST = "forecast"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class PackFacts:
    """All rows, and the rates they are converted by."""

    today: date
    made_at: datetime
    rates: Rates
    period: Period
    opportunities: tuple[Opportunity, ...]
    days: tuple[DayCalls, ...]
    due: tuple[DueRow, ...]
    due_name: str
    covered: tuple[Covered, ...]
    adjustments: tuple[Adjustment, ...]
    grown: tuple[GrownRow, ...]
    note: str = ""
    """Of an earlier day: where it is known from."""
    unknown: frozenset[UnknownPart] = frozenset()
    """What nobody remembers of it."""

    @property
    def rated(self) -> dict[str, Decimal]:
        """What a unit of each currency in it is worth, the own one among them; what has no rate is missing."""
        names = {self.rates.own, *(one.currency for one in self.opportunities), *(one.currency for one in self.due)}
        names |= {one.currency for one in self.grown}
        return {name: rate for name in sorted(names) if (rate := self.rates.of(name)) is not None}


def pack_facts(work: Work, day: date, *, is_week: bool) -> PackFacts:
    """Read the rows for a day, or for its week."""
    period = period_named(work, "rolling", day)
    year = period_of(day, PeriodKind.YEAR, work.settings.fiscal_year_starts)
    covered = tuple(
        Covered(
            cover, one.contract_number, one.account, one.due_on, one.amount, one.currency, one.words, one.what_to_do
        )
        for cover in reversed(Cover)
        for one in ledger_rows(work, day, day + AHEAD, cover, with_ended=True, limit=MOST_ROWS)
    )
    return PackFacts(
        work.today, datetime(day.year, day.month, day.day, 12), rates_of(work.settings), period,  # noqa: DTZ001 - a day
        tuple(_opportunities(work, period)), calls_by_day(work, week_of(day) if is_week else day_of(day)),
        due_rows(work, year.starts_on, min(day, year.ends_on), limit=MOST_ROWS), year.name, covered,
        adjustments_in(work, period), grown_rows(work, year.starts_on, min(day, year.ends_on)),
    )  # fmt: skip


def _opportunities(work: Work, period: Period) -> list[Opportunity]:
    found = []
    for side in SIDES:
        join, title = ("", "x.title") if side.is_growth else ("JOIN contract k ON k.id = x.contract_id", "k.number")
        rows: list[tuple[Any, ...]] = work.rows(
            f"SELECT * FROM (SELECT a.name, {title}, x.stage, {COUNTS_AS}, {side.closes(work)} AS closes, x.amount, "
            f"x.currency, x.id FROM {side.table} x JOIN account a ON a.id = x.account_id {join}) "
            "WHERE closes BETWEEN ? AND ? ORDER BY closes, 8 LIMIT ?",
            (period.starts_on.isoformat(), period.ends_on.isoformat(), MOST_ROWS),
        )
        found += [
            Opportunity(bool(side.is_growth), account, title, stage.replace("_", " "), ForecastCategory(category),
                        date.fromisoformat(closes), None if units is None else from_units(units), currency)
            for account, title, stage, category, closes, units, currency, _ in rows
        ]  # fmt: skip
    return found
