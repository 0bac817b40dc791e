"""How a cell of the whitespace grid looks: each state has its own shape, colour and word."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter

from db.vocabulary import WhitespaceState
from ui import icons
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import paint

LOOKS: dict[WhitespaceState, tuple[str, Kind, str]] = {
    WhitespaceState.OWNED: ("Owned", "ok", "circle-check"),
    WhitespaceState.EXPIRED: ("Expired", "warn", "history"),
    WhitespaceState.COMPETITOR: ("Competitor", "bad", "users"),
    WhitespaceState.ELIGIBLE: ("Eligible", "info", "plus"),
    WhitespaceState.NOT_ELIGIBLE: ("Not eligible", "mute", "minus"),
}
"""Word, colour and shape; in the order of the legend."""


def paint_cell(painter: QPainter, rect: QRect, state: WhitespaceState, words: str, *, is_current: bool) -> None:
    """A ground in the state's colour, its shape and its word; what cannot be sold has no ground."""
    px, tokens = theme.px, theme.tokens
    name, kind, icon = LOOKS[state]
    pair = tokens.pair(kind)
    box = rect.adjusted(px(3), px(3), -px(3), -px(3))
    is_plain = state is WhitespaceState.NOT_ELIGIBLE
    edge = pair.fg if state is WhitespaceState.ELIGIBLE or tokens.name == "high_contrast" else None
    paint.box(painter, box, 5, None if is_plain else pair.bg, None if is_plain else edge)
    at = QRect(box.left() + px(8), box.center().y() - px(6), px(13), px(13))
    icons.paint(painter, paint.placed(painter, box, at), icon, QColor(pair.fg))
    said = QRect(at.right() + px(6), box.top(), box.right() - at.right() - px(10), box.height())
    shown = words if state is WhitespaceState.COMPETITOR and words else name
    paint.text(painter, paint.placed(painter, box, said), shown, theme.font("chip"), pair.fg)
    if is_current:
        paint.ring(painter, rect.adjusted(1, 1, -1, -1), 6)
