"""The grid of the forecast: categories by months and their total, walked by arrows, opened by Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.forecast.said import CellWords
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line

HEAD, COMPACT, ROW, ROOMY, LABEL, LEAST = 26, 34, 42, 46, 116, 146
"""The heights of the head and of rows, the widths of the labels and the narrowest column; px at 100 %."""
_RIGHT = Qt.AlignmentFlag.AlignRight


class Grid(Themed, QWidget):
    """``chosen`` when another cell is in hand, ``opened`` on Enter or a double click. The last column always shows."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.labels: tuple[str, ...] = ()
        self.heads: tuple[str, ...] = ()
        self.cells: tuple[tuple[CellWords, ...], ...] = ()
        self.place = (0, 0)
        self._first = 0
        self._least_row = ROW
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cells(self, labels: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[CellWords]]) -> None:
        """Show other cells, a row for each label; the place stays where it can."""
        self.labels, self.heads = tuple(labels), tuple(heads)
        self.cells = tuple(tuple(row) for row in cells)
        row, column = self.place
        self.place = min(row, max(0, len(labels) - 1)), min(column, max(0, len(heads) - 1))
        self.updateGeometry()
        self._tell()

    @property
    def current(self) -> CellWords | None:
        """The cell in hand."""
        row, column = self.place
        return self.cells[row][column] if self.cells and self.cells[row] else None

    def choose(self, row: int, column: int) -> None:
        """Take a cell in hand; past an edge, the one at the edge."""
        last = max(0, len(self.labels) - 1), max(0, len(self.heads) - 1)
        wanted = max(0, min(last[0], row)), max(0, min(last[1], column))
        if wanted != self.place:
            self.place = wanted
            self._tell()
            self.chosen.emit()

    def step(self, down: int, right: int = 0) -> None:
        """Go so many cells on."""
        self.choose(self.place[0] + down, self.place[1] + right)

    def be_compact(self, is_compact: bool, *, is_roomy: bool = False) -> None:
        """Give less height to each row, or more."""
        least = COMPACT if is_compact else ROOMY if is_roomy else ROW
        if least != self._least_row:
            self._least_row = least
            self.updateGeometry()
            self.update()

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell is drawn; empty for a month that is out of view."""
        wide, shown = self._columns()
        if column not in shown:
            return QRect()
        px, high = theme.px, theme.px(self._least_row)
        left = px(LABEL) + shown.index(column) * wide
        rect = QRect(left, px(HEAD) + row * high, wide, high)
        if self.isRightToLeft():
            rect.moveLeft(self.width() - rect.right() - 1)
        return rect

    def _columns(self) -> tuple[int, list[int]]:
        """The width of a column, and the columns in view: some months, and the total."""
        room, count = self.width() - theme.px(LABEL), len(self.heads)
        fits = max(2, min(count, room // theme.px(LEAST)))
        months = max(0, count - 1)
        many = min(months, fits - 1)
        at = self.place[1]
        if at < months:
            self._first = max(at - many + 1, min(self._first, at))
        self._first = max(0, min(self._first, months - many))
        shown = [*range(self._first, self._first + many), *([count - 1] if count else [])]
        return room // max(1, len(shown)), shown

    def _tell(self) -> None:
        cell = self.current
        said = one_line(cell.said) if cell is not None else ""
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.update()

    # -- Qt --------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, tokens = paint.on(self), theme.px, theme.tokens
        shown = self._columns()[1]
        count = len(self.heads)
        for column in shown:
            head = self.cell_rect(0, column)
            at = QRect(head.left(), 0, head.width(), px(HEAD)).adjusted(px(10), 0, -px(10), 0)
            more = "‹ " if column == shown[0] > 0 else ""
            rest = " ›" if column != count - 1 and shown.index(column) == len(shown) - 2 and column < count - 2 else ""
            paint.text(painter, at, f"{more}{self.heads[column]}{rest}", theme.font("label"), tokens.text3, _RIGHT)
        for row, label in enumerate(self.labels):
            high = px(self._least_row)
            line = QRect(0, px(HEAD) + row * high, self.width(), high)
            painter.fillRect(line.left(), line.top(), line.width(), 1, theme.colour("border"))
            name = QRect(px(10), line.top(), px(LABEL) - px(12), high)
            is_here = row == self.place[0]
            font = theme.font("emphasis" if is_here else "body")
            paint.text(painter, paint.placed(painter, line, name), label, font, tokens.text)
            for column in shown:
                self._paint_cell(painter, row, column)
        if self.hasFocus() and self.current is not None:
            paint.ring(painter, self.cell_rect(*self.place).adjusted(1, 1, -1, -1), 5)

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        px, tokens, cell = theme.px, theme.tokens, self.cells[row][column]
        rect = self.cell_rect(row, column)
        if (row, column) == self.place:
            painter.fillRect(rect.adjusted(0, 1, 0, 0), theme.colour("selected"))
        elif column == len(self.heads) - 1:
            painter.fillRect(rect.adjusted(0, 1, 0, 0), theme.colour("sunken"))
        edge = px(2 if self._least_row < ROOMY else 4)
        inner = rect.adjusted(px(10), edge, -px(10), -edge)
        if cell.is_nothing:
            paint.text(painter, inner, "–", theme.font("body"), tokens.text3, _RIGHT)
            return
        half = inner.height() // 2
        first = QRect(inner.left(), inner.top(), inner.width(), half)
        second = first.translated(0, half)
        is_empty = cell.count == "0" and not cell.is_adjusted
        tone = tokens.text3 if is_empty else tokens.text
        paint.text(painter, first, cell.marked, theme.font("emphasis", tabular=True), tone, _RIGHT)
        left = paint.placed(painter, first, QRect(first.left(), first.top(), first.width() // 4, half))
        paint.text(painter, left, cell.count, theme.font("secondary", tabular=True), tokens.text2)
        if cell.change:
            small = theme.font("chip", tabular=True)
            was = paint.placed(painter, second, QRect(second.left(), second.top(), second.width() * 11 // 20, half))
            paint.text(painter, was, f"was {cell.week_ago}", small, tokens.text2)
            part = second.width() * 9 // 20 - px(4)
            now = QRect(second.right() - part + 1, second.top(), part, half)
            colour = tokens.colour(cell.tone)
            paint.text(painter, paint.placed(painter, second, now), cell.change, small, colour, _RIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, turn), Qt.Key.Key_Left: (0, -turn),
            Qt.Key.Key_Home: (0, -(10**6)), Qt.Key.Key_End: (0, 10**6),
        }  # fmt: skip
        if event.key() in steps and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        ):  # fmt: skip
            self.step(*steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _at(self, event: QMouseEvent) -> tuple[int, int] | None:
        for row in range(len(self.labels)):
            for column in self._columns()[1]:
                if self.cell_rect(row, column).contains(event.position().toPoint()):
                    return row, column
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event)
        if at is not None:
            self.choose(*at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event) is not None:
            self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.chosen.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.px
        return QSize(px(LABEL) + px(LEAST) * 5, px(HEAD) + len(self.labels) * px(self._least_row) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(LABEL) + theme.px(LEAST) * 2, self.sizeHint().height())

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()
