"""The rows of the queue as a list shows them: call targets under the headings of their sections."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from callstation.calling.queue import QueueRow
from ui.widgets.base import one_line

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands over a section; ``count`` is all that belong to it, not just those loaded."""

    words: str
    count: int | None


Item = Heading | QueueRow
Section = tuple[str, int | None, tuple[QueueRow, ...]]
"""A heading, its count and its rows; a section without rows is left out."""


class QueueModel(QAbstractListModel):
    """A window on the queue: it holds the head, and asks for more as the list is scrolled down."""

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Item] = []
        self._places: dict[int, int] = {}
        self._has_more = False

    def show(self, sections: Iterable[Section], *, has_more: bool = False) -> None:
        """Show these sections, in order."""
        items: list[Item] = []
        for words, count, rows in sections:
            if rows:
                items += [Heading(words, count), *rows]
        self._has_more = has_more
        if items == self._items:
            return
        old, self._places = self._items, {}
        for place, item in enumerate(items):
            if isinstance(item, QueueRow):
                self._places.setdefault(item.target_id, place)
        if [type(item) for item in old] == [type(item) for item in items]:
            self._items = items  # the same shape: the list keeps its layout and its scroll position
            self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return
        self.beginResetModel()
        self._items = items
        self.endResetModel()

    def item(self, place: int) -> Item | None:
        """The heading or row at a place."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def place_of(self, target_id: int) -> int | None:
        """Where a target stands, None where it is not loaded."""
        return self._places.get(target_id)

    def targets(self) -> list[int]:
        """The loaded targets in order."""
        return [item.target_id for item in self._items if isinstance(item, QueueRow)]

    def beside(self, target_id: int | None, step: int) -> int | None:
        """The target ``step`` rows (1 or -1) from this one; the first where it is not in the list."""
        targets = self.targets()
        if not targets:
            return None
        if target_id not in self._places:
            return targets[0]
        at = targets.index(target_id) + step
        return targets[at] if 0 <= at < len(targets) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._items)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more

    def fetchMore(self, parent: Index) -> None:
        if self._has_more:
            self._has_more = False
            self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        item = self._items[index.row()]
        if isinstance(item, Heading):
            return item.words if item.count is None else f"{item.words}, {item.count}"
        days = "" if item.days is None else f"{item.days} days"
        status = item.chip.words if item.chip else item.status
        return ", ".join(one_line(part) for part in (item.account, item.contact, days, status) if part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._items[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
