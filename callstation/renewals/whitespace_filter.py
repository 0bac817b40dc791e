"""What the whitespace grid is narrowed to: columns by family and vendor, accounts by name, segment, partner, state."""

import json
from dataclasses import dataclass

from callstation.accounts.match import match_words
from callstation.renewals.whitespace_read import Market
from callstation.renewals.whitespace_rules import Family
from db.vocabulary import WhitespaceState


@dataclass(frozen=True, slots=True)
class GridFilter:
    """Every field that is given must hold; ``families`` and ``vendors`` choose columns, the others accounts."""

    families: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    """All families of one of these, beside those of ``families``."""
    states: tuple[WhitespaceState, ...] = ()
    """Accounts that stand so to one of the columns."""
    segments: tuple[str, ...] = ()
    partner_ids: tuple[int, ...] = ()
    """Accounts that one of these sold a contract."""
    text: str = ""
    """Words of the account's name."""

    def columns(self, market: Market) -> tuple[Family, ...]:
        """The families that are shown, in the order of the market."""
        if not self.families and not self.vendors:
            return market.families
        return tuple(
            one for one in market.families if one.name in self.families or not one.vendors.isdisjoint(self.vendors)
        )

    def where(self) -> tuple[str, list[object]]:
        """The condition on ``account a``, and its values; states are no part of it."""
        tests, values = ["a.kind = 'customer'"], list[object]()
        if self.segments:
            tests.append("a.segment IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(self.segments))
        if self.partner_ids:
            tests.append(
                "a.id IN (SELECT k.account_id FROM contract k WHERE k.partner_id IN (SELECT value FROM json_each(?)))"
            )
            values.append(json.dumps(self.partner_ids))
        if self.text.strip():
            words = match_words(self.text)
            tests.append("a.id IN (SELECT rowid FROM search_account WHERE search_account MATCH ?)" if words else "0")
            values += [words] if words else []
        return " AND ".join(tests), values


WHOLE_GRID = GridFilter()
"""Every customer beside every family."""
