"""The columns of the two lists: what is to close, and what has lapsed with what each day of it costs."""

from collections.abc import Callable
from datetime import date

from callstation.renewals.closing import ClosingRow, LapseRow
from callstation.settings import Settings
from db.vocabulary import ClosingStep, RenewalStage
from ui import words
from ui.tables import Column
from ui.tokens import Kind

CLOSING_NARROW = ("Account", "Stands at", "Missing", "Value")
LAPSE_NARROW = ("Account", "Late", "A day", "So far", "Next call")
"""What is shown where there is little room."""
_STAGES: dict[RenewalStage, tuple[str, Kind]] = {
    RenewalStage.WON: ("Won", "ok"),
    RenewalStage.ORDER_PROMISED: ("Order promised", "info"),
    RenewalStage.VERBAL_YES: ("Verbal yes", "info"),
    RenewalStage.AT_RISK: ("At risk", "warn"),
    RenewalStage.LAPSED: ("Lapsed", "bad"),
}
_LONG = 7
"""Days since a yes from which it has taken long."""


def closing_columns(settings: Callable[[], Settings]) -> list[Column[ClosingRow]]:
    """Who, which contract, how far, what is missing, since when, and what it is worth."""
    return [
        Column("Account", lambda row: row.account, width=0, role="emphasis", tip=lambda row: row.account),
        Column("Contract", lambda row: row.contract_number, width=132, role="secondary", tone="text2"),
        Column("Stands at", standing, width=132, chip=lambda row: (_stage(row)[1], None)),
        Column("Missing", missing, width=0, role="secondary", tone="text2", tip=missing),
        Column("Since yes", lambda row: row.days, since, width=100, role="secondary", align="right", is_tabular=True,
               tone=lambda row: "warn" if (row.days or 0) > _LONG else "text2"),
        Column("Value", lambda row: words.money(row.amount, row.currency, settings()) or None, width=124,
               align="right", role="emphasis", is_tabular=True),
    ]  # fmt: skip


def lapse_columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[LapseRow]]:
    """Who, which contract, how late, what that costs, and when to call next."""

    def cost(row: LapseRow, *, is_whole: bool) -> str | None:
        amount = row.cost_so_far if is_whole else row.cost_per_day
        return words.money(amount, row.currency, settings()) or None

    def call(row: LapseRow) -> str:
        return "Today" if row.next_call_on <= today() else words.weekday(row.next_call_on, today(), settings())

    return [
        Column("Account", lambda row: row.account, width=0, role="emphasis", tip=lambda row: row.account),
        Column("Contract", lambda row: row.contract_number, width=132, role="secondary", tone="text2"),
        Column("Ended", lambda row: words.day(row.due_on, today(), settings()), width=104, role="secondary",
               tone="text2", is_tabular=True),
        Column("Late", lambda row: f"{row.days_late:,} d", width=84,
               chip=lambda row: ("bad" if row.days_late > _LONG else "warn", None)),
        Column("A day", lambda row: cost(row, is_whole=False), width=104, align="right", role="secondary",
               is_tabular=True),
        Column("So far", lambda row: cost(row, is_whole=True), width=116, align="right", role="emphasis",
               is_tabular=True),
        Column("Next call", call, width=116, role="secondary", is_tabular=True,
               tone=lambda row: "bad" if row.next_call_on <= today() else "text2"),
    ]  # fmt: skip


def standing(row: ClosingRow) -> str:
    """How far it has come: "Won", "Quote accepted"."""
    return _stage(row)[0]


def missing(row: ClosingRow) -> str:
    """What is missing; where nothing is, what is left to do."""
    if len(row.missing) == len(ClosingStep):
        return "All five steps"
    return row.missing_words.removesuffix(" missing") or "Log the order to win it"


def since(days: int) -> str:
    """``today``, ``4 d``."""
    return f"{days:,} d" if days else "today"


def _stage(row: ClosingRow) -> tuple[str, Kind]:
    if row.quote and not row.is_won:
        return "Quote accepted", "info"
    return _STAGES.get(row.stage, (row.stage.replace("_", " ").capitalize(), "mute"))
