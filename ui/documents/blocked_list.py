"""Those of a batch that cannot be made: whose, why, and a button that leads to where it is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.documents.batch import Looked
from callstation.documents.batches import BlockedRow
from callstation.documents.fields import GROUPS
from ui.documents.mending import Way, button_words, way_to
from ui.widgets import Button, Divider, ElidedLabel, IconLabel, Label

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Blocked:
    """One that cannot be made; ``way`` is where to mend it, ``button`` what leads there."""

    title: str
    problem: str
    way: Way
    button: str


def of_looked(looked: Looked) -> Blocked:
    """One that was looked at before the making."""
    one = looked.recipient
    title = " · ".join(part for part in (one.account, one.contract) if part)
    field = next(iter(looked.fields), None)
    if field is None:
        return Blocked(title, looked.problem, ("accounts", {"account_id": one.account_id}), "Open the account")
    words = " ".join(dict.fromkeys(each.words for each in looked.fields))
    return Blocked(title, words, way_to(field, one.account_id), button_words(field))


def of_row(row: BlockedRow) -> Blocked:
    """One that was not made."""
    title = " · ".join(part for part in (row.account, row.contract) if part)
    if "in Settings, Letterhead" in row.problem:
        return Blocked(title, row.problem, ("settings", {"setting": "company_name"}), "Open the letterhead")
    target: dict[str, object] = {"account_id": row.account_id}
    if GROUPS["account"].where in row.problem:
        target["edit"] = ""
    return Blocked(title, row.problem, ("accounts", target), "Open the account")


class BlockedList(QWidget):
    """``mended(page, target)`` for a button; the first ``SHOWN`` are rows, the rest is counted."""

    mended = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Blocked")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._rows: QWidget | None = None
        self.buttons: list[Button] = []

    def show_rows(self, rows: Sequence[Blocked]) -> None:
        """Show others."""
        if self._rows is not None:
            self._column.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget()
        self.buttons = []
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for place, one in enumerate(rows[:SHOWN]):
            if place:
                column.addWidget(Divider())
            column.addLayout(self._row(one))
        if len(rows) > SHOWN:
            column.addWidget(Label(f"and {len(rows) - SHOWN:,} more", "secondary", "text3"))
        column.addStretch(1)
        self._column.addWidget(self._rows)

    def _row(self, one: Blocked) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(IconLabel("triangle-alert", "warn", 16), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(ElidedLabel(one.title, "emphasis"))
        told.addWidget(Label(one.problem, "secondary", "text2", wraps=True))
        line.addLayout(told, 1)
        button = Button(one.button, "small")
        button.setAccessibleName(f"{one.button}: {one.title}")
        button.clicked.connect(lambda _=False, way=one.way: self.mended.emit(*way))
        self.buttons.append(button)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return line
