"""Generated books of contracts that were due, and what retention comes to, reckoned a second time in plain Python."""

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from callstation.work import Work
from db.nouns import Account, Contract, ContractLine, Growth, Product, Quote, QuoteLine, Renewal
from db.vocabulary import (
    AccountKind,
    ApprovalLevel,
    ForecastCategory,
    GrowthKind,
    LineKind,
    LossReason,
    ProductKind,
    Proration,
    QuoteOption,
    QuoteStatus,
    RenewalStage,
)

ZONE = ZoneInfo("America/New_York")
RATES = {"USD": Fraction(1), "EUR": Fraction(108, 100)}
"""What the tests set; nothing for GBP."""
FAMILIES = ("Endpoint", "Backup", "")
TABLES = ("quote_line", "quote", "growth", "renewal", "contract_line", "contract", "product", "call_target", "account")


@dataclass(frozen=True)
class Lot:
    """One contract that was due. Money in ten-thousandths; ``quoted`` are (amount, fee, is upgrade) lines of a year."""

    account: int
    partner: int | None
    family: str
    currency: str
    starts_on: date | None
    due_on: date
    value: int | None
    amount: int | None
    seats: int | None
    stage: RenewalStage
    closed: datetime | None
    reason: LossReason | None
    quoted: tuple[tuple[int, int, bool], ...] = ()
    is_moved_on: bool = False
    """The contract runs on: it stands in its next term already."""


@dataclass(frozen=True)
class Sale:
    """Growth that was won."""

    account: int
    family: str
    currency: str
    amount: int | None
    closed: datetime
    months: Decimal = Decimal(12)
    """What the amount is for."""

    @property
    def a_year(self) -> int:
        """Half a ten-thousandth rounds up; what has no amount comes to nothing."""
        return int(Fraction(self.amount or 0) * 12 / Fraction(self.months) + Fraction(1, 2))


@dataclass(frozen=True)
class Book:
    lots: tuple[Lot, ...]
    sales: tuple[Sale, ...] = ()
    segments: tuple[str, ...] = field(default=("small", "large", "", "small"))
    """By account number; the last ones are partners where lots name them."""


def write(work: Work, book: Book) -> None:
    """Put a book in the place of whatever is there."""
    for table in TABLES:
        work.raw.execute(f"DELETE FROM {table}")
    for at, segment in enumerate(book.segments):
        work.insert(
            Account, id=at + 1, uid=f"a{at}", kind=AccountKind.CUSTOMER, name=f"Account {at}", name_key=f"account {at}",
            segment=segment or None, created_at=work.now,
        )  # fmt: skip
    for at, family in enumerate(FAMILIES):
        work.insert(Product, id=at + 1, name=f"P{at}", name_key=f"p{at}", family=family or None, kind=ProductKind.PLAN)
    for at, lot in enumerate(book.lots, start=1):
        _write_lot(work, at, lot)
    for at, sale in enumerate(book.sales, start=1):
        work.insert(
            Growth, id=at, uid=f"g{at}", kind=GrowthKind.CROSS_SELL, account_id=sale.account + 1, title=f"Sale {at}",
            family=sale.family, amount=_money(sale.amount), term_months=sale.months, currency=sale.currency,
            stage=RenewalStage.WON, category=ForecastCategory.CLOSED, close_on=sale.closed.date(), created_at=work.now,
            closed_at=sale.closed,
        )  # fmt: skip


