"""Amounts as they are typed, in every language of the settings: what is not clear is no amount."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callstation.settings import Settings
from callstation.typed_amounts import is_beside, read_amount


@pytest.mark.parametrize("language", ["en_US", "en_GB", "de_DE", "fr_FR"])
@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("50k", 50_000), ("50 K", 50_000), ("2m", 2_000_000), ("2 M", 2_000_000), ("3 Mio.", 3_000_000),
        ("3mn", 3_000_000), ("40 Tsd", 40_000), ("40 thousand", 40_000), ("5 mille", 5_000), ("1 million", 1_000_000),
        ("1.5k", 1_500), ("1,5k", 1_500), ("$50k", 50_000), ("50k USD", 50_000),
        ("50 k$", 50_000), ("US$48", 48), ("48 usd", 48), ("48200", 48_200), ("0", 0),
    ],
)  # fmt: skip
def test_thousands_and_millions_are_read_in_every_language(language: str, typed: str, amount: int) -> None:
    assert read_amount(typed, "USD", Settings(language=language)).value == amount


@pytest.mark.parametrize(
    ("language", "typed", "amount"),
    [
        ("en_US", "48,200.50", "48200.50"), ("de_DE", "48.200,50", "48200.50"), ("fr_FR", "48 200,50", "48200.50"),
        ("en_US", "1,5", "1.5"), ("en_US", "2500,75", "2500.75"), ("de_DE", "2500.75", "2500.75"),
        ("de_DE", "1.234", "1234"), ("en_US", "1,234", "1234"), ("en_US", "0.125", "0.125"),
        ("en_US", "1.234m", "1234000"),        ("de_DE", "1,234 Mio", "1234000"), ("de_DE", "1.234 Mio", "1234000000"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_the_language_writes_it(language: str, typed: str, amount: str) -> None:
    assert read_amount(typed, "USD", Settings(language=language)).value == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    ["12abc", "50kk", "5bn", "3 mrd", "3y", "(500)", "+-5", "-5", "12 000 3y", "1e5", "$5 EUR", "k", "", "12mm", "٣"],
)
def test_other_letters_are_refused_with_how_it_is_typed(typed: str) -> None:
    read = read_amount(typed, "USD", Settings())
    assert read.value is None
    assert read.words.endswith("Type it as 48,200.50 or 48k.")


@pytest.mark.parametrize(("language", "typed"), [("en_US", "1.500"), ("de_DE", "1,500"), ("fr_FR", "48,200")])
def test_three_decimals_that_may_be_thousands_are_not_guessed_at(language: str, typed: str) -> None:
    assert read_amount(typed, "USD", Settings(language=language)).value is None


@pytest.mark.parametrize("typed", ["5000 EUR", "€5000", "5k€", "48 kr", "CHF 48", "48zł", "CA$5"])
def test_another_currency_than_its_own_is_refused(typed: str) -> None:
    assert read_amount(typed, "USD", Settings()).words.startswith("This is in USD, not in ")
    assert read_amount(typed, "", Settings()).words.startswith("Each has a currency of its own")


def test_its_own_currency_may_stand_beside_it() -> None:
    for typed, currency in (("48 kr", "SEK"), ("€48", "EUR"), ("48 CHF", "CHF"), ("48zł", "PLN"), ("$48", "CAD")):
        assert read_amount(typed, currency, Settings()).value == 48


def test_only_capitals_are_a_currency_where_words_follow() -> None:
    assert [word for word in ("k", "Mio", "EUR", "€", "try", "all", "the", "12") if is_beside(word)] == [
        "k", "Mio", "EUR", "€",
    ]  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.text("0123456789.,+- km€$USDEUR", max_size=12)), st.sampled_from(["USD", ""]))
def test_nothing_typed_raises(typed: str, currency: str) -> None:
    read = read_amount(typed, currency, Settings())
    assert (read.value is None) is bool(read.words)
    assert read.value is None or 0 <= read.value <= 10**12
