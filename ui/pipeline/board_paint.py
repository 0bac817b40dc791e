"""Draws one card of the board, the head of a column, and the place that brings more cards."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from callstation.renewals.board import Column
from callstation.renewals.completeness import Gap
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.settings import Settings
from ui import icons, words
from ui.pipeline import looks
from ui.pipeline.board import head_words, name_words
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import one_line

_RIGHT = Qt.AlignmentFlag.AlignRight


def paint_card(
    painter: QPainter, rect: QRect, row: PipelineRow, settings: Settings, *, is_marked: bool, is_current: bool,
    has_focus: bool,
) -> None:  # fmt: skip
    """Who, how much, when; below it what must be said of it, else what comes next."""
    px, tokens = theme.px, theme.tokens
    ground = tokens.selected if is_current or is_marked else tokens.surface
    paint.box(painter, rect, 6, ground, tokens.accent if is_marked else tokens.border)
    inner = rect.adjusted(px(9), px(7), -px(9), -px(7))
    first = QRect(inner.left(), inner.top(), inner.width(), px(18))
    second = first.translated(0, px(18))
    foot = QRect(inner.left(), inner.bottom() - px(20), inner.width(), px(20))
    if is_marked:
        paint.text(painter, first, "✓", theme.font("emphasis"), tokens.accent_text, _RIGHT)
    name = QRect(first.left(), first.top(), first.width() - (px(18) if is_marked else 0), first.height())
    if row.kind is not None:  # growth, which no sum of renewals has
        plus = QRect(first.left(), first.center().y() - px(5), px(12), px(12))
        icons.paint(painter, paint.placed(painter, first, plus), "plus", QColor(tokens.info.fg))
        name.setLeft(name.left() + px(15))
    paint.text(painter, paint.placed(painter, first, name), row.account, theme.font("emphasis"), tokens.text)
    amount = looks.amount_of(row, settings) or "no amount"
    tone = tokens.text if row.amount is not None else tokens.warn.fg
    paint.text(painter, second, amount, theme.font("body", tabular=True), tone)
    day = words.day(row.close_on, row.close_on, settings)
    tone = tokens.bad.fg if Gap.DATE in row.gaps else tokens.text2
    paint.text(painter, second, day, theme.font("secondary", tabular=True), tone, _RIGHT)
    chip = looks.card_chip(row)
    if chip is not None:
        size = paint.chip_size(chip[0], chip[2])
        at = QRect(foot.left(), foot.top(), min(size.width(), foot.width()), size.height())
        paint.chip(painter, paint.placed(painter, foot, at), *chip)
    else:
        said, colour = looks.card_words(row)
        paint.text(painter, foot, one_line(said), theme.font("secondary"), tokens.colour(colour))
    if has_focus:
        paint.ring(painter, rect, 6)


def paint_head(painter: QPainter, rect: QRect, column: Column, settings: Settings, *, is_over: bool) -> None:
    """The stage, how many, and what they come to; drawn over the cards that scroll below it."""
    px, tokens = theme.px, theme.tokens
    painter.fillRect(rect.adjusted(0, 0, 0, -px(4)), theme.colour("selected" if is_over else "sunken"))
    inner = rect.adjusted(px(10), px(6), -px(10), -px(6))
    first = QRect(inner.left(), inner.top(), inner.width(), px(18))
    colour = tokens.pair(looks.STAGES[column.stage][1]).fg
    count, font = words.count(column.count, settings), theme.font("label", tabular=True)
    room = first.width() - QFontMetrics(font).horizontalAdvance(count) - px(6)
    name = paint.placed(painter, first, QRect(first.left(), first.top(), room, first.height()))
    paint.text(painter, name, name_words(column.stage), theme.font("emphasis"), colour)
    paint.text(painter, first, count, font, tokens.text2, _RIGHT)
    money, more = head_words(column, settings)
    second, third = first.translated(0, px(17)), first.translated(0, px(33))
    paint.text(painter, second, money, theme.font("secondary", tabular=True), tokens.text)
    paint.text(painter, third, more, theme.font("chip", tabular=True), tokens.text2)


def paint_more(painter: QPainter, rect: QRect, count: int, settings: Settings, *, has_focus: bool) -> None:
    """That there are more; Enter or a click brings them."""
    row = QRect(rect.left(), rect.top(), rect.width(), theme.px(32))
    words_of = f"{words.count(count, settings)} more"
    centre = Qt.AlignmentFlag.AlignHCenter
    paint.text(painter, row, words_of, theme.font("label"), theme.tokens.accent_text, centre)
    if has_focus:
        paint.ring(painter, row, 6)
