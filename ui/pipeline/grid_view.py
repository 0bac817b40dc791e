"""The whitespace grid as it is drawn and walked: accounts down, product families across, one cell in hand."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from callstation.renewals.whitespace import Cell, GridRow
from ui.pipeline.drawn import ARROWS, DrawnView
from ui.pipeline.grid_looks import LOOKS, paint_cell
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import one_line

HEAD, ROW, NAMES, LEAST = 46, 36, 220, 116
"""Heights of the head and a row, widths of the names and, at least, of a family; px at 100 %."""
PAGE = 200
_STEPS = {**ARROWS, Qt.Key.Key_PageDown: (0, 10), Qt.Key.Key_PageUp: (0, -10)}


class GridView(DrawnView):
    """``chosen`` when another cell is in hand, ``opened`` on Enter; rows are fetched as they come into view."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, fetch: Callable[[int, int], Sequence[GridRow]]) -> None:
        super().__init__("Accounts by product family")
        self._fetch = fetch
        self.families: tuple[str, ...] = ()
        self._notes: Mapping[str, str] = {}
        self.count = 0
        self.place = (0, 0)
        self._pages: dict[int, Sequence[GridRow]] = {}

    def show_grid(self, families: Sequence[str], count: int, notes: Mapping[str, str] | None = None) -> None:
        """Show a grid anew, with a note under the names of families; the cell in hand stays where it is."""
        self.families, self.count, self._notes = tuple(families), count, notes or {}
        self._pages.clear()
        self.measure()
        family, row = self.place
        self._go((max(0, min(family, len(families) - 1)), max(0, min(row, count - 1))), tells=False)

    def row(self, number: int) -> GridRow | None:
        """One account of the grid; None past the end."""
        page, within = divmod(number, PAGE)
        if not 0 <= number < self.count:
            return None
        if page not in self._pages:
            if len(self._pages) > 20:
                self._pages.clear()
            self._pages[page] = self._fetch(page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[within] if within < len(rows) else None

    @property
    def current(self) -> tuple[GridRow, Cell] | None:
        """The account, the family and the cell in hand."""
        family, number = self.place
        row = self.row(number)
        if row is None or family >= len(row.cells):
            return None
        return row, row.cells[family]

    def step(self, by: int) -> None:
        """Go down or up."""
        self._go((self.place[0], max(0, min(self.count - 1, self.place[1] + by))))

    def choose(self, family: int, row: int) -> None:
        """Take a cell in hand."""
        self._go((family, row), tells=False)

    def cell_rect(self, family: int, row: int) -> QRect:
        """Where a cell lies in the viewport."""
        left = theme.px(NAMES) + family * self._wide - self.horizontalScrollBar().value()
        top = theme.px(HEAD) + row * theme.px(ROW) - self.verticalScrollBar().value()
        rect = QRect(left, top, self._wide, theme.px(ROW))
        return self._mirrored(rect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, down = _STEPS[key]
            across = -across if self.isRightToLeft() else across
            family = max(0, min(len(self.families) - 1, self.place[0] + across))
            self._go((family, max(0, min(self.count - 1, self.place[1] + down))))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go((self.place[0], 0 if key == Qt.Key.Key_Home else max(0, self.count - 1)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place is not None:
            self._go(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().toPoint()) is not None:
            self.opened.emit()

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        row = (point.y() - theme.px(HEAD) + self.verticalScrollBar().value()) // theme.px(ROW)
        if point.y() < theme.px(HEAD) or not 0 <= row < self.count:
            return None
        for family in range(len(self.families)):
            if self.cell_rect(family, row).contains(point):
                return family, row
        return self.place[0], row

    def _go(self, place: tuple[int, int], *, tells: bool = True) -> None:
        self.place = place
        self._show_place()
        held = self.current
        if held is not None:
            row, cell = held
            said = f"{row.account}, {cell.family}: {LOOKS[cell.state][0]}. {cell.reason}"
            self.setAccessibleDescription(one_line(said)[:500])
        self.viewport().update()
        if tells:
            self.chosen.emit()

    @property
    def _wide(self) -> int:
        room = self.viewport().width() - theme.px(NAMES)
        return max(theme.px(LEAST), min(theme.px(200), room // max(1, len(self.families))))

    def _mirrored(self, rect: QRect) -> QRect:
        if self.isRightToLeft():
            rect.moveLeft(self.viewport().width() - 1 - rect.right())
        return rect

    def measure(self) -> None:
        down, across, size = self.verticalScrollBar(), self.horizontalScrollBar(), self.viewport().size()
        high, wide = size.height() - theme.px(HEAD), size.width() - theme.px(NAMES)
        down.setPageStep(high)
        down.setSingleStep(theme.px(ROW))
        down.setRange(0, max(0, self.count * theme.px(ROW) - high))
        across.setPageStep(wide)
        across.setSingleStep(self._wide)
        across.setRange(0, max(0, len(self.families) * self._wide - wide))

    def _show_place(self) -> None:
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        top, left = self.place[1] * theme.px(ROW), self.place[0] * self._wide
        down.setValue(max(min(down.value(), top), top + theme.px(ROW) - down.pageStep()))
        across.setValue(max(min(across.value(), left), left + self._wide - across.pageStep()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, whole = paint.on(self.viewport()), self.viewport().rect()
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(whole, theme.colour("surface"))
        if not self.count:
            return
        first = self.verticalScrollBar().value() // theme.px(ROW)
        last = min(self.count, first + whole.height() // theme.px(ROW) + 2)
        for number in range(first, last):
            self._paint_row(painter, number)
        self._paint_head(painter)

    def _paint_row(self, painter: QPainter, number: int) -> None:
        row = self.row(number)
        if row is None:
            return
        px, tokens, whole = theme.px, theme.tokens, self.viewport().rect()
        is_here = number == self.place[1]
        top = self.cell_rect(0, number).top()
        line = QRect(0, top, whole.width(), px(ROW))
        if is_here:
            painter.fillRect(line, theme.colour("selected"))
        painter.fillRect(0, line.bottom(), whole.width(), 1, theme.colour("border"))
        for family, cell in enumerate(row.cells):
            rect = self.cell_rect(family, number)
            if rect.right() < 0 or rect.left() > whole.width():
                continue
            is_current = is_here and family == self.place[0] and self.hasFocus()
            paint_cell(
                painter, rect, cell.state, is_marked=cell.is_marked, is_growing=cell.growth_id is not None,
                is_current=is_current,
            )  # fmt: skip
        names = self._mirrored(QRect(0, top, px(NAMES), px(ROW)))
        painter.fillRect(names.adjusted(0, 0, 0, -1), theme.colour("selected" if is_here else "surface"))
        inner = names.adjusted(px(12), 0, -px(12), 0)
        paint.text(painter, inner, row.account, theme.font("emphasis"), tokens.text)

    def _paint_head(self, painter: QPainter) -> None:
        px, tokens, whole = theme.px, theme.tokens, self.viewport().rect()
        painter.fillRect(0, 0, whole.width(), px(HEAD), theme.colour("surface"))
        for family, name in enumerate(self.families):
            at = self.cell_rect(family, 0)
            head = QRect(at.left() + px(8), px(5), at.width() - px(12), px(18))
            colour = tokens.text if family == self.place[0] else tokens.text3
            paint.text(painter, head, name, theme.font("label"), colour)
            note = self._notes.get(name, "")
            paint.text(painter, head.translated(0, px(17)), note, theme.font("chip", tabular=True), tokens.text3)
        names = self._mirrored(QRect(0, 0, px(NAMES), px(HEAD)))
        painter.fillRect(names, theme.colour("surface"))
        first = QRect(names.left() + px(12), px(5), names.width() - px(12), px(18))
        paint.text(painter, first, "Account", theme.font("label"), tokens.text3)
        painter.fillRect(0, px(HEAD) - 1, whole.width(), 1, theme.colour("border"))
