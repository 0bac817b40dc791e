"""Co-terming: the trade's two worked examples to the cent and the day, and what holds for all others."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.quotes.coterm import ByPrice, by_licence_days, by_price
from callstation.quotes.money import exact, round_to
from tests.quotes.sheets import TODAY, hostile

POOLS = st.lists(st.tuples(st.integers(1, 5000), st.integers(-400, 1500)), min_size=1, max_size=40)


def price(
    paid: Decimal, units: int, old_days: int, new_days: int, currency: str = "USD", plan: int = 12, quantity: int = 0
) -> ByPrice | None:
    return by_price(paid, units, old_days, new_days, plan, currency, quantity=quantity or units)


def test_the_trades_example_by_price_comes_out_to_the_cent() -> None:
    found = price(Decimal(6000), 20, 181, 306)
    assert found is not None
    assert found.times.words == "6,000.00 / 181 days x 306 days"
    unit, (numerator, denominator, _) = found
    with exact():
        assert round_to(20 * unit * Decimal("1.1") * numerator / denominator, "USD") == Decimal("11158.01")


def test_the_trades_example_by_licence_days_comes_out_to_the_day() -> None:
    found = by_licence_days(TODAY, [(20, 45), (10, 365)])
    assert (found.days, found.ends_on) == (152, TODAY + timedelta(days=152))
    assert found.words == "(20 x 45 + 10 x 365) / 30 = 151.67, so 152 days"


def test_licence_days_that_divide_evenly_are_not_rounded() -> None:
    found = by_licence_days(TODAY, [(10, 30), (10, 40)])
    assert (found.days, found.words) == (35, "(10 x 30 + 10 x 40) / 20 = 35 days")


def test_many_pools_are_named_in_part() -> None:
    assert by_licence_days(TODAY, [(1, 7)] * 30).words == f"({' + '.join(['1 x 7'] * 6)} + ...) / 30 = 7 days"


def test_the_words_of_a_price_have_the_currencys_decimals_and_the_units_that_changed() -> None:
    yen, dinar = price(Decimal(6000), 20, 181, 1, "JPY"), price(Decimal(6000), 20, 1, 306, "KWD", quantity=25)
    assert yen is not None
    assert dinar is not None
    assert yen.times.words == "6,000 / 181 days x 1 day"
    assert dinar.times.words == "6,000.000 / 1 day x 306 days x 25 of 20 units"


def test_nothing_is_spread_over_no_units() -> None:
    with pytest.raises(ValueError, match="one unit at least, not 0"):
        by_licence_days(TODAY, [])


@given(POOLS)
def test_no_licence_day_is_lost_and_less_than_a_day_a_unit_is_given(pools: list[tuple[int, int]]) -> None:
    found = by_licence_days(TODAY, pools)
    units = sum(count for count, _ in pools)
    given_away = units * found.days - sum(count * days for count, days in pools)
    assert 0 <= given_away < units
    assert min(days for _, days in pools) <= found.days <= max(days for _, days in pools)


@given(
    st.decimals("0.01", 10**7, places=4),
    st.integers(1, 10_000),
    st.integers(1, 2000),
    st.integers(1, 2000),
    st.sampled_from([1, 12, 36]),
)
def test_a_unit_price_that_a_store_keeps_gives_the_price_paid_to_the_last_digit(
    paid: Decimal, units: int, old_days: int, new_days: int, plan: int
) -> None:
    with hostile():
        found = price(paid, units, old_days, new_days, plan=plan)
    if found is None:
        assert Fraction(paid) / units / old_days * 365 * plan / 12 < Fraction(1, 20_000)
        return
    unit, times = found
    assert unit.as_tuple().exponent == -4
    exactly = Fraction(paid) / old_days * new_days
    assert Fraction(unit) * units * Fraction(times.numerator, times.denominator) == exactly


def test_nothing_paid_gives_no_price() -> None:
    assert price(Decimal(0), 10, 365, 365) is None
    assert price(Decimal(1), 0, 365, 365) is None
    assert price(Decimal(1), 1, 0, 365) is None
    assert price(Decimal(1), 1, 365, 0) is None


def test_a_common_end_beyond_the_calendar_is_its_last_day() -> None:
    assert by_licence_days(date(9999, 12, 1), [(1, 400)]).ends_on == date.max
