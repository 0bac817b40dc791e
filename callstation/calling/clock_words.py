"""Days, clock times and zones in the words the desk shows (English, whatever the system's locale)."""

from datetime import date, datetime, time

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def time_words(at: datetime | time, *, is_24_hour: bool = False) -> str:
    """The clock time: "4:30 PM", or "16:30"."""
    if is_24_hour:
        return f"{at.hour:02d}:{at.minute:02d}"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def day_words(on: date) -> str:
    """The day with its weekday: "Thu 19 Nov"."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def date_words(on: date) -> str:
    """The day with its year: "19 Nov 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def near_day_words(on: date, today: date) -> str:
    """The day as one says it: "today", "tomorrow", "Mon" within six days, else "Thu 19 Nov" (and the year)."""
    ahead = (on - today).days
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    if 1 < ahead < 7:
        return WEEKDAYS[on.weekday()]
    return day_words(on) if on.year == today.year else f"{day_words(on)} {on.year}"


def zone_place(zone: str) -> str:
    """The city a zone is named after: "America/New_York" -> "New York"; "" for no zone."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")
