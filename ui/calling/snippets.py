"""A snippet's words with the account in hand merged in."""

from callstation.calling.card import Card
from callstation.settings import Settings
from ui import words


def expanded(text: str, card: Card | None, settings: Settings) -> str:
    """The words with {account}, {contact}, {end} and {amount} of the account in hand; other braces stay."""
    if card is None:
        return text
    ends_on = card.renewals[0].due_on if card.renewals else None
    facts = {
        "account": card.account,
        "contact": card.contact,
        "end": words.day(ends_on, ends_on, settings) if ends_on else "",
        "amount": words.money(card.amount, card.currency, settings),
    }
    for name, value in facts.items():
        text = text.replace("{" + name + "}", value)
    return text
