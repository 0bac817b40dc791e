"""Values of a table as the settings write them: money, days, moments."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from callstation.settings import Settings


def cell(value: Any, row: dict[str, Any], settings: Settings) -> str:
    """One value in words; an amount takes its currency from the row."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, Decimal):
        from babel.numbers import format_currency, format_decimal

        currency = row.get("currency")
        if not currency:
            return format_decimal(value, locale=settings.language)
        return format_currency(value, currency, locale=settings.language)
    if isinstance(value, datetime):
        from callstation.calling.clock_words import day_words, time_words

        local = value.astimezone(settings.zone)
        return f"{day_words(local.date())} {time_words(local, is_24_hour=settings.is_24_hour)}"
    if isinstance(value, date):
        from babel.dates import format_date

        return format_date(value, "medium", locale=settings.language)
    return str(value)


def is_figure(value: Any) -> bool:
    """Whether a column of such values stands to the right."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
