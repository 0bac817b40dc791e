"""What the quote of an account opens with: what it owns now, and the quote that is under way for it."""

from dataclasses import dataclass
from decimal import Decimal

from callstation.quotes.cards import QuoteCard, QuoteRow, quotes_of, read_quote
from callstation.quotes.choices import from_json
from callstation.quotes.reading import read_worksheet
from callstation.quotes.stored_quote import StoredQuote, stored_quote
from callstation.quotes.worksheet import Approval, Choices, OptionView, Worksheet
from callstation.work import Work
from db.vocabulary import QuoteOption, QuoteStatus
from ui.quotes.faces import LEVELS

_LOOKED_AT = 6
"""Quotes of the account that are looked at for one about what is up for renewal now."""
TITLES = {
    QuoteOption.AS_IS: "As is", QuoteOption.CO_TERM: "Co-term", QuoteOption.THREE_YEARS: "Three years",
    QuoteOption.UPGRADE: "Upgrade",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """One consistent view of the store. ``card`` is the quote to show."""

    sheet: Worksheet
    card: QuoteCard | None
    base: QuoteCard | None
    """What is worked on is compared with this: the version the customer has seen last, else ``card`` itself."""
    stored: StoredQuote | None
    """``base`` as the verbs know it."""
    quotes: tuple[QuoteRow, ...]
    """Every version of every quote of the account, the newest first."""


def read_opening(work: Work, target_id: int, quote_id: int | None = None) -> Opening:
    """The worksheet of a target, with the quote that is named or the one under way; ``UserError`` where it is gone."""
    sheet = read_worksheet(work, target_id)
    quotes = quotes_of(work, sheet.account_id)
    card = read_quote(work, quote_id) if quote_id is not None else _under_way(work, sheet, quotes)
    base = _seen_last(work, card) if card is not None else None
    return Opening(sheet, card, base, stored_quote(work, base.row.quote_id) if base else None, quotes)


def is_workable(card: QuoteCard) -> bool:
    """Whether a quote is opened to be worked on: a draft that nobody has approved as it stands."""
    return card.row.status is QuoteStatus.DRAFT and not card.row.is_approved and card.is_newest


def choices_of(card: QuoteCard) -> Choices:
    """What was chosen on it."""
    return from_json(card.choices)


def view_of(card: QuoteCard) -> OptionView:
    """A stored quote as the option it was."""
    words = f"{LEVELS[card.approval_level]}."
    if card.approved_by:
        words = f"Approved by {card.approved_by}."
    return OptionView(
        option=card.row.option, title=TITLES[card.row.option], about=words, lines=card.lines,
        list_total=card.list_total, total=card.row.total, discount_total=card.discount_total, discount=card.discount,
        growth=card.growth or Decimal(0), cost_total=card.cost_total, margin=card.margin, per_seat_month=None,
        starts_on=card.starts_on, ends_on=card.row.ends_on,
        approval=Approval(card.approval_level, not card.needs_approval, words), problems=(),
    )  # fmt: skip


def _seen_last(work: Work, card: QuoteCard) -> QuoteCard:
    """The newest version before a draft that was sent; the quote itself where there is none or it is no draft."""
    if card.row.sent_at is not None:
        return card
    older = (row for row in card.versions if row.version < card.row.version and row.sent_at is not None)
    seen = next(older, None)
    return card if seen is None else read_quote(work, seen.quote_id)


def _under_way(work: Work, sheet: Worksheet, quotes: tuple[QuoteRow, ...]) -> QuoteCard | None:
    """The newest quote about something that is up for renewal now, unless it came to nothing."""
    now = {line.renewal_id for line in sheet.lines}
    for row in [row for row in quotes if row.status.is_open or row.status is QuoteStatus.ACCEPTED][:_LOOKED_AT]:
        card = read_quote(work, row.quote_id)
        if now & {line.renewal_id for line in card.lines}:
            return card
    return None
