"""What is owed, by day: overdue, today, tomorrow, and every later day under its date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from callstation.calling.callbacks import CallbackRow
from callstation.settings import Settings
from ui import words
from ui.widgets.base import one_line

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """The day that the rows below belong to."""

    words: str
    count: int


class CallbacksModel(QAbstractListModel):
    """Headings are rows that cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Heading | CallbackRow] = []

    def show(self, rows: Iterable[CallbackRow], today: date, settings: Settings) -> None:
        """List what is owed, the next to fall due first, as it comes from the book."""
        groups: dict[str, list[CallbackRow]] = {}
        for row in rows:
            groups.setdefault(_group(row, today, settings), []).append(row)
        self.beginResetModel()
        self.items = []
        for name, some in groups.items():
            self.items += [Heading(name, len(some)), *some]
        self.endResetModel()

    def row_at(self, place: int) -> CallbackRow | None:
        """What stands at a place; None for a heading and past the end."""
        item = self.items[place] if 0 <= place < len(self.items) else None
        return item if isinstance(item, CallbackRow) else None

    def place_of(self, callback_id: int) -> int | None:
        """Where one stands."""
        found = (n for n, item in enumerate(self.items) if isinstance(item, CallbackRow))
        return next((n for n in found if self.items[n].callback_id == callback_id), None)  # type: ignore[union-attr]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        item = self.items[index.row()]
        if isinstance(item, Heading):
            return f"{item.words}, {item.count}"
        return one_line(f"{item.account}, {item.contact}, {item.due_at.isoformat()}, {item.note}")

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _group(row: CallbackRow, today: date, settings: Settings) -> str:
    on = row.due_at.astimezone(settings.zone).date()
    if row.is_overdue:
        return "Overdue"
    if on <= today:
        return "Today"
    return "Tomorrow" if on == today + timedelta(days=1) else words.weekday(on, today, settings)
