"""A change field by field, drawn as one thing: what Salesforce has, an arrow, and what it will get."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from callstation.sync.describing import FieldLine
from ui import icons
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line

LONGEST = 300  # characters of a value that are shown; the form shows all of it
_FLAGS = Qt.TextFlag.TextWordWrap.value | Qt.TextFlag.TextWrapAnywhere.value | Qt.AlignmentFlag.AlignTop.value


class FieldsView(Themed, QWidget):
    """As high as its words at the width it is given."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[tuple[str, str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: Sequence[FieldLine]) -> None:
        """Show these fields."""
        self._lines = tuple((one_line(line.label)[:80], _cut(line.was), _cut(line.now) or "Nothing") for line in lines)
        self.setAccessibleName("; ".join(_said(*line) for line in self._lines))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """What a screen reader hears."""
        return self.accessibleName()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._height(line, width) for line in self._lines)

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(max(240, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 0)

    def _columns(self, was: str, width: int) -> tuple[int, int, int]:
        """(width of what was, where what will be begins, its width)."""
        if not was:
            return 0, 0, width
        half = (width - theme.px(26)) // 2
        return half, half + theme.px(26), width - half - theme.px(26)

    def _height(self, line: tuple[str, str, str], width: int) -> int:
        _, was, now = line
        wide_was, _, wide_now = self._columns(was, width)
        high = max(_high(was, wide_was) if was else 0, _high(now, wide_now))
        return theme.px(17) + high + theme.px(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, tokens, whole = paint.on(self), theme.px, theme.tokens, self.rect()
        top = 0
        for line in self._lines:
            label, was, now = line
            high = self._height(line, self.width())
            at = QRect(0, top, self.width(), px(16))
            paint.text(painter, at, label, theme.font("secondary"), tokens.text3)
            wide_was, left, wide_now = self._columns(was, self.width())
            if was:
                self._wrapped(painter, QRect(0, top + px(17), wide_was, high - px(25)), was, "text2")
                arrow = QRect(wide_was + px(6), top + px(18), px(14), px(14))
                icons.paint(painter, paint.placed(painter, whole, arrow), "arrow-right", theme.colour("text3"))
            tone = "text3" if now == "Nothing" else "text"
            self._wrapped(painter, QRect(left, top + px(17), wide_now, high - px(25)), now, tone)
            top += high

    def _wrapped(self, painter: QPainter, rect: QRect, words: str, tone: str) -> None:
        painter.setFont(theme.font("body"))
        painter.setPen(QColor(theme.colour(tone)))
        edge = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        at = paint.placed(painter, self.rect(), rect)
        painter.drawText(at, _FLAGS | edge.value | Qt.AlignmentFlag.AlignAbsolute.value, words)

    def restyle(self) -> None:
        self.updateGeometry()


def _high(words: str, width: int) -> int:
    metrics = QFontMetrics(theme.font("body"))
    return metrics.boundingRect(QRect(0, 0, max(20, width), 10_000), _FLAGS, words).height()


def _cut(words: str) -> str:
    line = one_line(words[: LONGEST * 4])
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _said(label: str, was: str, now: str) -> str:
    return f"{label}: {was} becomes {now}" if was else f"{label}: {now}"
