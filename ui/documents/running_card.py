"""A batch under way, what became of it, and one that was stopped and may go on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.documents.batch import Result
from callstation.documents.batches import BatchRow
from ui import actions
from ui.documents.blocked_list import Blocked, BlockedList
from ui.theme import theme
from ui.widgets import Button, Card, IconLabel, KeyBadge, Label, Scroll
from ui.widgets.progress_card import ProgressCard


class RunningCard(QWidget):
    """``wanted(action id)`` for a button, ``mended(page, target)`` for one that is blocked."""

    wanted = Signal(str)
    mended = Signal(str, object)

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
        self.buttons: dict[str, tuple[Button, KeyBadge]] = {}
        for action_id, words, icon in (
            ("resume_batch", "Go on", "play"), ("open_folder", "Open the folder", "external-link"),
            ("open_index", "Index sheet", "file-spreadsheet"),
        ):  # fmt: skip
            button = Button(words, "plain" if action_id != "resume_batch" else "primary", icon, height=32)
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
            self.buttons[action_id] = (button, KeyBadge(*actions.caps_of(action_id)))
            for widget in self.buttons[action_id]:
                head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.card.body.addLayout(head)
        self.blocked = BlockedList()
        self._room = Scroll(self.blocked)
        self.card.body.addWidget(self._room)
        self.blocked.mended.connect(self.mended)
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

    def show_result(self, name: str, result: Result, blocked: Sequence[Blocked]) -> None:
        """Show what became of it: the folder, the index, who is blocked, and whether something is left."""
        self.progress.hide()
        self.offered = None
        self.title.setText(f"{name} was stopped. {result.words}" if result.is_cancelled else f"{name}: {result.words}")
        self.said.setText("What was made stays; it goes on where it stopped." if result.left else
                          f"In one folder with a sheet that lists them all: {result.folder.name}")  # fmt: skip
        is_whole = not (result.blocked or result.left)
        self.icon.set_icon("circle-check" if is_whole else "triangle-alert", "ok" if is_whole else "warn")
        self._offer("open_folder", "open_index", *(("resume_batch",) if not is_whole else ()))
        self._show_blocked(blocked)

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
        self._offer("resume_batch")
        self._show_blocked(())

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

    def _show_blocked(self, blocked: Sequence[Blocked]) -> None:
        self.blocked.show_rows(blocked)
        self._room.setVisible(bool(blocked))
        self._room.setFixedHeight(theme.px(min(170, 20 + 56 * len(blocked))))
        self.card.show()
        self.show()

    def _offer(self, *shown: str) -> None:
        for action_id, pair in self.buttons.items():
            for widget in pair:
                widget.setVisible(action_id in shown)
