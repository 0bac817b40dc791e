"""Money, dates and spans in the words of the settings."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import format_currency, format_decimal

from callstation.settings import Settings
from ui import words

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "currency", "shown"),
    [
        ("en_US", "USD", "$48,200"),
        ("en_GB", "EUR", "€48,200"),
        ("de_DE", "EUR", "48.200\xa0€"),
        ("en_US", "", "48,200"),
    ],
)
def test_money_is_written_as_the_settings_say(language: str, currency: str, shown: str) -> None:
    assert words.money(Decimal(48200), currency, Settings(language=language)) == shown


def test_cents_show_only_where_there_are_some() -> None:
    settings = Settings()
    assert words.money(Decimal("10.50"), "USD", settings) == "$10.50"
    assert words.money(Decimal("10.50"), "USD", settings, is_whole=True) == "$10"
    assert words.money(None, "USD", settings) == ""


def test_a_day_tells_its_year_only_where_it_is_another() -> None:
    assert words.day(date(2026, 11, 10), TODAY, Settings()) == "10 Nov"
    assert words.day(date(2025, 11, 21), TODAY, Settings()) == "21 Nov 2025"
    assert words.day(date(2025, 11, 21), TODAY, Settings(language="de_DE")) == "21. Nov. 2025"
    assert words.weekday(date(2026, 11, 10), TODAY, Settings()) == "Tue 10 Nov"


@pytest.mark.parametrize(("left", "shown"), [(9, "Renews in 9 d"), (0, "Renews today"), (-3, "Lapsed 3 d ago")])
def test_days_to_the_end_are_said_plainly(left: int, shown: str) -> None:
    assert words.renews(left) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(40, "40 s"), (360, "6 min"), (3900, "1 h 05 min")])
def test_a_talk_is_told_in_its_largest_units(seconds: int, shown: str) -> None:
    assert words.span(seconds) == shown


LANGUAGES = next(item for item in fields(Settings) if item.name == "language").metadata["choices"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("currency", ["USD", "EUR", "GBP", "CAD", "AUD"])
def test_amounts_written_without_babel_read_as_babel_writes_them(language: str, currency: str) -> None:
    settings, amount = Settings(language=language), Decimal(1234567)
    pattern = Locale.parse(language).currency_formats["standard"].pattern.replace(".00", "")
    by_babel = format_currency(amount, currency, pattern, locale=language, currency_digits=False)
    assert words.money(amount, currency, settings) == by_babel
    assert words.money(amount + Decimal("0.40"), currency, settings, is_whole=True) == by_babel
    assert words.count(1234567, settings) == format_decimal(1234567, locale=language)
