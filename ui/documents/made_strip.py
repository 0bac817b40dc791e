"""The batch or document in hand: what became of it, who is blocked, and the ways to open it or go on."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from callstation.documents.batches import BatchRow
from callstation.documents.filing import DocumentRow
from ui import actions
from ui.documents.blocked_list import Blocked, BlockedList
from ui.documents.rows import about
from ui.theme import theme
from ui.widgets import Button, Card, ElidedLabel, KeyBadge, Scroll


class MadeStrip(Card):
    """``wanted(action id)`` for a button, ``mended(page, target)`` for one that is blocked."""

    wanted = Signal(str)
    mended = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("The row in hand")
        self._is_low, self._blocked = False, 0
        self.title, self.said = ElidedLabel("", "emphasis"), ElidedLabel("", "secondary", "text2", tabular=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.said, 1)
        self.buttons: dict[str, tuple[Button, KeyBadge]] = {}
        for action_id, keys, words, icon in (
            ("resume_batch", (), "Go on", "play"), ("open_index", (), "Index sheet", "file-spreadsheet"),
            ("open_folder", (), "Folder", "external-link"), ("open_made", ("↵",), "Open", "file-text"),
        ):  # fmt: skip
            button = Button(words, "plain", icon, height=28)
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
            badge = KeyBadge(*(keys or actions.caps_of(action_id)))
            self.buttons[action_id] = (button, badge)
            head.addWidget(button)
            head.addWidget(badge)
        self.body.addLayout(head)
        self.blocked = BlockedList()
        self._room = Scroll(self.blocked)
        self.body.addWidget(self._room)
        self.blocked.mended.connect(self.mended)

    def show_batch(self, row: BatchRow, blocked: Sequence[Blocked], *, is_making: bool) -> None:
        """Show a batch: what is left to make, and who is blocked."""
        self.title.setText(row.name)
        left = f"{row.left:,} left to make. " if row.left else ""
        said = f"{row.blocked:,} blocked. Mend what is missing, then go on." if row.blocked else ""
        self.said.setText(f"{left}{said}".strip() or f"{row.made:,} made, with a sheet that lists them.")
        may_go_on = (row.left or row.blocked) and not is_making
        self._offer("open_folder", "open_index", *(("resume_batch",) if may_go_on else ()))
        self.buttons["resume_batch"][0].set_words("Go on" if row.left else "Try the blocked again", "play")
        self._blocked = len(blocked)
        self.blocked.show_rows(blocked)
        self._fit()

    def show_document(self, row: DocumentRow, is_there: bool) -> None:
        """Show a document, and whether its file is there."""
        self.title.setText(row.title if row.account_id is None else f"{row.title}, {row.account}")
        self.said.setText(about(row) if is_there else "Its file is missing; it can be made again, byte for byte.")
        self._offer(*(("open_made", "open_folder") if is_there else ("resume_batch",)))
        self.buttons["resume_batch"][0].set_words("Make again", "redo-2")
        self._blocked = 0
        self._fit()

    def _offer(self, *shown: str) -> None:
        for action_id, pair in self.buttons.items():
            for widget in pair:
                widget.setVisible(action_id in shown)

    def set_low(self, is_low: bool) -> None:
        """Lower, where the window is."""
        self._is_low = is_low
        self._fit()

    def _fit(self) -> None:
        self._room.setVisible(self._blocked > 0)
        self._room.setFixedHeight(theme.px(min(54 * max(1, self._blocked), 100 if self._is_low else 160)))
