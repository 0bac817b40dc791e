"""The forecast against an oracle in plain Python that reads every opportunity of a real store by itself."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.adjustments import adjust
from callstation.renewals.fiscal import Period, rolling
from callstation.renewals.forecast import (
    GRID,
    PERIODS,
    Forecast,
    Measure,
    filter_of,
    forecast,
    overdue_filter,
    period_named,
)
from callstation.renewals.headline import headlines
from callstation.renewals.likelihood import START
from callstation.renewals.needed_calls import CallRates
from callstation.renewals.pipeline import Filter, pipeline_keys, pipeline_sums
from callstation.renewals.quotas import set_quota
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.state import OPEN_CATEGORIES, Key, State
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, PeriodKind, RenewalStage
from tests import factories
from tests.renewals.edits import book, edit

DAY = 86_400
RATES = "EUR: 1.083333, 2026-11-20"
CENT = Decimal("0.01")
YEARS = st.integers(1, 12)


def in_usd(states: list[State], weights: dict[RenewalStage, Decimal] | None = None) -> Decimal:
    """Opportunity by opportunity, in fractions, rounded once."""
    total = Fraction(0)
    for state in states:
        rate = Fraction(1) if state.currency == "USD" else Fraction("1.083333")
        weight = Fraction(1)
        if weights is not None and state.category is not ForecastCategory.CLOSED:
            weight = Fraction(weights.get(state.stage, Decimal(0)))
        total += Fraction(state.units or 0, 10_000) * rate * weight
    return (Decimal(total.numerator) / Decimal(total.denominator)).quantize(CENT, ROUND_HALF_UP)


def of(states: dict[Key, State], measure: Measure, first: date, last: date, *, is_growth: bool) -> list[State]:
    return [
        state
        for key, state in states.items()
        if key.is_growth == is_growth and first <= state.close_on <= last and state.category in measure.categories
    ]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), edits=st.integers(0, 25), name=st.sampled_from(PERIODS), year_starts=YEARS)
def test_every_cell_is_what_one_finds_by_reading_each_opportunity(
    fresh: Callable[[], App], seed: int, edits: int, name: str, year_starts: int
) -> None:
    app, rng = fresh(), random.Random(seed)
    app.settings = app.settings.with_values(rates=RATES, fiscal_year_starts=year_starts)
    clock = app.clock
    assert isinstance(clock, ManualClock)
    for _ in range(edits):
        app.record(edit, rng)
    taken_on = app.record(take_snapshot).taken_on
    ago = app.ask(book)
    clock.advance(DAY * rng.choice([1, 3]))
    app.record(edit, rng)
    app.record(take_snapshot)
    clock.advance(DAY * 6)
    for _ in range(edits):
        app.record(edit, rng)
    now, period = app.ask(book), app.ask(period_named, name)
    found = app.ask(forecast, period)
    for side in (found.renewals, found.growth):
        is_growth = side.is_growth
        for month in (None, *side.months):
            first, last = (period.starts_on, period.ends_on) if month is None else _month(month)
            for measure in Measure:
                cell = side.cell(measure, month)
                wanted = of(now, measure, first, last, is_growth=is_growth)
                assert (cell.amount.base, cell.amount.count) == (in_usd(wanted), len(wanted))
                assert cell.amount.unvalued == sum(state.units is None for state in wanted)
                assert cell.week_ago is not None
                before = of(ago, measure, first, last, is_growth=is_growth)
                assert (cell.week_ago.base, cell.week_ago.count) == (in_usd(before), len(before))
        total = of(now, Measure.TOTAL, period.starts_on, period.ends_on, is_growth=is_growth)
        assert side.weighted == in_usd(total, dict(START))
        late = [
            state
            for key, state in now.items()
            if key.is_growth == is_growth and state.close_on < period.starts_on and state.category in OPEN_CATEGORIES
        ]
        assert (side.overdue.base, side.overdue.count) == (in_usd(late), len(late))
        assert sum(side.cell(measure).amount.count for measure in GRID) == len(
            [1 for key, state in now.items() if key.is_growth == is_growth and state.close_on in period]
        )
    assert found.week_ago_on == taken_on
    app.close()


def _month(month: date) -> tuple[date, date]:
    return month, (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _tidy(work: Work) -> None:
    """As the product itself closes: the category follows."""
    work.raw.execute("UPDATE renewal SET category = 'closed' WHERE stage = 'won'")
    work.raw.execute("UPDATE growth SET category = 'closed' WHERE stage = 'won'")
    for table in ("renewal", "growth"):
        work.raw.execute(f"UPDATE {table} SET closed_at = 0 WHERE closed_at IS NULL AND stage IN ('won', 'lost')")
        work.raw.execute(f"UPDATE {table} SET closed_at = NULL WHERE stage NOT IN ('won', 'lost', 'lapsed')")
        work.raw.execute(f"UPDATE {table} SET category = 'omitted' WHERE closed_at NOT NULL AND stage <> 'won'")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), name=st.sampled_from(PERIODS))
def test_each_cell_opens_the_contracts_it_counts(fresh: Callable[[], App], seed: int, name: str) -> None:
    app, rng = fresh(), random.Random(seed)
    app.settings = app.settings.with_values(rates=RATES, fiscal_year_starts=8)
    for _ in range(40):
        app.record(edit, rng)
    app.record(_tidy)
    now, period = app.ask(book), app.ask(period_named, name)
    found = app.ask(forecast, period)
    for side in (found.renewals, found.growth):
        for measure in Measure:
            for month in (None, *side.months):
                cell = side.cell(measure, month)
                wanted = filter_of(cell, period)
                first, last = (period.starts_on, period.ends_on) if month is None else _month(month)
                listed = {(bool(one[0]), one[1]) for one in app.ask(pipeline_keys, wanted)}
                assert listed == {
                    tuple(key)
                    for key, state in now.items()
                    if key.is_growth == side.is_growth and first <= state.close_on <= last
                    and state.category in measure.categories
                }  # fmt: skip
                total = _sums(app, wanted, is_growth=side.is_growth)
                assert total == (cell.amount.count, cell.amount.base)
        late = overdue_filter(side)
        assert _sums(app, late, is_growth=side.is_growth) == (side.overdue.count, side.overdue.base)
    app.close()


def _sums(app: App, wanted: Filter, *, is_growth: bool) -> tuple[int, Decimal]:
    found = app.ask(pipeline_sums, wanted)
    total = found.growth if is_growth else found.renewals
    return total.count, total.base


def _one(work: Work, stage: RenewalStage, category: ForecastCategory, amount: int, close_on: date) -> int:
    closed_at = None if stage.is_open else work.now
    return factories.renewal(
        work, 1, 1, close_on, stage=stage, category=category, amount=Decimal(amount), closed_at=closed_at
    )


@pytest.fixture
def quarter(app: App) -> tuple[App, Period]:
    """A quarter with one opportunity of each category, and a quota."""

    def make(work: Work) -> None:
        account_id = factories.account(work)
        factories.contract(work, account_id, date(2026, 12, 31))
        for stage, category, amount in (
            (RenewalStage.WON, ForecastCategory.CLOSED, 100),
            (RenewalStage.ORDER_PROMISED, ForecastCategory.COMMIT, 50),
            (RenewalStage.VERBAL_YES, ForecastCategory.MOST_LIKELY, 30),
            (RenewalStage.QUOTED, ForecastCategory.BEST_CASE, 20),
            (RenewalStage.AT_RISK, ForecastCategory.PIPELINE, 10),
            (RenewalStage.LOST, ForecastCategory.OMITTED, 70),
        ):
            _one(work, stage, category, amount, date(2026, 12, 1))
        set_quota(work, PeriodKind.QUARTER, date(2026, 11, 1), Decimal(400))

    app.do(make)
    return app, app.ask(period_named, "quarter")


def test_the_figures_are_those_of_the_trade(quarter: tuple[App, Period]) -> None:
    app, period = quarter
    side = app.ask(forecast, period).renewals
    assert [side.cell(measure).total for measure in Measure] == [
        Decimal(one) for one in (100, 50, 30, 20, 10, 70, 150, 180, 200, 110, 210)
    ]
    assert side.weighted == Decimal("194.50")  # 100 + 50 x .95 + 30 x .9 + 20 x .8 + 10 x .4
    assert (side.gap, side.coverage) == (Decimal(300), Decimal("0.3667"))
    assert (side.attainment, side.commit_attainment) == (Decimal("0.25"), Decimal("0.375"))


def test_an_adjustment_is_shown_apart_and_part_of_its_category(quarter: tuple[App, Period]) -> None:
    app, period = quarter
    app.do(adjust, date(2026, 12, 24), ForecastCategory.COMMIT, Decimal("-12.50"), "Half of it slips")
    app.do(adjust, date(2026, 11, 2), ForecastCategory.CLOSED, Decimal(40), "Signed on paper")
    app.do(adjust, date(2026, 11, 2), ForecastCategory.CLOSED, Decimal(7), "Growth alone", is_growth=True)
    found = app.ask(forecast, period)
    commit = found.renewals.cell(Measure.COMMIT, date(2026, 12, 1))
    assert (commit.amount.base, commit.adjusted, commit.total) == (Decimal(50), Decimal("-12.5"), Decimal("37.5"))
    assert found.renewals.cell(Measure.COMMIT_FORECAST).total == Decimal("177.50")
    assert (found.renewals.gap, found.renewals.weighted) == (Decimal(260), Decimal("234.50"))
    assert found.growth.cell(Measure.CLOSED).total == Decimal(7)
    assert len(found.adjustments) == 3


def test_a_quota_that_is_met_leaves_no_gap_to_cover(quarter: tuple[App, Period]) -> None:
    app, period = quarter
    app.do(set_quota, PeriodKind.QUARTER, date(2026, 11, 1), Decimal(80))
    found = app.ask(forecast, period)
    assert (found.renewals.gap, found.renewals.coverage) == (Decimal(-20), None)
    assert found.needed().calls == 0
    app.do(set_quota, PeriodKind.QUARTER, date(2026, 11, 1), Decimal(0))
    assert app.ask(forecast, period).renewals.attainment is None


def test_an_empty_book_has_a_forecast_of_nothing(app: App) -> None:
    found = app.ask(forecast, rolling(date(2026, 11, 23)))
    assert found.week_ago_on is None
    for side in (found.renewals, found.growth):
        assert {side.cell(measure, month).total for measure in Measure for month in (None, *side.months)} == {0}
        assert side.cell(Measure.COMMIT).week_ago is None
        assert (side.gap, side.coverage, side.attainment) == (None, None, None)
        assert side.weighted == 0
    assert all(one.shown for one in headlines(found, "en_US"))


def test_a_period_that_is_long_over_is_still_told_in_full(app: App, clock: ManualClock) -> None:
    def make(work: Work) -> None:
        factories.contract(work, factories.account(work), date(2022, 6, 1))
        _one(work, RenewalStage.WON, ForecastCategory.CLOSED, 100, date(2022, 6, 1))

    app.do(make)
    period, now = rolling(app.ask(lambda work: work.today)), clock.now()
    clock.jump(now + timedelta(days=1000))
    app.record(take_snapshot)
    found = app.ask(forecast, period)
    assert (found.renewals.cell(Measure.CLOSED).total, found.week_ago_on) == (Decimal(100), None)


def test_what_has_no_rate_is_told_and_not_in_the_sum(quarter: tuple[App, Period]) -> None:
    app, period = quarter
    app.do(lambda work: work.update(Renewal, 2, currency="CHF"))
    commit = app.ask(forecast, period).renewals.cell(Measure.COMMIT)
    assert (commit.amount.base, commit.amount.count) == (Decimal(0), 1)
    (left,) = commit.amount.without_rate
    assert (left.currency, left.amount, left.count, left.base) == ("CHF", Decimal("50.00"), 1, None)


def test_every_figure_says_what_it_is_made_of(quarter: tuple[App, Period]) -> None:
    app, period = quarter
    app.do(adjust, date(2026, 12, 24), ForecastCategory.COMMIT, Decimal(5), "A hunch")
    found: Forecast = app.ask(forecast, period)
    told = {one.key: one for one in headlines(found, "en_US")}
    assert told["commit_forecast"].formula == "closed + commit; 150.00 USD of contracts and 5.00 USD adjusted"
    assert told["gap"].formula == "quota - closed: 400.00 USD - 100.00 USD"
    assert told["coverage"].formula == "open pipeline / gap: 115.00 USD / 300.00 USD"
    assert told["attainment"].shown == "25.0%"
    assert told["quota"].formula == "set for FY26 Q4"
    assert told["weighted"].formula.startswith("closed 100.00 USD + ")
    assert "until 60 that stood in the stage are closed" in told["weighted"].formula
    terms = re.findall(r"([\d.]+) USD x ([\d.]+)%", told["weighted"].formula)
    again = Decimal(100) + sum((Decimal(amount) * Decimal(rate) / 100 for amount, rate in terms), Decimal(0))
    assert (len(terms), again) == (len(found.renewals.stages), found.renewals.weighted)
    assert (told["closed"].count, told["commit_forecast"].count, told["weighted"].count) == (1, 2, 5)
    assert {one.period for one in told.values()} == {"FY26 Q4"}
    assert "nobody was reached" in told["needed_calls"].formula
    rates = CallRates(date(2026, 8, 26), 9, 3, Decimal(600), 1)
    (needed,) = [
        one for one in headlines(replace(found, calls={False: rates}), "en_US") if one.key == "needed_calls"
    ]  # fmt: skip
    assert needed.shown == "5"
    assert ": 300.00 USD / (600.00 USD / 3) x (9 / 3). " in needed.formula
