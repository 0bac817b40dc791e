"""What the cell of the whitespace grid in hand says: how the account stands to the family, why, and what keys do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callstation.renewals.whitespace import Cell, GridRow
from ui import actions
from ui.pipeline.grid_looks import LOOKS
from ui.widgets import Button, Card, Chip, ElidedLabel, FlowLayout, KeyBadge

_KEYS = (
    ("whitespace_make", "Make growth"), ("whitespace_competitor", "A competitor has it"),
    ("whitespace_not", "Not eligible"), ("whitespace_clear", "Take the mark off"),
)  # fmt: skip


class CellStrip(Card):
    """``wanted(action id)`` for a button."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=12)
        self.body.setContentsMargins(16, 10, 16, 10)
        self.body.setSpacing(4)
        self.setAccessibleName("The cell in hand")
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title, self.chip = ElidedLabel("", "emphasis"), Chip()
        head.addWidget(self.title)
        head.addWidget(self.chip)
        head.addStretch(1)
        self.body.addLayout(head)
        self.reason = ElidedLabel("", "secondary", "text2", tabular=True)
        self.body.addWidget(self.reason)
        self._foot = QWidget()
        flow = FlowLayout(self._foot, spacing=10)
        for action_id, name in _KEYS:
            flow.addWidget(self._button(action_id, name, *actions.caps_of(action_id)))
        flow.addWidget(self._button("pipeline_open", "On the desk", "↵"))
        flow.addWidget(self._button("pipeline_alike", "Only those alike", *actions.caps_of("pipeline_alike")))
        self.body.addWidget(self._foot)

    def show_cell(self, row: GridRow, cell: Cell) -> None:
        """Show another cell."""
        name, kind, icon = LOOKS[cell.state]
        self.title.setText(f"{cell.family} for {row.account}")
        self.chip.set_chip(name, kind, icon)
        parts = [cell.reason or "No contract, no mark, and nothing that speaks for it."]
        parts += ["Marked by hand."] if cell.is_marked else []
        parts += ["Growth for it is open in the pipeline; M goes there."] if cell.growth_id is not None else []
        self.reason.setText(" ".join(parts))

    def be_compact(self, is_compact: bool) -> None:
        """Leave the buttons to the sheet of keys."""
        self._foot.setVisible(not is_compact)

    def _button(self, action_id: str, name: str, *keys: str) -> QWidget:
        button = Button(name, "small")
        button.clicked.connect(lambda _=False: self.wanted.emit(action_id))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(5)
        row.addWidget(button)
        row.addWidget(KeyBadge(*keys))
        return holder
