"""A day as it is typed into a field that may stay empty: the first or the last on which a price holds."""

from datetime import date

from callstation.settings import Settings
from ui.quotes.numbers import Typed


def read_day(typed: str, settings: Settings, *, is_end: bool = False) -> Typed[date]:
    """``1 Jan 2027``, ``1.1.2027``, ``1/1/27``, ``2027-01-01``; nothing at all is no day, without a complaint.

    A month alone is its first day, or its last where ``is_end``.
    """
    from callstation.accounts.importing.days import DateOrder, read_days

    text = typed.strip()
    if not text:
        return Typed(None)
    usual = DateOrder.MONTH_FIRST if settings.language == "en_US" else DateOrder.DAY_FIRST
    iso = read_days([text], order=usual, usual=usual, is_end=is_end).by_cell[text]
    return Typed(None, "Type a day, such as 1 Jan 2027.") if iso is None else Typed(date.fromisoformat(iso))
