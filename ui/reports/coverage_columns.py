"""The columns of what coverage lists: the ledger, the differences, the touch points, what is not reached in time."""

from collections.abc import Callable
from datetime import date

from callstation.renewals.capacity import CapacityRow
from callstation.renewals.coverage import CoverRow
from callstation.renewals.differences import DifferenceRow
from callstation.renewals.touchpoints import TouchRow
from callstation.settings import Settings
from ui import words
from ui.tables import Column

Ask = Callable[[], Settings]
Today = Callable[[], date]


def _day(on: date | None, today: Today, settings: Ask) -> str | None:
    return None if on is None else words.day(on, today(), settings())


def ledger_columns(settings: Ask, today: Today) -> list[Column[CoverRow]]:
    """Who, which contract, when it ends, why it stands there, and what to do."""
    return [
        Column("Account", lambda row: row.account or "–", width=200, role="emphasis"),
        Column("Contract", lambda row: row.contract_number or None, width=110, role="secondary"),
        Column("Ends", lambda row: _day(row.due_on, today, settings), width=100, align="right", is_tabular=True),
        Column("Amount", lambda row: words.money(row.amount, row.currency, settings()) or None, width=110,
               align="right", is_tabular=True),
        Column("Why", lambda row: row.words, width=0, tone=lambda row: "bad" if row.what_to_do else "text"),
        Column("What to do", lambda row: row.what_to_do or None, width=0, role="secondary"),
    ]  # fmt: skip


def difference_columns(settings: Ask, today: Today) -> list[Column[DifferenceRow]]:
    """Where a contract is known, and in what the sources differ."""

    def known(is_in: bool | None) -> str:
        return "–" if is_in is None else "yes" if is_in else "no"

    def tone(is_in: bool | None) -> str:
        return "bad" if is_in is False else "text2"

    return [
        Column("Contract", lambda row: row.number or "–", width=120, role="emphasis"),
        Column("Account", lambda row: row.account or None, width=0),
        Column("Ends", lambda row: _day(row.ends_on, today, settings), width=100, align="right", is_tabular=True),
        Column("Lists", lambda row: known(row.in_lists), width=64, tone=lambda row: tone(row.in_lists)),
        Column("Book", lambda row: known(row.in_book), width=64, tone=lambda row: tone(row.in_book)),
        Column("Salesforce", lambda row: known(row.in_crm), width=92, tone=lambda row: tone(row.in_crm)),
        Column("Difference", lambda row: row.words, width=0, role="secondary"),
        Column("What to do", lambda row: row.what_to_do, width=0, role="secondary"),
    ]  # fmt: skip


def touch_columns(settings: Ask, today: Today) -> list[Column[TouchRow]]:
    """Planned against done."""

    def number(title: str, value: Callable[[TouchRow], int], tone: str = "text") -> Column[TouchRow]:
        return Column(
            title, lambda row: words.count(value(row), settings()), width=90, align="right", tone=tone, is_tabular=True
        )

    return [
        Column("Account", lambda row: row.account, width=0, role="emphasis"),
        number("Planned", lambda row: row.planned),
        number("Done", lambda row: row.done),
        number("Reached", lambda row: row.reached),
        number("Owed", lambda row: row.debt, "bad"),
        Column("Last", lambda row: _day(row.last_on, today, settings) or "never", width=120, align="right",
               is_tabular=True),
        Column("Next", lambda row: _day(row.next_on, today, settings) or "–", width=120, align="right",
               is_tabular=True),
    ]  # fmt: skip


def capacity_columns(settings: Ask, today: Today) -> list[Column[CapacityRow]]:
    """What is not reached in time, and why not."""
    return [
        Column("Account", lambda row: row.account, width=0, role="emphasis"),
        Column("Contract", lambda row: row.contract_number, width=120, role="secondary"),
        Column("Ends", lambda row: _day(row.ends_on, today, settings), width=110, align="right", is_tabular=True),
        Column("Amount", lambda row: words.money(row.amount, row.currency, settings()) or None, width=120,
               align="right", is_tabular=True),
        Column("Why not in time", lambda row: row.words, width=0, tone="warn"),
    ]  # fmt: skip
