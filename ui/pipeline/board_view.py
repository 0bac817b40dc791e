"""The board as it is drawn and walked: columns side by side, cards by arrows, a card dragged to another stage."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from callstation.renewals.pipeline_rows import Key, PipelineRow
from callstation.settings import Settings
from db.vocabulary import RenewalStage
from ui.pipeline import looks
from ui.pipeline.board import Lane
from ui.pipeline.board_paint import paint_card, paint_head, paint_more
from ui.pipeline.drawn import ARROWS, DrawnView
from ui.theme import theme
from ui.widgets import paint

HEAD, CARD, GAP, LEAST, MOST = 62, 76, 6, 144, 320
"""Heights of a column's head and a card, the room between cards, the least and most width of a column, at 100 %."""


_EDGE = 28
"""How near the edge a dragged card scrolls, and how far with each move of the mouse."""


class BoardView(DrawnView):
    """``chosen`` when another card is in hand, ``opened`` on Enter, ``more(stage)``, ``dropped(stage)`` of the card."""

    chosen = Signal()
    opened = Signal()
    more = Signal(object)
    dropped = Signal(object)

    def __init__(self, settings: Callable[[], Settings], is_marked: Callable[[Key], bool]) -> None:
        super().__init__("Board by stage")
        self._settings, self._is_marked = settings, is_marked
        self.lanes: list[Lane] = []
        self.place = (0, 0)
        self._pressed: QPoint | None = None
        self._over: int | None = None
        self._dragged: Key | None = None

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def current(self) -> PipelineRow | None:
        """The card in hand."""
        column, slot = self.place
        rows = self.lanes[column].cards if column < len(self.lanes) else ()
        return rows[slot] if slot < len(rows) else None

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show other columns; the card in hand stays in hand, wherever it went."""
        held = self.current.key if self.current is not None else None
        self.lanes = list(lanes)
        found = [
            (at, slot) for at, one in enumerate(self.lanes) for slot, row in enumerate(one.cards) if row.key == held
        ]
        self.measure()
        self._go(found[0] if found else self._near(self.place), tells=False)

    def step(self, by: int) -> None:
        """Go down or up in the column."""
        self._move(0, by)

    def choose(self, key: Key) -> None:
        """Take a card in hand."""
        for at, one in enumerate(self.lanes):
            for slot, row in enumerate(one.cards):
                if row.key == key:
                    self._go((at, slot))

    def choose_first(self) -> None:
        """Take the topmost card of the first column that has one in hand."""
        self._go(self._near((0, 0)))

    def stage_beside(self, by: int) -> RenewalStage | None:
        """The stage of the column before or after that of the card in hand."""
        place = self.place[0] + by
        return self.lanes[place].column.stage if 0 <= place < len(self.lanes) else None

    # -- the keys --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, down = ARROWS[key]
            self._move(-across if self.isRightToLeft() else across, down)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            event.ignore()

    def _enter(self) -> None:
        if self.current is not None:
            self.opened.emit()
        elif self.lanes and self.lanes[self.place[0]].more:
            self.more.emit(self.lanes[self.place[0]].column.stage)

    def _move(self, across: int, down: int) -> None:
        if not self.lanes:
            return
        column, slot = self.place
        if down:
            self._go((column, max(0, min(self._slots(column) - 1, slot + down))))
            return
        place = column + across
        while 0 <= place < len(self.lanes) and not self._slots(place):
            place += across  # nothing to take in hand in an empty column
        if 0 <= place < len(self.lanes):
            self._go((place, min(slot, self._slots(place) - 1)))

    def _slots(self, column: int) -> int:
        one = self.lanes[column]
        return len(one.cards) + bool(one.more)

    def _near(self, place: tuple[int, int]) -> tuple[int, int]:
        near = sorted(range(len(self.lanes)), key=lambda n: (abs(n - place[0]), n))
        column = next((n for n in near if self._slots(n)), 0)
        slots = self._slots(column) if self.lanes else 0
        return column, max(0, min(place[1], slots - 1))

    def _go(self, place: tuple[int, int], *, tells: bool = True) -> None:
        self.place = place
        row = self.current
        if row is not None:
            amount = looks.amount_of(row, self._settings()) or "no amount"
            self.setAccessibleDescription(f"{row.account}, {looks.what_of(row)}, {looks.stage_of(row)}, {amount}"[:500])
        self._show_place()
        self.viewport().update()
        if tells:
            self.chosen.emit()

    # -- where things are ------------------------------------------------------------------------------------------

    @property
    def _wide(self) -> int:
        share = self.viewport().width() // max(1, len(self.lanes))
        return max(theme.px(LEAST), min(theme.px(MOST), share))

    def card_rect(self, column: int, slot: int) -> QRect:
        """Where a card lies in the viewport."""
        left = column * self._wide - self.horizontalScrollBar().value()
        top = theme.px(HEAD) + slot * theme.px(CARD + GAP) - self.verticalScrollBar().value()
        rect = QRect(left + theme.px(4), top, self._wide - theme.px(8), theme.px(CARD))
        if self.isRightToLeft():
            rect.moveLeft(self.viewport().width() - 1 - rect.right())
        return rect

    def measure(self) -> None:
        tallest = max((self._slots(n) for n in range(len(self.lanes))), default=0)
        high = theme.px(HEAD) + tallest * theme.px(CARD + GAP)
        size = self.viewport().size()
        for bar, whole, page in (
            (self.verticalScrollBar(), high, size.height()),
            (self.horizontalScrollBar(), len(self.lanes) * self._wide, size.width()),
        ):
            bar.setPageStep(page)
            bar.setSingleStep(theme.px(CARD + GAP))
            bar.setRange(0, max(0, whole - page))

    def _show_place(self) -> None:
        rect, bar = self.card_rect(*self.place), self.verticalScrollBar()
        if rect.top() < theme.px(HEAD):
            bar.setValue(bar.value() + rect.top() - theme.px(HEAD))
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + rect.bottom() - self.viewport().height() + theme.px(4))
        left, across = self.place[0] * self._wide, self.horizontalScrollBar()
        if left < across.value():
            across.setValue(left)
        elif left + self._wide > across.value() + self.viewport().width():
            across.setValue(left + self._wide - self.viewport().width())

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        for column in range(len(self.lanes)):
            for slot in range(self._slots(column)):
                if self.card_rect(column, slot).contains(point):
                    return column, slot
        return None

    # -- the mouse -------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place is not None:
            self._go(place)
            is_left, held = event.button() == Qt.MouseButton.LeftButton, self.current
            self._pressed = event.position().toPoint() if is_left and held is not None else None
            self._dragged = held.key if held is not None else None
            if held is None:
                self._enter()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        far = QApplication.startDragDistance()
        if self._pressed is not None and (self._over is not None or (at - self._pressed).manhattanLength() >= far):
            self._reach(at.x())
            rects = [self.card_rect(number, 0) for number in range(len(self.lanes))]
            self._over = next((n for n, one in enumerate(rects) if one.left() <= at.x() <= one.right()), self.place[0])
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def _reach(self, x: int) -> None:
        """Bring columns into view that lie beyond the edge to which a card is dragged."""
        edge, bar = theme.px(_EDGE), self.horizontalScrollBar()
        way = (x > self.viewport().width() - edge) - (x < edge)
        bar.setValue(bar.value() + way * edge * (-1 if self.isRightToLeft() else 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        over, held = self._over, self.current
        self.stop_drag()
        if over is not None and over != self.place[0] and held is not None and held.key == self._dragged:
            self.dropped.emit(self.lanes[over].column.stage)

    def stop_drag(self) -> bool:
        """Let the card go where it was; whether one was dragged."""
        was_dragged = self._over is not None
        self._over = self._pressed = None
        self.viewport().unsetCursor()
        self.viewport().update()
        return was_dragged

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().toPoint()) is not None and self.current is not None:
            self.opened.emit()

    # -- how it looks ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.on(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(self.viewport().rect(), theme.colour("surface"))
        for number, column in enumerate(self.lanes):
            lane = self.card_rect(number, 0)
            lane.setTop(0)
            lane.setBottom(self.viewport().height())
            if lane.right() < 0 or lane.left() > self.viewport().width():
                continue
            is_over = number == self._over
            paint.box(painter, lane, 8, theme.tokens.selected if is_over else theme.tokens.sunken)
            self._paint_cards(painter, number, column)
            head = QRect(lane.left(), 0, lane.width(), theme.px(HEAD))
            paint_head(painter, head, column.column, self._settings(), is_over=is_over)

    def _paint_cards(self, painter: QPainter, number: int, column: Lane) -> None:
        for slot, row in enumerate(column.cards):
            rect = self.card_rect(number, slot)
            if rect.bottom() < 0 or rect.top() > self.viewport().height():
                continue
            is_here = (number, slot) == self.place
            paint_card(
                painter, rect, row, self._settings(), is_marked=self._is_marked(row.key), is_current=is_here,
                has_focus=is_here and self.hasFocus(),
            )  # fmt: skip
        if column.more:
            rect = self.card_rect(number, len(column.cards))
            is_here = (number, len(column.cards)) == self.place
            paint_more(painter, rect, column.more, self._settings(), has_focus=is_here and self.hasFocus())
