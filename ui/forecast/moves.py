"""The list of what moved a measure between two snapshots: which contract, from where to where, by which activity."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from callstation.renewals.amounts import units_amount
from callstation.renewals.bridge import LABELS, LineKind
from callstation.renewals.bridging import Moved
from callstation.settings import Settings
from ui import words
from ui.tables import Column
from ui.tokens import Kind

_KINDS: dict[LineKind, Kind] = {
    LineKind.NEW: "ok", LineKind.PULLED_IN: "ok", LineKind.INCREASED: "ok", LineKind.CATEGORY_IN: "ok",
    LineKind.CURRENCY: "info", LineKind.ADJUSTED: "info",
    LineKind.DECREASED: "warn", LineKind.CATEGORY_OUT: "warn", LineKind.PUSHED_OUT: "warn",
    LineKind.LOST: "bad", LineKind.REMOVED: "bad",
}  # fmt: skip
NARROW = ("Moved by", "Account", "Amount", "From where to where")


def move_columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[Moved]]:
    """Why, who, which contract, how much in its own currency, from where to where, and after which activity."""
    return [
        Column("Moved by", lambda row: LABELS[row.move.kind], width=128,
               chip=lambda row: (_KINDS[row.move.kind], None)),
        Column("Account", lambda row: row.account or "no longer in the book", width=0, role="emphasis"),
        Column("Contract", lambda row: row.title or None, width=110, role="secondary", tone="text2"),
        Column("Amount", lambda row: amount_words(row, settings()), width=190, align="right", role="emphasis",
               is_tabular=True, tone=lambda row: "bad" if (row.base or 0) < 0 else "text"),
        Column("From where to where", lambda row: row.words, width=0, role="secondary"),
        Column("Activity", lambda row: activity_words(row, today(), settings()), width=0, role="secondary",
               tone="text2"),
    ]  # fmt: skip


def amount_words(row: Moved, settings: Settings) -> str:
    """What it did, signed, in the own currency, and as it stands where that is another: "+$5,000", "+€276 (+$300)"."""

    def signed(amount: Decimal, currency: str) -> str:
        sign = "+" if amount > 0 else "−" if amount < 0 else ""
        return f"{sign}{words.money(abs(amount), currency, settings)}"

    originals = " ".join(signed(units_amount(units), currency) for currency, units in row.move.units)
    if all(currency == row.own for currency, _ in row.move.units):
        return originals
    return f"{'no rate' if row.base is None else signed(row.base, row.own)} ({originals})"


def activity_words(row: Moved, today: date, settings: Settings) -> str:
    """The activity and its day: "Order received, 24 Nov"; that there was none."""
    if row.mover is None:
        return "no activity"
    on = row.mover.happened_at.astimezone(settings.zone).date()
    return f"{row.mover.words}, {words.day(on, today, settings)}"
