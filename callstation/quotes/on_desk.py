"""What the desk says of a call target's quotes and orders, as items among what is open."""

from dataclasses import dataclass

from callstation.calling.clock_words import day_words
from callstation.quotes.cards import QuoteRow, open_quotes
from callstation.quotes.money import show
from callstation.renewals.marks import WON_INCOMPLETE, missing_steps, missing_words
from callstation.work import Work
from db.vocabulary import ClosingStep, QuoteStatus

MOST_ORDERS = 5


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A renewal that is to close: what is done and what is missing."""

    renewal_id: int
    contract_number: str
    is_won: bool
    order_number: str
    missing: tuple[ClosingStep, ...]
    missing_words: str
    """"licence delivered, customer told missing"."""


@dataclass(frozen=True, slots=True)
class Selling:
    """The open quotes of a target, the newest first, and its renewals that are to close."""

    quotes: tuple[QuoteRow, ...]
    orders: tuple[OrderLine, ...]


def selling(work: Work, target_id: int, account_id: int) -> Selling:
    """Read both; two statements."""
    rows = work.rows(
        f"""SELECT r.id, k.number, r.stage, (SELECT group_concat(m.step) FROM closing_mark m WHERE m.renewal_id = r.id),
               (SELECT m.words FROM closing_mark m WHERE m.renewal_id = r.id AND m.step = 'order_number')
            FROM renewal r JOIN contract k ON k.id = r.contract_id WHERE r.target_id = ? AND ({WON_INCOMPLETE}
                OR r.closed_at IS NULL AND (r.stage IN ('verbal_yes', 'order_promised')
                    OR EXISTS (SELECT 1 FROM closing_mark m WHERE m.renewal_id = r.id)))
            ORDER BY r.stage <> 'won', r.due_on, r.id LIMIT ?""",
        (target_id, MOST_ORDERS),
    )
    orders = []
    for renewal_id, number, stage, done, order_number in rows:
        missing = missing_steps(done)
        orders.append(
            OrderLine(renewal_id, number, stage == "won", order_number or "", missing, missing_words(missing))
        )
    return Selling(open_quotes(work, account_id), tuple(orders))


def quote_words(quote: QuoteRow) -> tuple[str, str, str]:
    """(kind, title, words) of the item for a quote."""
    worth, until = show(quote.total, quote.currency), f"valid until {day_words(quote.valid_until)}"
    if quote.status is QuoteStatus.SENT:
        kind = "warn" if quote.is_expiring else "info"
        return kind, f"Quote {quote.label} sent", f"{worth}, {until}. Ask whether they have read it."
    if quote.status is QuoteStatus.EXPIRED:
        return "bad", f"Quote {quote.label} expired", f"{worth}, it was {until}."
    if quote.status is QuoteStatus.NEEDS_APPROVAL:
        return "warn", f"Quote {quote.label} waits for approval", f"{worth}. It cannot be sent before."
    what = "is approved" if quote.is_approved else "is a draft"
    return "info", f"Quote {quote.label} {what}", f"{worth}, {until}."


def order_words(order: OrderLine) -> tuple[str, str, str]:
    """(kind, title, words) of the item for a renewal that is to close."""
    what = missing_words(order.missing) or "all steps done"
    title = "Order not closed" if order.is_won else "Order to come"
    return "warn" if order.is_won else "info", title, f"{order.contract_number}: {what}."
