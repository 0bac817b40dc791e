"""What needs the rep, one under the other, and what mends many of them at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.sync.failures import Mend
from callstation.sync.overview import Attention
from ui import actions
from ui.sync.attention_row import AttentionRow
from ui.widgets import Button, Card, Divider, Label

SHOWN = 20
"""Rows shown at first and with each "Show more"."""


class AttentionCard(Card):
    """``chosen(Attention)`` for the row in hand, ``wanted(Attention, mend)``, ``all_wanted(action id)``."""

    chosen = Signal(object)
    wanted = Signal(object, str)
    all_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=8)
        self.setAccessibleName("Needs attention")
        self.rows: list[AttentionRow] = []
        self._known: Sequence[Attention] = ()
        self._most = SHOWN
        self._total = 0
        self.body.setContentsMargins(8, 12, 8, 8)
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 8)
        head.setSpacing(8)
        self.count = Label("", "secondary", "text3", tabular=True)
        head.addWidget(Label("Needs attention", "emphasis"))
        head.addWidget(self.count)
        head.addStretch(1)
        self.create_all = Button("Create all in Salesforce", "plain")
        self.retry_all = Button("Retry all", "plain")
        for button, action_id in ((self.create_all, "create_all"), (self.retry_all, "retry_all")):
            button.setToolTip(actions.tool_tip(action_id))
            button.clicked.connect(lambda _=False, name=action_id: self.all_wanted.emit(name))
            head.addWidget(button)
        self.body.addLayout(head)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self.more = Button("", "link", "chevron-down")
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.more)

    @property
    def current(self) -> Attention | None:
        """The row in hand."""
        found = self._current
        return None if found is None else found.row

    @property
    def place(self) -> int:
        """Where the row in hand stands; -1 for none."""
        return next((place for place, row in enumerate(self.rows) if row.is_current), -1)

    @property
    def _current(self) -> AttentionRow | None:
        return next((row for row in self.rows if row.is_current), None)

    def show_rows(self, known: Sequence[Attention], total: int) -> None:
        """Show what there is; rows that were there stay as they are, and so does the one in hand."""
        self._known, self._total = known, total
        place, is_focused = self.place, any(row.hasFocus() for row in self.rows)
        before = {row.key: row for row in self.rows}
        kept: list[AttentionRow] = []
        for one in known[: self._most]:
            row = before.get((one.entity, one.record_id, one.conflict_id, one.mends))
            if row is not None and row.row == one:
                kept.append(before.pop(row.key))
            else:
                kept.append(self._made(one))
        if kept != self.rows:
            self._lay(kept)
        if place >= 0 and self.place < 0:  # the one in hand is mended: the next takes its place
            self.choose(min(place, len(kept) - 1), takes_focus=is_focused)
        self.count.setText(f"{total:,}" if total > 1 else "")
        refused = [one for one in known if one.conflict_id is None and one.entity is not None]
        self.retry_all.setVisible(len(refused) > 0)
        self.create_all.setVisible(sum(Mend.CREATE_ACCOUNT in one.mends for one in known) > 1)
        left = total - len(kept)
        self.more.set_words(f"Show more, {left:,} left")
        self.more.setVisible(left > 0 and len(known) > len(kept))
        self.setVisible(total > 0)

    def _made(self, one: Attention) -> AttentionRow:
        row = AttentionRow(one)
        row.chosen.connect(lambda: self._on_chosen(row))
        row.wanted.connect(lambda place: self._on_wanted(row, place))
        return row

    def _lay(self, kept: list[AttentionRow]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in kept:
                widget.hide()
                widget.deleteLater()
        self.rows = kept
        for row in kept:
            line = QWidget()
            around = QVBoxLayout(line)
            around.setContentsMargins(12, 0, 12, 0)
            around.addWidget(Divider())
            self._list.addWidget(line)
            self._list.addWidget(row)
            row.show()

    def choose(self, place: int, *, takes_focus: bool = True) -> None:
        """Take a row in hand; none for -1."""
        for number, row in enumerate(self.rows):
            row.set_current(number == place)
        if 0 <= place < len(self.rows):
            if takes_focus:
                self.rows[place].setFocus()
            self.chosen.emit(self.rows[place].row)

    def act(self, place: int) -> None:
        """Do the first (0) or second (1) action of the row in hand."""
        row = self._current
        if row is not None:
            self._on_wanted(row, place)

    def _on_chosen(self, row: AttentionRow) -> None:
        if not row.is_current:
            self.choose(self.rows.index(row), takes_focus=False)

    def _on_wanted(self, row: AttentionRow, place: int) -> None:
        if place < len(row.row.mends):
            self._on_chosen(row)
            self.wanted.emit(row.row, str(row.row.mends[place]))

    def _on_more(self) -> None:
        self._most += SHOWN
        self.show_rows(self._known, self._total)
