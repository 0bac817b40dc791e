"""The columns of the preview: a verdict for every row of the list, and why."""

from collections.abc import Callable
from datetime import date
from typing import Any

from callstation.accounts.importing.contract_list import PreviewRow
from callstation.calling.phones import show_number
from callstation.settings import Settings
from db.vocabulary import Verdict
from ui import words
from ui.importing.rows_panel import Face
from ui.tables import Column
from ui.tokens import Kind

KINDS: dict[Verdict, Kind] = {
    Verdict.NEW: "ok",
    Verdict.UPDATE: "info",
    Verdict.SAME: "mute",
    Verdict.REVIEW: "warn",
    Verdict.PROBLEM: "bad",
}
USUAL = ("Row", "Verdict", "Contract", "End customer", "Ends", "Value", "Why")
NARROW = ("Row", "Verdict", "Contract", "End customer", "Why")


def columns(settings: Settings, today: Callable[[], date]) -> list[Column[PreviewRow]]:
    """Row number of the file, verdict, what was read, and the reason."""
    return [
        Column("Row", lambda row: row.row_number, lambda n: words.count(n, settings), align="right", width=68,
               role="secondary", tone="text3", is_tabular=True),
        Column("Verdict", lambda row: row.verdict.capitalize(), width=92, chip=lambda row: (KINDS[row.verdict], None)),
        Column("Contract", lambda row: row.contract_no, width=128, role="secondary", tone="text2"),
        Column("End customer", lambda row: row.customer, width=0, role="emphasis"),
        Column("Product", product, width=170, role="secondary", tone="text2"),
        Column("Ends", lambda row: row.ends_on, lambda on: words.day(on, today(), settings), align="right", width=106,
               role="secondary", tone="text2", is_tabular=True),
        Column("Value", lambda row: words.money(row.value, row.currency, settings) or None, align="right",
               width=112, is_tabular=True),
        Column("Phone", lambda row: shown_phone(row, settings), width=140,
               role="secondary", tone="text2"),
        Column("Why", why, width=0, role="secondary", tone="text2", tip=why),
    ]  # fmt: skip


def face(settings: Settings, today: Callable[[], date]) -> Face:
    """A list of contracts."""
    return Face(columns(settings, today), USUAL, NARROW)


def product(row: PreviewRow) -> str:
    """``90 × Endpoint Security``."""
    seats = "" if row.quantity is None else f"{row.quantity:,} × "
    return f"{seats}{row.product}" if row.product else ""


def shown_phone(row: PreviewRow, settings: Settings) -> str | None:
    """The number as it is shown everywhere else."""
    return show_number(row.phone, settings.home_region) if row.phone else None


def why(row: Any) -> str:
    """The reason for the verdict, and what is worth a look."""
    return " ".join((row.why, *row.warnings))
