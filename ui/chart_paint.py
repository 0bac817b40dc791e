"""Charts painted: the geometry of a chart in the colours of a theme, on a widget, a picture or a printer's page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from callstation.reports.chart import Chart, Point, Tone
from callstation.reports.geometry import Drawing, lay_out
from callstation.reports.shapes import Box, Mark, RuleKind, Words
from ui.theme import theme
from ui.tokens import Tokens, contrast
from ui.widgets.base import one_line

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_WORDS = {"tick": "text3", "label": "text2", "value": "text", "legend": "text2"}
_HATCHES = {
    Tone.SOFT: Qt.BrushStyle.Dense5Pattern, Tone.OK: Qt.BrushStyle.BDiagPattern, Tone.WARN: Qt.BrushStyle.CrossPattern,
    Tone.BAD: Qt.BrushStyle.FDiagPattern, Tone.MUTE: Qt.BrushStyle.NoBrush,
}  # fmt: skip
"""In high contrast no two series are told apart by colour alone."""
_SOLID = Qt.BrushStyle.SolidPattern


def laid(chart: Chart, width: float, height: float, *, is_mirrored: bool = False, font: QFont | None = None) -> Drawing:
    """A chart laid out in the fonts of the screen, or in another one."""
    metrics = QFontMetricsF(font or _font())
    return lay_out(
        chart, width, height, measure=lambda text: metrics.horizontalAdvance(one_line(text)), line=metrics.height(),
        is_mirrored=is_mirrored,
    )  # fmt: skip


def print_chart(printer: "QPrinter", chart: Chart, tokens: Tokens) -> None:
    """A chart on a page of its own; pass the tokens of the light theme, for paper is white."""
    painter = QPainter(printer)
    scale = printer.logicalDpiX() / 96
    painter.scale(scale, scale)
    page = printer.pageRect(printer.Unit.DevicePixel)
    wide, high = page.width() / scale, page.height() / scale
    draw(painter, laid(chart, wide, min(high, wide * 0.6)), tokens)
    painter.end()


def draw(
    painter: QPainter, drawing: Drawing, tokens: Tokens, *, chosen: Point | None = None, under: Point | None = None
) -> None:
    """Paint shapes with the upper left corner at the painter's; ``chosen`` is ringed, ``under`` the pointer edged."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # words are placed already; signs stay before figures
    for rule in (one for one in drawing.rules if one.kind is not RuleKind.GOAL):
        is_grid = rule.kind is RuleKind.GRID
        colour = tokens.border if is_grid and tokens.name != "high_contrast" else tokens.strong
        style = Qt.PenStyle.DotLine if is_grid and tokens.name == "high_contrast" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(colour), 1, style))
        painter.drawLine(QLineF(rule.x, round(rule.y) + 0.5, rule.to_x, round(rule.to_y) + 0.5))
    for path in drawing.paths:
        dash = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
        painter.setPen(QPen(QColor(colour_of(path.tone, tokens)), 2, dash[path.series % 4]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([QPointF(*place) for place in path.places]))
    for mark in drawing.marks:
        _mark(painter, mark, tokens, is_under=mark.point == under)
    for rule in drawing.goals:
        for colour, width in ((tokens.surface, 5.0), (tokens.text, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QLineF(rule.x, rule.y, rule.to_x, rule.to_y))
    for box, _, tone in drawing.swatches:
        _filled(painter, box, tone, tokens)
    painter.setFont(_font())
    for words in drawing.words:
        _words(painter, words, drawing, tokens)
    ringed = drawing.mark_of(chosen) if chosen is not None else None
    if ringed is not None:
        x, y, wide, high = ringed.box
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, out, width in ((tokens.surface, 1.5, 3.0), (tokens.focus, 3.0, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(QRectF(x - out, y - out, wide + 2 * out, high + 2 * out), 3, 3)


def colour_of(tone: Tone, tokens: Tokens) -> str:
    """The colour of a tone in a theme."""
    if tone is Tone.SOFT:
        return (
            _mixed(tokens.accent, tokens.surface, 0.7 if tokens.is_dark else 0.5)
            if tokens.name != "high_contrast"
            else tokens.accent_text
        )
    if tone is Tone.ACCENT and tokens.name == "high_contrast":
        return tokens.accent_text  # its accent is the yellow of warnings
    return tokens.strong if tone is Tone.MUTE else tokens.colour(tone.value)


def _mark(painter: QPainter, mark: Mark, tokens: Tokens, *, is_under: bool) -> None:
    box = mark.box
    if mark.is_dot:
        painter.setPen(QPen(QColor(tokens.surface), 1.5))
        painter.setBrush(QColor(colour_of(mark.tone, tokens)))
        painter.drawEllipse(QRectF(*box))
    elif mark.strength is None:
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(*box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    elif box.height <= 0:
        pass  # nought is no line of colour
    elif mark.strength < 1.0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_ground(mark, tokens)))
        painter.drawRoundedRect(QRectF(*box), 3, 3)
    else:
        _filled(painter, box, mark.tone, tokens)
    if is_under:
        painter.setPen(QPen(QColor(tokens.text), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(*box), 3, 3)


def _filled(painter: QPainter, box: Box, tone: Tone, tokens: Tokens) -> None:
    colour = QColor(colour_of(tone, tokens))
    is_plain = tokens.name != "high_contrast"
    painter.setPen(Qt.PenStyle.NoPen if is_plain else QPen(colour, 1))
    painter.setBrush(QBrush(colour, Qt.BrushStyle.SolidPattern if is_plain else _HATCHES.get(tone, _SOLID)))
    x, y, wide, high = box
    high = max(high, 1.0)  # what is next to nothing is seen all the same
    radius = min(2.5, wide / 2, high / 2)
    painter.drawRoundedRect(QRectF(x, y, wide, high), radius, radius)


def _words(painter: QPainter, words: Words, drawing: Drawing, tokens: Tokens) -> None:
    metrics = QFontMetricsF(painter.font())
    shown = one_line(words.text)
    mark = drawing.mark_of(words.on) if words.on is not None else None
    colour = tokens.colour(_WORDS[words.role])
    if mark is not None:
        colour = max(("#000000", "#FFFFFF"), key=lambda one: contrast(one, _ground(mark, tokens)))
    start, end = words.span(lambda text: metrics.horizontalAdvance(one_line(text)))
    if words.role == "value" and mark is None:  # no line of the grid runs through a number
        high = metrics.ascent()
        painter.fillRect(QRectF(start - 1, words.y - high / 2, end - start + 2, high), QColor(tokens.surface))
    painter.setPen(QColor(colour))
    painter.drawText(QPointF(start, words.y + (metrics.ascent() - metrics.descent()) / 2), shown)


def _ground(mark: Mark, tokens: Tokens) -> str:
    """The colour of a cell of a heat map."""
    strength = 1.0 if mark.strength is None else mark.strength
    return _mixed(colour_of(mark.tone, tokens), tokens.surface, 0.08 + 0.92 * strength)


def _mixed(one: str, other: str, share: float) -> str:
    """``share`` of one colour in another."""
    parts = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in parts)


def _font() -> QFont:
    return theme.font("secondary", tabular=True)
