"""A moment shown to the rep in their zone and in the rep's own, with what speaks against it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from callstation.calling.business_time import BusinessTime
from callstation.calling.clock_words import day_words, time_words

FURTHEST = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Shown:
    """``theirs``: "Thu 19 Nov, 10:00 AM in Boston"; ``yours``: "7:00 AM for you, before your day starts", "" if alike.

    ``warnings`` are sentences; with ``is_possible`` False the first of them says why the moment cannot be taken.
    """

    theirs: str
    yours: str
    warnings: tuple[str, ...]
    is_possible: bool


def show_both(
    at: datetime, *, there: BusinessTime, place: str, own_zone: ZoneInfo, now: datetime,
    own_day: tuple[int, int] = (8, 18), is_24_hour: bool = False,
) -> Shown:  # fmt: skip
    """Tell ``at`` (aware) in both zones. ``own_day``: the rep's first and last hour; ``place``: where they are."""
    theirs, mine = at.astimezone(there.zone), at.astimezone(own_zone)
    words = f"{day_words(theirs.date())}{_year(theirs, now)}, {time_words(theirs, is_24_hour=is_24_hour)}"
    clock = time_words(mine, is_24_hour=is_24_hour)
    if mine.date() != theirs.date():
        clock = f"{day_words(mine.date())}, {clock}"
    beyond = ""
    if mine.time() < time(own_day[0]):
        beyond = ", before your day starts"
    elif own_day[1] < 24 and mine.time() >= time(own_day[1]):
        beyond = ", after your day ends"
    is_alike = mine.utcoffset() == theirs.utcoffset()
    yours = f"{clock} for you{beyond}" if beyond or not is_alike else ""
    impossible = _impossible(at, now)
    warnings = (*impossible, *_cautions(theirs, there))
    return Shown(f"{words} in {place}" if place else f"{words} there", yours, warnings, not impossible)


def _impossible(at: datetime, now: datetime) -> tuple[str, ...]:
    if at <= now:
        return ("That moment has passed.",)
    return ("More than 400 days ahead.",) if at - now > FURTHEST else ()


def _cautions(theirs: datetime, there: BusinessTime) -> tuple[str, ...]:
    if not there.works_on(theirs.date()):
        return ("A weekend there." if theirs.weekday() >= 5 else "A public holiday there.",)
    if theirs.time() < there.opens:
        return ("Before their business day.",)
    return ("After their business day.",) if theirs.time() >= there.closes else ()


def _year(theirs: datetime, now: datetime) -> str:
    return "" if theirs.year == now.astimezone(theirs.tzinfo).year else f" {theirs.year}"
