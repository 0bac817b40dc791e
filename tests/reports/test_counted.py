"""Figures of several stretches of days at once are those of each alone."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from callstation.app import App
from callstation.reports.counted import counted
from callstation.reports.kpis import Stretch
from tests.reports.test_figures import MANY, PERIOD, Doings, app, doings, write

__all__ = ["app"]

first_days = st.integers(-375, 14).map(lambda days: PERIOD.starts_on + timedelta(days=days))
stretches = st.builds(lambda first, days: Stretch(first, first + timedelta(days=days)), first_days, st.integers(0, 30))


@MANY
@given(doings, st.lists(st.just(PERIOD) | stretches, min_size=1, max_size=4))
def test_stretches_are_counted_together_as_each_alone(app: App, all_of_it: Doings, some: list[Stretch]) -> None:
    app.record(write, all_of_it)
    assert app.ask(counted, some) == [app.ask(counted, [one])[0] for one in some]
