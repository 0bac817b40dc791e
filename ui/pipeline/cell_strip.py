"""What the cell of the whitespace grid in hand says: how the account stands to the family, why, and what keys do."""

from callstation.renewals.whitespace import Cell, GridRow
from ui.pipeline.grid_looks import LOOKS
from ui.pipeline.key_strip import KeyStrip

_KEYS = (
    ("whitespace_make", "Make growth"), ("whitespace_competitor", "A competitor has it"),
    ("whitespace_not", "Not eligible"), ("whitespace_clear", "Take the mark off"), ("pipeline_open", "On the desk"),
    ("pipeline_alike", "Only those alike"),
)  # fmt: skip


class CellStrip(KeyStrip):
    """The cell in hand."""

    def __init__(self) -> None:
        super().__init__("The cell in hand", _KEYS)

    def show_cell(self, row: GridRow, cell: Cell) -> None:
        """Show another cell."""
        name, kind, icon = LOOKS[cell.state]
        self.title.setText(f"{cell.family} for {row.account}")
        self.chip.set_chip(name, kind, icon)
        parts = [cell.reason or "No contract, no mark, and nothing that speaks for it."]
        parts += ["Marked by hand."] if cell.is_marked else []
        parts += ["Growth for it is open in the pipeline; M goes there."] if cell.growth_id is not None else []
        self.about.setText(" ".join(parts))
