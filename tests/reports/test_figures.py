"""Every figure beside a second reckoning over generated work, and every number the length of its list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.fiscal import period_of
from callstation.reports.figures import CALL_KEYS, Figures, figures, list_of
from callstation.reports.kpis import Key, Stretch, Unit, week_of
from callstation.reports.series import calls_by_day, calls_by_hour, calls_of_hour
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import Account, Activity, Contract, Growth, Product, Quote, QuoteLine, Renewal
from db.vocabulary import (
    AccountKind,
    ActivityKind,
    ApprovalLevel,
    Disposition,
    ForecastCategory,
    GrowthKind,
    LineKind,
    PeriodKind,
    ProductKind,
    Proration,
    QuoteOption,
    QuoteStatus,
    RenewalStage,
)

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 11, 23)
PERIOD = Stretch(date(2026, 10, 26), date(2026, 11, 8), "over the end of daylight saving")
MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
RATES = {"USD": Fraction(1), "EUR": Fraction(108, 100)}
TABLES = ("quote_line", "quote", "growth", "renewal", "contract", "product", "activity", "account")


@pytest.fixture
def app(store: Path, settings: Settings, clock: ManualClock) -> Iterator[App]:
    opened = App(store, settings=settings.with_values(rates="EUR: 1.08, 2026-11-20"), clock=clock)
    yield opened
    opened.close()


@dataclass(frozen=True)
class Call:
    at: datetime
    is_reached: bool
    seconds: int


@dataclass(frozen=True)
class Offer:
    """A quote, with the renewal it is for. Money in ten-thousandths."""

    made: datetime
    sent: datetime | None
    decided: datetime | None
    """Accepted then."""
    won: datetime | None
    """When its renewal was won."""
    currency: str
    total: int
    cost: int | None
    discount: int
    has_add_on: bool
    is_linked: bool
    """Whether the renewal stands on the quote."""


@dataclass(frozen=True)
class Sale:
    at: datetime
    amount: int | None
    currency: str
    account: int
    months: int = 12
    """What the amount is for."""


@dataclass(frozen=True)
class Doings:
    calls: tuple[Call, ...] = ()
    offers: tuple[Offer, ...] = ()
    sales: tuple[Sale, ...] = ()


def write(work: Work, all_of_it: Doings) -> None:
    for table in TABLES:
        work.raw.execute(f"DELETE FROM {table}")
    for at in range(1, 9):
        work.insert(
            Account, id=at, uid=f"a{at}", kind=AccountKind.CUSTOMER, name=f"A{at}", name_key=f"a{at}",
            created_at=work.now,
        )  # fmt: skip
    work.insert(Product, id=1, name="P", name_key="p", kind=ProductKind.PLAN)
    for at, call in enumerate(all_of_it.calls):
        work.insert(
            Activity, uid=f"c{at}", kind=ActivityKind.CALL, account_id=1, happened_at=call.at,
            happened_on=rep_day(call.at), disposition=Disposition.NO_ANSWER, is_reached=call.is_reached,
            duration_s=call.seconds,
        )  # fmt: skip
    for at, offer in enumerate(all_of_it.offers, start=1):
        _write_offer(work, at, offer)
    for at, sale in enumerate(all_of_it.sales, start=1):
        work.insert(
            Growth, id=at, uid=f"g{at}", kind=GrowthKind.CROSS_SELL, account_id=sale.account, title="T",
            amount=_money(sale.amount), term_months=Decimal(sale.months), currency=sale.currency,
            stage=RenewalStage.WON, category=ForecastCategory.CLOSED, close_on=TODAY, created_at=work.now,
            closed_at=sale.at,
        )  # fmt: skip


def _write_offer(work: Work, at: int, offer: Offer) -> None:
    work.insert(
        Contract, id=at, uid=f"k{at}", number=f"C-{at}", account_id=at, ends_on=TODAY, value=_money(offer.total),
        currency=offer.currency, created_at=work.now,
    )  # fmt: skip
    work.insert(
        Renewal, id=at, uid=f"r{at}", contract_id=at, account_id=at, due_on=TODAY, amount=_money(offer.total),
        currency=offer.currency, stage=RenewalStage.WON if offer.won else RenewalStage.QUOTED,
        category=ForecastCategory.PIPELINE, closed_at=offer.won,
    )  # fmt: skip
    status = QuoteStatus.ACCEPTED if offer.decided else QuoteStatus.SENT if offer.sent else QuoteStatus.DRAFT
    work.insert(
        Quote, id=at, uid=f"q{at}", number=f"Q-{at}", account_id=at, status=status, option=QuoteOption.AS_IS,
        proration=Proration.DAY_365, currency=offer.currency, base_currency="USD",
        rate="1" if offer.currency == "USD" else "", priced_on=TODAY, valid_until=TODAY, starts_on=TODAY, ends_on=TODAY,
        list_total=_money(offer.total), total=_money(offer.total), cost_total=_money(offer.cost),
        discount=_money(offer.discount), approval_level=ApprovalLevel.REP, created_at=offer.made, sent_at=offer.sent,
        decided_at=offer.decided,
    )  # fmt: skip
    lines = [(LineKind.RENEWAL, at)] if offer.is_linked else []
    lines += [(LineKind.ADD_ON, 0)] if offer.has_add_on else []
    for position, (kind, renewal_id) in enumerate(lines):
        work.insert(
            QuoteLine, uid=f"l{at}.{position}", quote_id=at, position=position, key=f"{position}", kind=kind,
            renewal_id=renewal_id or None, product_id=1, product="P", quantity=1, unit_list=_money(0),
            price_source="list", multiplier="1/1", starts_on=TODAY, ends_on=TODAY, list_amount=_money(offer.total),
            amount=_money(offer.total),
        )  # fmt: skip


def _money(units: int | None) -> Decimal | None:
    return None if units is None else Decimal(units).scaleb(-4)


# -- the second reckoning -----------------------------------------------------------------------------------------


def rep_day(at: datetime) -> date:
    return (at.astimezone(ZONE).replace(tzinfo=None) - timedelta(hours=4)).date()


def is_in(at: datetime | None, period: Stretch) -> bool:
    return at is not None and period.starts_on <= rep_day(at) <= period.ends_on


def dollars(units: int, currency: str) -> Fraction | None:
    """To the cent, half up; None without a rate."""
    if currency not in RATES:
        return None
    return Fraction(int(Fraction(units, 100) * RATES[currency] + Fraction(1, 2)), 100)


def reckon(all_of_it: Doings, period: Stretch) -> dict[Key, tuple[Fraction | None, int]]:
    """(value, n) of every figure."""
    calls = [one for one in all_of_it.calls if is_in(one.at, period)]
    sent = [one for one in all_of_it.offers if is_in(one.sent, period)]
    accepted = [one for one in all_of_it.offers if is_in(one.decided, period)]
    won = [(at, one) for at, one in enumerate(all_of_it.offers, start=1) if is_in(one.won, period)]
    sales = [one for one in all_of_it.sales if is_in(one.at, period)]
    buyers = {one.account for one in sales}
    grown = [at for at, one in won if at in buyers or (one.is_linked and one.decided and one.has_add_on)]
    spans = [
        (rep_day(one.won) - rep_day(one.sent)).days
        for _, one in won
        if one.is_linked and one.decided and one.won and one.sent and one.sent <= one.won
    ]
    sold = [(dollars(one.total, one.currency), one) for one in accepted]
    known = [(total, one) for total, one in sold if total is not None and one.cost is not None]
    margin = sum((total - (dollars(one.cost or 0, one.currency) or 0) for total, one in known), Fraction(0))
    renewed = [value for _, one in won if (value := dollars(one.total, one.currency)) is not None]
    bought = [
        value for one in sales
        if one.amount is not None
        and (value := dollars(int(Fraction(one.amount * 12, one.months) + Fraction(1, 2)), one.currency)) is not None
    ]  # fmt: skip

    def ratio(part: Fraction | int, whole: Fraction | int) -> Fraction | None:
        return Fraction(part) / whole if whole else None

    def total(values: list[Fraction], rows: int) -> Fraction | None:
        return sum(values, Fraction(0)) if values or not rows else None

    number = len(calls)
    reached = sum(one.is_reached for one in calls)
    made = sum(is_in(one.made, period) for one in all_of_it.offers)
    return {
        Key.CALLS: (Fraction(number), number),
        Key.CONVERSATIONS: (Fraction(reached), reached),
        Key.REACH_RATE: (ratio(reached, number), number),
        Key.TALK_TIME: (Fraction(sum(one.seconds for one in calls)), number),
        Key.QUOTES_MADE: (Fraction(made), made),
        Key.QUOTES_SENT: (Fraction(len(sent)), len(sent)),
        Key.QUOTE_TO_ORDER: (Fraction(median(spans)) if spans else None, len(spans)),
        Key.RENEWALS_WON: (Fraction(len(won)), len(won)),
        Key.RENEWED_VALUE: (total(renewed, len(won)), len(renewed)),
        Key.GROWTH_WON: (Fraction(len(sales)), len(sales)),
        Key.GROWTH_VALUE: (total(bought, len(sales)), len(bought)),
        Key.ATTACH_RATE: (ratio(len(grown), len(won)), len(won)),
        Key.DISCOUNT: (
            ratio(sum((Fraction(one.discount, 10_000) for one in sent), Fraction(0)), len(sent)), len(sent)
        ),
        Key.MARGIN: (ratio(margin, sum((total for total, _ in known), Fraction(0))), len(known)),
    }  # fmt: skip


# -- what is generated --------------------------------------------------------------------------------------------


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """Around the period, a week and a year before it, often where the rep's day or the clocks turn."""
    back = draw(st.sampled_from([0, 0, 0, 7, 365, 364]))
    day = PERIOD.starts_on + timedelta(days=draw(st.integers(-3, 17)) - back)
    clock = draw(st.sampled_from([(0, 30), (1, 30), (3, 59), (4, 0), (11, 15), (23, 59)]))
    return datetime(day.year, day.month, day.day, *clock, tzinfo=ZONE, fold=draw(st.integers(0, 1))).astimezone(UTC)


