"""A stage suggests a category and never overwrites the rep's pick, whichever way the stage moves; slips are counted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock, working_date
from callstation.renewals.categories import SUGGESTED, follow_stage, slips_by
from callstation.renewals.changing import change_many
from callstation.renewals.pipeline import Key, PipelineRow
from callstation.renewals.pipeline_rows import pipeline_row
from callstation.renewals.renewals import change_renewal
from callstation.renewals.rep_day import day_sql
from callstation.settings import Settings
from callstation.sync import conflicts
from callstation.sync.overview import attention
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import Disposition, ForecastCategory, LossReason, RenewalStage
from tests import factories
from tests.sync.desk.conftest import Pair, make_pair
from tests.sync.desk.people import customers

COMMIT, CLOSED, OMITTED = ForecastCategory.COMMIT, ForecastCategory.CLOSED, ForecastCategory.OMITTED


def row(app: App) -> PipelineRow:
    found = app.ask(pipeline_row, Key(False, 1))
    assert found is not None
    return found


@given(stage=st.sampled_from(RenewalStage), is_picked=st.booleans())
def test_a_stage_suggests_and_what_is_over_has_its_own(stage: RenewalStage, is_picked: bool) -> None:
    found = follow_stage(stage, is_picked=is_picked)
    if stage in (RenewalStage.WON, RenewalStage.LOST):
        assert found == {
            "category": SUGGESTED[stage], "is_category_picked": False, "picked_by": "", "picked_at": None,
        }  # fmt: skip
    else:
        assert found == ({} if is_picked else {"category": SUGGESTED[stage]})
        better = follow_stage(stage, is_picked=is_picked, suggestion=COMMIT)
        assert better == ({} if is_picked else {"category": COMMIT})


def test_every_stage_suggests_what_the_trade_says() -> None:
    assert [category.value for category in SUGGESTED.values()] == [
        "pipeline", "pipeline", "best_case", "most_likely", "commit", "pipeline", "closed", "omitted", "omitted",
    ]  # fmt: skip
    assert list(SUGGESTED) == list(RenewalStage)


@given(before=st.dates(), after=st.dates())
def test_a_slip_is_a_later_month_and_nothing_else(before: date, after: date) -> None:
    assert slips_by(before, after) == int(after.isoformat()[:7] > before.isoformat()[:7])


@pytest.fixture
def target(app: App) -> int:
    account_id = app.do(factories.customer, ends_on=date(2026, 12, 20))
    app.record(refresh_targets, [account_id])
    found = app.ask(Work.row, "SELECT id FROM call_target")
    assert found is not None
    return int(found[0])


def test_a_call_moves_the_stage_and_leaves_the_pick_until_it_is_won(app: App, target: int) -> None:
    app.do(log_outcome, target, Disposition.VERBAL_YES)
    assert (row(app).stage, row(app).category) == (RenewalStage.VERBAL_YES, COMMIT), "what the outcome suggests"
    app.undo()
    app.do(change_renewal, 1, category=ForecastCategory.BEST_CASE)
    app.do(log_outcome, target, Disposition.VERBAL_YES)
    assert (row(app).category, row(app).is_picked, row(app).picked_by) == (ForecastCategory.BEST_CASE, True, "me")
    app.do(log_outcome, target, Disposition.ORDER_RECEIVED)
    assert (row(app).category, row(app).is_picked) == (CLOSED, False)
    app.undo()
    assert (row(app).category, row(app).is_picked) == (ForecastCategory.BEST_CASE, True)
    app.do(log_outcome, target, Disposition.NOT_RENEWING, loss_reason=LossReason.PRICE)
    assert (row(app).category, row(app).is_picked) == (OMITTED, False)


def test_reopening_takes_the_category_of_the_stage(app: App, target: int) -> None:
    app.do(change_many, [Key(False, 1)], stage=RenewalStage.LOST, loss_reason=LossReason.PRICE, competitor="Ironvale")
    assert (row(app).loss_reason, row(app).competitor) == (LossReason.PRICE, "Ironvale")
    app.do(change_many, [Key(False, 1)], stage=RenewalStage.QUOTED)
    assert (row(app).category, row(app).loss_reason, row(app).closed_at) == (ForecastCategory.BEST_CASE, None, None)


def test_picking_the_same_again_keeps_when_it_was_picked(app: App, target: int, clock: ManualClock) -> None:
    app.do(change_renewal, 1, category=COMMIT)
    at = row(app).picked_at
    clock.advance(60)
    app.do(change_renewal, 1, category=COMMIT)
    assert row(app).picked_at == at


@given(
    seconds=st.integers(86_400, 27 * 366 * 86_400),
    zone=st.sampled_from(("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "UTC")),
    turns=st.integers(0, 8),
)  # fmt: skip
def test_sql_knows_the_reps_day_as_the_clock_does(seconds: int, zone: str, turns: int) -> None:
    from sqlcipher3 import dbapi2 as sqlite

    at = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    settings = Settings(time_zone=zone, day_turns_at_hour=turns)
    work = Work(None, at, date(2026, 11, 23), settings, None, None)  # type: ignore[arg-type]
    raw = sqlite.connect(":memory:")
    try:
        near = [at + timedelta(minutes=minutes) for minutes in (-61, 0, 61)]
        for one in near:
            found = raw.execute(f"SELECT {day_sql(work, '?1')}", (to_micros(one),)).fetchone()[0]
            assert found == working_date(one, settings.zone, turns).isoformat()
    finally:
        raw.close()


# -- by the sync -----------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(app: App, clock: ManualClock) -> Iterator[Pair]:
    made = make_pair(app, clock)
    customers(made, 1)
    assert made.sync().problem == ""
    made.clock.advance(60)
    yield made
    made.web.close()
    made.org.close()


def change_there(pair: Pair, **values: Any) -> None:
    pair.org.update("Opportunity", pair.there("SELECT Id FROM Opportunity")[0]["Id"], values)
    assert pair.sync().problem == ""
    pair.clock.advance(60)


def test_meeting_for_the_first_time_is_neither_slip_nor_pick(app: App, clock: ManualClock) -> None:
    pair = make_pair(app, clock)
    try:
        account_id = app.do(factories.customer, "Customer 0000", ends_on=date(2026, 12, 9), amount=Decimal(1000))
        assert account_id == 1
        customers(pair, 1)
        opportunity = pair.there("SELECT Id FROM Opportunity")[0]["Id"]
        pair.org.update("Opportunity", opportunity, {"ForecastCategoryName": "Commit", "CloseDate": "2027-01-05"})
        assert pair.sync().problem == ""
        found = app.ask(Work.rows, "SELECT crm_id NOT NULL, slips, is_category_picked, category, close_on FROM renewal")
        assert found == [(1, 0, 0, "commit", "2027-01-05")]
    finally:
        pair.web.close()
        pair.org.close()


def test_a_day_moved_there_slips_and_a_category_chosen_there_is_a_pick_by_name(desk: Pair) -> None:
    change_there(desk, CloseDate="2026-12-30")
    assert row(desk.app).slips == 0
    change_there(desk, CloseDate="2027-01-02")
    assert row(desk.app).slips == 1
    change_there(desk, ForecastCategoryName="Commit")
    assert (row(desk.app).category, row(desk.app).is_picked) == (COMMIT, True)
    assert row(desk.app).picked_by not in ("", "me")
    change_there(desk, ForecastCategoryName="Pipeline")
    assert (row(desk.app).category, row(desk.app).is_picked) == (ForecastCategory.PIPELINE, False)


def test_the_category_that_comes_with_a_stage_is_nobodys_pick(desk: Pair) -> None:
    change_there(desk, StageName="Negotiation/Review")
    found = row(desk.app)
    assert (found.stage, found.is_picked) == (RenewalStage.VERBAL_YES, False)
    change_there(desk, StageName="Closed Won")
    assert (row(desk.app).category, row(desk.app).slips) == (CLOSED, 0)
    change_there(desk, StageName="Qualification")
    assert (row(desk.app).stage, row(desk.app).category, row(desk.app).is_picked) == (
        RenewalStage.CONTACTED, ForecastCategory.PIPELINE, False,
    )  # fmt: skip


def test_a_day_that_is_theirs_by_decision_slips_too(desk: Pair) -> None:
    desk.app.do(change_renewal, 1, close_on=date(2026, 12, 11))
    change_there(desk, CloseDate="2027-02-01")
    (asked,) = desk.app.ask(attention)
    assert asked.conflict_id is not None
    desk.app.do(conflicts.use_theirs, asked.conflict_id)
    assert (row(desk.app).close_on, row(desk.app).slips) == (date(2027, 2, 1), 1)
    desk.app.undo()
    assert row(desk.app).slips == 0
