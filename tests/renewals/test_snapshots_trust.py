"""A snapshot of a wrong clock, or of another time zone, is not what the forecast goes on from."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals import states
from callstation.renewals.bridging import bridge_between
from callstation.renewals.fiscal import period_of
from callstation.renewals.forecast import Measure, forecast, period_named
from callstation.renewals.health import snapshots as health
from callstation.renewals.live import live_sums
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.states import state_on, sums_now, sums_on
from callstation.reports.then import forecast_then
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, PeriodKind, RenewalStage
from tests import factories
from tests.renewals.edits import book
from tests.renewals.states import sums_of

TODAY = date(2026, 11, 23)


def won(app: App, at: datetime, amount: int = 100) -> None:
    def make(work: Work) -> None:
        account_id = factories.account(work)
        contract_id = factories.contract(work, account_id, at.date())
        factories.renewal(
            work, contract_id, account_id, at.date(), stage=RenewalStage.WON, category=ForecastCategory.CLOSED,
            amount=Decimal(amount), closed_at=at,
        )  # fmt: skip

    app.record(make)


def customer(work: Work, e164: str) -> None:
    factories.customer(work, e164=e164, ends_on=date(2026, 12, 31))


def closed(app: App) -> Decimal:
    found = app.ask(forecast, app.ask(period_named, "month"))
    return found.renewals.cell(Measure.CLOSED).total


def test_a_day_opened_under_a_clock_years_ahead_takes_nothing_from_what_is_closed(app: App, clock: ManualClock) -> None:
    won(app, clock.now() - timedelta(days=2))
    app.record(take_snapshot)
    now = clock.now()
    clock.jump(now + timedelta(days=3650))
    app.record(take_snapshot)
    clock.jump(now + timedelta(minutes=5))
    won(app, clock.now(), 7)
    assert closed(app) == 107
    assert app.ask(sums_now) == app.ask(live_sums)
    month = period_of(TODAY, PeriodKind.MONTH, 1)
    found = app.ask(bridge_between, TODAY, None, measure=Measure.CLOSED, period=month)
    assert [found.bridge.start, found.bridge.end] == [Decimal(100), Decimal(107)]


def test_how_a_day_ended_is_never_read_from_a_day_that_is_still_to_come(app: App, clock: ManualClock) -> None:
    won(app, clock.now() - timedelta(days=2))
    app.record(take_snapshot)
    now = clock.now()
    clock.jump(now + timedelta(days=3650))
    app.record(take_snapshot)
    clock.jump(now + timedelta(days=1))
    found = app.ask(forecast_then, app.ask(period_named, "month"), TODAY)
    assert found is not None
    assert found.renewals.cell(Measure.CLOSED).total == 100


def test_after_a_flight_what_was_closed_counts_on_the_days_of_the_new_zone(app: App, clock: ManualClock) -> None:
    clock.jump(datetime(2026, 12, 2, 12, tzinfo=UTC))
    won(app, datetime(2026, 12, 1, 10, tzinfo=UTC))  # the first of the month in New York, the last in Honolulu
    app.record(take_snapshot)
    assert closed(app) == 100
    app.settings = app.settings.with_values(time_zone="Pacific/Honolulu")
    assert closed(app) == 0
    month = period_of(TODAY, PeriodKind.MONTH, 1)
    found = app.ask(bridge_between, date(2026, 12, 2), None, measure=Measure.CLOSED, period=month)
    assert [found.bridge.start, found.bridge.end] == [Decimal(0), Decimal(100)], "as the contract's list has it"
    clock.advance(2 * 86_400)
    taken = app.record(take_snapshot)
    assert taken.changed == 1
    assert app.ask(state_on, taken.taken_on) == app.ask(book)
    assert app.ask(sums_on, taken.taken_on) == sums_of(app.ask(book).items())
    assert app.ask(health).found.startswith("2 kept")


def test_a_flight_and_a_great_import_on_one_day_leave_a_bridge_that_balances(
    app: App, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "LITTLE", 2)
    clock.jump(datetime(2026, 12, 2, 12, tzinfo=UTC))
    won(app, datetime(2026, 12, 1, 10, tzinfo=UTC))
    app.record(take_snapshot)
    app.settings = app.settings.with_values(time_zone="Pacific/Honolulu")
    for number in range(4):
        app.record(customer, f"+1617555014{number}")
    month = period_of(date(2026, 12, 2), PeriodKind.MONTH, 1)
    for _ in range(2):
        found = app.ask(bridge_between, date(2026, 12, 2), None, measure=Measure.TOTAL, period=month)
        assert found.bridge.end == 4 * 48_200
        clock.advance(2 * 86_400)
        app.record(take_snapshot)
    app.record(lambda work: work.update(Renewal, 2, amount=Decimal(1)))
    found = app.ask(bridge_between, date(2026, 12, 2), None, measure=Measure.TOTAL, period=month)
    assert found.bridge.end == 3 * 48_200 + 1
