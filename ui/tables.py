"""One table for every list: declared columns over a window of rows that is fetched as it scrolls into view."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.theme import Role, theme
from ui.tokens import Kind
from ui.widgets.base import one_line

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Align = Literal["left", "right", "centre"]

PAGE = 200  # rows a fetch
_PAGES_KEPT = 40
ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True)  # no slots: Column[Row](...) sets an attribute of its own
class Column(Generic[Row]):
    """One column. ``value`` takes a row to its value, ``text`` a value to its words.

    ``width`` in px at 100 % text size, 0 to take what room is left. ``sort`` is the key handed to ``fetch``; None
    for a column that cannot be sorted by. ``chip`` gives (kind, icon) for rows whose words stand on a chip.
    """

    title: str
    value: Callable[[Row], Any]
    text: Callable[[Any], str] = str
    align: Align = "left"
    width: int = 120
    sort: str | None = None
    role: Role = "body"
    tone: str | Callable[[Row], str] = "text"
    is_tabular: bool = False
    chip: Callable[[Row], tuple[Kind, str | None] | None] | None = None
    tip: Callable[[Row], str] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """How rows are asked for: by a column's sort key, or as the question orders them (``key`` None)."""

    key: str | None = None
    is_descending: bool = False


Fetch = Callable[[int, int, Order], Sequence[Row]]


class RowsModel(QAbstractTableModel, Generic[Row]):
    """``fetch(offset, limit, order)`` brings frozen rows, ``count()`` says how many there are in all.

    Both are called on the GUI thread and must answer within a frame or two; only rows in view are fetched.
    """

    def __init__(self, columns: Sequence[Column[Row]], fetch: Fetch[Row], count: Callable[[], int]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._fetch, self._count = fetch, count
        self.order = Order()
        self._total = 0
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._texts: dict[tuple[int, int], str] = {}

    def reload(self) -> None:
        """Count and fetch anew; the view keeps its place if it asks for it (see ``RowsView.reload``)."""
        self.beginResetModel()
        self._forget()
        self._total = self._count()
        self.endResetModel()

    def _forget(self) -> None:
        self._pages.clear()
        self._texts.clear()

    def reword(self) -> None:
        """Put the rows at hand into words anew: something beside them has changed, such as what is marked."""
        self._texts.clear()

    def row(self, number: int) -> Row | None:
        """The row at a place; None past the end, also when the store shrank since it was counted."""
        if not 0 <= number < self._total:
            return None
        page, within = divmod(number, PAGE)
        if page in self._pages:
            self._pages.move_to_end(page)
        else:
            self._pages[page] = list(self._fetch(page * PAGE, PAGE, self.order))
            while len(self._pages) > _PAGES_KEPT:
                gone, _ = self._pages.popitem(last=False)
                for key in [key for key in self._texts if key[0] // PAGE == gone]:
                    del self._texts[key]
        rows = self._pages[page]
        return rows[within] if within < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.columns)

    def words(self, number: int, column: int) -> str:
        """What a cell shows, on one line."""
        key = (number, column)
        if key not in self._texts:
            row, declared = self.row(number), self.columns[column]
            value = None if row is None else declared.value(row)
            self._texts[key] = "" if value is None else one_line(declared.text(value))
        return self._texts[key]

    def tone(self, number: int, column: int) -> str:
        """The token of a cell's colour."""
        declared = self.columns[column].tone
        if isinstance(declared, str):
            return declared
        row = self.row(number)
        return "text" if row is None else declared(row)

    def chip(self, number: int, column: int) -> tuple[Kind, str | None] | None:
        """Kind and icon of the chip a cell's words stand on, None for plain words."""
        chip = self.columns[column].chip
        row = self.row(number) if chip else None
        return chip(row) if chip and row is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        declared = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[declared.align] | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(declared.role, tabular=declared.is_tabular)
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour(self.tone(index.row(), index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return theme.font("label")
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the rows in another order; a column without a sort key leaves them as they are."""
        key = self.columns[column].sort if 0 <= column < len(self.columns) else None
        wanted = Order(key, key is not None and order == Qt.SortOrder.DescendingOrder)
        if (key is None and column >= 0) or wanted == self.order:
            return
        self.layoutAboutToBeChanged.emit()
        self.order = wanted
        self._forget()
        self.layoutChanged.emit()
