"""The rep's adjustments as rows of the list behind a number, so that the list adds up to its heading."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from callstation.renewals.adjustment import Adjustment
from callstation.renewals.fiscal import month_name
from callstation.renewals.measures import LABELS, Measure
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.settings import Settings
from ui.forecast.said import signed
from ui.tables import Column

ListRow = PipelineRow | Adjustment


def with_adjustments(columns: list[Column[PipelineRow]], settings: Callable[[], Settings]) -> list[Column[ListRow]]:
    """The columns of opportunities, that say of an adjustment what there is to say."""
    said: dict[str, Callable[[Adjustment], str]] = {
        "Account": lambda one: f"Adjusted: {one.note}",
        "Category": lambda one: LABELS[Measure(one.category.value)],
        "Amount": lambda one: signed(one.amount, settings()),
        "Closes": lambda one: month_name(one.month),
    }
    return [_either(column, said.get(column.title)) for column in columns]


def _either(column: Column[PipelineRow], said: Callable[[Adjustment], str] | None) -> Column[ListRow]:
    tone, chip, tip = column.tone, column.chip, column.tip

    def value(row: ListRow) -> Any:
        if isinstance(row, Adjustment):
            return None if said is None else said(row)
        return column.value(row)

    def toned(row: ListRow) -> str:
        if isinstance(row, Adjustment):
            return "text"
        return tone(row) if callable(tone) else tone

    found: Column[Any] = replace(column)
    return replace(
        found, value=value, tone=toned,
        chip=None if chip is None else lambda row: None if isinstance(row, Adjustment) else chip(row),
        tip=None if tip is None else lambda row: "" if isinstance(row, Adjustment) else tip(row),
    )  # fmt: skip
