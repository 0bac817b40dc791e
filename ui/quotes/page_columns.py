"""The columns of the page of all quotes, and the words and the order for each."""

from collections.abc import Callable
from datetime import date
from typing import Any

from callstation.quotes.cards import QuoteRow
from callstation.settings import Settings
from ui import words
from ui.quotes.opening import TITLES
from ui.quotes.statuses import LOOKS, validity
from ui.tables import Column
from ui.tokens import Kind

NARROW = ("Quote", "Account", "Status", "Total", "Valid")
"""What is shown where there is little room."""


def quote_columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[QuoteRow]]:
    """Number, whom it is for, where it stands, how it renews, its total, how long it binds, when it was made."""

    def status(row: QuoteRow) -> tuple[Kind, str | None]:
        _, kind, icon = LOOKS[row.status]
        return kind, icon

    def valid_tone(row: QuoteRow) -> str:
        return "warn" if row.is_expiring else "bad" if row.status.is_open and row.valid_until < today() else "text2"

    return [
        Column("Quote", lambda row: row.label, width=160, sort="number", role="emphasis", is_tabular=True),
        Column("Account", lambda row: row.account, width=0, sort="account", tip=lambda row: row.account),
        Column("Status", lambda row: LOOKS[row.status][0], width=156, sort="status", chip=status),
        Column("Option", lambda row: TITLES[row.option], width=110, role="secondary", tone="text2"),
        Column("Total", lambda row: words.money(row.total, row.currency, settings()), width=130, align="right",
               sort="total", role="emphasis", is_tabular=True),
        Column("Valid", lambda row: validity(row.status, row.valid_until, today()), width=84, align="right",
               sort="valid", role="secondary", tone=valid_tone, is_tabular=True),
        Column("Made", lambda row: words.day(row.created_at.astimezone(settings().zone).date(), today(), settings()),
               width=104, align="right", sort="made", role="secondary", tone="text2", is_tabular=True),
    ]  # fmt: skip


KEYS: dict[str, Callable[[QuoteRow], Any]] = {
    "number": lambda row: (row.number, row.version),
    "account": lambda row: row.account.casefold(),
    "status": lambda row: list(LOOKS).index(row.status),
    "total": lambda row: row.total,
    "valid": lambda row: (not row.status.is_open, row.valid_until),
    "made": lambda row: (row.created_at, row.quote_id),
}
"""By what the rows of a column are ordered."""


def is_match(row: QuoteRow, typed: str) -> bool:
    """Whether every word typed is in the number, the account, the status or the option."""
    text = f"{row.label} {row.account} {LOOKS[row.status][0]} {TITLES[row.option]}".casefold()
    return all(word in text for word in typed.casefold().split())
