"""Figures that are counted without their lists: what the lists come to, and several stretches at once as each alone."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from callstation.app import App
from callstation.reports.counted import counted
from callstation.reports.figure_rows import measure
from callstation.reports.figures import figures, list_of
from callstation.reports.kpis import Key, Stretch
from tests.reports.test_figures import MANY, NOON, PERIOD, Doings, Offer, app, asked, doings, write

__all__ = ["app"]

first_days = st.integers(-375, 14).map(lambda days: PERIOD.starts_on + timedelta(days=days))
stretches = st.builds(lambda first, days: Stretch(first, first + timedelta(days=days)), first_days, st.integers(0, 30))


@MANY
@given(doings, st.lists(st.just(PERIOD) | stretches, min_size=1, max_size=4))
def test_stretches_are_counted_together_as_each_alone(app: App, all_of_it: Doings, some: list[Stretch]) -> None:
    app.record(write, all_of_it)
    assert app.ask(counted, some) == [app.ask(counted, [one])[0] for one in some]


@MANY
@given(doings, st.sampled_from(Key))
def test_a_figure_that_is_counted_without_its_list_is_what_the_list_comes_to(
    app: App, all_of_it: Doings, key: Key
) -> None:
    figure = asked(app, all_of_it)[key]
    assert measure(key, app.ask(list_of, key, PERIOD)) == (figure.value, figure.n, figure.apart)


def test_a_margin_is_by_the_rate_that_its_quote_was_made_with(app: App) -> None:
    half = Offer(NOON, NOON, NOON, None, "USD", 10**7, 5 * 10**6, 0, False, True)
    none = Offer(NOON, NOON, NOON, None, "EUR", 10**7, 10**7, 0, False, True)
    app.record(write, Doings((), (half, none)))
    app.record(lambda work: work.raw.execute("UPDATE quote SET rate = '2' WHERE currency = 'EUR'"))
    assert app.ask(figures, PERIOD)[Key.MARGIN].value == Decimal("0.1667"), "500 of 3000"


def test_a_quote_in_another_currency_than_the_renewal_says_nothing_of_its_value(app: App) -> None:
    app.record(write, Doings((), (Offer(NOON, NOON, NOON, NOON, "USD", 10**7, None, 0, False, True),)))
    app.record(lambda work: work.raw.execute("UPDATE quote SET currency = 'EUR'"))
    renewed = app.ask(figures, PERIOD)[Key.RENEWED_VALUE]
    assert (renewed.value, renewed.n, renewed.apart) == (None, 0, 1)
