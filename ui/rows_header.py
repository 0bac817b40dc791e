"""The header of a table of rows: titles, and the mark of the column that orders them."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets import paint


class RowsHeader(QHeaderView):
    """A click orders by the column, a second turns the order round, a third goes back to the natural one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 (Qt's own name)
        model, px = self.model(), theme.px
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(rect, theme.colour("surface"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("border"))
        words = str(model.headerData(logicalIndex, Qt.Orientation.Horizontal))
        align = model.headerData(logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        side = Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignHorizontal_Mask
        is_sorted = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        inner = rect.adjusted(px(12), 0, -px(12), -1)
        if is_sorted:
            wide = min(QFontMetrics(theme.font("label")).horizontalAdvance(words) + 1, inner.width() - px(16))
            is_trailing = side == Qt.AlignmentFlag.AlignRight
            left = inner.right() - wide - px(16) if is_trailing else inner.left() + wide + px(4)
            mark = QRect(left, inner.center().y() - px(6) + 1, px(12), px(12))
            name = "chevron-up" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else "chevron-down"
            icons.paint(painter, paint.placed(painter, rect, mark), name, theme.colour("text"))
        colour = theme.tokens.text if is_sorted else theme.tokens.text3
        paint.text(painter, inner, words, theme.font("label"), colour, side)
