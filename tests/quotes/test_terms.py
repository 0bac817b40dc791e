"""When a renewal starts: early ones add to the old end, late ones are backdated or not, lapsed ones cost a fee."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.quotes.options import work_out
from callstation.quotes.terms import grace_of, last_term_months, start_of
from callstation.quotes.worksheet import Choices, Policy, PricedLine
from db.vocabulary import QuoteOption
from tests.quotes.sheets import TODAY, owned, sheet_of


def ended(days_ago: int, **values: Any) -> PricedLine:
    """A year's contract that ended so many days ago, as it renews."""
    end = TODAY - timedelta(days=days_ago)
    line = owned(starts_on=end - timedelta(days=364), ends_on=end)
    view = work_out(sheet_of(line, policy=Policy(**values)), Choices(), QuoteOption.AS_IS)
    return view.lines[0]


def test_an_early_renewal_adds_to_the_old_end() -> None:
    line = ended(-36)
    assert (line.starts_on, line.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    assert (line.amount, line.fee) == (Decimal(1000), Decimal(0))


def test_a_contract_that_ends_today_is_not_late() -> None:
    assert (ended(0).starts_on, ended(0).fee) == (TODAY + timedelta(days=1), Decimal(0))


def test_a_late_renewal_within_the_grace_days_is_backdated_without_a_fee() -> None:
    line = ended(30)
    assert (line.starts_on, line.fee) == (TODAY - timedelta(days=29), Decimal(0))


def test_a_late_renewal_starts_today_where_the_policy_says_so() -> None:
    line = ended(30, is_backdated=False)
    assert (line.starts_on, line.ends_on, line.fee) == (TODAY, TODAY + timedelta(days=364), Decimal(0))


def test_beyond_the_grace_days_there_is_a_fee_backdated_or_not() -> None:
    assert (ended(31).fee, ended(31).amount) == (Decimal("100.00"), Decimal("1100.00"))
    assert ended(31, is_backdated=False).fee == 100
    assert ended(31, reinstatement_fee=Decimal(0)).fee == 0


def test_grace_days_are_the_vendors_own() -> None:
    grace = {"Quillbase": 14, "*": 60}
    assert ended(14, grace_days=grace).fee == 0
    assert ended(15, grace_days=grace).fee == 100
    assert grace_of(Policy(grace_days=grace), "Wayfold") == 60
    sixty_days_ago = owned(ends_on=TODAY - timedelta(days=60))
    assert start_of(sixty_days_ago, TODAY, grace_days=60, is_backdated=True) == (
        TODAY - timedelta(days=59), 60, False,
    )  # fmt: skip
    assert ended(1, grace_days={}).fee == 100


def test_a_backdated_term_that_would_be_over_starts_today() -> None:
    assert ended(364).starts_on == TODAY - timedelta(days=363)
    assert ended(365).ends_on == TODAY
    assert ended(366).starts_on == TODAY
    assert ended(2000).starts_on == TODAY


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 12),
        (date(2024, 1, 1), date(2026, 12, 31), 36),
        (date(2026, 1, 1), date(2026, 12, 30), 12),
        (date(2026, 1, 1), date(2027, 1, 3), 12),
        (date(2026, 7, 4), date(2026, 12, 31), 6),
        (date(2024, 2, 29), date(2025, 2, 27), 12),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2026, 12, 1), date(2026, 12, 10), 12),
        (date(2027, 6, 1), date(2026, 12, 10), 12),
        (date(1900, 1, 1), date(2026, 12, 31), 12),
        (None, date(2026, 12, 31), 12),
    ],
)
def test_the_last_term_is_told_to_the_nearest_month_and_a_year_where_it_is_none(
    starts_on: date | None, ends_on: date, months: int
) -> None:
    assert last_term_months(owned(starts_on=starts_on, ends_on=ends_on)) == months


def test_a_term_from_the_29th_of_february_renews_to_the_end_of_february() -> None:
    line = owned(starts_on=date(2027, 3, 1), ends_on=date(2028, 2, 28))
    view = work_out(sheet_of(line), Choices(), QuoteOption.AS_IS)
    assert (view.lines[0].starts_on, view.lines[0].ends_on) == (date(2028, 2, 29), date(2029, 2, 27))
    assert (view.lines[0].multiplier, view.total) == ((1, 1), Decimal(1000))


@given(st.integers(-900, 900), st.booleans())
def test_a_renewal_never_leaves_a_gap_nor_ends_before_today(days_ago: int, is_backdated: bool) -> None:
    line = ended(days_ago, is_backdated=is_backdated)
    end = TODAY - timedelta(days=days_ago)
    assert line.starts_on == end + timedelta(days=1) or (line.starts_on == TODAY and days_ago > 0)
    assert line.ends_on >= TODAY
