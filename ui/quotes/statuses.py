"""How the status of a quote looks and is called, the same on every screen."""

from datetime import date

from db.vocabulary import QuoteStatus
from ui.tokens import Kind

_S = QuoteStatus

LOOKS: dict[QuoteStatus, tuple[str, Kind, str]] = {
    _S.DRAFT: ("Draft", "mute", "pencil"),
    _S.NEEDS_APPROVAL: ("Needs approval", "warn", "triangle-alert"),
    _S.SENT: ("Sent", "info", "mail"),
    _S.ACCEPTED: ("Accepted", "ok", "check"),
    _S.REJECTED: ("Rejected", "bad", "x"),
    _S.EXPIRED: ("Expired", "bad", "clock"),
    _S.SUPERSEDED: ("Superseded", "mute", "history"),
}
"""Words, colour and icon."""

SOON_DAYS = 7
"""A sent quote that binds for no longer than this expires soon."""


def is_expiring(status: QuoteStatus, valid_until: date, today: date) -> bool:
    """Whether a sent quote soon binds no more."""
    return status is QuoteStatus.SENT and 0 <= (valid_until - today).days <= SOON_DAYS


def validity(status: QuoteStatus, valid_until: date, today: date) -> str:
    """How long an open quote binds, short: ``12 d``, ``today``; "" for one that is decided."""
    if not status.is_open:
        return ""
    left = (valid_until - today).days
    return "ended" if left < 0 else "today" if left == 0 else f"{left} d"
