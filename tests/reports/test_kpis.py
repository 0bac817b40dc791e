"""The days a figure is compared with, and the small sums: through leap days, month ends and the ends of time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.percents import share_of
from callstation.reports.kpis import (
    ABOUT,
    Hour,
    Key,
    Stretch,
    before_words,
    best_hours,
    day_of,
    mean,
    middle,
    period_before,
    up_to,
    week_of,
    year_before,
)

days = st.dates()


@st.composite
def stretches(draw: st.DrawFn) -> Stretch:
    starts_on = draw(days)
    length = draw(st.integers(0, 400))
    return Stretch(starts_on, starts_on + timedelta(days=min(length, (date.max - starts_on).days)))


@given(stretches())
def test_the_period_before_ends_before_this_one_begins(period: Stretch) -> None:
    before = period_before(period, period)
    if before is None:
        assert period.starts_on <= date(2, 3, 31)
    elif (period.ends_on - period.starts_on).days < 7:
        assert (period.starts_on - before.starts_on, period.ends_on - before.ends_on) == (timedelta(days=7),) * 2
    else:
        assert before.starts_on <= before.ends_on == period.starts_on - timedelta(days=1)


@given(stretches(), st.integers(0, 400))
def test_a_period_that_is_not_over_is_compared_with_no_more_than_all_of_the_last(period: Stretch, come: int) -> None:
    days = Stretch(
        period.starts_on, period.starts_on + timedelta(days=min(come, (period.ends_on - period.starts_on).days))
    )
    before, whole = period_before(period, days), period_before(period, period)
    assert (before is None) == (whole is None)
    if before is not None and whole is not None:
        assert before.starts_on == whole.starts_on <= before.ends_on <= whole.ends_on


@pytest.mark.parametrize(
    ("first", "last", "come", "was", "words"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 25), (date(2026, 11, 16), date(2026, 11, 18)), "week"),
        (date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30), (date(2026, 10, 1), date(2026, 10, 31)), "month"),
        (date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 23), (date(2026, 10, 1), date(2026, 10, 23)), "month"),
        (date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 30), (date(2026, 2, 1), date(2026, 2, 28)), "month"),
        (date(2026, 10, 1), date(2026, 12, 31), date(2026, 11, 30), (date(2026, 7, 1), date(2026, 8, 30)), "quarter"),
        (date(2024, 1, 1), date(2024, 12, 31), date(2024, 2, 29), (date(2023, 1, 1), date(2023, 2, 28)), "year"),
        (
            date(2026, 11, 11),
            date(2026, 11, 20),
            date(2026, 11, 20),
            (date(2026, 11, 1), date(2026, 11, 10)),
            "10 days",
        ),
    ],
)
def test_the_period_before_in_the_calendar(
    first: date, last: date, come: date, was: tuple[date, date], words: str
) -> None:
    period = Stretch(first, last)
    assert period_before(period, Stretch(first, come)) == Stretch(*was)
    assert before_words(period) == f"the {words} before"


@given(stretches())
def test_a_year_before_is_as_long_give_or_take_a_leap_day(period: Stretch) -> None:
    before = year_before(period)
    if before is None:
        assert period.starts_on.year == 1
        return
    length, was = ((one.ends_on - one.starts_on).days for one in (period, before))
    assert abs(length - was) <= 1
    assert before.starts_on <= before.ends_on
    if length < 7:
        assert length == was
        assert before.starts_on.weekday() == period.starts_on.weekday()


@pytest.mark.parametrize(
    ("first", "last", "was_first", "was_last"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), date(2023, 2, 1), date(2023, 2, 28)),  # a whole month stays one
        (date(2025, 2, 1), date(2025, 2, 28), date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 2, 1), date(2024, 2, 28), date(2023, 2, 1), date(2023, 2, 28)),
        (date(2025, 2, 1), date(2025, 2, 27), date(2024, 2, 1), date(2024, 2, 27)),
        (date(2026, 11, 1), date(2026, 11, 23), date(2025, 11, 1), date(2025, 11, 23)),
        (date(2024, 1, 1), date(2024, 12, 31), date(2023, 1, 1), date(2023, 12, 31)),
        (date(2026, 11, 23), date(2026, 11, 23), date(2025, 11, 24), date(2025, 11, 24)),  # Monday with Monday
        (date(2026, 11, 23), date(2026, 11, 29), date(2025, 11, 24), date(2025, 11, 30)),
        (date(2024, 2, 29), date(2024, 2, 29), date(2023, 3, 2), date(2023, 3, 2)),
    ],
)
def test_a_year_before_in_the_calendar(first: date, last: date, was_first: date, was_last: date) -> None:
    assert year_before(Stretch(first, last)) == Stretch(was_first, was_last)


def test_a_period_counts_as_far_as_it_has_come() -> None:
    week = week_of(date(2026, 11, 25))
    assert (week.starts_on, week.ends_on) == (date(2026, 11, 23), date(2026, 11, 29))
    assert up_to(week, date(2026, 11, 25)) == Stretch(week.starts_on, date(2026, 11, 25), week.name)
    assert up_to(week, date(2026, 12, 9)) == week
    assert up_to(week, date(2026, 11, 22)) is None
    assert day_of(date(2026, 11, 25)) == Stretch(date(2026, 11, 25), date(2026, 11, 25), "25 Nov 2026")


def test_of_nothing_there_is_no_share_mean_or_middle() -> None:
    assert (share_of(0, 0), mean([]), middle([])) == (None, None, None)


@pytest.mark.parametrize(
    ("part", "whole", "found"), [(1, 3, "0.3333"), (2, 3, "0.6667"), (0, 7, "0.0000"), (1, 20_000, "0.0001")]
)
def test_a_share_has_four_places(part: int, whole: int, found: str) -> None:
    assert share_of(part, whole) == Decimal(found)


def test_the_middle_of_two_is_between_them() -> None:
    assert middle([9, 1, 4]) == 4
    assert middle([1, 4]) == Decimal("2.5")


def test_an_hour_under_five_calls_says_nothing() -> None:
    assert Hour(0, 9, 4, 4).reach_rate is None
    assert Hour(0, 9, 5, 1).reach_rate == Decimal("0.2000")
    hours = [Hour(0, 9, 4, 4), Hour(1, 10, 10, 5), Hour(2, 11, 20, 10), Hour(3, 12, 5, 0)]
    assert [(one.weekday, one.hour) for one in best_hours(hours, 2)] == [(2, 11), (1, 10)]


def test_every_figure_says_what_it_is_and_what_it_counts() -> None:
    assert list(ABOUT) == list(Key)
    assert all(about.formula.endswith(".") and about.counted and about.name for about in ABOUT.values())
