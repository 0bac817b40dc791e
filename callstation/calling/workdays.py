"""Which days people work where: public holidays by country and state, loaded when first asked for."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@lru_cache(maxsize=65536)
def is_working_day(country: str, region: str, day: date) -> bool:
    """Whether people in ``country`` (ISO, "" = unknown) and ``region`` (its state, "" = unknown) work that day.

    Where the country is not known or has no calendar, Monday to Friday.
    """
    calendar = _calendar(country.upper(), region.upper(), day.year)
    if calendar is None:
        return day.weekday() < 5
    return day.weekday() not in calendar.weekend and day not in calendar


@lru_cache(maxsize=512)
def _calendar(country: str, region: str, year: int) -> "HolidayBase | None":
    if not country:
        return None
    import holidays

    for subdivision in (region or None, None):
        try:
            return holidays.country_holidays(country, subdiv=subdivision, years=year, language="en_US")
        except NotImplementedError:  # a country or state without a calendar
            continue
    return None