def _write_lot(work: Work, at: int, lot: Lot) -> None:
    on = timedelta(days=366 if lot.is_moved_on else 0)
    work.insert(
        Contract, id=at, uid=f"k{at}", number=f"C-{at}", account_id=lot.account + 1,
        partner_id=None if lot.partner is None else lot.partner + 1,
        starts_on=None if lot.starts_on is None else lot.starts_on + on, ends_on=lot.due_on + on,
        value=_money(lot.value), currency=lot.currency, created_at=work.now,
    )  # fmt: skip
    work.insert(ContractLine, id=at, contract_id=at, position=0, product_id=FAMILIES.index(lot.family) + 1)
    work.insert(
        Renewal, id=at, uid=f"r{at}", contract_id=at, account_id=lot.account + 1, due_on=lot.due_on,
        amount=_money(lot.amount), currency=lot.currency, quantity=lot.seats, stage=lot.stage,
        category=ForecastCategory.PIPELINE, loss_reason=lot.reason, closed_at=lot.closed,
    )  # fmt: skip
    if not lot.quoted:
        return
    total = sum(amount for amount, _, _ in lot.quoted)
    work.insert(
        Quote, id=at, uid=f"q{at}", number=f"Q-{at}", account_id=lot.account + 1, status=QuoteStatus.ACCEPTED,
        option=QuoteOption.AS_IS, proration=Proration.DAY_365, currency=lot.currency, base_currency="USD",
        priced_on=lot.due_on, valid_until=lot.due_on, starts_on=lot.due_on, ends_on=lot.due_on,
        list_total=_money(total), total=_money(total), approval_level=ApprovalLevel.REP, created_at=work.now,
        sent_at=work.now, decided_at=work.now,
    )  # fmt: skip
    for position, (amount, fee, is_upgrade) in enumerate(lot.quoted):
        work.insert(
            QuoteLine, uid=f"l{at}.{position}", quote_id=at, position=position, key=f"{position}",
            kind=LineKind.UPGRADE if is_upgrade else LineKind.RENEWAL, renewal_id=at, product_id=1, product="P",
            quantity=7, unit_list=_money(0), price_source="list", multiplier="365/365", fee=_money(fee),
            starts_on=lot.due_on, ends_on=lot.due_on, list_amount=_money(amount), amount=_money(amount),
        )  # fmt: skip


def _money(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units).scaleb(-4)


# -- the second reckoning -----------------------------------------------------------------------------------------


def rep_day(at: datetime) -> date:
    """The day turns at four in the morning."""
    return (at.astimezone(ZONE).replace(tzinfo=None) - timedelta(hours=4)).date()


def a_year(units: int | None, lot: Lot) -> int | None:
    """An amount for the contract's term, a year; half a ten-thousandth rounds up."""
    if units is None:
        return None
    found = Fraction(units) * 12 / _months(lot)
    return int(found + Fraction(1, 2))  # never below zero


def _months(lot: Lot) -> Fraction:
    start, end = lot.starts_on, lot.due_on
    if start is None or start > end:
        return Fraction(12)
    on = timedelta(days=366 if lot.is_moved_on else 0)
    start, end = start + on, end + on
    days = (end - start).days + 1
    for months in range(1, 60):
        year, month = divmod(start.month - 1 + months, 12)
        day = min(start.day, monthrange(start.year + year, month + 1)[1])
        if abs((date(start.year + year, month + 1, day) - start).days - days) <= 1:  # a day is no matter
            return Fraction(months)
    return Fraction(days * 12, 365)


def target_of(lot: Lot) -> int | None:
    return a_year(lot.amount if lot.is_moved_on or lot.value is None else lot.value, lot)


def result_of(lot: Lot) -> int | None:
    if lot.stage is not RenewalStage.WON:
        return 0
    if not lot.quoted:
        return a_year(lot.amount, lot)
    target = target_of(lot)
    if target is None:
        return None
    renewed = sum(amount - fee for amount, fee, is_upgrade in lot.quoted if not is_upgrade)
    upgraded = sum(amount - fee for amount, fee, is_upgrade in lot.quoted if is_upgrade)
    return max(renewed, min(renewed + upgraded, target))