money = st.integers(0, 10**9)
currencies = st.sampled_from(["USD", "USD", "EUR", "GBP"])
call_lists = st.lists(st.builds(Call, moments(), st.booleans(), st.integers(0, 900)), max_size=20).map(tuple)
offers = st.builds(
    Offer, moments(), st.none() | moments(), st.none() | moments(), st.none() | moments(), currencies, money,
    st.none() | money, st.integers(0, 5000), st.booleans(), st.booleans(),
)  # fmt: skip
sales = st.builds(Sale, moments(), st.none() | money, currencies, st.integers(1, 8), st.sampled_from((12, 36, 7)))
doings = st.builds(Doings, call_lists, st.lists(offers, max_size=6).map(tuple), st.lists(sales, max_size=4).map(tuple))


def asked(app: App, all_of_it: Doings, period: Stretch = PERIOD) -> Figures:
    app.record(write, all_of_it)
    return app.ask(figures, period)


NOON = datetime(2026, 11, 2, 17, tzinfo=UTC)


@MANY
@given(doings)
@example(Doings())
@example(Doings((Call(NOON, True, 60),)))
@example(Doings((), (Offer(NOON, NOON, NOON, NOON, "USD", 10**7, None, 0, True, True),)))
def test_every_figure_is_what_a_second_reckoning_finds(app: App, all_of_it: Doings) -> None:
    found = asked(app, all_of_it)
    assert found.before is not None
    assert found.year_before is not None
    wanted = reckon(all_of_it, PERIOD)
    last, year = (reckon(all_of_it, period) for period in (found.before, found.year_before))
    for figure in found.figures:
        value, n = wanted[figure.key]
        assert figure.n == n, figure.key
        _same(figure.value, value, figure.unit)
        for before, then in ((figure.before, last), (figure.year_before, year)):
            _same(before, then[figure.key][0] if any(n for _, n in then.values()) else None, figure.unit)


