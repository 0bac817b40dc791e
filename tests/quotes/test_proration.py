"""Proration: the five methods by name, whole terms by all of them alike, and the calendar's odd months and years."""

import os
import time
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.quotes.months import days_in, months_later, term_end, whole_months
from callstation.quotes.proration import Multiplier, multiplier
from db.vocabulary import Proration
from tests.quotes.sheets import plans

START = date(2026, 1, 1)
METHODS = st.sampled_from(Proration)
STARTS = st.one_of(
    st.dates(date(2019, 1, 1), date(2032, 12, 31)),
    st.sampled_from([date(2024, 2, 29), date(2027, 1, 31), date(2028, 8, 31), date(2026, 12, 30), date(2027, 2, 28)]),
)


def share(found: Multiplier) -> Fraction:
    return Fraction(found.numerator, found.denominator)


def after(days: int, method: Proration, plan_months: int = 12, start: date = START) -> Multiplier:
    return multiplier(method, start, start + timedelta(days=days - 1), plan_months)


def until(ends_on: date, method: Proration, plan_months: int = 12, start: date = START) -> Multiplier:
    return multiplier(method, start, ends_on, plan_months)


def test_830_days_of_a_yearly_price_are_the_trades_2_2740() -> None:
    found = after(830, Proration.DAY_365)
    assert found == (830, 365, "830 of 365 days")
    assert f"{found.numerator / found.denominator:.4f}" == "2.2740"


def test_a_monthly_price_by_the_day_is_twelve_times_a_yearly_one() -> None:
    found = after(830, Proration.DAY_365, plan_months=1)
    assert found == (830 * 12, 365, "830 of 365 days x 12 months")
    assert share(found) == share(after(830, Proration.DAY_365)) * 12


def test_twelve_months_and_some_days_are_thirteen_months_rounded_up() -> None:
    assert until(date(2027, 1, 3), Proration.MONTH_UP) == (13, 12, "13 of 12 months (1 year and 3 days, rounded up)")
    assert until(date(2027, 1, 3), Proration.MONTH_UP, 1) == (13, 1, "13 months (1 year and 3 days, rounded up)")
    assert until(date(2026, 1, 1), Proration.MONTH_UP, 1) == (1, 1, "1 month (1 day, rounded up)")
    assert until(date(2026, 7, 31), Proration.MONTH_UP) == (7, 12, "7 of 12 months")


def test_days_beyond_whole_months_are_twelve_365ths_of_a_month_each() -> None:
    found = until(date(2027, 1, 3), Proration.MONTH_PLUS_DAY)
    assert share(found) == (12 + Fraction(3 * 12, 365)) / 12
    assert found.words == "(12 + 3 x 12/365) of 12 months"
    assert share(until(date(2027, 1, 3), Proration.MONTH_PLUS_DAY, 1)) == 12 + Fraction(3 * 12, 365)
    assert until(date(2026, 7, 31), Proration.MONTH_PLUS_DAY) == (7, 12, "7 of 12 months")


def test_actual_days_are_counted_against_the_term_they_fall_in() -> None:
    assert until(date(2027, 4, 10), Proration.DAY_ACTUAL) == (365 + 100, 365, "1 year + 100 of 365 days")
    assert until(date(2028, 4, 9), Proration.DAY_ACTUAL) == (2 * 366 + 100, 366, "2 years + 100 of 366 days")
    assert until(date(2026, 2, 14), Proration.DAY_ACTUAL, 1) == (28 + 14, 28, "1 month + 14 of 28 days")


def test_a_term_begun_is_a_term_paid_by_full_terms() -> None:
    assert after(1, Proration.FULL_TERM) == (1, 1, "1 year (1 day begun)")
    assert until(date(2027, 1, 1), Proration.FULL_TERM) == (2, 1, "2 years (1 year and 1 day begun)")


