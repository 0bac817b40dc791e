"""The card of the account in hand, and that of the next one, read while the rep talks."""

from typing import TYPE_CHECKING

from callstation.calling.card import Card, read_card
from callstation.changes import Changes

if TYPE_CHECKING:
    from callstation.app import App

_CONCERNS = ("account", "contact", "contact_phone", "contract", "campaign")
"""Nouns by whose change any card may be wrong."""


class CardShelf:
    """One card is kept ahead; it is thrown away as soon as it might no longer be true."""

    def __init__(self, app: "App") -> None:
        self._app = app
        self._ahead: tuple[int, int | None, int, Card] | None = None

    def take(self, target_id: int, campaign_id: int | None) -> Card:
        """The card of a target, from the shelf if it lies there; ``UserError`` where the target is gone."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and ahead[:3] == (target_id, campaign_id, self._minute()):
            return ahead[3]
        return self._app.ask(read_card, target_id, campaign_id=campaign_id)

    def read_ahead(self, target_id: int, campaign_id: int | None) -> Card:
        """Read a card before it is wanted."""
        if self._ahead is None or self._ahead[:3] != (target_id, campaign_id, self._minute()):
            card = self._app.ask(read_card, target_id, campaign_id=campaign_id)
            self._ahead = (target_id, campaign_id, self._minute(), card)
        return self._ahead[3]

    def take_changes(self, changes: Changes) -> None:
        """Drop the card read ahead if these changes concern it: its target, a number it shares, its contracts."""
        if self._ahead is None:
            return
        target_id, _, _, card = self._ahead
        numbers = {number.phone_id for person in card.people for number in person.numbers}
        renewals = {line.renewal_id for line in card.renewals}
        ids = changes.ids
        if (
            changes.everything
            or target_id in ids.get("call_target", ())
            or numbers & ids.get("phone", frozenset())
            or renewals & ids.get("renewal", frozenset())
            or changes.touch(*_CONCERNS)
        ):
            self._ahead = None

    def _minute(self) -> int:
        return int(self._app.clock.now().timestamp() // 60)
