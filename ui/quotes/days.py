"""A day as it is typed: "30 Jun 2027", "30.6.2027", "6/30/2027", "2027-06-30", "in 14 months"."""

import re
from datetime import date, timedelta

from callstation.quotes.months import term_end
from callstation.settings import Settings
from ui.quotes.numbers import Typed

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FOREIGN = {"mär": 3, "mai": 5, "okt": 10, "dez": 12, "fév": 2, "fev": 2, "avr": 4, "juin": 6, "juil": 7, "aoû": 8,
            "déc": 12}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]{3,12})\.?\s*(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s*(\d{1,2})\s*(\d{4})")
_AHEAD = re.compile(r"in (\d{1,3}) (months?|years?)")
_HINT = "Type a day, such as 30 Jun 2027."
LATEST_YEARS = 10


def read_day(typed: str, today: date, settings: Settings) -> Typed[date]:
    """A day from tomorrow to ten years ahead; which of two figures is the month follows the settings' language."""
    text = " ".join(typed[:60].lower().replace(",", " ").split())
    day = _read(text, today, is_month_first=settings.language == "en_US")
    if day is None:
        return Typed(None, _HINT)
    if day <= today:
        return Typed(None, "That day has passed; the end lies ahead.")
    if day > today + timedelta(days=366 * LATEST_YEARS):
        return Typed(None, "Ten years ahead is the most.")
    return Typed(day)


def _read(text: str, today: date, *, is_month_first: bool) -> date | None:
    if found := _AHEAD.fullmatch(text):
        months = int(found[1]) * (12 if found[2].startswith("year") else 1)
        return term_end(today + timedelta(days=1), months) if 0 < months <= 12 * LATEST_YEARS else None
    if found := _ISO.fullmatch(text):
        return _or_none(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        month, day = (first, second) if is_month_first and "/" in text else (second, first)
        return _or_none(year if year > 99 else 2000 + year, month, day)
    if found := _DAY_FIRST.fullmatch(text):
        return _or_none(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _or_none(int(found[3]), _month(found[1]), int(found[2]))
    return None


def _month(word: str) -> int:
    for name, number in _FOREIGN.items():
        if word.startswith(name):
            return number
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0


def _or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
