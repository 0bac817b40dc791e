"""How far a quote may go from where it stands, and the words for each place."""

from collections.abc import Mapping
from types import MappingProxyType

from callstation.errors import UserError
from db.vocabulary import QuoteOption, QuoteStatus

_S = QuoteStatus

MOVES: Mapping[QuoteStatus, frozenset[QuoteStatus]] = MappingProxyType(
    {
        _S.DRAFT: frozenset({_S.NEEDS_APPROVAL, _S.SENT, _S.SUPERSEDED}),
        _S.NEEDS_APPROVAL: frozenset({_S.DRAFT, _S.SUPERSEDED}),
        _S.SENT: frozenset({_S.ACCEPTED, _S.REJECTED, _S.EXPIRED, _S.SUPERSEDED}),
        _S.ACCEPTED: frozenset({_S.SUPERSEDED}),
        _S.REJECTED: frozenset({_S.SUPERSEDED}),
        _S.EXPIRED: frozenset({_S.SUPERSEDED}),
        _S.SUPERSEDED: frozenset(),
    }
)
"""Every move there is. An approved quote is a draft again, which may be sent."""

WORDS: Mapping[QuoteStatus, str] = MappingProxyType(
    {
        _S.DRAFT: "a draft",
        _S.NEEDS_APPROVAL: "waiting for approval",
        _S.SENT: "sent",
        _S.ACCEPTED: "accepted",
        _S.REJECTED: "rejected",
        _S.EXPIRED: "expired",
        _S.SUPERSEDED: "superseded by a newer version",
    }
)
"""What a quote is, in words: "Q-2026-0012 v1 is superseded by a newer version"."""

OPTION_WORDS: Mapping[QuoteOption, str] = MappingProxyType(
    {
        QuoteOption.AS_IS: "as is",
        QuoteOption.CO_TERM: "co-term",
        QuoteOption.THREE_YEARS: "three years",
        QuoteOption.UPGRADE: "upgrade",
    }
)

_HINTS: Mapping[QuoteStatus, str] = MappingProxyType(
    {
        _S.DRAFT: "Send it first.",
        _S.NEEDS_APPROVAL: "Have it approved, or give less discount.",
        _S.SENT: "It can be accepted or rejected, or a new version made.",
        _S.ACCEPTED: "What is left stands on its closing checklist.",
        _S.REJECTED: "Make a new version.",
        _S.EXPIRED: "Make a new version.",
        _S.SUPERSEDED: "Open the newest version.",
    }
)


def check_move(label: str, now: QuoteStatus, to: QuoteStatus, what: str) -> None:
    """``UserError`` saying what is possible where a quote (``label``: its number) may not be ``what`` ("sent")."""
    if to not in MOVES[now]:
        raise UserError(f"{label} cannot be {what}.", f"It is {WORDS[now]}.", _HINTS[now])
