"""What became of the contracts of a group: in time, late by how much, lost for why; each row opens its list."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from callstation.calling.outcomes import LOSS_REASONS
from callstation.renewals.due_list import Part
from callstation.renewals.retained import LATE_WORDS, Lost, Retention
from callstation.settings import Settings
from ui import words
from ui.forecast.said import money
from ui.tables import Column


@dataclass(frozen=True, slots=True)
class Became:
    """How many became this, and which part of the group that is."""

    name: str
    count: int
    value: Decimal | None
    """Up for renewal a year, in the own currency; None where only the count is known."""
    part: Part
    lost: Lost | None = None
    tone: str = "text"


def became(one: Retention) -> tuple[Became, ...]:
    """Every bucket of lateness, and each reason for which something was lost; they add up to what was due."""
    rows = [Became("Renewed in time", one.on_time_count, None, Part.ON_TIME)]
    rows += [
        Became(f"Renewed {said}", one.lateness[late], None, Part(late.value), tone="warn")
        for late, said in LATE_WORDS.items()
    ]
    for lost in one.lost:
        reason = "no reason given" if lost.reason is None else LOSS_REASONS[lost.reason].lower()
        rows.append(Became(f"Lost: {reason}", lost.count, lost.value, Part.LOST, lost, "bad"))
    rows.append(Became("Still open", one.open, one.open_value, Part.OPEN, tone="text2"))
    return tuple(rows)


def became_columns(settings: Callable[[], Settings]) -> list[Column[Became]]:
    """What, how many, and what they were worth."""

    def tone(row: Became) -> str:
        return row.tone if row.count else "text3"

    return [
        Column("Became", lambda row: row.name, width=0, tone=tone),
        Column("n", lambda row: words.count(row.count, settings()), width=64, align="right", tone=tone,
               is_tabular=True),
        Column("Up for renewal", lambda row: None if row.value is None else money(row.value, settings()), width=116,
               align="right", is_tabular=True),
    ]  # fmt: skip
