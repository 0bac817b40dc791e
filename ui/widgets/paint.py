"""The small shapes widgets and delegates both draw: round boxes, chips, key badges, elided text, focus rings."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText, QTransform
from PySide6.QtWidgets import QWidget

from ui import icons
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets.base import one_line


def on(widget: QWidget) -> QPainter:
    """A painter on a widget that knows the widget's reading direction; Qt's own does not."""
    painter = QPainter(widget)
    painter.setLayoutDirection(widget.layoutDirection())
    return painter


def box(
    painter: QPainter, rect: QRect, radius: float, fill: str | None, border: str | None = None, width: float = 1
) -> None:
    """A round rectangle whose border of ``width`` px lies inside ``rect``; colours as ``#RRGGBB``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if border else 0.0
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius - half, radius - half)
    painter.restore()


def ring(painter: QPainter, rect: QRect, radius: float) -> None:
    """The focus ring, 2 px, inside ``rect``."""
    box(painter, rect, radius, None, theme.tokens.focus, 2)


def text(
    painter: QPainter, rect: QRect, words: str, font: QFont, colour: str, align: Qt.AlignmentFlag | None = None
) -> None:
    """One elided line of plain text, centred in height; leading edge unless ``align`` says otherwise."""
    laid, wide, high = _laid(words, font, rect.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    is_mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    if align == Qt.AlignmentFlag.AlignHCenter:
        left = rect.x() + (rect.width() - wide) / 2
    elif (align == Qt.AlignmentFlag.AlignRight) is not is_mirrored:
        left = rect.x() + rect.width() - wide
    else:
        left = float(rect.x())
    painter.drawStaticText(QPointF(left, rect.y() + (rect.height() - high) / 2), laid)


@lru_cache(maxsize=4096)
def _laid(words: str, font: QFont, width: int) -> tuple[QStaticText, float, float]:
    """A line cut to ``width`` and laid out once, with its size: laying out takes most of the time of drawing."""
    shown = QFontMetrics(font).elidedText(one_line(words), Qt.TextElideMode.ElideRight, width)
    made = QStaticText(shown)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(QTransform(), font)
    return made, made.size().width(), made.size().height()


def placed(painter: QPainter, whole: QRect, part: QRect) -> QRect:
    """``part`` of ``whole`` in reading direction: mirrored when the layout runs right to left."""
    if painter.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        part = QRect(part)
        part.moveLeft(whole.left() + whole.right() - part.right())
    return part


def chip_size(words: str, icon: str | None = None) -> QSize:
    """The size of a chip: 20 px high, words of 11/500, an optional icon."""
    px = theme.px
    width = QFontMetrics(theme.font("chip", tabular=True)).horizontalAdvance(one_line(words)) + px(16) + 2
    return QSize(width + (px(16) if icon else 0), px(20))


def chip(painter: QPainter, rect: QRect, words: str, kind: Kind, icon: str | None = None) -> None:
    """A pill with words, its colours those of ``kind``; the words are elided when ``rect`` is too narrow."""
    pair, px = theme.tokens.pair(kind), theme.px
    border = pair.fg if theme.tokens.name == "high_contrast" else None
    box(painter, rect, rect.height() / 2, pair.bg, border)
    inner = rect.adjusted(px(8), 0, -px(8), 0)
    if icon:
        at = QRect(inner.left() - px(1), inner.center().y() - px(6) + 1, px(12), px(12))
        icons.paint(painter, placed(painter, rect, at), icon, QColor(pair.fg))
        inner.setLeft(inner.left() + px(16))
        inner = placed(painter, rect, inner)
    text(painter, inner, words, theme.font("chip", tabular=True), pair.fg)


def badge_size(key: str) -> QSize:
    """The size of one key cap."""
    width = QFontMetrics(theme.font("chip")).horizontalAdvance(key) + theme.px(10)
    return QSize(max(width, theme.px(18)), theme.px(18))


def badge(painter: QPainter, rect: QRect, key: str) -> None:
    """One key cap, such as ``Space``."""
    tokens = theme.tokens
    box(painter, rect, 4, tokens.sunken, tokens.strong if tokens.name == "high_contrast" else tokens.border)
    text(painter, rect, key, theme.font("chip"), tokens.text2, Qt.AlignmentFlag.AlignHCenter)
