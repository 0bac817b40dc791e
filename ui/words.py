"""Money, dates and spans of days in words, written as the settings say."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from callstation.calling.clock_words import time_words
from callstation.settings import Settings

# Babel, which knows all of this, is imported where more is asked: it costs a fifth of the time to the first rows.
_WHOLE: dict[str, tuple[str, str, dict[str, str]]] = {
    "en_US": (",", "{0}{1}", {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$"}),
    "en_GB": (",", "{0}{1}", {"USD": "US$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$"}),
    "de_DE": (".", "{1}\xa0{0}", {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "AU$"}),
    "fr_FR": ("\u202f", "{1}\xa0{0}", {"USD": "$US", "EUR": "€", "GBP": "£GB", "CAD": "$CA", "AUD": "$AU"}),
}
"""By language: what groups thousands, where a symbol (0) stands beside its digits (1), symbols (CLDR, as in Babel)."""


def money(amount: Decimal | None, currency: str, settings: Settings, *, is_whole: bool = False) -> str:
    """``$48,200``, ``48.200,50 €``; cents only where there are some, never with ``is_whole``; "" for no amount."""
    if amount is None:
        return ""
    return _money(amount, currency, settings.language, is_whole)


def count(number: int, settings: Settings) -> str:
    """``12,400``."""
    return f"{number:,}".replace(",", _WHOLE[settings.language][0])


def day(on: date, today: date, settings: Settings) -> str:
    """``10 Nov``; with the year where it is another one: ``21 Nov 2025``."""
    return _day(on, on.year != today.year, settings.language)


def weekday(on: date, today: date, settings: Settings) -> str:
    """``Tue 10 Nov``, and the year where it is another one."""
    return f"{_weekday(on, settings.language)} {day(on, today, settings)}"


def clock(at: datetime, settings: Settings) -> str:
    """The rep's own clock time of a moment: ``4:30 PM``."""
    return time_words(at.astimezone(settings.zone), is_24_hour=settings.is_24_hour)


def days(left: int) -> str:
    """Days to the end, short: ``9 d``, ``today``, ``3 d ago``."""
    return "today" if left == 0 else f"{left} d" if left > 0 else f"{-left} d ago"


def renews(left: int) -> str:
    """``Renews in 9 d``, ``Renews today``, ``Lapsed 3 d ago``."""
    return "Renews today" if left == 0 else f"Renews in {left} d" if left > 0 else f"Lapsed {-left} d ago"


def span(seconds: int) -> str:
    """How long a call took: ``40 s``, ``6 min``, ``1 h 05 min``."""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


@lru_cache(maxsize=4096)
def _money(amount: Decimal, currency: str, language: str, is_whole: bool) -> str:
    group, pattern, symbols = _WHOLE[language]
    if currency in symbols and amount >= 0 and (is_whole or amount == amount.to_integral_value()):
        return pattern.format(symbols[currency], f"{amount:,.0f}".replace(",", group))
    from babel import Locale
    from babel.numbers import format_currency, format_decimal

    if not currency:
        return format_decimal(amount.quantize(Decimal(1)) if is_whole else amount, locale=language)
    if not is_whole and amount != amount.to_integral_value():
        return format_currency(amount, currency, locale=language)
    whole = Locale.parse(language).currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, currency, whole, locale=language, currency_digits=False)


@lru_cache(maxsize=2048)
def _day(on: date, has_year: bool, language: str) -> str:
    from babel.dates import format_date, format_skeleton

    if language.startswith("en"):  # day first with the month in letters, as in every sentence of the product
        return format_date(on, "d MMM y" if has_year else "d MMM", locale="en")
    return format_skeleton("yMMMd" if has_year else "MMMd", on, locale=language)


@lru_cache(maxsize=512)
def _weekday(on: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(on, "EEE", locale=language)
