"""A card with a title and the rows that a number counts; each row opens on the desk."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from callstation.work import Work
from ui.rows_view import RowsView
from ui.tables import Column, RowsModel
from ui.widgets import Card, ElidedLabel, KeyBadge, Label

WHOLE = 1_000_000
"""Rows of a list read whole; more a spreadsheet cannot hold."""


class RowsCard(Card):
    """``opened(row)`` on Enter. Shows whatever rows it is given, all at once."""

    opened = Signal(object)

    def __init__(
        self, name: str, columns: Sequence[Column[Any]], nothing: str = "Nothing is in it.", key: str = "",
    ) -> None:  # fmt: skip
        super().__init__(padding=6)
        self.rows: Sequence[Any] = ()
        self.whole: Callable[[Work], Sequence[Any]] | None = None
        """Reads every row where ``rows`` are the first of them; for whoever exports the list."""
        self.title = Label(name, "emphasis")
        self.said = ElidedLabel("", "secondary", "text2", tabular=True)
        self.nothing = Label(nothing, "body", "text2", wraps=True)
        self.nothing.setContentsMargins(10, 6, 10, 10)
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 8, 0)
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.said, 1)
        if key:
            head.addWidget(KeyBadge(key))
        self.body.addLayout(head)
        self.model = RowsModel[Any](
            columns, lambda offset, limit, _order: self.rows[offset : offset + limit], lambda: len(self.rows)
        )
        self.table = RowsView(self.model, name)
        self.table.least_share = 84  # type: ignore[misc]  # of this table alone
        self.table.opened.connect(self.opened)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.nothing)
        self.body.addStretch(0)
        self.nothing.hide()

    def show_rows(self, rows: Sequence[Any], title: str, said: str = "", nothing: str = "") -> None:
        """Show other rows; the place in them stays where it can."""
        self.rows, self.whole = rows, None
        self.title.setText(title)
        self.said.setText(said)
        if nothing:
            self.nothing.setText(nothing)
        self.table.reload()
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def from_the_top(self) -> None:
        """Take the first row in hand: another list is opened, whose places are others."""
        self.table.choose(0)

    def take_focus(self) -> None:
        """Go to the row in hand, or the first."""
        self.table.choose(max(0, self.table.currentIndex().row()))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
