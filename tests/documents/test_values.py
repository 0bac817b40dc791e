"""Values are kept in JSON without loss and written as a reader of each locale writes them."""

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from callstation.documents.values import (
    Day,
    Money,
    Number,
    Share,
    Value,
    as_plain,
    day_in_figures,
    from_plain,
    in_words,
    one_line,
)

VALUES: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.text(), st.builds(Day, st.dates()), st.builds(Number, st.decimals(allow_nan=False)),
    st.builds(Share, st.decimals(0, 1)), st.builds(Money, st.decimals(-(10**9), 10**9, places=4), st.just("EUR")),
)  # fmt: skip


@given(VALUES)
def test_any_value_comes_back_from_json(value: Value) -> None:
    assert from_plain(as_plain(value)) == value


@pytest.mark.parametrize("plain", [1, [], {"money": "1"}, {"day": 3}, {"price": "2"}, True])
def test_what_is_no_value_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match="no value"):
        from_plain(plain)


@pytest.mark.parametrize(
    ("value", "locale", "words"),
    [
        (Day(date(2026, 12, 13)), "en_US", "December 13, 2026"), (Day(date(2026, 12, 13)), "en_GB", "13 December 2026"),
        (Day(date(2026, 12, 13)), "de_AT", "13. Dezember 2026"), (Day(date(2027, 1, 1)), "de_AT", "1. Jänner 2027"),
        (Day(date(2026, 12, 13)), "fr_FR", "13 décembre 2026"), (Day(date(2027, 1, 1)), "fr_FR", "1er janvier 2027"),
        (Money(Decimal("48200"), "USD"), "en_US", "$48,200.00"),
        (Money(Decimal("48200"), "USD"), "en_GB", "US$48,200.00"),
        (Money(Decimal("48200"), "EUR"), "de_DE", "48.200,00\xa0€"),
        (Money(Decimal("48200"), "CHF"), "de_CH", "CHF\xa048’200.00"),
        (Money(Decimal("48200"), "EUR"), "fr_FR", "48\u202f200,00\xa0€"),
        (Money(Decimal("48200"), "JPY"), "en_US", "¥48,200"),
        (Money(Decimal("1.5"), "KWD"), "en_US", "KWD\xa01.500"), (Money(Decimal("-5"), "EUR"), "de_DE", "-5,00\xa0€"),
        (Money(Decimal(5), "XYZ"), "en_US", "XYZ\xa05.00"), (Money(Decimal(5), "euro"), "en_US", "5 euro"),
        (Money(Decimal(5), ""), "en_US", "5"), (Number(Decimal("1234.5")), "de_DE", "1.234,5"),
        (Share(Decimal("0.0725")), "en_US", "7.25%"), (Share(Decimal("0.05")), "de_DE", "5\xa0%"), (None, "en_US", ""),
        ("as it is", "fr_FR", "as it is"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_its_reader_writes_it(value: Value, locale: str, words: str) -> None:
    assert in_words(value, locale) == words


@pytest.mark.parametrize("locale", ["en_US", "de_CH", "fr_FR"])
def test_every_currency_has_words(locale: str) -> None:
    for code in Locale("en").currencies:
        assert in_words(Money(Decimal("1234.5"), str(code)), locale)


@pytest.mark.parametrize(
    ("locale", "figures"),
    [
        ("en_US", "3 Feb 2027"),
        ("de_DE", "03.02.2027"),
        ("fr_FR", "03/02/2027"),
        ("fr_CH", "03.02.2027"),
        ("fr_CA", "2027-02-03"),
    ],
)
def test_a_day_in_a_table_cannot_be_misread(locale: str, figures: str) -> None:
    assert day_in_figures(date(2027, 2, 3), locale) == figures


def test_a_text_from_data_is_one_line_of_a_sentence() -> None:
    assert one_line("  a\n--\r\n b\t\tc\u2028d ") == "a -- b c d"