def test_a_year_with_a_leap_day_is_a_year() -> None:
    for method in Proration:
        assert until(date(2028, 12, 31), method, 12, date(2028, 1, 1)) == (1, 1, "1 year"), method
        assert until(date(2030, 12, 31), method) == (5, 1, "5 years"), method
    nearly_five_years = multiplier(Proration.DAY_365, date(2024, 1, 1), date(2028, 12, 30), 12)
    assert nearly_five_years == (5, 1, "1826 days, at most 5 years")


def test_a_day_more_than_a_short_month_still_costs_a_month() -> None:
    assert until(date(2026, 3, 1), Proration.DAY_365, 1, date(2026, 2, 1)) == (1, 1, "29 days, at least 1 month")


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 8, 31), 13, date(2027, 9, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_a_months_end_is_met_from_any_month(start: date, months: int, later: date) -> None:
    assert months_later(start, months) == later


def test_the_29th_of_february_starts_a_year_that_ends_on_the_27th() -> None:
    start = date(2028, 2, 29)
    assert term_end(start, 12) == date(2029, 2, 27)
    assert whole_months(start, date(2029, 2, 27)) == (12, 0)
    assert whole_months(start, date(2029, 2, 28)) == (12, 1)
    assert whole_months(date(2027, 1, 31), date(2027, 2, 27)) == (1, 0)


def test_no_days_cost_nothing() -> None:
    for method in Proration:
        assert multiplier(method, START, START - timedelta(days=1), 12) == (0, 1, "no days")
        assert multiplier(method, START, date(2020, 1, 1), 1).numerator == 0


@given(METHODS, STARTS, plans, st.integers(1, 12))
def test_all_methods_agree_on_whole_terms(method: Proration, start: date, plan: int, terms: int) -> None:
    found = multiplier(method, start, term_end(start, plan * terms), plan)
    assert (found.numerator, found.denominator) == (terms, 1)


@given(METHODS, STARTS, plans, st.integers(1, 2000))
def test_a_day_more_never_costs_less(method: Proration, start: date, plan: int, days: int) -> None:
    assert share(after(days, method, plan, start)) <= share(after(days + 1, method, plan, start))


@given(METHODS, STARTS, plans, st.integers(1, 2000))
def test_a_part_costs_between_the_whole_terms_around_it(method: Proration, start: date, plan: int, days: int) -> None:
    months, _ = whole_months(start, start + timedelta(days=days - 1))
    assert months // plan <= share(after(days, method, plan, start)) <= months // plan + 1


@given(STARTS, plans, st.integers(1, 2000))
def test_by_the_day_is_days_over_365_wherever_that_lies_between_the_whole_terms(
    start: date, plan: int, days: int
) -> None:
    months, rest = whole_months(start, start + timedelta(days=days - 1))
    plainly = Fraction(days * 12, 365 * plan)
    is_whole = months % plan == 0 and not rest
    low, high = months // plan, months // plan + (not is_whole)
    assert share(after(days, Proration.DAY_365, plan, start)) == min(max(plainly, Fraction(low)), Fraction(high))


@given(STARTS, st.integers(0, 3000))
def test_months_and_days_make_the_term_again(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    months, rest = whole_months(start, end)
    assert months_later(start, months) + timedelta(days=rest) == end + timedelta(days=1)
    assert 0 <= rest <= 30
    assert days_in(start, end) == days + 1


@given(METHODS, st.dates(), st.dates(), st.integers(-1, 60))
def test_any_two_days_have_a_multiplier_that_is_no_less_than_nothing(
    method: Proration, start: date, end: date, plan: int
) -> None:
    found = multiplier(method, start, end, plan)
    assert found.numerator >= 0
    assert found.denominator > 0
    assert found.words


def test_a_change_of_the_clock_is_no_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(time, "tzset"):
        pytest.skip("this system has no time zone of a process")

    def over_a_change(zone: str) -> set[Multiplier]:
        monkeypatch.setitem(os.environ, "TZ", zone)
        time.tzset()
        multiplier.cache_clear()
        return {multiplier(method, date(2026, 3, 1), date(2026, 10, 25), 12) for method in Proration}

    there, here = over_a_change("America/New_York"), over_a_change("Pacific/Apia")
    monkeypatch.undo()
    time.tzset()
    assert there == here
