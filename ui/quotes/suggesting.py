"""What the outcome keys become once a quote was sent: whoever has it in hand is reviewing it, not waiting for one."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from callstation.calling.card import Card, KeyLine
from callstation.calling.outcomes import OUTCOMES
from db.vocabulary import Disposition, QuoteStatus

_D = Disposition


def with_reviewing(card: Card, today: date, zone: ZoneInfo) -> tuple[Card, int]:
    """The card with "Reviewing quote" on the key of "Send quote" on the day a quote was sent, and that key; else 0."""
    sent = any(
        row.status is QuoteStatus.SENT and row.sent_at is not None and row.sent_at.astimezone(zone).date() == today
        for row in card.quotes
    )
    if not sent:
        return card, 0
    digits = {line.disposition: line.digit for line in card.keys}
    if _D.REVIEWING_QUOTE in digits:
        return card, digits[_D.REVIEWING_QUOTE]
    digit = digits.get(_D.QUOTE_REQUESTED, 0)
    outcome = OUTCOMES[_D.REVIEWING_QUOTE]
    line = KeyLine(digit, _D.REVIEWING_QUOTE, "Reviewing", outcome.next_words, outcome.needs)
    return replace(card, keys=tuple(line if one.digit == digit else one for one in card.keys)), digit
