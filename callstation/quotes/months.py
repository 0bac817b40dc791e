"""Months on the calendar: so many later, and how many whole ones fit into a term."""

from calendar import monthrange
from datetime import date, timedelta

_LAST_YEAR = date.max.year


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day (31 Jan + 1 is 28 or 29 Feb).

    Counted from the day itself, never month by month: 31 Jan + 2 is 31 Mar. Beyond the year 9999 it is the last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > _LAST_YEAR:
        return date.max
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def day_after(day: date) -> date:
    """The next day; the calendar's last day has none and stays."""
    return day if day == date.max else day + timedelta(days=1)


def term_end(starts_on: date, months: int) -> date:
    """The last day of a term of so many months."""
    return months_later(starts_on, months) - timedelta(days=1)


def days_in(starts_on: date, ends_on: date) -> int:
    """The days of a term, the first and the last counted; 0 or less where it ends before it starts."""
    return ends_on.toordinal() - starts_on.toordinal() + 1


def whole_months(starts_on: date, ends_on: date) -> tuple[int, int]:
    """The whole months of a term and the days beyond them; nothing for a term that ends before it starts."""
    after = day_after(ends_on)
    if after <= starts_on:
        return 0, 0
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    reached = months_later(starts_on, months)
    if reached > after:
        months -= 1
        reached = months_later(starts_on, months)
    return months, (after - reached).days


def months_words(months: int) -> str:
    """So many months: "1 year", "3 years", "1 month", "18 months"."""
    if months and months % 12 == 0:
        return "1 year" if months == 12 else f"{months // 12} years"
    return "1 month" if months == 1 else f"{months} months"


def days_words(days: int) -> str:
    """So many days: "1 day", "306 days"."""
    return "1 day" if days == 1 else f"{days} days"
