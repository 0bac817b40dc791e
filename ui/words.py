"""Money, dates and spans of days in words, written as the settings say."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from callstation.calling.clock_words import time_words
from callstation.settings import Settings


def money(amount: Decimal | None, currency: str, settings: Settings, *, is_whole: bool = False) -> str:
    """``$48,200``, ``48.200,50 €``; cents only where there are some, never with ``is_whole``; "" for no amount."""
    if amount is None:
        return ""
    return _money(amount, currency, settings.language, is_whole)


def count(number: int, settings: Settings) -> str:
    """``12,400``."""
    return format_decimal(number, locale=settings.language)


def percent(change: Decimal) -> str:
    """A change with its sign: ``+3.0%``."""
    return f"{change:+.1f}%"


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
    if not currency:
        return format_decimal(amount.quantize(Decimal(1)) if is_whole else amount, locale=language)
    if not is_whole and amount != amount.to_integral_value():
        return format_currency(amount, currency, locale=language)
    pattern = Locale.parse(language).currency_formats["standard"].pattern.replace(".00", "")
    return format_currency(amount, currency, pattern, locale=language, currency_digits=False)


@lru_cache(maxsize=2048)
def _day(on: date, has_year: bool, language: str) -> str:
    if language.startswith("en"):  # day first with the month in letters, as in every sentence of the product
        return format_date(on, "d MMM y" if has_year else "d MMM", locale="en")
    return format_skeleton("yMMMd" if has_year else "MMMd", on, locale=language)


@lru_cache(maxsize=512)
def _weekday(on: date, language: str) -> str:
    return format_date(on, "EEE", locale=language)