def in_dollars(sums: dict[str, int]) -> Decimal:
    """Each currency converted once, and rounded to the cent."""
    total = Decimal(0)
    for currency, units in sums.items():
        if currency in RATES:
            exact = Fraction(units, 10_000) * RATES[currency]
            total += (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return total


def reckon(lots: list[Lot], grown: list[Sale]) -> dict[str, Any]:
    """Every figure of some contracts that were due."""
    money: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    late: dict[str, int] = defaultdict(int)
    for lot in lots:
        target, result = target_of(lot), result_of(lot)
        if target is not None and result is not None:
            money["target"][lot.currency] += target
            money["result"][lot.currency] += result
            money["kept"][lot.currency] += min(target, result)
        if lot.stage is RenewalStage.WON and lot.closed is not None:
            days = (rep_day(lot.closed) - lot.due_on).days
            late[next(name for low, name in _LATE if days >= low)] += 1
    for sale in grown:
        money["growth"][sale.currency] += sale.a_year
    dollars = {name: in_dollars(dict(money[name])) for name in ("target", "result", "kept", "growth")}
    won = [lot for lot in lots if lot.stage is RenewalStage.WON]
    seated = [lot for lot in lots if lot.seats is not None]
    return {
        "due": len(lots),
        **dollars,
        "grr": ratio(dollars["kept"], dollars["target"]),
        "nrr": ratio(dollars["result"] + dollars["growth"], dollars["target"]),
        "logo": ratio(len({lot.account for lot in won}), len({lot.account for lot in lots})),
        "unit": ratio(
            sum(7 * len(lot.quoted) if lot.quoted else lot.seats or 0 for lot in seated if lot in won),
            sum(lot.seats or 0 for lot in seated),
        ),
        "on_time": ratio(late["early"] + late["on_time"], len(won)),
        "lateness": {name: late[name] for _, name in _LATE},
        "open": sum(lot.stage.is_open for lot in lots),
        "lost": sum(lot.stage is RenewalStage.LOST for lot in lots),
    }


_LATE = (
    (91, "late_more"), (31, "late_90"), (8, "late_30"), (1, "late_7"), (-30, "on_time"), (-10_000, "early"),
)  # fmt: skip


def ratio(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """Half-up to four places; what lacks anything is not all."""
    if not whole:
        return None
    exact = Fraction(part) / Fraction(whole)
    found = int(exact * 20_000 + 1) // 2
    return Decimal(min(found, 9_999) if exact < 1 else found).scaleb(-4)


# -- what is generated --------------------------------------------------------------------------------------------

FIRST, LAST = date(2023, 12, 1), date(2024, 12, 31)
"""A leap year and the month before it."""
days = st.dates(FIRST, LAST) | st.sampled_from(
    [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2024, 1, 31), date(2024, 4, 30), date(2024, 12, 31),
     date(2024, 3, 10), date(2024, 11, 3), date(2023, 12, 31)]
)  # fmt: skip


@st.composite
def moments(draw: st.DrawFn, around: date) -> datetime:
    """Near a day, often at the very turn of the rep's day or of the clocks."""
    day = around + timedelta(days=draw(st.sampled_from([-40, -31, -30, -1, 0, 1, 7, 8, 30, 31, 90, 91, 200])))
    clock = draw(st.sampled_from([(0, 0), (3, 59), (4, 0), (12, 0), (2, 30), (1, 30), (23, 59)]))
    return datetime(day.year, day.month, day.day, *clock, tzinfo=ZONE).astimezone(UTC)


@st.composite
def lots(draw: st.DrawFn) -> Lot:
    due_on = draw(days)
    stage = draw(st.sampled_from(RenewalStage))
    money = st.none() | st.integers(0, 50_000 * 10_000) | st.sampled_from([0, 1, 120_000_000])
    value = draw(money)
    starts_on = draw(st.sampled_from([None, "year", "days", "three years", "odd"]))
    start = {
        None: None, "year": _year_before(due_on), "days": due_on - timedelta(days=364),
        "three years": due_on - timedelta(days=1094),
        "odd": due_on - timedelta(days=draw(st.integers(0, 1200))),
    }[starts_on]  # fmt: skip
    is_won = stage is RenewalStage.WON
    quoted = draw(st.lists(st.tuples(st.integers(5_000, 10**9), st.integers(0, 5_000), st.booleans()), max_size=2))
    return Lot(
        account=draw(st.integers(0, 3)), partner=draw(st.sampled_from([None, None, 3])),
        family=draw(st.sampled_from(FAMILIES)), currency=draw(st.sampled_from(["USD", "USD", "EUR", "GBP"])),
        starts_on=start, due_on=due_on, value=value, amount=draw(st.just(value) | money),
        seats=draw(st.none() | st.integers(0, 500)), stage=stage,
        closed=None if stage.is_open else draw(moments(due_on)),
        reason=draw(st.sampled_from(LossReason)) if stage is RenewalStage.LOST else None,
        quoted=tuple(quoted) if is_won and draw(st.booleans()) else (), is_moved_on=draw(st.booleans()),
    )  # fmt: skip


def _year_before(day: date) -> date:
    after = day + timedelta(days=1)
    return after.replace(year=after.year - 1, day=28 if (after.month, after.day) == (2, 29) else after.day)


@st.composite
def sales(draw: st.DrawFn) -> Sale:
    return Sale(
        draw(st.integers(0, 3)), draw(st.sampled_from(FAMILIES)), draw(st.sampled_from(["USD", "EUR", "GBP"])),
        draw(st.none() | st.integers(0, 10**9)), draw(moments(draw(days))),
        draw(st.sampled_from([Decimal(one) for one in ("12", "36", "1", "27.2877")])),
    )  # fmt: skip


books = st.builds(
    Book, st.lists(lots(), max_size=12).map(tuple), st.lists(sales(), max_size=4).map(tuple),
)  # fmt: skip
