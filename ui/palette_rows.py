"""The rows of the command palette: what was found, under a heading for each kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.widgets.base import one_line

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to choose: its words, its keys if it has some, and what choosing it does."""

    group: str
    icon: str
    title: str
    run: Callable[[], object]
    detail: str = ""
    keys: tuple[str, ...] = ()


class PaletteModel(QAbstractListModel):
    """Headings are rows that cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Found | str] = []

    def show(self, commands: Iterable[Found], records: Iterable[Found]) -> None:
        """List commands, then records, each group under its name in the order of its first row."""
        groups: dict[str, list[Found]] = {}
        for found in (*commands, *records):
            groups.setdefault(found.group, []).append(found)
        self.beginResetModel()
        rows: list[Found | str] = []
        for name, items in groups.items():
            rows += [name, *items]
        self._rows = rows or ["Nothing found"]
        self.endResetModel()

    def found(self, row: int) -> Found | None:
        """What a row stands for; None for a heading."""
        item = self._rows[row] if 0 <= row < len(self._rows) else None
        return item if isinstance(item, Found) else None

    def is_choice(self, row: int) -> bool:
        """Whether a row can be chosen."""
        return self.found(row) is not None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows[index.row()]
        return row if isinstance(row, str) else one_line(f"{row.title} {row.detail}").strip()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not self.is_choice(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
