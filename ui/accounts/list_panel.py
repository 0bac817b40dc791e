"""The list of accounts: filtered as one types, by kind, in the order of any column."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.accounts import AccountRow, count, ids, rows
from callstation.work import Work
from db.vocabulary import AccountKind
from ui import words
from ui.accounts.columns import NARROW, columns
from ui.accounts.ordering import Ordering
from ui.rows_view import RowsView
from ui.tables import Order, RowsModel
from ui.theme import theme
from ui.widgets import Label, SearchField, SegmentedTabs

if TYPE_CHECKING:
    from callstation.app import App
    from ui.jobs import Jobs

NO_NUMBER = 3
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"kind": AccountKind.CUSTOMER},
    {"kind": AccountKind.PARTNER},
    {"needs_number": True},
)
"""What each tab asks for."""


def _ids(work: Work, order: Order, wanted: dict[str, Any]) -> list[int]:
    return ids(work, sort=order.key or "name", is_descending=order.is_descending, **wanted)


class ListPanel(QWidget):
    """``chosen(row)`` when another account is current, ``opened(row)`` on Enter."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, app: "App", jobs: "Jobs") -> None:
        super().__init__()
        self._app, self.order = app, Ordering(app, jobs, count, _ids)
        self.has_any = False
        self.setAccessibleName("Accounts")
        self.search = SearchField("Filter by name or city")
        self.tabs = SegmentedTabs(["All", "Customers", "Partners", "No number"], "Kinds of account")
        self.shown = Label("", "secondary", "text3", tabular=True)
        made = columns(lambda: app.settings, lambda: app.ask(lambda work: work.today))
        self.model = RowsModel[AccountRow](made, self._fetch, self._count)
        self.table = RowsView(self.model, "Accounts")
        self.nothing = Label("", "body", "text2", wraps=True)
        self.nothing.hide()
        self._lay_out()
        self.order.changed.connect(self._on_ordered)
        self.search.textChanged.connect(self.reload)
        self.search.entered.connect(self._to_table)
        self.search.left.connect(self._to_table)
        self.tabs.currentChanged.connect(lambda _index: self.reload())
        self.table.chosen.connect(self.chosen)
        self.table.opened.connect(self.opened)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._to_first)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.setSpacing(8)
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(Label("Accounts", "pane_title"))
        title.addWidget(self.shown)
        title.addSpacing(16)
        title.addWidget(self.search, 1)
        head.addLayout(title)
        head.addWidget(self.tabs)
        head.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    @property
    def is_filtered(self) -> bool:
        """Whether the list may leave accounts out."""
        return self.tabs.currentIndex() > 0 or bool(self.search.text())

    @property
    def _filter(self) -> dict[str, Any]:
        return {**FILTERS[self.tabs.currentIndex()], "text": self.search.text()}

    def _fetch(self, offset: int, limit: int, order: Order) -> Sequence[AccountRow]:
        return self._app.ask(rows, self.order.ids(order, self._filter)[offset : offset + limit])

    def _count(self) -> int:
        return len(self.order.ids(self.model.order, self._filter))

    def reload(self) -> None:
        """Read the list anew; the same place stays current where it is still there, else the first is."""
        self.order.forget()
        self._show()

    def _show(self) -> None:
        self.table.reload()
        total = self.model.rowCount()
        if total and self.table.current is None:
            self.table.choose(0)
        self.shown.setText(words.count(total, self._app.settings))
        self.nothing.setText(self._nothing_words())
        self.nothing.setVisible(not total and self.is_filtered)

    def _on_ordered(self) -> None:
        """The order of a large book has come, a moment after it was asked for."""
        self._show()
        self._to_first()

    def _nothing_words(self) -> str:
        if self.search.text():
            return f"No account matches “{self.search.text().strip()}”."
        if self.tabs.currentIndex() == NO_NUMBER:
            return "Everyone with something to renew has a number that works."
        return "There is none of this kind."

    def show_counts(self) -> None:
        """Show how many there are of each kind, whatever the filter."""
        counts = [self._app.ask(count, **one) for one in FILTERS]
        for index, number in enumerate(counts):
            self.tabs.set_count(index, number)
        self.has_any = counts[0] > 0

    def sort_next(self, *, turns_round: bool = False) -> str:
        """Order by the next column that can be ordered by, or the same the other way round; the words for it."""
        header, sortable = self.table.horizontalHeader(), [i for i, c in enumerate(self.model.columns) if c.sort]
        sortable = [column for column in sortable if not self.table.isColumnHidden(column)]
        now, way = header.sortIndicatorSection(), header.sortIndicatorOrder()
        down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        if turns_round:
            column = now if now in sortable else sortable[0]
            way = up if way == down and now in sortable else down
        else:
            column = sortable[(sortable.index(now) + 1) % len(sortable)] if now in sortable else sortable[1]
            way = down if self.model.columns[column].sort in ("amount", "called") else up
        self.table.sortByColumn(column, way)
        end = "falling" if way == down else "rising"
        return f"Sorted by {self.model.columns[column].title.lower()}, {end}."

    def _to_first(self) -> None:
        """The first in the new order is the one in hand, also where the row stays the first."""
        self.table.choose(0)
        if self.table.current is not None:
            self.chosen.emit(self.table.current)

    def set_narrow(self, is_narrow: bool) -> None:
        """Show only what matters most where there is little room."""
        self.table.show_columns(NARROW if is_narrow else [column.title for column in self.model.columns])

    def show_account(self, account_id: int) -> bool:
        """Make an account current if it is in the list as filtered; whether it is."""
        order = self.order.ids(self.model.order, self._filter)
        if account_id not in order:
            return False
        self.table.choose(order.index(account_id))
        return True

    def _to_table(self) -> None:
        self.table.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = 0 if self.isRightToLeft() else self.width() - 1
        painter.fillRect(edge, 0, 1, self.height(), theme.colour("border"))
