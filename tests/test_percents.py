"""One way to write a percentage: a decimal, rounded half-up, with the marks of the language."""

from decimal import Decimal

import pytest
from babel.numbers import format_percent
from hypothesis import given
from hypothesis import strategies as st

from callstation.percents import percent, share_of, term

LANGUAGES = ("en_US", "en_GB", "de_DE", "fr_FR")


@pytest.mark.parametrize(
    ("share", "said"),
    [("0.4594", "45.9%"), ("0.4595", "46.0%"), ("0.0625", "6.3%"), ("0.925", "92.5%"), ("0", "0.0%"), ("1", "100.0%"),
     ("0.9999", "99.9%"), ("0.99999999", "99.9%"), ("1.0001", "100.0%"), ("12.3456", "1,234.6%"), ("-0.125", "−12.5%"),
     ("-0.00001", "0.0%")],
)  # fmt: skip
def test_a_share_has_one_decimal_and_says_all_only_of_all(share: str, said: str) -> None:
    assert percent(Decimal(share)) == said


def test_each_language_has_its_marks_and_nothing_has_none() -> None:
    assert percent(Decimal("0.459"), "de_DE") == "45,9\u00a0%"
    assert percent(Decimal("12.3456"), "fr_FR") == "1\u202f234,6\u202f%"
    assert percent(None, "de_DE") == "-"


def test_a_change_has_its_sign() -> None:
    assert [percent(Decimal(one), is_change=True) for one in ("0.11", "-0.11", "0")] == ["+11.0%", "−11.0%", "0.0%"]


@given(st.decimals(min_value=0, max_value=100, places=3), st.sampled_from(LANGUAGES))
def test_it_is_written_as_the_languages_of_the_world_are(share: Decimal, language: str) -> None:
    shown = percent(share, language)
    assert shown == format_percent(share, "#,##0.0\u00a0%" if language == "de_DE" else _pattern(language), language)


def _pattern(language: str) -> str:
    return "#,##0.0\u202f%" if language == "fr_FR" else "#,##0.0%"


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_part_is_the_whole_only_where_nothing_is_missing(part: int, whole: int) -> None:
    found = share_of(part, whole)
    assert found is not None
    assert (found == 1) <= (part == whole or part > whole)
    assert abs(found - Decimal(part) / whole) <= Decimal("0.0001")
    assert share_of(part, 0) is None


@pytest.mark.parametrize(
    ("share", "language", "said"),
    [("0.1", "en_US", "10%"), ("0.0725", "en_GB", "7.25%"), ("0.075", "de_DE", "7,5\u00a0%"),
     ("0", "fr_FR", "0\u202f%")],
)  # fmt: skip
def test_what_was_agreed_keeps_its_hundredths(share: str, language: str, said: str) -> None:
    assert term(Decimal(share), language) == said


def test_all_but_one_of_a_hundred_thousand_is_not_all() -> None:
    assert [share_of(part, 100_000) for part in (99_999, 100_000)] == [Decimal("0.9999"), Decimal(1)]
    assert share_of(Decimal("-0.5"), 1) == Decimal("-0.5")
