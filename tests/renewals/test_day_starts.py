"""The start of the rep's day, as SQL reckons it from a stored day, through every change of the clocks."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling.targets import day_starts_at
from callstation.clock import ManualClock
from callstation.renewals.day_starts import day_start_sql
from callstation.settings import Settings
from callstation.work import Work
from db.stored import to_micros

MANY = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC")


@MANY
@given(
    st.sampled_from(ZONES), st.integers(0, 8), st.dates(date(2011, 12, 1), date(2027, 12, 31)), st.integers(0, 400),
    st.sampled_from([-120, -1, 0, 1]),
)  # fmt: skip
def test_every_day_of_a_span_begins_when_the_rep_says(
    store: Path, clock: ManualClock, zone: str, turns_at: int, first: date, length: int, later: int
) -> None:
    last = first + timedelta(days=length)
    app = App(store, settings=Settings(time_zone=zone, day_turns_at_hour=turns_at), clock=clock)
    try:
        days = [first + timedelta(days=at) for at in {0, length, *range(0, length, 7)}]

        def both(work: Work) -> list[tuple[int, int]]:
            sql = f"SELECT {day_start_sql(work, '?1', first, last, later=later)}"
            return [
                (work.rows(sql, (day.isoformat(),))[0][0], to_micros(day_starts_at(work, day + timedelta(days=later))))
                for day in days
            ]

        assert all(found == wanted for found, wanted in app.ask(both))
    finally:
        app.close()


@pytest.mark.parametrize(("first", "last"), [(date.min, date(1, 3, 1)), (date(9999, 10, 1), date.max)])
def test_the_ends_of_time_raise_nothing(store: Path, clock: ManualClock, first: date, last: date) -> None:
    app = App(store, settings=Settings(time_zone="UTC"), clock=clock)
    for later in (-120, 1):
        assert app.ask(day_start_sql, "due_on", first, last, later=later)
    app.close()
