"""Typed times: "thu 10am", "tomorrow 3pm", "in 2 hours", "5 dec 9:00" read in their zone, without guessing twice.

Between 1 and 6 without am or pm means the afternoon, as in business; a leading zero ("02:30") is taken as written.
A time alone is the next such time; a weekday is the next such day; a day alone is at ten, or at this clock time if it
was told from now ("tomorrow", "next week", "in 3 days"). A clock time that the clocks skip is moved forward; one that
comes twice is the first.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from callstation.calling.clock_words import LONG_WEEKDAYS

HINT = 'Type "thu 10am", "tomorrow 3pm", "in 2 hours", "5 dec 9:00" or "+3d".'
_TEN = time(10)
_LONGEST_BARE_HOURS = 6
_NAMED_TIMES = {
    "midday": time(12), "noon": time(12), "morning": time(10), "lunchtime": time(12, 30), "lunch": time(12, 30),
    "afternoon": time(14), "evening": time(18), "tonight": time(18), "eod": time(17), "cob": time(17),
    "end of day": time(17), "first thing": time(9), "midnight": time(0),
}  # fmt: skip
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
            "a couple of": 2, "half an": 0.5, "half a": 0.5}  # fmt: skip
_AMOUNT = rf"(?P<amount>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mo)"
_AHEAD = re.compile(rf"(?:in\s+|\+\s*)?{_AMOUNT}\s*{_UNIT}(?:\s+from now)?(?=\s|$)")
_CLOCK = re.compile(
    r"(?<![\d./-])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?"
    r"\s*(?P<half>am|pm|a\.m\.?|p\.m\.?|o'?clock|h)?(?![\d./-])(?:\s*uhr)?"
)
_NAMED = re.compile(rf"\b(?:in the |this )?({'|'.join(_NAMED_TIMES)})\b")
_WEEKDAY = re.compile(r"\b(?P<next>next\s+|this\s+)?(?P<day>mon|tue|wed|thu|fri|sat|sun)[a-z]*\b")
_NEAR_DAYS = {"day after tomorrow": 2, "tomorrow": 1, "tmrw": 1, "tmr": 1, "tom": 1, "today": 0}
_NEAR = re.compile(rf"\b({'|'.join(_NEAR_DAYS)})\b")
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)"
_CALENDAR = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}"
    r"|\d{1,2}[./-]\d{1,2}(?:[./-](?:\d{4}|\d{2}))?\.?(?![\d:])"
    rf"|(?:(?:{_ORDINAL}|\d{{1,2}})\.?\s+(?:of\s+)?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    rf"(?:\s+(?:{_ORDINAL}|\d{{1,2}})(?![\d:.h]|\s*[ap]m))?(?:,?\s+20\d{{2}})?"
    rf"|(?:the\s+)?{_ORDINAL}"
)
_SMALL_WORDS = frozenset(("at", "on", "the", "by", "around", "about", "in", "@", "-"))
_OWN = re.compile(r"\b(?:my time|our time|for me|here)\b")


@dataclass(frozen=True, slots=True)
class Typed:
    """A moment that was understood: ``at`` aware, in their zone; ``is_time_assumed`` if only a day was typed."""

    at: datetime
    is_time_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Misread:
    """What was not understood, in words, and what to type instead."""

    words: str
    hint: str = HINT


def parse(
    text: str, *, now: datetime, zone: ZoneInfo, own_zone: ZoneInfo | None = None, is_day_first: bool = True
) -> Typed | Misread:
    """Read a typed time relative to ``now`` (aware) in ``zone``, theirs.

    "my time" at the end tells it in ``own_zone``. ``is_day_first`` decides 5/12. Never raises; takes under 2 ms.
    """
    rest = " ".join(text.lower().replace(",", " ").split())[:80]
    if not rest:
        return Misread("When shall we call back?")
    told_in = zone
    if own_zone is not None and _OWN.search(rest):
        told_in, rest = own_zone, _OWN.sub(" ", rest).strip()
    local = now.astimezone(told_in)
    found = _relative(rest, local, told_in) or _absolute(rest, local, is_day_first)
    if isinstance(found, Misread):
        return found
    wall, is_assumed = found
    moment = wall.replace(tzinfo=told_in).astimezone(UTC) if wall.tzinfo is None else wall
    return Typed(moment.astimezone(zone), is_assumed)


def _relative(text: str, local: datetime, zone: ZoneInfo) -> tuple[datetime, bool] | Misread | None:
    """ "in 2 hours", "+3d", "in two weeks at 3pm": hours and minutes in real time, days and weeks by the calendar."""
    ahead = _AHEAD.match(text)
    if ahead is None:
        return None
    amount = _NUMBERS.get(ahead["amount"]) or float(ahead["amount"] if ahead["amount"].isdigit() else 0)
    if ahead[0] == f"{ahead['amount']}h" and amount > _LONGEST_BARE_HOURS:
        return None  # "16h" is a clock time, "2h" a while
    unit, rest = ahead["unit"], text[ahead.end() :].strip()
    if unit.startswith("h") or (unit.startswith("m") and not unit.startswith("mo")):
        if rest:
            return Misread(f'"{rest}" after "{ahead[0]}" was not understood.')
        moment = local.astimezone(UTC) + timedelta(minutes=amount * (60 if unit[0] == "h" else 1))
        return moment.astimezone(zone).replace(second=0, microsecond=0), False
    if unit.startswith("mo"):
        day = _months_later(local.date(), int(amount))
    else:
        day = local.date() + timedelta(days=int(amount * (7 if unit[0] == "w" else 1)))
    return _on_day(day, rest, local, is_near=True)


def _absolute(text: str, local: datetime, is_day_first: bool) -> tuple[datetime, bool] | Misread:
    today = local.date()
    near = _NEAR.search(text)
    if near:
        return _on_day(today + timedelta(days=_NEAR_DAYS[near[1]]), _without(text, near), local, is_near=True)
    if "next week" in text or "next month" in text:
        day = today + timedelta(days=7) if "next week" in text else _months_later(today, 1)
        rest = text.replace("next week", " ").replace("next month", " ")
        weekday = _WEEKDAY.search(rest)
        if weekday:
            monday = day - timedelta(days=day.weekday())
            return _on_day(monday + timedelta(days=_weekday(weekday)), _without(rest, weekday), local)
        return _on_day(day, rest, local, is_near=True)
    calendar = _CALENDAR.search(text)
    weekday = _WEEKDAY.search(text)
    if calendar and not (weekday is None and _looks_like_time(calendar[0])):
        on = _calendar_day(calendar[0], today, is_day_first)
        if on is None:
            return Misread(f'"{calendar[0].strip()}" is not a day of the calendar.')
        rest = _without(text, calendar)
        weekday = _WEEKDAY.search(rest)
        if weekday and on.weekday() != _weekday(weekday):
            is_day, not_day = LONG_WEEKDAYS[on.weekday()], LONG_WEEKDAYS[_weekday(weekday)]
            return Misread(f"{on.day}/{on.month}/{on.year} is a {is_day}, not a {not_day}.")
        return _on_day(on, _without(rest, weekday) if weekday else rest, local)
    if weekday:
        return _on_weekday(weekday, _without(text, weekday), local)
    clock, rest = _clock(text)
    if isinstance(clock, Misread):
        return clock
    if clock is None or rest:
        return Misread(f'"{rest or text}" was not understood.')
    wall = datetime.combine(today, clock)
    return (wall if wall > local.replace(tzinfo=None) else wall + timedelta(days=1)), False


def _on_weekday(found: re.Match[str], rest: str, local: datetime) -> tuple[datetime, bool] | Misread:
    ahead = (_weekday(found) - local.weekday()) % 7
    if (found["next"] or "").startswith("next"):  # of the coming week, Monday to Sunday
        ahead = 7 - local.weekday() + _weekday(found)
    at = _on_day(local.date() + timedelta(days=ahead), rest, local)
    if isinstance(at, Misread):
        return at
    wall, is_assumed = at
    is_gone = ahead == 0 and (is_assumed or wall <= local.replace(tzinfo=None))
    return (wall + timedelta(days=7) if is_gone else wall), is_assumed


def _on_day(day: date, rest: str, local: datetime, *, is_near: bool = False) -> tuple[datetime, bool] | Misread:
    rest = rest.strip()
    clock, left = _clock(rest)
    if isinstance(clock, Misread):
        return clock
    if left:
        return Misread(f'{LONG_WEEKDAYS[day.weekday()]} {day.day}/{day.month} was understood, "{left}" was not.')
    if clock is None:
        return datetime.combine(day, _quarter(local) if is_near else _TEN), True
    return datetime.combine(day, clock), False


def _clock(text: str) -> tuple[time | Misread | None, str]:
    """(the clock time in a text, what else is in it); None if there is none."""
    found = _CLOCK.search(text)
    if found is None:
        named = _NAMED.search(text)
        return (_NAMED_TIMES[named[1]], _filler(_without(text, named))) if named else (None, _filler(text))
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "")[:1]
    rest = _filler(_NAMED.sub(" ", _without(text, found)))
    named = _NAMED.search(text)
    if half in ("a", "p"):
        if not 1 <= hour <= 12:
            return Misread(f'"{found[0].strip()}" is no time of day.'), rest
        hour = hour % 12 + (12 if half == "p" else 0)
    elif named and hour <= 12 and _NAMED_TIMES[named[1]] >= time(12):
        hour = hour % 12 + 12
    elif 1 <= hour <= 6 and not found["hour"].startswith("0") and not named:
        hour += 12
    if hour > 23 or minute > 59:
        return Misread(f'"{found[0].strip()}" is no time of day.'), rest
    return time(hour, minute), rest


def _calendar_day(text: str, today: date, is_day_first: bool) -> date | None:
    """A written date; without a year the next one that comes."""
    text = text.removeprefix("the ").strip().rstrip(".")
    ordinal = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", text)
    if ordinal:
        months = (_months_later(today.replace(day=1), ahead) for ahead in range(4))
        days = (_or_none(month.year, month.month, int(ordinal[1])) for month in months)
        return next((day for day in days if day is not None and day >= today), None)
    if text[0].isdigit() and text[-1].isdigit() and not text.startswith("20"):
        text = text.replace(".", "/")  # or 5.12 would be read as a number
    from dateutil import parser

    is_iso = re.match(r"\d{4}-", text) is not None
    try:
        found, other = (
            parser.parse(text, dayfirst=is_day_first and not is_iso, default=datetime(year, 1, 1)).date()  # noqa: DTZ001
            for year in (2024, 2028)  # leap years, so that 29 February is read
        )
    except (ValueError, OverflowError):
        return None
    if found == other:
        return found
    years = (_or_none(today.year + more, found.month, found.day) for more in range(9))
    return next((day for day in years if day is not None and day >= today), None)


def _or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return next(found for last in range(day.day, 0, -1) if (found := _or_none(year, month + 1, last)))


def _looks_like_time(text: str) -> bool:
    """Whether "14.30" or "9.00" rather than the day "14.3." stands there."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{2})", text.strip())
    return found is not None and int(found[1]) < 24 and (int(found[2]) > 12 or int(found[2]) == 0)


def _weekday(found: re.Match[str]) -> int:
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(found["day"])


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _filler(text: str) -> str:
    """What is left once the small words are gone."""
    return " ".join(word for word in text.split() if word not in _SMALL_WORDS)


def _quarter(local: datetime) -> time:
    minutes = min((local.hour * 60 + local.minute + 7) // 15 * 15, 23 * 60 + 45)
    return time(minutes // 60, minutes % 60)
