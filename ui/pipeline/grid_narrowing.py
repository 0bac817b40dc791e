"""What the whitespace grid is narrowed to: typed, taken off chip by chip, or as the cell in hand has it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from callstation.renewals.whitespace import Cell, GridRow, Market
from callstation.renewals.whitespace_filter import WHOLE_GRID, GridFilter
from ui.pipeline.ask_strip import AskStrip, Question
from ui.pipeline.grid_filter import grid_alike, read_grid_filter
from ui.pipeline.typed_narrowing import TypedNarrowing
from ui.widgets import SearchField

if TYPE_CHECKING:
    from ui.shell import Shell


class GridNarrowing(TypedNarrowing[GridFilter]):
    """``market`` has the families, vendors, segments and partners that words can name; None before it is read."""

    def __init__(
        self, shell: "Shell", field: SearchField, ask: AskStrip, market: Callable[[], Market | None],
        changed: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__(field, WHOLE_GRID, self._read_grid, changed, lambda: shell.run("back"))
        self._shell, self._ask, self._market = shell, ask, market

    def _read_grid(self, typed: str) -> GridFilter:
        market = self._market()
        return self.chosen if market is None else read_grid_filter(typed, self.chosen, market)

    def ask_alike(self, row: GridRow, cell: Cell) -> None:
        """Ask in what the grid shall be like a cell."""
        market = self._market()
        if market is not None:
            self._ask.ask(Question(
                "Only those with the same", self._set_alike, f"As {cell.family} for {row.account[:60]} has it.",
                grid_alike(row, cell, self.wanted, market),
            ))  # fmt: skip

    def _set_alike(self, wanted: GridFilter) -> None:
        self._ask.close_ask()
        self.set(wanted)
        self._shell.run("back")
