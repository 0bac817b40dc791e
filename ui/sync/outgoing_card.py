"""What waits to be sent, the oldest first: a window of rows, for there may be thousands."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from callstation.settings import Settings
from callstation.sync.overview import Waiting
from db.vocabulary import OutboxState
from ui import icons
from ui.rows_view import RowsView
from ui.sync.mends import ICONS
from ui.sync.moments import moment
from ui.tables import Column, Fetch, RowsModel
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import Card, Divider, Label, paint

HIGH = 30
_STATES: dict[OutboxState, tuple[str, Kind, str]] = {
    OutboxState.HELD: ("Held", "warn", "pause"),
    OutboxState.UNKNOWN: ("Looked up first", "info", "search"),
    OutboxState.SENDING: ("On its way", "info", "upload"),
}


class OutgoingView(RowsView):
    """One change a row: icon, account, what, state if it matters, time."""

    def __init__(self, fetch: Fetch[Waiting], count: Callable[[], int], when: Callable[[Waiting], str]) -> None:
        self._when, self._most = when, 12
        columns = (Column[Waiting]("Change", self._said, width=0),)
        super().__init__(RowsModel(columns, fetch, count), "Waiting to send, oldest first")
        self.horizontalHeader().hide()
        self.setSortingEnabled(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _said(self, row: Waiting) -> str:
        state = _STATES.get(row.state)
        parts = (row.title.account, row.said, state[0] if state else "", self._when(row))
        return ", ".join(part for part in parts if part)

    def _paint_row(
        self, painter: QPainter, row: int, top: int, is_chosen: bool, spans: list[tuple[int, QRect]]
    ) -> None:
        change: Waiting | None = self.rows.row(row)
        if change is None:
            return
        px, tokens, wide, high = theme.px, theme.tokens, self.viewport().width(), self.rowHeight(row)
        whole = QRect(0, top, wide, high)
        if is_chosen or row == self.hovered:
            paint.box(painter, whole, 6, tokens.selected if is_chosen else tokens.hover)
        left, right = px(12), wide - px(12)
        at = QRect(left, top + (high - px(16)) // 2, px(16), px(16))
        state = _STATES.get(change.state)
        icons.paint(painter, paint.placed(painter, whole, at), ICONS[change.entity], theme.colour("text2"))
        left += px(26)
        small = theme.font("secondary", tabular=True)
        when = self._when(change)
        wide_when = QFontMetrics(small).horizontalAdvance(when) + 2
        end = QRect(right - wide_when, top, wide_when, high)
        paint.text(painter, paint.placed(painter, whole, end), when, small, tokens.text2, Qt.AlignmentFlag.AlignRight)
        right = end.left() - px(12)
        if state is not None:
            size = paint.chip_size(state[0], state[2])
            chip = QRect(right - size.width(), top + (high - size.height()) // 2, size.width(), size.height())
            paint.chip(painter, paint.placed(painter, whole, chip), state[0], state[1], state[2])
            right = chip.left() - px(12)
        font = theme.font("emphasis")
        name = change.title.account
        room = max(0, right - left)
        wide_name = min(QFontMetrics(font).horizontalAdvance(name[:120]) + 2, room * 2 // 3 if change.said else room)
        first = QRect(left, top, wide_name, high)
        paint.text(painter, paint.placed(painter, whole, first), name, font, tokens.text)
        rest = QRect(first.right() + px(10), top, max(0, right - first.right() - px(10)), high)
        paint.text(painter, paint.placed(painter, whole, rest), change.said, theme.font("secondary"), tokens.text2)

    def sizeHint(self) -> QSize:
        rows = min(max(1, self.rows.rowCount()), self._most)
        return QSize(240, theme.px(HIGH) * rows + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def set_most(self, rows: int) -> None:
        """How many rows are in view before the list scrolls."""
        if rows != self._most:
            self._most = rows
            self.updateGeometry()

    def restyle(self) -> None:
        super().restyle()
        self.verticalHeader().setDefaultSectionSize(theme.px(HIGH))
        self.updateGeometry()


class OutgoingCard(Card):
    """``chosen(Waiting)`` for the row in hand."""

    chosen = Signal(object)

    def __init__(self, fetch: Fetch[Waiting], count: Callable[[], int], when: Callable[[Waiting], str]) -> None:
        super().__init__(padding=8)
        self.setAccessibleName("Waiting to send")
        self.body.setContentsMargins(8, 12, 8, 8)
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 10)
        head.setSpacing(8)
        self.count, self.oldest = (
            Label("", "secondary", "text3", tabular=True),
            Label("", "secondary", "text3", tabular=True),
        )
        head.addWidget(Label("Waiting to send", "emphasis"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.oldest)
        self.body.addLayout(head)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 4)
        line.addWidget(Divider())
        self.body.addLayout(line)
        self.view = OutgoingView(fetch, count, when)
        self.body.addWidget(self.view)
        self.nothing = Label("Nothing waits. What you log, change or promise stands here until it is sent.",
                             "body", "text2", wraps=True)  # fmt: skip
        self.nothing.setContentsMargins(12, 8, 12, 8)
        self.body.addWidget(self.nothing)
        self.view.chosen.connect(self.chosen)

    @property
    def current(self) -> Waiting | None:
        """The row in hand."""
        found: Waiting | None = self.view.current
        return found

    def reload(self, today: date, settings: Settings) -> None:
        """Read anew; the row in hand stays where it is."""
        self.view.reload()
        total = self.view.rows.rowCount()
        self.count.setText(f"{total:,}" if total else "")
        oldest: Waiting | None = self.view.rows.row(0)
        self.oldest.setText(f"Oldest {moment(oldest.marked_at, today, settings)}" if oldest is not None else "")
        self.view.setVisible(total > 0)
        self.nothing.setVisible(total == 0)
        self.view.updateGeometry()
