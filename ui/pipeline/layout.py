"""Where things lie on the page of the pipeline, and what stands there when nothing is to be shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.renewals.pipeline_filter import LATELY_DAYS
from callstation.settings import Settings
from ui import words
from ui.pipeline.filter_bar import FilterBar
from ui.pipeline.head import Head
from ui.pipeline.looks import plural
from ui.pipeline.strip import PipelineStrip
from ui.pipeline.sums_bar import SumsBar
from ui.widgets import Card, EmptyState, Label
from ui.widgets.base import one_line

TABLE, BOARD, WHITESPACE = range(3)
"""Places among the views; the whitespace grid is a page of its own, for it has keys of its own."""


class Layout:
    """Head, filter, sums, the view, and the strip at the foot."""

    def __init__(
        self,
        page: QWidget,
        bar: FilterBar,
        totals: SumsBar,
        views: tuple[QWidget, ...],
        strip: PipelineStrip,
        ask: QWidget,
    ) -> None:
        head = Head("Pipeline", "Narrow: quoted, commit, dec, silent 30, slipped, a name", ("B", "W"))
        self.said, self.search, self.tabs = head.said, head.search, head.tabs
        self.nothing = Label("", "body", "text2", wraps=True)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty = EmptyState(
            "chart-no-axes-column", "Nothing is open",
            "Each contract that is up for renewal stands here, and what can be sold beyond it. "
            "Import your list, and it fills.",
        )  # fmt: skip
        self._whole = QWidget()
        self._column = QVBoxLayout(self._whole)
        self._column.addLayout(head)
        self._column.addWidget(bar)
        self._column.addWidget(totals)
        self._bends = (bar, totals, strip)
        card = Card(padding=6)
        self.views = QStackedWidget()
        for view in views:
            self.views.addWidget(view)
        card.body.addWidget(self.views, 1)
        card.body.addWidget(self.nothing, 1)
        self._column.addWidget(card, 1)
        self._column.addWidget(strip)
        self._column.addWidget(ask)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self.empty)
        row = QHBoxLayout(page)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self._stack)
        self.be_compact(False)

    def show_view(self, index: int) -> None:
        """Show the table, or the board."""
        self.views.setCurrentIndex(index)

    def tell(self, count: int, name: str, settings: Settings, closed: int = 0) -> None:
        """Say how many there are under a filter of a name, "" for all that is open; ``closed``: cards beside them."""
        under = f" under {one_line(name)}" if name else ""
        is_open = " open" if closed or not name else ""
        beside = f", and {words.count(closed, settings)} closed in {LATELY_DAYS} days" if closed else ""
        self.said.setText(f"{plural(count, settings)}{is_open}{under}{beside}.")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is open at all."""
        return self._stack.currentIndex() == 1

    def show_rows(self, has_rows: bool, *, is_whole: bool) -> None:
        """Show the view, or why there is nothing in it."""
        self._stack.setCurrentIndex(1 if is_whole and not has_rows else 0)
        self.views.setVisible(has_rows)
        self.nothing.setText("Nothing is under this filter. A click on a chip takes it off; 0 shows everything open.")
        self.nothing.setVisible(not has_rows)

    def be_compact(self, is_compact: bool) -> None:
        """Give the list more of the height."""
        self.said.setVisible(not is_compact)
        self._column.setSpacing(6 if is_compact else 10)
        self._column.setContentsMargins(0, 8 if is_compact else 20, 0, 8 if is_compact else 16)
        for part in self._bends:
            part.be_compact(is_compact)
