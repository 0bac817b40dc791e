"""Two parts of the account's head that change by themselves: the time on the call, and the words of last time."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.calling.wrapping import wrapped
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line
from ui.widgets.text import tip

NOTHING_SAID = "Nobody has spoken with them yet."


class CallClock(Themed, QWidget):
    """The time on the call; only this is painted anew each second."""

    def __init__(self) -> None:
        super().__init__()
        self._shown, self._is_over = "", False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> str:
        """Such as ``04:12``; "" while there is no call."""
        return self._shown

    def show_seconds(self, seconds: int | None, *, is_over: bool = False) -> None:
        """Show a time, or nothing."""
        hours, rest = divmod(seconds or 0, 3600)
        shown = f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"
        shown = "" if seconds is None else shown
        if (shown, is_over) == (self._shown, self._is_over):
            return
        grows = len(shown) != len(self._shown)
        self._shown, self._is_over = shown, is_over
        self.setAccessibleName(f"Time on the call {shown}" if shown else "")
        if grows:
            self.setVisible(bool(shown))
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(theme.font("number", tabular=True)).horizontalAdvance(self._shown)
        return QSize(wide + theme.px(44), theme.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = paint.on(self), theme.px
        tone = "text2" if self._is_over else "ok"
        at = paint.placed(painter, self.rect(), QRect(0, px(10), px(20), px(20)))
        icons.paint(painter, at, "phone-off" if self._is_over else "phone-call", theme.colour(tone))
        words = paint.placed(painter, self.rect(), self.rect().adjusted(px(28), 0, 0, 0))
        paint.text(painter, words, self._shown, theme.font("number", tabular=True), theme.tokens.colour(tone))

    def restyle(self) -> None:
        self.updateGeometry()


class LastTime(Themed, QWidget):
    """The day of the last talk in bold and its words after it; as high for few words as for many, so nothing moves."""

    def __init__(self) -> None:
        super().__init__()
        self._on, self._words, self._lines = "", "", 2
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.restyle()

    @property
    def words(self) -> str:
        """What was said."""
        return self._words

    def show_last(self, on: str, words: str) -> None:
        """Show another day and other words; without words it says that this is the first call."""
        self._on, self._words = on, words
        self.setAccessibleName(f"Last time, {on}: {one_line(words)}" if words else NOTHING_SAID)
        self.setToolTip(tip(words) if words else "")
        self.update()

    def set_lines(self, lines: int) -> None:
        """How many lines the words may take."""
        self._lines = lines
        self.restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        paint.box(painter, whole, 6, tokens.sunken, tokens.border)
        bold, high = theme.font("emphasis"), px(17)
        indent = QFontMetrics(bold).horizontalAdvance(self._on) + px(8) if self._on else 0
        lines = wrapped(self._words or NOTHING_SAID, "body", whole.width() - px(50), self._lines, indent)
        room = QRect(px(38), (whole.height() - high * len(lines)) // 2, whole.width() - px(50), high)
        mark = QRect(px(12), room.top() + px(2), px(14), px(14))
        icons.paint(painter, paint.placed(painter, whole, mark), "history", theme.colour("text2"))
        if self._on:
            day = QRect(room.left(), room.top(), indent, high)
            paint.text(painter, paint.placed(painter, whole, day), self._on, bold, tokens.text2)
        tone = tokens.text2 if self._words else tokens.text3
        for number, line in enumerate(lines):
            at = room.translated(0, high * number).adjusted(0 if number else indent, 0, 0, 0)
            paint.text(painter, paint.placed(painter, whole, at), line, theme.font("body"), tone)

    def restyle(self) -> None:
        self.setFixedHeight(theme.px(17) * self._lines + theme.px(17))
