"""A small table of names and numbers, drawn as one thing: a receipt has eighty of them, and a label each is slow."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed

HIGH, GAP = 19, 14
EQUAL, DIFFERENT = "equal", "differs"
"""Cells that are shown as an icon."""
_MARKS = {EQUAL: ("check", "ok"), DIFFERENT: ("triangle-alert", "warn")}


class FactsTable(Themed, QWidget):
    """The first column takes what room the numbers leave; ``titles`` stand over the others."""

    def __init__(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._titles, self._rows = tuple(titles), [tuple(row) for row in rows]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("; ".join(self._said(row) for row in self._rows))
        self.restyle()

    def _said(self, row: tuple[str, ...]) -> str:
        facts = [f"{cell} {title}".strip() for title, cell in zip(self._titles[1:], row[1:], strict=True) if cell]
        return f"{row[0].strip()}: {', '.join(facts)}"

    def text(self) -> str:
        """What a screen reader hears."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(HIGH) * (len(self._rows) + 1))

    def restyle(self) -> None:
        self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, tokens, whole = paint.on(self), theme.px, theme.tokens, self.rect()
        small, chip, plain = theme.font("secondary", tabular=True), theme.font("chip"), theme.font("secondary")
        metrics, right = QFontMetrics(small), self.width()
        edges: list[tuple[int, int]] = []
        for column in range(len(self._titles) - 1, 0, -1):
            cells = [row[column] for row in self._rows]
            is_mark = any(cell in _MARKS for cell in cells)
            wide = (
                px(14) if is_mark else max(metrics.horizontalAdvance(one) + 2 for one in [self._titles[column], *cells])
            )
            edges.insert(0, (right - wide, wide))
            right -= wide + px(GAP)
        for (left, wide), title in zip(edges, self._titles[1:], strict=True):
            at = paint.placed(painter, whole, QRect(left, 0, wide, px(HIGH)))
            paint.text(painter, at, title, chip, tokens.text3, Qt.AlignmentFlag.AlignRight)
        for number, row in enumerate(self._rows, start=1):
            top = px(HIGH) * number
            indent = px(12) if row[0].startswith(" ") else 0
            name = QRect(indent, top, max(0, right - indent), px(HIGH))
            paint.text(painter, paint.placed(painter, whole, name), row[0].strip(), plain, tokens.text2)
            for (left, wide), cell in zip(edges, row[1:], strict=True):
                at = paint.placed(painter, whole, QRect(left, top, wide, px(HIGH)))
                if cell in _MARKS:
                    icon, tone = _MARKS[cell]
                    icons.paint(painter, at.adjusted(0, px(3), 0, -px(3)), icon, theme.colour(tone))
                else:
                    paint.text(painter, at, cell, small, tokens.text, Qt.AlignmentFlag.AlignRight)
