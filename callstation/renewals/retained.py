"""Retention over what was due: gross, net, customers, seats, on time or late; sums of cells, nothing looked up.

trade.md: GRR = sum(min(result, target)) / sum(target), NRR = sum(result) / sum(target) with what the same accounts grew
by, logo = customers renewed / due, unit = seats renewed / due, on time = closed by the due date / renewed. What is due
and what was closed in a period never meet in one ratio.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from callstation.percents import share_of
from callstation.quotes.money import in_base
from db.vocabulary import LossReason

EARLY_DAYS = 30
"""Closed more than so many days before the end is early; it is on time too."""


class Outcome(StrEnum):
    """What became of a contract that was due."""

    WON = "won"
    LOST = "lost"
    OPEN = "open"


class Lateness(StrEnum):
    """When a renewed contract was closed, seen from its end."""

    EARLY = "early"  # more than 30 days before
    ON_TIME = "on_time"  # up to and on the day
    LATE_7 = "late_7"  # 1 to 7 days after
    LATE_30 = "late_30"
    LATE_90 = "late_90"
    LATE_MORE = "late_more"


BUCKETS: tuple[tuple[int, Lateness], ...] = (
    (-EARLY_DAYS - 1, Lateness.EARLY), (0, Lateness.ON_TIME), (7, Lateness.LATE_7), (30, Lateness.LATE_30),
    (90, Lateness.LATE_90),
)  # fmt: skip
"""The last day after the end (negative before it) of each bucket; whatever is later comes under ``LATE_MORE``."""
LATE_WORDS: Mapping[Lateness, str] = {
    Lateness.LATE_7: "1-7 days late", Lateness.LATE_30: "8-30 days late", Lateness.LATE_90: "31-90 days late",
    Lateness.LATE_MORE: "more than 90 days late",
}  # fmt: skip


def lateness_of(days_late: int) -> Lateness:
    """The bucket of a contract that was closed so many days after its end, negative before it."""
    return next((bucket for last, bucket in BUCKETS if days_late <= last), Lateness.LATE_MORE)


class Cell(NamedTuple):
    """Contracts due that are alike, added up. Money: ten-thousandths of ``currency`` a year.

    ``unknown`` of ``number`` have no known value and stand in no sum of money, ``unseated`` in no sum of seats.
    """

    group: str
    currency: str
    outcome: Outcome
    lateness: Lateness | None
    reason: LossReason | None
    number: int
    unknown: int
    target: int
    result: int
    kept: int
    """min(result, target), contract by contract."""
    unseated: int
    seats_due: int
    seats_renewed: int


class Customers(NamedTuple):
    """Accounts with a contract due, and those of them that renewed one at least."""

    due: int
    renewed: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What has no rate into the base currency: counted, but in no sum of money."""

    currency: str
    count: int
    target: Decimal
    result: Decimal

    @property
    def words(self) -> str:
        contracts = "contract" if self.count == 1 else "contracts"
        return f"{self.count:,} {contracts} in {self.currency} ({self.target:,.2f} a year due): no exchange rate is set"


@dataclass(frozen=True, slots=True)
class Lost:
    """Contracts lost for one reason, and their value up for renewal."""

    reason: LossReason | None
    count: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Retention:
    """The figures of one group. Money in the base currency a year; shares to four places, None where nothing is due."""

    key: str
    name: str
    due: int
    """Contracts due: n of every figure that says no other."""
    valued: int
    """Those with a known value and a rate: n of GRR and NRR."""
    target: Decimal
    kept: Decimal
    result: Decimal
    growth: Decimal
    """What the same accounts bought beyond their renewals, closed in the period: part of NRR alone."""
    customers: Customers
    seats_due: int
    seats_renewed: int
    renewed: int
    on_time_count: int
    """Early ones included."""
    lateness: Mapping[Lateness, int]
    open: int
    open_value: Decimal
    lost: tuple[Lost, ...]
    """By reason, the most value first."""
    left_out: tuple[LeftOut, ...]
    originals: Mapping[str, tuple[Decimal, Decimal]]
    """Currency to (target, result) as they stand in it."""

    @property
    def weight(self) -> Decimal:
        """What groups are sorted by."""
        return self.target + self.growth

    @property
    def grr(self) -> Decimal | None:
        return share_of(self.kept, self.target)

    @property
    def nrr(self) -> Decimal | None:
        return share_of(self.result + self.growth, self.target)

    @property
    def logo(self) -> Decimal | None:
        return share_of(self.customers.renewed, self.customers.due)

    @property
    def unit(self) -> Decimal | None:
        return share_of(self.seats_renewed, self.seats_due)

    @property
    def on_time(self) -> Decimal | None:
        return share_of(self.on_time_count, self.renewed)

    @property
    def early(self) -> Decimal | None:
        return share_of(self.lateness[Lateness.EARLY], self.renewed)


