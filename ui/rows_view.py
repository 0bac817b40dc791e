"""The view of a table of rows: plain words, chips, right-to-left, and the keyboard."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.rows_header import RowsHeader
from ui.tables import CHIP_ROLE, RowsModel
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draws a cell itself: no rich text, no mnemonics, no line breaks, mirrored with the layout."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, px, tokens = self.parent(), theme.px, theme.tokens
        rect: QRect = option.rect
        painter.setLayoutDirection(option.direction)
        is_selected = isinstance(view, QTableView) and view.selectionModel().isRowSelected(index.row())
        if is_selected:
            painter.fillRect(rect, theme.colour("selected"))
            if index.column() == 0:
                bar = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(paint.placed(painter, rect, bar), theme.colour("accent"))
        elif isinstance(view, RowsView) and view.hovered == index.row():
            painter.fillRect(rect, theme.colour("hover"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        words, inner = str(index.data()), rect.adjusted(px(12), 0, -px(12), -1)
        chip = index.data(CHIP_ROLE)
        if chip is not None and words:
            size = paint.chip_size(words, chip[1])
            at = QRect(inner.left(), inner.center().y() - size.height() // 2 + 1, 0, size.height())
            at.setWidth(min(size.width(), inner.width()))
            paint.chip(painter, paint.placed(painter, inner, at), words, chip[0], chip[1])
        else:
            colour = index.data(Qt.ItemDataRole.ForegroundRole)
            align = (
                Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole)) & Qt.AlignmentFlag.AlignHorizontal_Mask
            )
            font = index.data(Qt.ItemDataRole.FontRole)
            paint.text(painter, inner, words, font, colour.name() if colour else tokens.text, align)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(80), theme.px(36))


class RowsView(Themed, QTableView):
    """``opened(row)`` on Enter or a double click, ``chosen(row)`` when another row is current."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, model: RowsModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.hovered = model, -1
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
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
        super().paintEvent(event)
        if self.hasFocus():
            row = self.currentIndex().row()
            whole = self.viewport().rect()
            if row >= 0:
                whole = QRect(0, self.rowViewportPosition(row), whole.width(), self.rowHeight(row) - 1)
            painter = QPainter(self.viewport())
            paint.ring(painter, whole, 4)

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
        """Give fixed columns their width and share the rest among the others, at least 120 px each."""
        shown = [i for i in range(len(self.rows.columns)) if not self.isColumnHidden(i)]
        fixed = sum(theme.px(self.rows.columns[i].width) for i in shown)
        open_ended = [i for i in shown if not self.rows.columns[i].width]
        share = max(theme.px(120), (self.viewport().width() - fixed) // max(1, len(open_ended)))
        for number, column in enumerate(self.rows.columns):
            self.setColumnWidth(number, theme.px(column.width) if column.width else share)

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(36))
        self.horizontalHeader().setFixedHeight(theme.px(36))
        self._share_width()