def _same(found: Decimal | None, wanted: Fraction | None, unit: Unit) -> None:
    if found is None or wanted is None:
        assert found is None
        assert wanted is None
        return
    close = Fraction(1, 20_000) if unit is Unit.SHARE else 0
    if unit is Unit.SHARE and wanted < 1:
        wanted = min(wanted, Fraction(9_999, 10_000))  # what lacks anything is not all
    assert abs(Fraction(found) - wanted) <= close


@MANY
@given(doings, st.sampled_from(Key))
def test_every_number_is_the_length_of_its_list(app: App, all_of_it: Doings, key: Key) -> None:
    figure = asked(app, all_of_it)[key]
    rows = app.ask(list_of, key, PERIOD)
    assert len(rows) == figure.n + figure.apart
    assert all(PERIOD.starts_on <= row.on <= PERIOD.ends_on for row in rows)
    assert [row.on for row in rows] == sorted(row.on for row in rows)
    if figure.unit in (Unit.MONEY, Unit.SECONDS) and figure.value is not None:
        assert sum((row.value or Decimal(0) for row in rows), Decimal(0)) == figure.value
    if key in (Key.REACH_RATE, Key.ATTACH_RATE) and rows:
        assert figure.value is not None
        assert round(figure.value * len(rows)) == sum(row.is_counted for row in rows)
    pages = [row for at in range(0, len(rows) + 3, 3) for row in app.ask(list_of, key, PERIOD, limit=3, offset=at)]
    assert pages == list(rows)


