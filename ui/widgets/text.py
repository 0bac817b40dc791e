"""Labels: always plain text, with the fonts and colours of the theme."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import icons
from ui.theme import Role, theme
from ui.widgets import paint
from ui.widgets.base import LONGEST, Themed, one_line

LONGEST_WORD = 200  # px at 100 %; a longer word of words that wrap gives way


class Label(Themed, QLabel):
    """Words in a role's font and a tone's colour, whole or wrapped; never rich text."""

    def __init__(
        self,
        words: str = "",
        role: Role = "body",
        tone: str = "text",
        *,
        tabular: bool = False,
        wraps: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._tone, self._tabular = role, tone, tabular
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(flags.TextSelectableByMouse)
            self.setCursor(Qt.CursorShape.IBeamCursor)
        self.restyle()
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(words if len(words) <= LONGEST else words[:LONGEST] + "…")

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self.restyle()

    def minimumSizeHint(self) -> QSize:
        """A word too long for any line is cut off; it does not set the window's width."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), theme.px(LONGEST_WORD)), hint.height()) if self.wordWrap() else hint

    def restyle(self) -> None:
        self.setFont(theme.font(self._role, tabular=self._tabular))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.colour(self._tone))
        palette.setColor(QPalette.ColorRole.Text, theme.colour(self._tone))
        self.setPalette(palette)


class ElidedLabel(Themed, QWidget):
    """One line of data that gives way: it elides instead of setting the window's width, and tells all in a tip."""

    def __init__(
        self,
        words: str = "",
        role: Role = "body",
        tone: str = "text",
        *,
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._role, self._tone, self._tabular = "", role, tone, tabular
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def text(self) -> str:
        """The whole text, not what fits."""
        return self._words

    def setText(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(one_line(words))
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Change the colour."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(self._role, tabular=self._tabular))
        return QSize(metrics.horizontalAdvance(one_line(self._words)) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(24)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.on(self)
        font, colour = theme.font(self._role, tabular=self._tabular), theme.tokens.colour(self._tone)
        paint.text(painter, self.rect(), self._words, font, colour)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            fits = self.sizeHint().width() <= self.width()
            self.setToolTip("" if fits else tip(self._words))
        return super().event(event)

    def restyle(self) -> None:
        self.updateGeometry()


class IconLabel(Themed, QWidget):
    """An icon alone, tinted by a tone; decoration, so it has no name unless one is given."""

    def __init__(
        self, name: str, tone: str = "text2", size: int = 16, says: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setAccessibleName(says)
        self.restyle()

    def set_icon(self, name: str, tone: str | None = None) -> None:
        """Show another icon, in another colour if one is given."""
        self._name, self._tone = name, tone or self._tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(paint.on(self), self.rect(), self._name, QColor(theme.tokens.colour(self._tone)))

    def restyle(self) -> None:
        self.setFixedSize(theme.px(self._size), theme.px(self._size))


def tip(words: str) -> str:
    """Data as a tool tip: Qt guesses rich text there, so markup is escaped and said to be rich on purpose."""
    safe = words[:LONGEST].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p>{safe}</p>"
