"""Quotes and renewals over time: each place counts what a second reckoning finds, and opens as many rows."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.clock import ManualClock
from callstation.reports.kpis import Stretch
from callstation.reports.over_time import Happened, counts_of, happened_in, places_of, step_of
from callstation.settings import Settings
from db.vocabulary import RenewalStage
from tests.renewals import due_books
from tests.renewals.due_books import Book, books
from tests.reports.test_figures import Doings, doings, is_in, rep_day, write

FIRST, TODAY = date(2026, 1, 1), date(2026, 11, 23)
MANY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
periods = st.builds(
    lambda back, days: Stretch(TODAY - timedelta(days=back), TODAY - timedelta(days=back) + timedelta(days=days)),
    st.integers(0, 420), st.integers(0, 400),
)  # fmt: skip


@pytest.fixture
def app(store: object, settings: Settings, clock: ManualClock) -> Iterator[App]:
    opened = App(store, settings=settings, clock=clock)  # type: ignore[arg-type]
    yield opened
    opened.close()


@MANY
@given(periods)
def test_places_follow_each_other_from_the_first_day_to_the_last_that_has_begun(app: App, period: Stretch) -> None:
    places = app.ask(places_of, period)
    assert places[0].starts_on == period.starts_on
    assert places[-1].ends_on == min(period.ends_on, TODAY)
    for one, after in pairwise(places):
        assert after.starts_on == one.ends_on + timedelta(days=1)
    days = (places[-1].ends_on - places[0].starts_on).days + 1
    assert len(places) <= 19
    assert step_of(places) in ("day", "week", "month")
    if days > 14:
        assert all(one.starts_on.weekday() == 0 or one.starts_on.day == 1 for one in places[1:])


def test_of_what_lies_ahead_there_are_no_places(app: App) -> None:
    ahead = Stretch(TODAY + timedelta(days=1), TODAY + timedelta(days=9))
    assert app.ask(places_of, ahead) == ()
    assert set(app.ask(counts_of, ()).values()) == {()}


@MANY
@given(doings, periods)
def test_quotes_stand_where_they_were_made_sent_and_accepted(app: App, all_of_it: Doings, period: Stretch) -> None:
    app.record(write, all_of_it)
    places = app.ask(places_of, period)
    counts = app.ask(counts_of, places)
    for at, place in enumerate(places):
        for what, moment in ((Happened.MADE, "made"), (Happened.SENT, "sent"), (Happened.ACCEPTED, "decided")):
            wanted = sum(is_in(getattr(one, moment), place) for one in all_of_it.offers)
            assert counts[what][at] == wanted
            assert len(app.ask(happened_in, what, place)) == wanted


@MANY
@given(books, periods)
def test_renewals_stand_where_they_were_closed_in_time_late_or_lost(app: App, book: Book, period: Stretch) -> None:
    app.record(due_books.write, book)
    places = app.ask(places_of, period)
    counts = app.ask(counts_of, places)

    def what_became(stage: RenewalStage, closed: datetime, due_on: date) -> Happened:
        if stage is RenewalStage.LOST:
            return Happened.LOST
        return Happened.ON_TIME if rep_day(closed) <= due_on else Happened.LATE

    for at, place in enumerate(places):
        some = [
            what_became(one.stage, one.closed, one.due_on)
            for one in book.lots
            if one.closed is not None and is_in(one.closed, place)
        ]
        for what in (Happened.ON_TIME, Happened.LATE, Happened.LOST):
            rows = app.ask(happened_in, what, place)
            assert counts[what][at] == some.count(what) == len(rows)
            assert all(place.starts_on <= row.on <= place.ends_on for row in rows)
