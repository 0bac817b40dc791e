"""The accuracy of the commit forecast: what was said weeks before, against what was won."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals.accuracy import WEEKS, PeriodAccuracy, accuracy_of, weeks_before
from callstation.renewals.accuracy_history import accuracy_history
from callstation.renewals.adjustment import Adjustment
from callstation.renewals.adjustments import adjust, adjustments_in
from callstation.renewals.fiscal import closed_before, period_of
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.state import Key, State
from db.vocabulary import ForecastCategory, PeriodKind
from tests.renewals.edits import book, edit

CENT, SHARE = Decimal("0.01"), Decimal("0.0001")
MONEY = st.decimals(Decimal(0), Decimal(10**6), places=2)
NOVEMBER = period_of(date(2026, 11, 23), PeriodKind.MONTH, 1)


def worth(states: dict[Key, State], period: Any, categories: set[ForecastCategory]) -> Decimal:
    """Renewals in dollars alone; nothing else has a rate here."""
    units = sum(
        state.units or 0
        for key, state in states.items()
        if not key.is_growth and state.currency == "USD" and state.close_on in period and state.category in categories
    )
    return (Decimal(units) / 10_000).quantize(CENT, ROUND_HALF_UP)


def test_each_closed_period_has_what_was_said_in_the_week_of_then(fresh: Callable[[], App]) -> None:
    app, rng, copies = fresh(), random.Random(11), {}
    adjusted: list[tuple[date, Adjustment]] = []
    counted = 0
    clock = app.clock
    assert isinstance(clock, ManualClock)
    clock.jump(datetime(2026, 9, 1, 15, 0, tzinfo=UTC))
    while clock.now() < datetime(2027, 7, 2, tzinfo=UTC):
        for _ in range(rng.randrange(4)):
            app.record(edit, rng)
        copies[app.record(take_snapshot).taken_on] = app.ask(book)
        clock.advance(86_400 * rng.choice([1, 2, 5, 12]))
        if rng.random() < 0.3:
            day, amount = clock.now().date() + timedelta(days=rng.randrange(90)), Decimal(rng.randrange(1, 10**6)) / 100
            app.do(adjust, day, rng.choice([ForecastCategory.COMMIT, ForecastCategory.PIPELINE]), amount, "Why")
            adjusted.append((clock.now().date(), app.ask(adjustments_in, period_of(day, PeriodKind.MONTH, 1))[-1]))
    now, today = app.ask(book), app.ask(lambda work: work.today)
    for kind, least in ((PeriodKind.MONTH, 8), (PeriodKind.QUARTER, 3), (PeriodKind.YEAR, 1)):
        found = app.ask(accuracy_history, kind)
        assert len(found.periods) >= least
        for one in found.periods:
            assert one.period.ends_on < today
            assert one.result == worth(now, one.period, {ForecastCategory.CLOSED})
            for weeks in WEEKS:
                day = one.period.ends_on - timedelta(days=7 * weeks)
                near = [taken for taken in copies if day - timedelta(days=6) <= taken <= day]
                said = {ForecastCategory.CLOSED, ForecastCategory.COMMIT}
                if not near:
                    assert one.said[weeks] is None
                    continue
                added = [
                    adjustment.amount for made_on, adjustment in adjusted
                    if made_on <= max(near) and adjustment.month in one.period and adjustment.category in said
                ]  # fmt: skip
                assert one.said[weeks] == worth(copies[max(near)], one.period, said) + sum(added, Decimal(0))
                counted += len(added)
        assert [one.weeks for one in found.by_weeks] == list(WEEKS)
        told = [one for one in found.periods if one.said[4] is not None]
        assert found.by_weeks[2].periods == len(told)
    assert counted > 3
    app.close()


@given(st.lists(st.tuples(MONEY, st.one_of(st.none(), MONEY)), max_size=9))
def test_bias_and_mean_error_are_those_of_a_calculator(periods: list[tuple[Decimal, Decimal | None]]) -> None:
    made = [
        PeriodAccuracy(NOVEMBER, result, 1, {13: None, 8: None, 4: said, 1: None}) for result, said in periods
    ]  # fmt: skip
    found = accuracy_of(made, 4, "USD")
    errors = [said - result for result, said in periods if said is not None]
    results = sum((result for result, said in periods if said is not None), Decimal(0))
    assert found.periods == len(errors)
    if not errors:
        assert (found.bias, found.mean_error, found.bias_share, found.error_share) == (None, None, None, None)
        return
    assert found.bias is not None
    assert found.mean_error is not None
    off = sum(map(abs, errors), Decimal(0))
    assert abs(found.bias - sum(errors, Decimal(0)) / len(errors)) <= CENT / 2
    assert abs(found.mean_error - off / len(errors)) <= CENT / 2
    assert found.mean_error >= abs(found.bias)
    if results:
        assert found.error_share is not None
        assert abs(found.error_share - off / results) <= SHARE / 2
    else:
        assert found.error_share is None
    assert accuracy_of(made, 13, "USD").periods == 0


def test_weeks_are_counted_back_from_the_last_day() -> None:
    february = period_of(date(2028, 2, 3), PeriodKind.MONTH, 1)
    assert [weeks_before(february, weeks).isoformat() for weeks in WEEKS] == [
        "2027-11-30", "2028-01-04", "2028-02-01", "2028-02-22",
    ]  # fmt: skip
    first = closed_before(date(1, 2, 1), PeriodKind.MONTH, 1, 1)[0]
    assert weeks_before(first, 13) == date.min


def test_a_young_book_has_no_accuracy(app: App) -> None:
    found = app.ask(accuracy_history, PeriodKind.MONTH)
    assert found.periods == ()
    assert [one.periods for one in found.by_weeks] == [0, 0, 0, 0]
