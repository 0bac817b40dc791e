"""How a cell of the whitespace grid looks: each state has its own shape, colour and word."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from db.vocabulary import WhitespaceState
from ui import icons
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import paint

LOOKS: dict[WhitespaceState | None, tuple[str, Kind, str]] = {
    WhitespaceState.OWNED: ("Owned", "ok", "circle-check"),
    WhitespaceState.EXPIRED: ("Expired", "warn", "history"),
    WhitespaceState.COMPETITOR: ("Competitor", "bad", "users"),
    WhitespaceState.ELIGIBLE: ("Eligible", "info", "plus"),
    WhitespaceState.NOT_ELIGIBLE: ("Not eligible", "mute", "ban"),
    None: ("Nothing known", "mute", "circle"),
}
"""Word, colour and shape, in the order of the legend; None where nothing speaks for it."""


def paint_cell(
    painter: QPainter, rect: QRect, state: WhitespaceState | None, *, is_marked: bool, is_growing: bool,
    is_current: bool,
) -> None:  # fmt: skip
    """A ground in the state's colour, its shape and its word; a pencil for a mark, a chart for open growth."""
    px, tokens = theme.px, theme.tokens
    name, kind, icon = LOOKS[state]
    pair = tokens.pair(kind)
    box = rect.adjusted(px(3), px(3), -px(3), -px(3))
    if state is not None:
        paint.box(painter, box, 5, pair.bg, pair.fg if tokens.name == "high_contrast" else None)
        right = box.right() - px(7)
        for is_so, mark in ((is_growing, "chart-no-axes-column"), (is_marked, "pencil")):
            if is_so:
                at = QRect(right - px(12), box.center().y() - px(6), px(12), px(12))
                icons.paint(painter, paint.placed(painter, box, at), mark, QColor(pair.fg))
                right = at.left() - px(4)
        at = QRect(box.left() + px(8), box.center().y() - px(6), px(13), px(13))
        icons.paint(painter, paint.placed(painter, box, at), icon, QColor(pair.fg))
        said = QRect(at.right() + px(6), box.top(), right - at.right() - px(8), box.height())
        paint.text(painter, paint.placed(painter, box, said), name, theme.font("chip"), pair.fg)
    elif is_growing:
        at = QRect(box.left() + px(8), box.center().y() - px(6), px(12), px(12))
        icons.paint(painter, paint.placed(painter, box, at), "chart-no-axes-column", QColor(pair.fg))
    if is_current:
        paint.ring(painter, rect.adjusted(1, 1, -1, -1), 6)
