"""Quotes whose validity has ended: expired once, at the start of the day."""

from callstation.quotes.following import tell
from callstation.quotes.stored_quote import change_quote, stored_quote
from callstation.work import Work
from db.vocabulary import QuoteStatus


def expire_quotes(work: Work) -> int:
    """Every sent quote whose validity ended before today is expired, once; how many. Their follow-ups stay owed."""
    over = work.rows("SELECT id FROM quote WHERE status = 'sent' AND valid_until < ?", (work.today.isoformat(),))
    for (quote_id,) in over:
        quote = stored_quote(work, quote_id)
        change_quote(work, quote, status=QuoteStatus.EXPIRED)
        tell(work, quote, f"expired: it was valid until {quote.valid_until.isoformat()}")
    return len(over)