RateOf = Callable[[str], Decimal | None]
"""Units of the base currency for one of another; None where there is no rate."""


def retain(
    cells: Iterable[Cell], *, key: str, name: str, customers: Customers, growth: Mapping[str, int], rate_of: RateOf,
    base: str,
) -> Retention:  # fmt: skip
    """Add up the cells of one group. ``growth``: currency to ten-thousandths; ``base``: the base currency.

    Money is added up in its own currency and converted once, so that no order of the rows changes a sum.
    """
    counts: Counter[str] = Counter()
    late: Counter[Lateness] = Counter()
    money: dict[str, Counter[str]] = {}
    lost: dict[LossReason | None, Counter[str]] = {}
    lost_count: Counter[LossReason | None] = Counter()
    rated: dict[str, bool] = {}
    for one in cells:
        counts["due"] += one.number
        counts["unseated"] += one.unseated
        counts["seats_due"] += one.seats_due
        counts["seats_renewed"] += one.seats_renewed
        counts[one.outcome] += one.number
        if one.lateness is not None:
            late[one.lateness] += one.number
        has_rate = rated.setdefault(one.currency, rate_of(one.currency) is not None)
        sums = money.setdefault(one.currency, Counter())
        sums["count"] += one.number
        sums["valued"] += one.number - one.unknown
        sums["target"] += one.target
        sums["result"] += one.result
        sums["kept"] += one.kept
        if one.outcome is Outcome.OPEN:
            sums["open"] += one.target
        if one.outcome is Outcome.LOST:
            lost_count[one.reason] += one.number
            lost.setdefault(one.reason, Counter())[one.currency] += one.target
        if has_rate:
            counts["valued"] += one.number - one.unknown

    def based(what: Mapping[str, int]) -> Decimal:
        return in_base_units(what, rate_of, base)

    def of(part: str) -> dict[str, int]:
        return {currency: sums[part] for currency, sums in money.items()}

    by_reason = [Lost(reason, number, based(lost[reason])) for reason, number in lost_count.items()]
    return Retention(
        key=key, name=name, due=counts["due"], valued=counts["valued"], target=based(of("target")),
        kept=based(of("kept")), result=based(of("result")), growth=based(growth), customers=customers,
        seats_due=counts["seats_due"], seats_renewed=counts["seats_renewed"], renewed=counts[Outcome.WON],
        on_time_count=late[Lateness.EARLY] + late[Lateness.ON_TIME], lateness={one: late[one] for one in Lateness},
        open=counts[Outcome.OPEN], open_value=based(of("open")),
        lost=tuple(sorted(by_reason, key=lambda one: (-one.value, -one.count, one.reason or ""))),
        left_out=tuple(
            LeftOut(currency, sums["count"], _amount(sums["target"]), _amount(sums["result"]))
            for currency, sums in sorted(money.items()) if not rated[currency]
        ),
        originals={
            currency: (_amount(sums["target"]), _amount(sums["result"])) for currency, sums in sorted(money.items())
        },
    )  # fmt: skip


def in_base_units(what: Mapping[str, int], rate_of: RateOf, base: str) -> Decimal:
    """Sums by currency (ten-thousandths) in the base currency; what has no rate adds nothing."""
    total = in_base(Decimal(0), Decimal(1), base)
    for currency, units in what.items():
        rate = rate_of(currency)
        if rate is not None:
            total += in_base(_amount(units), rate, base)
    return total


def _amount(units: int) -> Decimal:
    return Decimal(units).scaleb(-4)
