"""Draws the rows of the queue: account and value, contact and days, and the one mark that matters."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from callstation.calling.queue import QueueRow
from callstation.settings import Settings
from ui import words
from ui.calling.pictures import Pictures
from ui.calling.queue_model import Heading, QueueModel
from ui.theme import theme
from ui.tokens import KINDS, Kind
from ui.widgets import paint

Index = QModelIndex | QPersistentModelIndex
KEPT_ROWS = 120


def kind_of(name: str) -> Kind:
    """The status colours of a kind that the core names; the calm ones for a name it does not know."""
    return next((kind for kind in KINDS if kind == name), "mute")


class QueueDelegate(QStyledItemDelegate):
    """``current`` is the target in hand; it stays marked while the list is searched or another tab is shown."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.current: int | None = None
        self.hot = -1  # the row under the pointer, told by the list: to ask ``option`` makes QStyle's 566 enum members
        self._pictures = Pictures(KEPT_ROWS)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        is_heading = isinstance(model, QueueModel) and isinstance(model.item(index.row()), Heading)
        return QSize(100, theme.px(32 if is_heading else 60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        item = model.item(index.row()) if isinstance(model, QueueModel) else None
        painter.setLayoutDirection(option.direction)
        if isinstance(item, Heading):
            self._heading(painter, option.rect, item)
        elif item is not None:
            is_hot = index.row() == self.hot
            language, is_current = self.settings.language, item.target_id == self.current
            picture = self._pictures.of(
                (item, is_current, is_hot, language), option.rect.size(), painter.deviceTransform().m11(),
                option.direction, lambda onto, at: self._row(onto, at, item, is_hot),
            )  # fmt: skip
            painter.drawPixmap(option.rect.topLeft(), picture)

    def _heading(self, painter: QPainter, whole: QRect, item: Heading) -> None:
        px, tokens = theme.px, theme.tokens
        at = whole.adjusted(px(8), px(6), -px(8), 0)
        paint.text(painter, at, item.words, theme.font("label"), tokens.text3)
        if item.count is not None:
            shown, right = words.count(item.count, self.settings), Qt.AlignmentFlag.AlignRight
            paint.text(painter, at, shown, theme.font("secondary", tabular=True), tokens.text3, right)

    def _row(self, painter: QPainter, whole: QRect, row: QueueRow, is_hot: bool) -> None:
        px, tokens = theme.px, theme.tokens
        if row.target_id == self.current:
            edge = tokens.focus if tokens.name == "high_contrast" else None
            paint.box(painter, whole.adjusted(0, 1, 0, -1), 4, tokens.selected, edge)
            bar = QRect(whole.left(), whole.top() + 1, 3, whole.height() - 2)
            painter.fillRect(paint.placed(painter, whole, bar), QColor(tokens.accent))
        elif is_hot:
            paint.box(painter, whole.adjusted(0, 1, 0, -1), 4, tokens.hover)
        inner = whole.adjusted(px(14), 0, -px(12), 0)
        first = QRect(inner.left(), whole.top() + px(9), inner.width(), px(20))
        second = QRect(inner.left(), whole.top() + px(31), inner.width(), px(20))
        amount = words.money(row.amount, row.currency, self.settings, is_whole=True)
        self._ends(painter, inner, first, row.account, amount)
        about = " · ".join(part for part in (row.contact, "" if row.days is None else words.days(row.days)) if part)
        mark = self._chip(painter, inner, second, row) if row.chip else self._status(painter, inner, second, row)
        font = theme.font("secondary", tabular=True)
        left = QRect(second.left(), second.top(), second.width() - mark - px(8), second.height())
        paint.text(painter, paint.placed(painter, inner, left), about, font, tokens.text2)

    def _ends(self, painter: QPainter, inner: QRect, line: QRect, name: str, amount: str) -> None:
        font, figure = theme.font("emphasis"), theme.font("emphasis", tabular=True)
        wide = QFontMetrics(figure).horizontalAdvance(amount) + 1 if amount else 0
        right = QRect(line.right() - wide + 1, line.top(), wide, line.height())
        left = QRect(line.left(), line.top(), line.width() - wide - theme.px(8), line.height())
        paint.text(painter, paint.placed(painter, inner, left), name, font, theme.tokens.text)
        if amount:
            paint.text(painter, paint.placed(painter, inner, right), amount, figure, theme.tokens.text)

    def _chip(self, painter: QPainter, inner: QRect, line: QRect, row: QueueRow) -> int:
        """Draw the chip at the row's end; returns its width."""
        chip = row.chip
        assert chip is not None
        said = chip.words.removesuffix(" AM").removesuffix(" PM")  # within a working day the hour says it
        wide = min(paint.chip_size(said, chip.icon).width(), line.width() * 2 // 3)
        at = QRect(line.right() - wide + 1, line.top(), wide, line.height())
        paint.chip(painter, paint.placed(painter, inner, at), said, kind_of(chip.kind), chip.icon)
        return wide

    def _status(self, painter: QPainter, inner: QRect, line: QRect, row: QueueRow) -> int:
        font = theme.font("chip", tabular=True)
        wide = min(QFontMetrics(font).horizontalAdvance(row.status) + 1, line.width() * 2 // 3)
        at = QRect(line.right() - wide + 1, line.top(), wide, line.height())
        font.setWeight(font.Weight.Normal)
        paint.text(painter, paint.placed(painter, inner, at), row.status, font, theme.tokens.text3)
        return wide
