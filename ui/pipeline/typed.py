"""What is typed about an opportunity, a day or an amount, and how it is told back before it counts."""

import re
from datetime import datetime
from decimal import Decimal

from callstation import typed_amounts as amounts
from callstation.calling.when import Misread, parse
from callstation.quotes.months import months_words
from callstation.renewals.growth import LONGEST_TERM
from callstation.settings import Settings
from ui import words
from ui.pipeline.ask_strip import Told

LONGEST_STEP = 200
_TERM = re.compile(
    r"(?P<amount>.+?)\s*(?:/|for|over|\s)\s*(?P<count>\d{1,4})\s*(?P<unit>y|yrs?|years?|m|months?)$", re.IGNORECASE
)
_DAY_HINT = "Type a day: fri, 15, 15 dec, next month, in 3 weeks."
_NUMBER = re.compile(r"([0-9]{1,4})\.?")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.?(?:\d{2}|\d{4})?")
"""With points the day stands first in every language: "10.12."."""
_MOST_YEARS = 20


def read_day(typed: str, now: datetime, settings: Settings) -> Told:
    """A day from today on, in the rep's own calendar: "fri", "15 dec", "+3w"."""
    if not typed.strip():
        return Told(None, _DAY_HINT)
    local, text = now.astimezone(settings.zone), typed.strip()
    if number := _NUMBER.fullmatch(text):  # a day of the month, no time of day
        if not 1 <= int(number[1]) <= 31:
            return Told(None, f"No month has a day {number[1]}. {_DAY_HINT}", "warn")
        text = f"{int(number[1])}th"
    is_day_first = settings.language != "en_US" or _DOTTED.fullmatch(text) is not None
    found = parse(text, now=local, zone=settings.zone, is_day_first=is_day_first)
    if isinstance(found, Misread):
        return Told(None, f"{found.words} {_DAY_HINT}", "warn")
    if not found.is_time_assumed:
        return Told(None, f"That has a time of day. {_DAY_HINT}", "warn")
    on, today = found.at.astimezone(settings.zone).date(), local.date()
    if on < today:
        return Told(None, f"{words.weekday(on, today, settings)} has passed; the order lies ahead.", "warn")
    if on.year - today.year > _MOST_YEARS:
        return Told(None, f"{on.year} is too far ahead: {_MOST_YEARS} years are the most.", "warn")
    ahead = (on - today).days
    return Told(on, f"{words.weekday(on, today, settings)}, {_ahead(ahead)}", "text")


def read_amount(typed: str, currency: str, settings: Settings) -> Told:
    """An amount in ``currency``; "" for each in its own."""
    if not typed.strip():
        return Told(None, "Type an amount, such as 48200 or 48k.")
    found = amounts.read_amount(typed, currency, settings)
    if found.value is None:
        return Told(None, found.words, "warn")
    said = words.money(found.value, currency, settings)
    return Told(found.value, said if currency else f"{said} each, in its own currency", "text")


def read_growth(typed: str, currency: str, settings: Settings) -> Told:
    """An amount with the term it is for, such as "36000 3y": (amount, months), no months where none are typed."""
    found = _TERM.match(typed.strip())
    told = read_amount(found["amount"] if found else typed, currency, settings)
    if told.value is None:
        return told
    if found is None:
        return Told((told.value, None), told.words, told.tone)
    months = int(found["count"]) * (12 if found["unit"].lower().startswith("y") else 1)
    if not 1 <= months <= LONGEST_TERM:
        return Told(None, f"A term has {LONGEST_TERM // 12} years at the most.", "warn")
    return Told((told.value, Decimal(months)), f"{told.words} for {months_words(months)}", "text")


def read_step(typed: str) -> Told:
    """The next step; empty clears it."""
    said = " ".join(typed[:LONGEST_STEP].split())
    return Told(said, "" if said else "Nothing: takes the next step away.", "text")


def read_words(typed: str) -> Told:
    """A name or a reason; it may be left out."""
    said = " ".join(typed[:LONGEST_STEP].split())
    return Told(said, "" if said else "Enter takes it without any, too.")


def read_name(typed: str) -> Told:
    """A name to save a filter by."""
    said = " ".join(typed[:60].split())
    return Told(said, "") if said else Told(None, "Type a name, such as December commits.")


def _ahead(days: int) -> str:
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days:,} days"
