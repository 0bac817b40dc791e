"""The forecast of renewals, or of growth: categories by months, what they are called together, and the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from callstation.percents import share_of
from callstation.quotes.money import exact
from callstation.renewals.adjustment import Adjustment
from callstation.renewals.amounts import Amount, Rates, amount_of, base_of
from callstation.renewals.fiscal import Period, month_of
from callstation.renewals.likelihood import WinRate, WinRates
from callstation.renewals.measures import Measure
from callstation.renewals.quota_periods import QuotaOf
from callstation.renewals.state import OPEN_CATEGORIES
from callstation.renewals.sums import Sum, Sums
from db.vocabulary import ForecastCategory, RenewalStage

ByMonth = Mapping[tuple[date, ForecastCategory], tuple[tuple[str, Sum], ...]]
"""What closes in a month (its first day) in a category, by currency."""
Adjusted = Mapping[tuple[date, ForecastCategory], Decimal]
"""What the rep added to a category of a month, or took off, in the own currency."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A measure in one month, or in the whole period (``month`` is None)."""

    measure: Measure
    month: date | None
    is_growth: bool
    amount: Amount
    adjusted: Decimal
    """What the rep added to it or took off, in the own currency; not in ``amount``."""
    week_ago: Amount | None
    """What the contracts came to a week before; None where no snapshot tells."""
    adjusted_ago: Decimal
    """What the rep had added to it or taken off by then."""

    @property
    def total(self) -> Decimal:
        """Contracts and adjustments."""
        return self.amount.base + self.adjusted

    @property
    def change(self) -> Decimal | None:
        """What it came to more (or less) than a week before, adjustments of each time included."""
        ago = self.total_ago
        return None if ago is None else self.total - ago

    @property
    def count_ago(self) -> int:
        """How many there were a week before."""
        return 0 if self.week_ago is None else self.week_ago.count

    @property
    def total_ago(self) -> Decimal | None:
        """Contracts and adjustments of a week before; None where no snapshot tells."""
        return None if self.week_ago is None else self.week_ago.base + self.adjusted_ago


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is open in a stage, and how likely that is won."""

    stage: RenewalStage
    amount: Amount
    rate: WinRate


@dataclass(frozen=True, slots=True)
class Side:
    """All of one period; money in the own currency."""

    is_growth: bool
    period: Period
    rates: Rates
    now: ByMonth
    ago: ByMonth | None
    adjusted: Adjusted
    adjusted_ago: Adjusted
    weighted: Decimal
    """Closed, and of the open four each stage by how likely it is won; with what was adjusted in closed."""
    stages: tuple[Weighed, ...]
    """What of it is open, by stage."""
    quota: QuotaOf
    overdue: Amount
    """Open, and expected before the period: in none of its months, and not to be forgotten."""
    months: tuple[date, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "months", self.period.months)

    def cell(self, measure: Measure, month: date | None = None) -> Cell:
        """One cell; ``month`` is a first day, None for the whole period."""
        months = self.months if month is None else (month,)
        wanted = [(one, category) for one in months for category in measure.categories]
        return Cell(
            measure, month, self.is_growth, self._amount(self.now, wanted),
            sum((self.adjusted.get(one, Decimal(0)) for one in wanted), Decimal(0)),
            None if self.ago is None else self._amount(self.ago, wanted),
            sum((self.adjusted_ago.get(one, Decimal(0)) for one in wanted), Decimal(0)),
        )  # fmt: skip

    @property
    def gap(self) -> Decimal | None:
        """quota - closed won; below zero where the quota is exceeded, None without a quota."""
        return None if self.quota.amount is None else self.quota.amount - self.cell(Measure.CLOSED).total

    @property
    def coverage(self) -> Decimal | None:
        """open pipeline / gap, to four places; None where there is no gap."""
        gap = self.gap
        return None if gap is None or gap <= 0 else share_of(self.cell(Measure.OPEN_PIPELINE).total, gap)

    @property
    def attainment(self) -> Decimal | None:
        """closed won / quota; None without a quota, or with one of nothing."""
        return share_of(self.cell(Measure.CLOSED).total, self.quota.amount)

    @property
    def commit_attainment(self) -> Decimal | None:
        """(commit + closed won) / quota."""
        return share_of(self.cell(Measure.COMMIT_FORECAST).total, self.quota.amount)

    def _amount(self, sums: ByMonth, wanted: Iterable[tuple[date, ForecastCategory]]) -> Amount:
        return amount_of((part for one in wanted for part in sums.get(one, ())), self.rates)


def adjusted_by(adjustments: Iterable[Adjustment], *, is_growth: bool) -> Adjusted:
    """The adjustments of one side added up."""
    found: dict[tuple[date, ForecastCategory], Decimal] = {}
    for one in adjustments:
        if one.is_growth == is_growth:
            at = (month_of(one.month), one.category)
            found[at] = found.get(at, Decimal(0)) + one.amount
    return found


def by_month(sums: Sums, *, is_growth: bool, period: Period) -> ByMonth:
    """The sums of one side that close in a period."""
    found: dict[tuple[date, ForecastCategory], list[tuple[str, Sum]]] = {}
    for key, value in sums.items():
        if key.is_growth == is_growth and period.starts_on <= key.month <= period.ends_on:
            found.setdefault((key.month, key.category), []).append((key.currency, value))
    return {at: tuple(parts) for at, parts in found.items()}


def weighted(sums: Sums, *, is_growth: bool, period: Period, rates: Rates, win_rates: WinRates) -> Decimal:
    """Closed in full, and what counts as open (omitted is not) by the win rate of its stage; in the own currency."""
    units: dict[str, Decimal] = {}
    with exact():
        for key, value in sums.items():
            if key.is_growth != is_growth or not period.starts_on <= key.month <= period.ends_on:
                continue
            share = Decimal(0)
            if key.category is ForecastCategory.CLOSED:
                share = Decimal(1)
            elif key.category in OPEN_CATEGORIES:
                share = win_rates[is_growth, key.stage].share
            units[key.currency] = units.get(key.currency, Decimal(0)) + value.units * share
    return base_of(units, rates)


def open_stages(
    sums: Sums, *, is_growth: bool, period: Period, rates: Rates, win_rates: WinRates
) -> tuple[Weighed, ...]:  # fmt: skip
    """What counts as open by stage, each with its win rate: what ``weighted`` is made of beside what is closed."""
    found: dict[RenewalStage, list[tuple[str, Sum]]] = {}
    for key, value in sums.items():
        is_in = key.is_growth == is_growth and period.starts_on <= key.month <= period.ends_on
        if is_in and key.category in OPEN_CATEGORIES:
            found.setdefault(key.stage, []).append((key.currency, value))
    return tuple(
        Weighed(stage, amount_of(found[stage], rates), win_rates[is_growth, stage])
        for stage in RenewalStage
        if stage in found
    )


def overdue(sums: Sums, *, is_growth: bool, period: Period, rates: Rates) -> Amount:
    """What is open and was expected before a period."""
    return amount_of(
        (
            (key.currency, value)
            for key, value in sums.items()
            if key.is_growth == is_growth and key.month < period.starts_on and key.category in OPEN_CATEGORIES
        ),
        rates,
    )
