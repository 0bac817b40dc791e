"""Every row of the list with its verdict, filtered by verdict, and the row in hand told in full."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from callstation.accounts.importing.layout import Skip
from callstation.accounts.importing.preview import ListPreview
from callstation.settings import Settings
from db.vocabulary import Verdict
from ui import words
from ui.rows_view import RowsView
from ui.tables import Column, Order, RowsModel
from ui.theme import theme
from ui.widgets import Card, Label, SegmentedTabs

TABS: tuple[Verdict | None, ...] = (None, *Verdict)
_SKIPPED = {
    Skip.TITLE: ("title", "titles"),
    Skip.HEADER: ("header", "headers"),
    Skip.HEADER_AGAIN: ("repeated header", "repeated headers"),
    Skip.BLANK: ("blank", "blanks"),
    Skip.SUBTOTAL: ("total", "totals"),
    Skip.FOOTER: ("footer", "footers"),
}


class Face(NamedTuple):
    """How a sort of list is shown: all its columns, and the titles of those for less room."""

    columns: list[Column[Any]]
    usual: tuple[str, ...]
    narrow: tuple[str, ...]


class RowsPanel(Card):
    """The counts on the tabs and in the line below add up to the rows of the file."""

    def __init__(self, settings: Settings, face: Face) -> None:
        super().__init__(padding=0)
        self.setAccessibleName("Rows of the list")
        self._settings = settings
        self._face = face
        self._preview: ListPreview[Any] | None = None
        self._counts: dict[Verdict, int] = {}
        self.body.setSpacing(0)
        self.body.setContentsMargins(1, 1, 1, 1)  # the border of the card stays in sight
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(12)
        self.tabs = SegmentedTabs(["All", "New", "Update", "Same", "Review", "Problem"], "Rows by verdict")
        self.tabs.currentChanged.connect(lambda _index: self._reload())
        head.addWidget(self.tabs, 1)
        self.body.addLayout(head)
        self.model = RowsModel[Any](face.columns, self._fetch, self._count)
        self.table = RowsView(self.model, "Rows of the list")
        self.table.chosen.connect(self._on_chosen)
        self.body.addWidget(self.table, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(4)
        self.told = Label("", "body", "text", wraps=True, selectable=True)
        self.sums = Label("", "secondary", "text3", wraps=True, tabular=True)
        foot.addWidget(self.told)
        foot.addWidget(self.sums)
        self.body.addLayout(foot)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that the tabs say, None for all."""
        return TABS[self.tabs.currentIndex()]

    def show_preview(self, preview: ListPreview[Any]) -> None:
        """Show another preview; the tab stays, unless nothing is left there."""
        self._preview = preview
        counts = preview.counts
        self._counts = counts.verdicts
        total = sum(counts.verdicts.values())
        for index, verdict in enumerate(TABS):
            self.tabs.set_count(index, total if verdict is None else counts.verdicts[verdict])
        if self.verdict is not None and not counts.verdicts[self.verdict]:
            self.tabs.setCurrentIndex(0)
        parts = [f"{words.count(n, self._settings)} {_SKIPPED[kind][n > 1]}" for kind, n in counts.skipped.items() if n]
        said = f"{words.count(counts.rows_in_file, self._settings)} rows in the file"
        skipped = f", {words.count(sum(counts.skipped.values()), self._settings)} skipped ({', '.join(parts)})"
        self.sums.setText(f"{said}: {words.count(total, self._settings)} in the table{skipped if parts else ''}.")
        self._reload()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show the rows of one verdict."""
        self.tabs.setCurrentIndex(TABS.index(verdict))

    def set_room(self, wide: int) -> None:
        """Show only what matters most where ``wide`` px (at 100 % text size) are little room."""
        face = self._face
        shown = (
            face.narrow
            if wide < 760
            else face.usual
            if wide < 1200
            else [column.title for column in self.model.columns]
        )
        self.table.show_columns(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.set_room(self.width() * 100 // theme.text_size)

    def _fetch(self, offset: int, limit: int, order: Order) -> Sequence[Any]:
        return () if self._preview is None else self._preview.rows(self.verdict, offset=offset, limit=limit)

    def _count(self) -> int:
        return sum(self._counts.values()) if self.verdict is None else self._counts.get(self.verdict, 0)

    def _reload(self) -> None:
        self.model.reload()
        self.table.choose(0)
        if not self.model.rowCount():
            self.told.setText("")
        self.told.setVisible(self.model.rowCount() > 0)

    def _on_chosen(self, row: Any) -> None:
        self.told.setText(f"Row {words.count(row.row_number, self._settings)}: {' '.join((row.why, *row.warnings))}")
