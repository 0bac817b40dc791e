"""Breaks a few words of data into at most so many lines, the last one elided, for widgets that paint themselves."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextLayout

from ui.theme import Role, theme
from ui.widgets.base import one_line


def wrapped(words: str, role: Role, width: int, limit: int, indent: int = 0) -> tuple[str, ...]:
    """The lines of ``words`` in ``width`` px, the first begun ``indent`` px later; at most ``limit`` of them."""
    return _wrapped(one_line(words), role, max(width, 20), limit, indent, theme.text_size)


@lru_cache(maxsize=1024)
def _wrapped(words: str, role: Role, width: int, limit: int, indent: int, text_size: int) -> tuple[str, ...]:
    font, words = theme.font(role), words[: 400 * limit]
    if QFontMetrics(font).horizontalAdvance(words) <= width - indent:
        return (words,)
    layout, lines = QTextLayout(words, font), list[str]()
    layout.beginLayout()
    while len(lines) < limit:
        line = layout.createLine()
        if not line.isValid():
            break
        room = width - (0 if lines else indent)
        line.setLineWidth(room)
        start, end = line.textStart(), line.textStart() + line.textLength()
        if len(lines) == limit - 1:
            lines.append(QFontMetrics(font).elidedText(words[start:], Qt.TextElideMode.ElideRight, room))
        else:
            lines.append(words[start:end].rstrip())
    layout.endLayout()
    return tuple(lines)
