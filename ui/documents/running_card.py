"""A batch under way, what became of it, and one that was stopped and may go on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.documents.batch import Result
from callstation.documents.batches import BatchRow
from ui import actions
from ui.widgets import Button, Card, IconLabel, KeyBadge, Label
from ui.widgets.progress_card import ProgressCard


class RunningCard(QWidget):
    """``wanted(action id)`` asks to go on with what was stopped; the row in hand below says the rest."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.offered: BatchRow | None = None
        self.progress = ProgressCard()
        self.card = Card(padding=20)
        self.card.setAccessibleName("What became of the batch")
        self.icon = IconLabel("circle-check", "ok", 24)
        self.title, self.said = Label("", "pane_title", wraps=True), Label("", "body", "text2", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.title)
        told.addWidget(self.said)
        head.addLayout(told, 1)
        self.go_on = Button("Go on", "primary", "play", height=32)
        self.go_on.clicked.connect(lambda: self.wanted.emit("resume_batch"))
        self._cap = KeyBadge(*actions.caps_of("resume_batch"))
        for widget in (self.go_on, self._cap):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.card.body.addLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.progress)
        column.addWidget(self.card)
        self.card.hide()
        self.hide()

    def show_progress(self, said: str, done: int = 0, total: int = 0) -> None:
        """Show how far it has come."""
        self.offered = None
        self.card.hide()
        self.progress.show_progress(said, done, total)
        self.show()

    def show_result(self, name: str, result: Result) -> None:
        """Show what became of it, and in which folder it lies."""
        self.progress.hide()
        self.offered = None
        self.title.setText(f"{name} was stopped. {result.words}" if result.is_cancelled else f"{name}: {result.words}")
        where = f"In the folder {result.folder.name}, with a sheet that lists them all."
        left = "What was made stays, and it goes on where it stopped." if result.left else ""
        self.said.setText(left or where)
        is_whole = not (result.blocked or result.left)
        self.icon.set_icon("circle-check" if is_whole else "triangle-alert", "ok" if is_whole else "warn")
        self._show(may_go_on=bool(result.left))

    def offer(self, rows: Sequence[BatchRow], *, is_making: bool) -> None:
        """Offer to go on with the newest batch that was stopped, where nothing else is shown here."""
        if is_making or (not self.card.isHidden() and self.offered is None):
            return
        self.offered = next((row for row in rows if row.left), None)
        if self.offered is None:
            self.hide()
            return
        row = self.offered
        self.title.setText(f"{row.name} was stopped: {row.made:,} of {row.total:,} made")
        self.said.setText("Nothing is half made. It goes on where it stopped, and nobody gets it twice.")
        self.icon.set_icon("pause", "warn")
        self._show(may_go_on=True)

    def set_low(self, is_low: bool) -> None:
        """Without the second line, where the window is low."""
        self.said.setVisible(not is_low)
        self.card.body.setContentsMargins(20, *((10, 20, 10) if is_low else (20, 20, 20)))

    def close_result(self) -> None:
        """Away with what is shown here, unless something runs."""
        if self.progress.isHidden():
            self.card.hide()
            self.offered = None
            self.hide()

    def _show(self, *, may_go_on: bool) -> None:
        for widget in (self.go_on, self._cap):
            widget.setVisible(may_go_on)
        self.card.show()
        self.show()
