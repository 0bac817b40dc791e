"""What is typed into a quote: numbers as the rep writes them, days, and a sentence for everything else."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.settings import Settings
from tests.ui.walk import HOSTILE
from ui.quotes.days import read_day
from ui.quotes.numbers import MOST_UNITS, percent, plain, read_price, read_quantity, read_share

ENGLISH, GERMAN, FRENCH = (Settings(language=language) for language in ("en_US", "de_DE", "fr_FR"))
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "settings", "units"),
    [
        ("95", ENGLISH, 95), (" 1,200 ", ENGLISH, 1200), ("1.200", GERMAN, 1200), ("1\u202f200", FRENCH, 1200),
        ("1’200", GERMAN, 1200), ("+5", ENGLISH, 95), ("-5", ENGLISH, 85), ("−90", ENGLISH, 0), ("0", ENGLISH, 0),
        ("1000000", ENGLISH, 1_000_000), ("95.0", ENGLISH, 95), ("007", ENGLISH, 7),
    ],
)  # fmt: skip
def test_units_are_read_as_the_rep_writes_them(typed: str, settings: Settings, units: int) -> None:
    assert read_quantity(typed, 90, settings).value == units


@pytest.mark.parametrize("typed", ["", "ninety", "1.5", "-91", "1000001", "1,20,0", "++5", "5-", "1e5", "٣", "9" * 60])
def test_units_that_cannot_be_are_told_in_a_sentence(typed: str) -> None:
    read = read_quantity(typed, 90, ENGLISH)
    assert read.value is None
    assert read.words.endswith(".")


@pytest.mark.parametrize(
    ("typed", "settings", "share"),
    [
        ("10", ENGLISH, "0.10"), ("7.5", ENGLISH, "0.075"), ("7,5 %", GERMAN, "0.075"), ("7.5", GERMAN, "0.075"),
        ("7,5", ENGLISH, "0.075"), ("-5%", ENGLISH, "0.05"), ("100", ENGLISH, "1"), ("0", ENGLISH, "0"),
        ("33.333", ENGLISH, "0.3333"),
    ],
)  # fmt: skip
def test_a_percentage_is_read_as_a_share(typed: str, settings: Settings, share: str) -> None:
    assert read_share(typed, settings).value == Decimal(share)


@pytest.mark.parametrize("typed", ["", "ten", "101", "1.2.3", "%", "5 of 10"])
def test_no_percentage_is_told_in_a_sentence(typed: str) -> None:
    assert read_share(typed, ENGLISH).value is None
    assert read_share(typed, ENGLISH).words.endswith(".")


@pytest.mark.parametrize(
    ("typed", "settings", "price"),
    [
        ("535.56", ENGLISH, "535.56"), ("$1,234.50", ENGLISH, "1234.5"), ("1.234,50 €", GERMAN, "1234.5"),
        ("1 234,5 €", FRENCH, "1234.5"), ("USD 12", ENGLISH, "12"), ("0", ENGLISH, "0"), (".5", ENGLISH, "0.5"),
        ("0.12345", ENGLISH, "0.1235"),
    ],
)  # fmt: skip
def test_a_price_is_read_with_or_without_its_currency(typed: str, settings: Settings, price: str) -> None:
    assert read_price(typed, settings).value == Decimal(price)


@pytest.mark.parametrize("typed", ["", "-5", "five", "5%", "1/2", "1 to 2", "9" * 20, "(5)1"])
def test_no_price_is_told_in_a_sentence(typed: str) -> None:
    assert read_price(typed, ENGLISH).value is None
    assert read_price(typed, ENGLISH).words.endswith(".")


@pytest.mark.parametrize("settings", [ENGLISH, GERMAN, FRENCH], ids=["en", "de", "fr"])
@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60), st.text("0123456789.,+- %€$'", max_size=12)))
def test_nothing_typed_raises_and_what_is_read_is_in_bounds(settings: Settings, typed: str) -> None:
    units, share, price = read_quantity(typed, 5, settings), read_share(typed, settings), read_price(typed, settings)
    day = read_day(typed, TODAY, settings)
    assert units.value is None or 0 <= units.value <= MOST_UNITS
    assert share.value is None or 0 <= share.value <= 1
    assert price.value is None or price.value >= 0
    assert day.value is None or day.value > TODAY
    for read in (units, share, price, day):
        assert (read.value is None) is bool(read.words)


@pytest.mark.parametrize("settings", [ENGLISH, GERMAN, FRENCH], ids=["en", "de", "fr"])
@given(st.decimals(0, 10**6, places=4))
def test_what_stands_in_a_field_reads_as_it_is(settings: Settings, number: Decimal) -> None:
    assert read_price(plain(number, settings), settings).value == number


@pytest.mark.parametrize("settings", [ENGLISH, GERMAN, FRENCH], ids=["en", "de", "fr"])
@given(st.decimals(0, 100, places=2))
def test_a_percentage_that_is_shown_can_be_typed(settings: Settings, number: Decimal) -> None:
    assert read_share(percent(number / 100, settings), settings).value == number / 100


@pytest.mark.parametrize(
    ("typed", "settings", "day"),
    [
        ("30 Jun 2027", ENGLISH, date(2027, 6, 30)), ("June 30, 2027", ENGLISH, date(2027, 6, 30)),
        ("30.6.2027", GERMAN, date(2027, 6, 30)), ("30. Juni 2027", GERMAN, date(2027, 6, 30)),
        ("6/30/2027", ENGLISH, date(2027, 6, 30)), ("30/6/27", FRENCH, date(2027, 6, 30)),
        ("2027-06-30", ENGLISH, date(2027, 6, 30)), ("31 Dez 2027", GERMAN, date(2027, 12, 31)),
        ("1 août 2027", FRENCH, date(2027, 8, 1)), ("in 14 months", ENGLISH, date(2028, 1, 25)),
        ("in 2 years", ENGLISH, date(2028, 11, 25)),
    ],
)  # fmt: skip
def test_a_common_end_is_read_in_many_forms(typed: str, settings: Settings, day: date) -> None:
    assert read_day(typed, TODAY, settings).value == day


@pytest.mark.parametrize("typed", ["", "soon", "30 Feb 2027", "25 Nov 2026", "1 Jan 2020", "1 Jan 2060", "32/1/2027"])
def test_no_end_is_told_in_a_sentence(typed: str) -> None:
    assert read_day(typed, TODAY, ENGLISH).value is None
    assert read_day(typed, TODAY, ENGLISH).words.endswith(".")
