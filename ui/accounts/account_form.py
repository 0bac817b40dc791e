"""The form of the head card: what an account is called, where it is, and the language it is written to in."""

from callstation.accounts.card import AccountCard
from callstation.accounts.street import street_lines
from ui.accounts.inline_form import Ask, InlineForm

_BREAK = " / "
"""Stands for a line break of the street, which a field of one line cannot hold."""


class AccountForm(InlineForm):
    """Filled with what is known when it opens."""

    def __init__(self, card: AccountCard) -> None:
        asks = (
            Ask("name", "Name", card.name, is_wide=True),
            Ask("street", f"Street, its lines divided by{_BREAK}".rstrip(), _BREAK.join(street_lines(card.street)),
                is_wide=True),
            Ask("city", "City", card.city),
            Ask("postal_code", "Postal code", card.postal_code),
            Ask("region", "State or province", card.region),
            Ask("country", "Country", card.country, "US, or United States"),
            Ask("language", "Language of its documents", card.language, "That of the country; or de, fr_CH",
                is_wide=True),
        )  # fmt: skip
        super().__init__(f"Correct {card.name}", asks, "Save")
        self._before = {key: field.text().strip() for key, field in self.fields.items()}

    def changes(self, typed: dict[str, str]) -> dict[str, str]:
        """What was typed over; the rest stays as the book has it, longer or in more lines than a field shows."""
        found = {key: words for key, words in typed.items() if words != self._before[key]}
        if "street" in found:
            found["street"] = found["street"].replace(_BREAK, "\n")
        return found
