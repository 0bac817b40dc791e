"""The bridge of a real store: each move names its contract and the activity that moved it, where there is one."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.renewals.adjustments import adjust
from callstation.renewals.bridge import LineKind
from callstation.renewals.bridging import Bridged, Moved, bridge_between
from callstation.renewals.changing import change_many
from callstation.renewals.closing import mark_step
from callstation.renewals.fiscal import rolling
from callstation.renewals.forecast import Measure, forecast, period_named
from callstation.renewals.growth import make_growth
from callstation.renewals.growth_told import tell
from callstation.renewals.pipeline_rows import Key
from callstation.renewals.snapshots import take_snapshot
from callstation.work import Work
from db.nouns import Growth, Renewal
from db.vocabulary import ActivityKind, ClosingStep, Disposition, ForecastCategory, GrowthKind, RenewalStage
from tests import factories
from tests.renewals.edits import edit

DAY = 86_400
MONDAY = date(2026, 11, 23)
PERIOD = rolling(MONDAY)


@pytest.fixture
def desk(app: App, clock: ManualClock) -> App:
    """Two customers and what they may grow by, put down on Monday morning; now it is Tuesday."""

    def make(work: Work) -> None:
        for name, number in (("Halden Robotics", "+16175550142"), ("Orchard & Vine", "+16175550143")):
            factories.customer(work, name, ends_on=date(2026, 12, 2), e164=number)
        work.insert(
            Growth, uid="g", kind=GrowthKind.ADD_ON, account_id=1, title="Archive for Halden", currency="USD",
            stage=RenewalStage.CONTACTED, category=ForecastCategory.PIPELINE, close_on=date(2026, 12, 9),
            amount=Decimal(900), created_at=work.now,
        )  # fmt: skip
        refresh_targets(work)

    app.record(make)
    app.record(take_snapshot)
    clock.advance(DAY)
    return app


def moved(found: Bridged) -> list[tuple[LineKind, Moved]]:
    return [(kind, one) for kind, some in found.moved.items() for one in some]


def test_a_move_names_its_contract_and_the_call_that_moved_it(desk: App, clock: ManualClock) -> None:
    target_id = desk.ask(lambda work: work.rows("SELECT target_id FROM renewal WHERE id = 1"))[0][0]
    desk.do(log_outcome, target_id, Disposition.ORDER_RECEIVED)
    clock.advance(DAY)
    desk.record(take_snapshot)
    found = desk.ask(bridge_between, MONDAY, MONDAY + timedelta(days=2), measure=Measure.CLOSED, period=PERIOD)
    ((kind, one),) = moved(found)
    assert (kind, one.account, one.title) == (LineKind.CATEGORY_IN, "Halden Robotics", "C-1")
    assert one.words == "Pipeline to Closed; won; 2 Dec 2026 to 24 Nov 2026"
    assert one.mover is not None
    assert one.mover.words == "Order received"
    assert one.mover.happened_at == clock.now() - timedelta(days=1)
    assert (found.bridge.start, found.bridge.end) == (Decimal(0), Decimal(48200))
    assert found.last is not None
    assert found.last.taken_on == MONDAY + timedelta(days=2)


def test_an_activity_of_before_or_after_or_of_another_contract_moved_nothing(desk: App, clock: ManualClock) -> None:
    def make(work: Work) -> None:
        note = {"kind": ActivityKind.NOTE, "renewal_id": 1}
        factories.activity(work, 1, **note, happened_at=work.now - timedelta(days=2), note="Before")
        factories.activity(work, 1, **note, happened_at=work.now + timedelta(days=9), note="After")
        factories.activity(work, 1, kind=ActivityKind.QUOTE, renewal_id=2, note="Of the other one")
        factories.activity(work, 1, kind=ActivityKind.SNOOZE, renewal_id=1, note="Nothing to it")
        work.update(Renewal, 1, amount=Decimal(50))

    desk.record(make)
    ((kind, one),) = moved(desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=PERIOD))
    assert (kind, one.mover) == (LineKind.DECREASED, None)

    def talk(work: Work) -> None:
        factories.activity(work, 1, kind=ActivityKind.NOTE, renewal_id=1, note="Cut  to\n50")
        factories.activity(work, 1, disposition=Disposition.CALLBACK_AGREED, is_reached=True,
                           happened_at=work.now + timedelta(seconds=1))  # fmt: skip

    desk.record(talk)
    clock.advance(60)
    ((_, one),) = moved(desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=PERIOD))
    assert one.mover is not None
    assert one.mover.words == "Note: Cut to 50", "its own comes before a later one about nothing in particular"


def test_growth_is_bridged_apart_and_named_by_its_title(desk: App) -> None:
    def make(work: Work) -> None:
        work.update(Growth, 1, category=ForecastCategory.OMITTED, stage=RenewalStage.LAPSED)
        tell(work, 1, "Growth set aside")

    desk.record(make)
    renewals = desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=PERIOD)
    growth = desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=PERIOD, is_growth=True)
    assert moved(renewals) == []
    ((kind, one),) = moved(growth)
    assert (kind, one.title, growth.bridge.end) == (LineKind.LOST, "Archive for Halden", Decimal(0))
    assert one.mover is not None
    assert one.mover.words == "Growth set aside: Archive for Halden, 900.00 USD"


def test_what_was_done_for_other_growth_moved_neither_this_one_nor_a_renewal(desk: App, clock: ManualClock) -> None:
    other = desk.do(make_growth, 1, title="Archive for Halden (plus)", amount=Decimal(5))
    clock.advance(60)
    desk.do(change_many, [Key(True, 1), Key(False, 1)], close_on=date(2027, 2, 1))
    clock.advance(60)
    desk.do(change_many, [Key(True, other)], stage=RenewalStage.WON)
    for is_growth in (False, True):
        found = desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=rolling(MONDAY, 2),
                         is_growth=is_growth)  # fmt: skip
        (pushed,) = found.moved[LineKind.PUSHED_OUT]
        assert pushed.mover is None, pushed.mover
    new = [one for one in found.moved[LineKind.NEW] if one.title == "Archive for Halden (plus)"]
    assert [one.mover and one.mover.words for one in new] == ["Growth won: Archive for Halden (plus), 5.00 USD"]


def test_a_call_that_reached_nobody_or_closed_another_contract_moved_nothing(desk: App, clock: ManualClock) -> None:
    def second(work: Work) -> int:
        contract_id = factories.contract(work, 1, date(2026, 12, 5), number="C-9")
        return factories.renewal(work, contract_id, 1, date(2026, 12, 5), amount=Decimal(7))

    desk.record(second)
    desk.record(refresh_targets)
    desk.record(lambda work: work.update(Renewal, 1, amount=Decimal(50)))
    target_id = desk.ask(lambda work: work.rows("SELECT target_id FROM renewal WHERE id = 3"))[0][0]
    desk.do(log_outcome, target_id, Disposition.ORDER_RECEIVED, renewal_id=3)
    clock.advance(60)
    desk.do(log_outcome, target_id, Disposition.NO_ANSWER)
    clock.advance(60)
    found = desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=PERIOD)
    assert [one.mover for one in found.moved[LineKind.DECREASED]] == [None]


def test_a_win_names_the_order_not_what_was_ticked_off_or_said_after_it(desk: App, clock: ManualClock) -> None:
    target_id = desk.ask(lambda work: work.rows("SELECT target_id FROM renewal WHERE id = 1"))[0][0]
    desk.do(log_outcome, target_id, Disposition.ORDER_RECEIVED)
    clock.advance(60)
    desk.do(mark_step, 1, ClosingStep.ORDER_NUMBER, words="PO-1")
    clock.advance(60)
    desk.do(lambda work: factories.activity(work, 1, kind=ActivityKind.NOTE, renewal_id=1, note="Sent the licence"))
    ((_, one),) = moved(desk.ask(bridge_between, MONDAY, None, measure=Measure.CLOSED, period=PERIOD))
    assert one.mover is not None
    assert one.mover.words == "Order received"


def test_what_is_no_longer_in_the_book_has_a_line_without_a_name(desk: App) -> None:
    desk.record(lambda work: work.delete(Renewal, 2))
    ((kind, one),) = moved(desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=PERIOD))
    assert (kind, one.account_id, one.account, one.mover) == (LineKind.REMOVED, None, "", None)
    assert one.words == "no longer in the book: 48,200.00 USD, Pipeline, 2 Dec 2026"


def test_without_a_snapshot_there_is_no_bridge_and_it_says_why(app: App, desk: App) -> None:
    with pytest.raises(UserError, match=r"no snapshot by 22 Nov 2026.*taken later"):
        desk.ask(bridge_between, MONDAY - timedelta(days=1), None, measure=Measure.TOTAL, period=PERIOD)
    desk.record(take_snapshot)
    with pytest.raises(UserError, match="cannot go from"):
        desk.ask(bridge_between, MONDAY + timedelta(days=1), MONDAY, measure=Measure.TOTAL, period=PERIOD)
    with pytest.raises(UserError, match="too long ago"):
        desk.ask(bridge_between, MONDAY, None, measure=Measure.TOTAL, period=rolling(date(2023, 1, 1)))


def test_a_category_that_was_picked_says_by_whom_and_when(desk: App, clock: ManualClock) -> None:
    desk.do(change_many, [Key(False, 1)], category=ForecastCategory.COMMIT)
    desk.record(lambda work: work.derive("DELETE FROM activity"))
    picked_at = clock.now()
    clock.advance(60)
    found = desk.ask(bridge_between, MONDAY, None, measure=Measure.COMMIT, period=PERIOD)
    ((kind, one),) = moved(found)
    assert kind is LineKind.CATEGORY_IN
    assert one.mover is not None
    assert (one.mover.activity_id, one.mover.happened_at) == (None, picked_at)
    assert one.mover.words.startswith("Category picked by ")
    clock.advance(DAY)
    desk.record(take_snapshot)
    clock.advance(DAY)
    desk.record(lambda work: work.update(Renewal, 1, category=ForecastCategory.PIPELINE))
    after = desk.ask(bridge_between, MONDAY + timedelta(days=2), None, measure=Measure.COMMIT, period=PERIOD)
    assert [one.mover for _, one in moved(after)] == [None], "it was picked before"


def some_adjustments(app: App, rng: random.Random) -> None:
    for _ in range(rng.randrange(3)):
        category = rng.choice([one for one in ForecastCategory if one is not ForecastCategory.OMITTED])
        month, amount = date(2026, rng.choice([11, 12]), 1), Decimal(rng.randrange(1, 10**6)) / 100
        app.do(adjust, month, category, amount * rng.choice([1, -1]), "Why", is_growth=rng.random() < 0.3)


def test_an_adjustment_is_a_row_of_its_own_line_and_says_what_it_is_of(desk: App, clock: ManualClock) -> None:
    desk.do(adjust, date(2026, 12, 1), ForecastCategory.COMMIT, Decimal("-1500.25"), "A smaller order")
    clock.advance(60)
    found = desk.ask(bridge_between, MONDAY, None, measure=Measure.COMMIT_FORECAST, period=PERIOD)
    ((kind, one),) = moved(found)
    assert (kind, one.account, one.account_id) == (LineKind.ADJUSTED, "Your adjustment", None)
    assert one.words == "Commit of Dec 2026: A smaller order"
    assert one.move.units == (("USD", -15_002_500),)
    assert (found.bridge.start, found.bridge.end) == (Decimal(0), Decimal("-1500.25"))
    assert desk.ask(forecast, PERIOD).renewals.cell(Measure.COMMIT_FORECAST).total == found.bridge.end


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), name=st.sampled_from(["month", "quarter", "year", "rolling"]))
def test_the_ends_of_a_bridge_are_the_figures_of_the_forecast(fresh: Callable[[], App], seed: int, name: str) -> None:
    app, rng = fresh(), random.Random(seed)
    app.settings = app.settings.with_values(rates="EUR: 1.083333, 2026-11-20", fiscal_year_starts=11)
    clock = app.clock
    assert isinstance(clock, ManualClock)
    days = []
    for _ in range(3):
        for _ in range(rng.randrange(9)):
            app.record(edit, rng)
        days.append(app.record(take_snapshot).taken_on)
        clock.advance(DAY)
        some_adjustments(app, rng)
        clock.advance(DAY * 6)
    for _ in range(rng.randrange(9)):
        app.record(edit, rng)
    some_adjustments(app, rng)
    period = app.ask(period_named, name)
    now = app.ask(forecast, period)
    for is_growth in (False, True):
        for measure in Measure:
            cell = now.side(is_growth=is_growth).cell(measure)
            parts = [
                app.ask(bridge_between, first, last, measure=measure, period=period, is_growth=is_growth).bridge
                for first, last in [(days[0], days[1]), (days[1], days[2]), (days[2], None), (days[0], None)]
            ]
            assert (parts[2].end, parts[2].end_count) == (cell.total, cell.amount.count)
            assert parts[2].start == cell.total_ago
            assert cell.change == sum((line.base for line in parts[2].lines), Decimal(0))
            assert parts[0].end == parts[1].start
            assert (parts[3].start, parts[3].end) == (parts[0].start, parts[2].end)
            assert all(one.is_balanced for one in parts)
    app.close()
