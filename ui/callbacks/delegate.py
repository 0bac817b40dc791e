"""Draws one thing that is owed: its minute in both zones, whom it is owed to, and what was said."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from callstation.calling.callbacks import CallbackRow
from callstation.calling.clock_words import time_words, zone_place
from callstation.settings import Settings
from db.vocabulary import CallbackKind
from ui import words
from ui.callbacks.model import CallbacksModel, Heading
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import paint

Index = QModelIndex | QPersistentModelIndex
_KINDS: dict[CallbackKind, tuple[str, str]] = {
    CallbackKind.CALLBACK: ("Callback", "clock"),
    CallbackKind.PROMISE: ("Promise", "handshake"),
    CallbackKind.FOLLOW_UP: ("Follow-up", "history"),
}


class CallbackDelegate(QStyledItemDelegate):
    """60 px a row; ``now`` tells how late what is overdue is."""

    def __init__(self, settings: Callable[[], Settings], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._settings, self._now = settings, now

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        is_heading = isinstance(model, CallbacksModel) and model.row_at(index.row()) is None
        return QSize(100, theme.px(36 if is_heading else 60))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, CallbacksModel):
            return
        painter.setLayoutDirection(option.direction)
        item, whole = model.items[index.row()], option.rect
        if isinstance(item, Heading):
            self._heading(painter, whole, item)
            return
        view = option.widget
        is_current = isinstance(view, QListView) and view.currentIndex() == index
        tokens = theme.tokens
        if is_current:
            edge = tokens.focus if isinstance(view, QListView) and view.hasFocus() else None
            paint.box(painter, whole.adjusted(0, 1, 0, -1), 6, tokens.selected, edge, 2)
            bar = QRect(whole.left(), whole.top() + 1, 3, whole.height() - 2)
            painter.fillRect(paint.placed(painter, whole, bar), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, whole.adjusted(0, 1, 0, -1), 6, tokens.hover)
        self._row(painter, whole, item)

    def _heading(self, painter: QPainter, whole: QRect, item: Heading) -> None:
        px, tokens = theme.px, theme.tokens
        at = whole.adjusted(px(12), px(10), -px(12), 0)
        colour = tokens.bad.fg if item.words == "Overdue" else tokens.text3
        paint.text(painter, at, item.words, theme.font("label"), colour)
        right = Qt.AlignmentFlag.AlignRight
        paint.text(painter, at, str(item.count), theme.font("secondary", tabular=True), tokens.text3, right)

    def _row(self, painter: QPainter, whole: QRect, row: CallbackRow) -> None:
        px, tokens, settings = theme.px, theme.tokens, self._settings()
        first = QRect(0, whole.top() + px(10), 0, px(20))
        second = QRect(0, whole.top() + px(30), 0, px(18))
        left, right = whole.left() + px(12), whole.right() - px(12)
        said, icon, kind = self._chip(row)
        size = paint.chip_size(said, icon)
        chip = QRect(right - size.width() + 1, whole.center().y() - size.height() // 2 + 1, size.width(), size.height())
        paint.chip(painter, paint.placed(painter, whole, chip), said, kind, icon)
        right = chip.left() - px(16)
        clock, wide = theme.font("emphasis", tabular=True), px(150)
        small = theme.font("secondary", tabular=True)
        self._text(painter, whole, first, left, wide, self._mine(row, settings), clock, tokens.text)
        self._text(painter, whole, second, left, wide, self._theirs(row, settings), small, tokens.text2)
        left += wide + px(16)
        has_note = right - left > px(420)
        account = (right - left) * 45 // 100 if has_note else right - left
        self._text(painter, whole, first, left, account, row.account, theme.font("emphasis"), tokens.text)
        about = " · ".join(part for part in (row.contact, row.number) if part)
        if not has_note and row.note:
            about = f"{about}. {row.note}"
        self._text(painter, whole, second, left, account, about, theme.font("secondary"), tokens.text2)
        if has_note:
            left += account + px(16)
            note = QRect(0, whole.top(), 0, whole.height())
            self._text(painter, whole, note, left, right - left, row.note, theme.font("secondary"), tokens.text2)

    @staticmethod
    def _text(
        painter: QPainter, whole: QRect, line: QRect, left: int, width: int, said: str, font: QFont, colour: str
    ) -> None:
        at = QRect(left, line.top(), width, line.height())
        paint.text(painter, paint.placed(painter, whole, at), said, font, colour)

    def _mine(self, row: CallbackRow, settings: Settings) -> str:
        local, today = row.due_at.astimezone(settings.zone), self._now().astimezone(settings.zone).date()
        clock = time_words(local, is_24_hour=settings.is_24_hour)
        return f"{words.day(local.date(), today, settings)}, {clock}" if local.date() < today else clock

    def _theirs(self, row: CallbackRow, settings: Settings) -> str:
        """Nothing where it is the same as ours."""
        if row.their_at is None or row.their_at.utcoffset() == row.due_at.astimezone(settings.zone).utcoffset():
            return ""
        clock = time_words(row.their_at, is_24_hour=settings.is_24_hour)
        return f"{clock} in {zone_place(str(row.their_at.tzinfo))}"

    def _chip(self, row: CallbackRow) -> tuple[str, str, Kind]:
        name, icon = _KINDS[row.kind]
        if row.is_overdue:
            return f"{name}, {_late(self._now() - row.due_at)} late", icon, "bad"
        soon = row.due_at - self._now() <= timedelta(minutes=self._settings().look_ahead_min)
        return name, icon, "warn" if soon else "info"


def _late(by: timedelta) -> str:
    if by < timedelta(hours=1):
        return f"{max(1, by // timedelta(minutes=1))} min"
    return f"{by // timedelta(hours=1)} h" if by < timedelta(days=2) else f"{by.days} d"