@MANY
@given(call_lists)
def test_days_outcomes_and_hours_share_out_the_calls(app: App, some: tuple[Call, ...]) -> None:
    asked(app, Doings(some))
    calls = [one for one in some if is_in(one.at, PERIOD)]
    by_day = app.ask(calls_by_day, PERIOD)
    assert [one.on for one in by_day] == [PERIOD.starts_on + timedelta(days=at) for at in range(14)]
    for day in by_day:
        mine = [one for one in calls if rep_day(one.at) == day.on]
        reached = sum(one.is_reached for one in mine)
        assert (day.calls, day.conversations, day.seconds) == (len(mine), reached, sum(one.seconds for one in mine))
        assert sum(day.outcomes.values()) == day.calls
    hours = app.ask(calls_by_hour, PERIOD)
    assert sum(one.calls for one in hours) == len(calls)
    for hour in hours:
        local = [one.at.astimezone(ZONE) for one in calls]
        assert hour.calls == sum((at.weekday(), at.hour) == (hour.weekday, hour.hour) for at in local)
        rows = app.ask(calls_of_hour, PERIOD, hour.weekday, hour.hour)
        assert (len(rows), sum(row.is_counted for row in rows)) == (hour.calls, hour.conversations)


def test_a_week_that_is_not_over_is_compared_with_as_much_of_the_last(app: App, clock: ManualClock) -> None:
    monday, tuesday = datetime(2026, 11, 16, 17, tzinfo=UTC), datetime(2026, 11, 17, 17, tzinfo=UTC)
    now = datetime(2026, 11, 23, 14, tzinfo=UTC)
    found = asked(app, Doings(tuple(Call(at, True, 60) for at in (monday, tuesday, now))), week_of(TODAY))
    assert found[Key.CALLS].value == 1
    assert found[Key.CALLS].before == 1
    clock.advance(86_400)
    assert app.ask(figures, week_of(TODAY))[Key.CALLS].before == 2
    assert found[Key.CALLS].year_before is None, "there was nothing"


def test_a_period_that_lies_ahead_has_nothing_in_it(app: App) -> None:
    found = app.ask(figures, week_of(date(2027, 3, 1)))
    assert found[Key.CALLS].value == 0
    assert found[Key.REACH_RATE].value is None
    assert found.before is None
    assert app.ask(list_of, Key.CALLS, week_of(date(2027, 3, 1))) == ()
    assert app.ask(calls_by_day, week_of(date(2027, 3, 1))) == ()


@pytest.mark.parametrize("kind", PeriodKind)
def test_a_fiscal_period_can_be_asked(app: App, kind: PeriodKind) -> None:
    found = asked(app, Doings((Call(NOON, True, 60),)), period_of(TODAY, kind, 2))  # type: ignore[arg-type]
    assert found[Key.CALLS].value == 1
    assert found.period.ends_on == TODAY


def test_a_margin_of_unknown_cost_stays_unknown_and_says_how_many(app: App) -> None:
    unknown = Offer(NOON, NOON, NOON, None, "USD", 10**7, None, 0, False, True)
    margin = asked(app, Doings((), (unknown,)))[Key.MARGIN]
    assert (margin.value, margin.n, margin.apart) == (None, 0, 1)
    known = Offer(NOON, NOON, NOON, None, "USD", 10**7, 6 * 10**6, 0, False, True)
    margin = asked(app, Doings((), (unknown, known)))[Key.MARGIN]
    assert (margin.value, margin.n, margin.apart) == (Decimal("0.4000"), 1, 1)


def test_growth_won_by_the_account_in_the_same_days_is_attached(app: App) -> None:
    alone = Offer(NOON, NOON, NOON, NOON, "USD", 10**7, None, 0, False, True)
    found = asked(app, Doings((), (alone, alone), (Sale(NOON, 5, "USD", 2),)))
    assert found[Key.ATTACH_RATE].value == Decimal("0.5000")


def test_a_quote_for_two_renewals_is_ordered_with_the_first(app: App) -> None:
    first, second = (
        Offer(NOON, NOON, NOON, NOON + timedelta(days=days), "USD", 10**7, None, 0, False, True) for days in (1, 5)
    )
    app.record(write, Doings((), (second, first)))
    app.record(lambda work: work.raw.execute("UPDATE quote_line SET quote_id = 1"))
    assert app.ask(figures, PERIOD)[Key.QUOTE_TO_ORDER].value == 1


def test_every_figure_of_calls_is_counted_by_the_store(app: App) -> None:
    found = asked(app, Doings(tuple(Call(NOON, bool(at % 3), at) for at in range(7))))
    assert {key: found[key].value for key in CALL_KEYS} == {
        Key.CALLS: 7, Key.CONVERSATIONS: 4, Key.REACH_RATE: Decimal("0.5714"), Key.TALK_TIME: 21,
    }  # fmt: skip
