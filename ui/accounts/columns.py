"""The columns of the table of accounts."""

from collections.abc import Callable
from datetime import date

from callstation.accounts.accounts import AccountRow
from callstation.settings import Settings
from ui import words
from ui.tables import Column
from ui.tokens import Kind

NARROW = ("Account", "Ends", "Value")
"""What is shown where there is little room."""


def columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[AccountRow]]:
    """Name, side of the channel, place, contracts open to renew, next end, value, last contact."""
    return [
        Column("Account", lambda row: row.name, width=0, sort="name", role="emphasis", tip=lambda row: row.name),
        Column("Kind", lambda row: row.kind.capitalize(), width=88, role="secondary", tone="text2"),
        Column("City", place, width=130, sort="city", role="secondary", tone="text2"),
        Column(
            "Contracts", lambda row: row.renewals or None, align="right", width=92, role="secondary", tone="text2",
            is_tabular=True,
        ),
        Column(
            "Ends", lambda row: row.days, words.days, align="left", width=96, sort="expiry", role="secondary",
            tone="text2", is_tabular=True, chip=_urgency,
        ),
        Column(
            "Value", lambda row: value(row, settings()) or None, align="right", width=124, sort="amount",
            role="emphasis", is_tabular=True,
        ),
        Column(
            "Last call",
            lambda row: row.last_called_at,
            lambda at: words.day(at.astimezone(settings().zone).date(), today(), settings()),
            align="right", width=104, sort="called", role="secondary", tone="text2", is_tabular=True,
        ),
    ]  # fmt: skip


def place(row: AccountRow) -> str:
    """``Boston, US``."""
    return ", ".join(part for part in (row.city, row.country) if part)


def value(row: AccountRow, settings: Settings) -> str:
    """The amount open to renew in its largest currency, and how many others there are."""
    if not row.amounts:
        return ""
    currency, amount = row.amounts[0]
    more = f" +{len(row.amounts) - 1}" if len(row.amounts) > 1 else ""
    return words.money(amount, currency, settings, is_whole=True) + more


def _urgency(row: AccountRow) -> tuple[Kind, str | None] | None:
    if row.days is None or row.days > 30:
        return None
    return ("warn", None) if row.days > 7 else ("bad", None)
