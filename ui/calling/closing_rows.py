"""The closing checklist of the account in hand, as rows of what is known of the customer."""

from callstation.calling.card import Card
from callstation.quotes.on_desk import OrderLine
from callstation.renewals.marks import LABELS, STEPS
from db.vocabulary import ClosingStep
from ui.calling.info_row import Info

MOST = 4


def closing_title(card: Card) -> str:
    """``Closing QUI-20517``; without a number where there are several."""
    return f"Closing {card.closing[0].contract_number}" if len(card.closing) == 1 else "Closing"


def closing_rows(card: Card) -> list[Info]:
    """The five steps of the one renewal that is to close; of several what each lacks."""
    if len(card.closing) == 1:
        return [_step(card.closing[0], step) for step in STEPS]
    shown = [
        Info(one.contract_number, _first_up(one.missing_words), mark="list-checks", tone="warn", lines=2)
        for one in card.closing[:MOST]
    ]
    rest = len(card.closing) - MOST
    return [*shown, Info(f"And {rest} more", mark="ellipsis")] if rest > 0 else shown


def _step(order: OrderLine, step: ClosingStep) -> Info:
    is_done = step not in order.missing
    number = order.order_number if step is ClosingStep.ORDER_NUMBER and is_done else ""
    mark, tone = ("circle-check", "ok") if is_done else ("circle", "text3")
    return Info(LABELS[step], "", number or ("" if is_done else "Missing"), mark, tone)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
