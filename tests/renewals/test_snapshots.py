"""Snapshots of the book: what was put down stays, is small, and is what stood there on the day."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.renewals import states
from callstation.renewals.live import how_many, live_sums
from callstation.renewals.snapshots import take_snapshot
from callstation.renewals.state import Key, State
from callstation.renewals.states import changes_between, snapshots, state_on, sums_now, sums_on
from callstation.renewals.sums import from_bytes, to_bytes
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ForecastCategory, RenewalStage
from tests import factories
from tests.renewals.edits import book, edit, start
from tests.renewals.states import sums_of

DAY = 86_400
Copies = dict[date, dict[Key, State]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), days=st.lists(st.tuples(st.integers(0, 6), st.integers(1, 20)), max_size=8))
def test_a_state_is_the_book_as_it_stood_on_the_day(
    fresh: Callable[[], App], seed: int, days: list[tuple[int, int]]
) -> None:
    app, rng, copies = fresh(), random.Random(seed), {}
    clock = app.clock
    assert isinstance(clock, ManualClock)
    for edits, ahead in days:
        for _ in range(edits):
            (app.do if rng.random() < 0.7 else app.record)(edit, rng)
            if rng.random() < 0.2:
                app.undo()
        assert app.ask(sums_now) == sums_of(app.ask(book).items()) == app.ask(live_sums)
        taken = app.record(take_snapshot)
        copies[taken.taken_on] = app.ask(book)
        assert (taken.is_new, taken.rows) == (True, app.ask(how_many))
        clock.advance(ahead * DAY)
    app.do(edit, rng)
    _check(app, copies)
    app.close()


def _check(app: App, copies: Copies) -> None:
    """Every state, its sums, and the changes between each two and until now are those of the copies."""
    today = app.ask(lambda work: work.today)
    for day, kept in copies.items():
        assert app.ask(state_on, day) == kept
        assert app.ask(sums_on, day) == from_bytes(to_bytes(sums_of(kept.items()), day))
        for later, state in [(one, copies[one]) for one in copies if one >= day] + [(None, app.ask(book))]:
            wanted = [
                (key, kept.get(key), state.get(key))
                for key in sorted({**kept, **state})
                if kept.get(key) != state.get(key)
            ]
            assert app.ask(changes_between, day, later) == wanted
    if copies:
        first, last = min(copies), max(copies)
        assert app.ask(state_on, first - timedelta(days=1)) is None
        assert app.ask(state_on, today + timedelta(days=1000)) == copies[last]
        for day, following in zip(sorted(copies), [*sorted(copies)[1:], last + timedelta(days=9)], strict=True):
            assert app.ask(state_on, following - timedelta(days=1)) == copies[day]


def test_the_first_snapshot_of_a_day_wins(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=date(2026, 12, 31)))
    first = app.record(take_snapshot)
    assert (first.is_new, first.rows, first.changed) == (True, 1, 1)
    app.do(lambda work: work.update(Renewal, 1, amount=Decimal(5)))
    clock.advance(12 * 3600)  # ten in the evening in New York
    second = app.record(take_snapshot)
    assert (second.is_new, second.taken_on) == (False, first.taken_on)
    kept = app.ask(state_on, first.taken_on)
    assert kept is not None
    assert kept[Key(False, 1)].units == 482_000_000
    clock.advance(6 * 3600)  # four in the morning: the rep's next day
    assert app.record(take_snapshot).changed == 1
    assert [one.taken_on for one in app.ask(snapshots)] == [date(2026, 11, 23), date(2026, 11, 24)]


def test_a_clock_that_was_put_back_takes_none_and_says_which_is_the_last(app: App, clock: ManualClock) -> None:
    app.record(take_snapshot)
    clock.jump(datetime(2020, 1, 1, tzinfo=UTC))
    taken = app.record(take_snapshot)
    assert (taken.is_new, taken.taken_on) == (False, date(2026, 11, 23))
    assert len(app.ask(snapshots)) == 1


def test_a_quiet_day_writes_no_row(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=date(2026, 12, 31)))
    app.record(take_snapshot)
    app.do(lambda work: work.update(Renewal, 1, next_step="Ring them", amount=Decimal(7)))
    app.undo()
    clock.advance(DAY)
    assert app.record(take_snapshot).changed == 0
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM snapshot_row")) == [(1,)]


def test_what_was_gone_and_comes_back_as_it_was_stands_in_the_book_again(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=date(2026, 12, 31)))
    app.record(take_snapshot)
    app.do(lambda work: work.delete(Renewal, 1))
    days = []
    for _ in range(2):
        clock.advance(DAY)
        days.append(app.record(take_snapshot).taken_on)
        assert app.ask(lambda work: work.rows("SELECT * FROM snapshot_due")) == []
        app.undo()
        assert app.ask(sums_now) == app.ask(live_sums)
    gone, back = (app.ask(state_on, day) for day in days)
    assert (gone, back) == ({}, app.ask(book))
    assert back != {}


def test_whatever_stage_and_category_sql_counts_it_as_python_does(app: App) -> None:
    def make(work: Work) -> None:
        start(work)
        for stage, category, closed_at in product(RenewalStage, ForecastCategory, (None, work.now)):
            factories.renewal(work, 1, 1, date(2026, 12, 31), stage=stage, category=category, closed_at=closed_at)

    app.record(make)
    app.record(take_snapshot)
    states = app.ask(book)
    assert app.ask(live_sums) == sums_of(states.items())
    assert app.ask(state_on, date(2026, 11, 23)) == states


def test_after_an_import_of_very_many_the_sums_are_as_right_as_after_one(
    app: App, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(8)
    app.record(start)
    app.record(take_snapshot)
    monkeypatch.setattr(states, "LITTLE", 20)
    for _ in range(3):
        for _ in range(60):
            app.record(edit, rng)
        assert app.ask(sums_now) == app.ask(live_sums) == sums_of(app.ask(book).items())
        clock.advance(DAY)
        day = app.record(take_snapshot).taken_on
        assert app.ask(state_on, day) == app.ask(book)
        assert app.ask(sums_on, day) == app.ask(live_sums)


def test_an_undone_import_and_all_that_triggers_never_saw_is_noticed(app: App, clock: ManualClock) -> None:
    app.record(lambda work: factories.customer(work, ends_on=date(2026, 12, 31)))
    app.record(take_snapshot)
    app.record(lambda work: factories.renewal(work, 1, 1, date(2026, 12, 31)))
    app.record(lambda work: work.raw.execute("DELETE FROM snapshot_due"))
    assert app.ask(sums_now) == app.ask(live_sums)
    assert len(app.ask(changes_between, date(2026, 11, 23), None)) == 1
    clock.advance(DAY)
    assert app.record(take_snapshot).changed == 1


def test_a_book_of_the_largest_amounts_overflows_no_sum(app: App, clock: ManualClock) -> None:
    """An imported amount may be as large as 10^14."""

    def make(work: Work) -> None:
        start(work)
        for number in range(40):
            sign = -1 if number == 39 else 1
            factories.renewal(work, 1, 1, date(2026, 12, 31), amount=sign * Decimal("99999999999999.9999"))

    app.record(make)
    app.record(take_snapshot)
    clock.advance(DAY)
    app.record(lambda work: work.raw.execute("UPDATE renewal SET amount = amount - 1"))
    assert app.ask(sums_now) == app.ask(live_sums) == sums_of(app.ask(book).items())
    app.record(take_snapshot)
    assert app.ask(sums_on, date(2026, 11, 24)) == sums_of(app.ask(book).items())
