"""Where things lie on the page of the whitespace grid, and what stands there when nothing is to be shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.pipeline.cell_strip import CellStrip
from ui.pipeline.eligible_bar import EligibleBar
from ui.pipeline.filter_bar import FilterBar
from ui.pipeline.grid_looks import LOOKS
from ui.pipeline.grid_view import GridView
from ui.pipeline.head import Head
from ui.widgets import Card, Chip, EmptyState, Label


class WhitespaceLayout:
    """Head, filter, sums, legend, the grid, and the strip at the foot."""

    def __init__(self, page: QWidget, grid: GridView, strip: CellStrip, ask: QWidget) -> None:
        self.grid, self.strip = grid, strip
        head = Head("Whitespace", "Narrow: eligible, a family, vendor, segment, a name", ("W",))
        self.said, self.search, self.tabs = head.said, head.search, head.tabs
        self.bar, self.sums = FilterBar("Every account and family", is_kept=False), EligibleBar()
        self.nothing = Label(
            "No account is under this filter. A click on a chip takes it off; 0 shows every account.", "body", "text2",
            wraps=True,
        )  # fmt: skip
        self.empty = EmptyState(
            "package", "No account and no product family yet",
            "Each account stands here beside each family of the catalogue: owned, expired, or still to be sold.",
        )  # fmt: skip
        whole = QWidget()
        column = self._column = QVBoxLayout(whole)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.sums)
        card = Card(padding=6)
        self._legend = QWidget()
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(12, 6, 12, 4)
        legend.setSpacing(6)
        for name, kind, icon in LOOKS.values():
            legend.addWidget(Chip(name, kind, icon))
        legend.addStretch(1)
        card.body.addWidget(grid, 1)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.nothing, 1)
        card.body.addWidget(self._legend)
        column.addWidget(card, 1)
        column.addWidget(strip)
        column.addWidget(ask)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        row = QHBoxLayout(page)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self._stack)

    def on_import(self, run: Callable[[], object]) -> None:
        """What the empty page offers."""
        self.empty.add_action("Import a list", run, "Ctrl", "O", icon="file-spreadsheet", is_main=True)

    @property
    def is_empty(self) -> bool:
        """Whether there is no account, or no family."""
        return self._stack.currentIndex() == 1

    def show_rows(self, count: int, *, has_any: bool) -> None:
        """Show the grid, or why there is nothing in it."""
        self._stack.setCurrentIndex(0 if has_any else 1)
        self.grid.setVisible(bool(count))
        self.nothing.setVisible(not count)

    def be_compact(self, is_compact: bool) -> None:
        """Give the grid more of the height."""
        self.said.setVisible(not is_compact)
        self._legend.setVisible(not is_compact)
        self._column.setSpacing(6 if is_compact else 10)
        self._column.setContentsMargins(0, 8 if is_compact else 20, 0, 8 if is_compact else 16)
        for part in (self.bar, self.sums, self.strip):
            part.be_compact(is_compact)
