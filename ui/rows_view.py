"""The view of a table of rows: plain words, chips, right-to-left, and the keyboard."""

from collections.abc import Collection
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from ui.rows_header import RowsHeader
from ui.tables import ALIGN, RowsModel
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed

Index = QModelIndex | QPersistentModelIndex


class RowsView(Themed, QTableView):
    """``opened(row)`` on Enter or a double click, ``chosen(row)`` when another row is current."""

    opened = Signal(object)
    chosen = Signal(object)
    least_share: ClassVar[int] = 120

    def __init__(self, model: RowsModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.hovered = model, -1
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        # one height for all rows: measuring each would fetch each
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(RowsHeader(self))
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)
        self.restyle()

    def reload(self) -> None:
        """Read anew and stay at the same place in the list."""
        row, scroll = self.currentIndex().row(), self.verticalScrollBar().value()
        self.rows.reload()
        if row >= 0:
            self.choose(min(row, self.rows.rowCount() - 1))
        self.verticalScrollBar().setValue(scroll)

    def choose(self, number: int) -> None:
        """Make a row current and bring it into view; past the end does nothing."""
        if 0 <= number < self.rows.rowCount():
            self.selectRow(number)
            self.scrollTo(self.rows.index(number, 0))

    def step(self, by: int) -> None:
        """Go ``by`` rows down (or up if negative), stopping at the ends."""
        number = self.currentIndex().row()
        last = self.rows.rowCount() - 1
        self.choose(max(0, min(last, number + by)) if number >= 0 else 0)

    @property
    def current(self) -> Any | None:
        """The current row, or None."""
        return self.rows.row(self.currentIndex().row())

    def _on_current_changed(self, index: Index, before: Index) -> None:
        row = self.rows.row(index.row())
        if row is not None:
            self.chosen.emit(row)

    def _on_double_clicked(self, index: Index) -> None:
        row = self.rows.row(index.row())
        if row is not None:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.current
            if row is not None:
                self.opened.emit(row)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # a row is one thing; its cells are no places to go to
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: Qt would fetch every row to look for letters, and letters are keys of ours."""

    def viewportEvent(self, event: QEvent) -> bool:
        hovered = self.hovered
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.HoverMove):
            hovered = self.rowAt(self.viewport().mapFromGlobal(self.cursor().pos()).y())
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            hovered = -1
        if hovered != self.hovered:
            self.hovered = hovered
            self.viewport().update()
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in view as a whole: a delegate asked for each cell takes three times as long."""
        viewport = self.viewport()
        painter = paint.on(viewport)
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        first, last = self.rowAt(event.rect().top()), self.rowAt(event.rect().bottom())
        last = self.rows.rowCount() - 1 if last < 0 else last
        if first >= 0:
            spans = [
                (number, self.visualRect(self.rows.index(first, number)))
                for number in range(len(self.rows.columns))
                if not self.isColumnHidden(number)
            ]
            for row in range(first, last + 1):
                self._paint_row(painter, row, self.rowViewportPosition(row), row in chosen, spans)
        if self.hasFocus():
            current = self.currentIndex().row()
            whole = viewport.rect()
            if current >= 0:
                whole = QRect(0, self.rowViewportPosition(current), whole.width(), self.rowHeight(current) - 1)
            paint.ring(painter, whole, 4)

    def _paint_row(
        self, painter: QPainter, row: int, top: int, is_chosen: bool, spans: list[tuple[int, QRect]]
    ) -> None:
        high, wide, px = self.rowHeight(row), self.viewport().width(), theme.px
        if is_chosen or row == self.hovered:
            painter.fillRect(0, top, wide, high, theme.colour("selected" if is_chosen else "hover"))
        if is_chosen:
            bar = QRect(0, top, 3, high)
            painter.fillRect(paint.placed(painter, QRect(0, top, wide, high), bar), theme.colour("accent"))
        painter.fillRect(0, top + high - 1, wide, 1, theme.colour("border"))
        for column, span in spans:
            words = self.rows.words(row, column)
            if not words:
                continue
            inner = QRect(span.x() + px(12), top, span.width() - px(24), high - 1)
            chip = self.rows.chip(row, column)
            if chip is not None:
                size = paint.chip_size(words, chip[1])
                at = QRect(inner.left(), inner.center().y() - size.height() // 2 + 1, 0, size.height())
                at.setWidth(min(size.width(), inner.width()))
                paint.chip(painter, paint.placed(painter, inner, at), words, chip[0], chip[1])
            else:
                declared = self.rows.columns[column]
                font = theme.font(declared.role, tabular=declared.is_tabular)
                colour = theme.tokens.colour(self.rows.tone(row, column))
                paint.text(painter, inner, words, font, colour, ALIGN[declared.align])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def show_columns(self, titles: Collection[str]) -> None:
        """Show only the columns of these titles; the others come back when they are named again."""
        for number, column in enumerate(self.rows.columns):
            self.setColumnHidden(number, column.title not in titles)
        self._share_width()

    def _share_width(self) -> None:
        """Give fixed columns their width and share the rest among the others, at least ``least_share`` px each."""
        shown = [i for i in range(len(self.rows.columns)) if not self.isColumnHidden(i)]
        fixed = sum(theme.px(self.rows.columns[i].width) for i in shown)
        open_ended = [i for i in shown if not self.rows.columns[i].width]
        share = max(theme.px(self.least_share), (self.viewport().width() - fixed) // max(1, len(open_ended)))
        for number, column in enumerate(self.rows.columns):
            self.setColumnWidth(number, theme.px(column.width) if column.width else share)

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(36))
        self.horizontalHeader().setFixedHeight(theme.px(36))
        self._share_width()
