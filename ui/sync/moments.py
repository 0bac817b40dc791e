"""Moments of the past as the Sync page says them: the clock today, the day before that."""

from datetime import date, datetime

from callstation.settings import Settings
from ui import words


def moment(at: datetime, today: date, settings: Settings) -> str:
    """``10:44 AM`` today, ``Fri 20 Nov`` before."""
    local = at.astimezone(settings.zone)
    return words.clock(at, settings) if local.date() == today else words.weekday(local.date(), today, settings)


def whole_moment(at: datetime, today: date, settings: Settings) -> str:
    """``today, 10:44 AM`` or ``Fri 20 Nov, 10:44 AM``."""
    local = at.astimezone(settings.zone)
    day = "today" if local.date() == today else words.weekday(local.date(), today, settings)
    return f"{day}, {words.clock(at, settings)}"
