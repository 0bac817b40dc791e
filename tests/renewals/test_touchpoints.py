"""Touch points of a year, planned against done: counted a second time, by account, with what is owed."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.cadence import CadencePath, touches_planned
from callstation.calling.plan import cadence_table
from callstation.calling.rules import rule_text
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.renewals.touches import Run, planned_days
from callstation.renewals.touchpoints import TouchRow, touches
from callstation.settings import Settings
from callstation.work import Work
from db.vocabulary import ActivityKind
from tests import factories

TODAY = date(2026, 11, 23)
TABLE = cadence_table()
days = st.dates(date(2023, 1, 1), date(2026, 12, 31)) | st.just(date(2024, 2, 29))
runs = st.builds(Run, days, st.sampled_from(CadencePath), days, st.none() | days)


def by_hand(run: Run, first: date, last: date) -> set[date]:
    """The table laid out on weekdays, one step a day."""
    found: set[date] = set()
    for row in json.loads(rule_text("cadence.json"))["paths"][run.path.value]:
        day = run.ends_on + timedelta(days=row["offset"])
        if row.get("is_daily") and day.weekday() > 4:
            continue
        while day.weekday() > 4 or day in found:
            day += timedelta(days=1)
        found.add(day)
    return {day for day in found if first <= day <= last and run.since <= day and (not run.until or day < run.until)}


@settings(max_examples=200, deadline=None)
@given(st.lists(runs, max_size=4), days, days)
def test_planned_days_are_the_days_of_all_the_cadences(some: list[Run], first: date, last: date) -> None:
    wanted = set().union(*(by_hand(run, first, last) for run in some))
    assert planned_days(some, TABLE, first, last) == wanted


@given(days, st.sampled_from(CadencePath))
def test_one_contract_has_no_more_than_its_table(ends_on: date, path: CadencePath) -> None:
    run = Run(ends_on, path, date.min, None)
    found = planned_days([run], TABLE, date.min, date.max)
    assert len(found) <= touches_planned(ends_on, path, table=TABLE, since=date(2000, 1, 1), today=date(2100, 1, 1))
    assert all(day.weekday() < 5 for day in found)


# -- read from the book ---------------------------------------------------------------------------------------------


@pytest.fixture
def app(store: Path, settings: Settings, clock: ManualClock) -> Iterator[App]:
    opened = App(store, settings=settings, clock=clock)
    yield opened
    opened.close()


def customer(app: App, *ends: date, known_on: date = date(2026, 1, 2)) -> int:
    """A customer with contracts that have been in the book since a day; the target's id."""

    def book(work: Work) -> int:
        account_id = factories.account(work)
        factories.phone(work, factories.contact(work, account_id))
        made_at = datetime(known_on.year, known_on.month, known_on.day, 17, tzinfo=UTC)
        for at, ends_on in enumerate(ends):
            contract_id = factories.contract(work, account_id, ends_on, f"C-{at}")
            work.raw.execute("UPDATE contract SET created_at = ?", (int(made_at.timestamp() * 1_000_000),))
            factories.renewal(work, contract_id, account_id, ends_on)
        refresh_targets(work, [account_id])
        return int(work.rows("SELECT id FROM call_target")[0][0])

    return app.do(book)


def touched(app: App, target: int, *on: date, kind: ActivityKind = ActivityKind.CALL, is_reached: bool = False) -> None:
    def book(work: Work) -> None:
        for day in on:
            at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
            factories.activity(
                work, 1, target_id=target, kind=kind, happened_at=at, happened_on=day, is_reached=is_reached
            )

    app.do(book)


def only(app: App, year: int | None = None) -> TouchRow:
    (row,) = app.ask(touches, year).rows
    return row


ENDS = date(2026, 12, 31)


def test_what_was_planned_up_to_today_stands_beside_what_was_done(app: App) -> None:
    target = customer(app, ENDS)
    touched(app, target, date(2026, 9, 2), date(2026, 9, 3), is_reached=True)
    touched(app, target, date(2026, 10, 2), kind=ActivityKind.EMAIL)
    touched(app, target, date(2026, 10, 5), kind=ActivityKind.NOTE)
    row = only(app)
    run = Run(ENDS, CadencePath.DIRECT, date(2026, 1, 2), None)
    assert row.planned == len(by_hand(run, date(2026, 1, 1), TODAY))
    assert (row.done, row.reached, row.last_on) == (3, 2, date(2026, 10, 2))
    assert row.debt == row.planned - 3
    assert row.next_on == min(day for day in by_hand(run, date(2026, 1, 1), date.max) if day > TODAY)


def test_two_calls_on_a_day_are_one_touch_point(app: App) -> None:
    target = customer(app, ENDS)
    touched(app, target, date(2026, 9, 2), date(2026, 9, 2))
    assert only(app).done == 1


def test_one_call_is_for_all_contracts_of_the_person(app: App) -> None:
    customer(app, ENDS, ENDS)
    both = only(app).planned
    assert both == len(by_hand(Run(ENDS, CadencePath.DIRECT, date(2026, 1, 2), None), date(2026, 1, 1), TODAY))


def test_nothing_is_planned_before_the_contract_is_known_or_first_touched(app: App) -> None:
    target = customer(app, ENDS, known_on=TODAY)
    assert app.ask(touches).planned == 0
    touched(app, target, date(2026, 8, 3))
    assert only(app).planned == len(
        by_hand(Run(ENDS, CadencePath.DIRECT, date(2026, 8, 3), None), date(2026, 1, 1), TODAY)
    )


def test_nothing_more_is_planned_once_it_is_won(app: App) -> None:
    customer(app, ENDS)
    open_one = only(app).planned
    app.record(
        lambda work: work.raw.execute(
            "UPDATE renewal SET stage = 'won', closed_at = ?",
            (int(datetime(2026, 10, 1, 17, tzinfo=UTC).timestamp() * 1_000_000),),
        )
    )
    assert only(app).planned < open_one
    assert only(app).next_on is None


def test_a_year_that_is_over_counts_whole(app: App) -> None:
    target = customer(app, date(2025, 11, 30), known_on=date(2024, 1, 1))
    touched(app, target, date(2025, 11, 3), date(2026, 1, 5))
    run = Run(date(2025, 11, 30), CadencePath.DIRECT, date(2024, 1, 1), None)
    assert only(app, 2025).planned == len(by_hand(run, date(2025, 1, 1), date(2025, 12, 31)))
    assert only(app, 2025).done == 1


def test_more_than_was_planned_keeps_no_more_than_all(app: App) -> None:
    target = customer(app, ENDS)
    touched(app, target, *(date(2026, 6, day) for day in range(1, 30)))
    found = app.ask(touches)
    assert (found.kept, found.share) == (found.planned, Decimal(1))
    assert app.ask(touches, target_id=target).rows == found.rows


def test_the_next_touch_point_lies_after_today(app: App) -> None:
    customer(app, TODAY + timedelta(days=60))
    assert only(app).planned
    assert only(app).next_on == TODAY + timedelta(days=60 - 45)


def test_nothing_planned_is_no_share(app: App) -> None:
    assert app.ask(touches).share is None
