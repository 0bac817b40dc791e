"""Months, quarters and years of a company whose year starts in any month."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.renewals import fiscal
from callstation.renewals.fiscal import Period, closed_before, parts_of, period_of, rolling
from db.vocabulary import PeriodKind

DAY = timedelta(days=1)
STARTS = st.integers(1, 12)
KINDS = st.sampled_from(list(PeriodKind))
DAYS = st.one_of(
    st.dates(),
    st.sampled_from([date.min, date.max, date(2024, 2, 29), date(2026, 1, 31), date(2026, 2, 1), date(1, 2, 1)]),
)


def walked(day: date, kind: PeriodKind, year_starts: int) -> tuple[date, date]:
    """An oracle that walks: back to a first of a month on which such a period may begin, forward month by month."""
    length = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}[kind]
    first = day
    while first > date.min and not (first.day == 1 and (first.month - year_starts) % length == 0):
        first -= DAY
    last = day
    while last < date.max and not ((last + DAY).day == 1 and ((last + DAY).month - year_starts) % length == 0):
        last += DAY
    return first, last


@given(DAYS, KINDS, STARTS)
def test_a_period_is_what_one_finds_by_walking_day_by_day(day: date, kind: PeriodKind, year_starts: int) -> None:
    period = period_of(day, kind, year_starts)
    assert (period.starts_on, period.ends_on) == walked(day, kind, year_starts)
    assert day in period
    assert period.kind is kind


@given(st.dates(date(3, 1, 1), date(9997, 1, 1)), KINDS, STARTS)
def test_the_period_after_begins_where_one_ends_and_leads_back(day: date, kind: PeriodKind, year_starts: int) -> None:
    period = period_of(day, kind, year_starts)
    later = fiscal.after(period, year_starts)
    assert later.starts_on == period.ends_on + DAY
    assert fiscal.before(later, year_starts) == period


@given(st.dates(date(3, 1, 1), date(9997, 1, 1)), STARTS)
def test_a_year_is_four_quarters_and_twelve_months_without_a_hole(day: date, year_starts: int) -> None:
    year = period_of(day, PeriodKind.YEAR, year_starts)
    for kind, count in ((PeriodKind.QUARTER, 4), (PeriodKind.MONTH, 12)):
        parts = parts_of(year, kind, year_starts)
        assert len(parts) == count
        assert parts[0].starts_on == year.starts_on
        assert parts[-1].ends_on == year.ends_on
        assert all(one.ends_on + DAY == two.starts_on for one, two in pairwise(parts))
    assert len(year.months) == 12
    assert [part.name for part in parts_of(year, PeriodKind.QUARTER, year_starts)] == [
        f"{year.name} Q{number}" for number in range(1, 5)
    ]


@given(DAYS, st.integers(1, 24))
def test_rolling_months_begin_with_the_month_of_the_day(day: date, months: int) -> None:
    found = rolling(day, months)
    assert found.kind is None
    assert found.starts_on == day.replace(day=1)
    assert day in found
    assert len(found.months) == months or found.ends_on == date.max


@pytest.mark.parametrize(
    ("day", "kind", "year_starts", "name", "first", "last"),
    [
        ("2026-11-23", PeriodKind.QUARTER, 8, "FY27 Q2", "2026-11-01", "2027-01-31"),
        ("2026-11-23", PeriodKind.QUARTER, 1, "FY26 Q4", "2026-10-01", "2026-12-31"),
        ("2026-11-23", PeriodKind.YEAR, 12, "FY26", "2025-12-01", "2026-11-30"),
        ("2026-12-01", PeriodKind.YEAR, 12, "FY27", "2026-12-01", "2027-11-30"),
        ("2024-02-29", PeriodKind.MONTH, 3, "Feb 2024", "2024-02-01", "2024-02-29"),
        ("2024-02-29", PeriodKind.YEAR, 3, "FY24", "2023-03-01", "2024-02-29"),
        ("2100-02-28", PeriodKind.MONTH, 1, "Feb 2100", "2100-02-01", "2100-02-28"),
    ],
)
def test_periods_have_the_names_that_reps_know(
    day: str, kind: PeriodKind, year_starts: int, name: str, first: str, last: str
) -> None:
    period = period_of(date.fromisoformat(day), kind, year_starts)
    assert (period.name, period.starts_on.isoformat(), period.ends_on.isoformat()) == (name, first, last)


def test_four_rolling_months_cross_the_year() -> None:
    found = rolling(date(2026, 11, 23))
    assert found == Period(None, date(2026, 11, 1), date(2027, 2, 28), "Nov 2026 to Feb 2027")
    assert fiscal.before(found, 1).name == "Jul 2026 to Oct 2026"
    assert fiscal.after(found, 1).name == "Mar 2027 to Jun 2027"


def test_closed_periods_come_newest_first_and_end_where_dates_begin() -> None:
    found = closed_before(date(2026, 11, 23), PeriodKind.QUARTER, 8, 3)
    assert [one.name for one in found] == ["FY27 Q1", "FY26 Q4", "FY26 Q3"]
    assert closed_before(date(1, 2, 1), PeriodKind.MONTH, 1, 3)[0].starts_on == date.min
    assert len(closed_before(date(1, 2, 1), PeriodKind.MONTH, 1, 3)) == 1


@pytest.mark.parametrize("year_starts", [0, 13, -1])
def test_a_year_that_starts_in_no_month_is_refused(year_starts: int) -> None:
    with pytest.raises(ValueError, match="cannot start"):
        period_of(date(2026, 11, 23), PeriodKind.YEAR, year_starts)
