"""The one permanent line that says what was done last and offers to take it back."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui import actions, icons
from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import Button, KeyBadge, paint
from ui.widgets.base import Themed, one_line

_ICONS = {"ok": "check", "info": "info", "warn": "triangle-alert", "bad": "circle-alert", "mute": "info"}


class LastLine(Themed, QWidget):
    """Never counts down and never takes the focus."""

    undo_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(8)
        self.words = _Words()
        self.undo = Button("Undo", "link")
        self.undo.setToolTip(actions.tool_tip("undo"))
        self._key = KeyBadge(*actions.caps_of("undo"))
        for widget in (self.words, self.undo, self._key):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.undo.clicked.connect(self.undo_pressed)
        self.restyle()
        self.say("", "Space starts the call. A digit logs it and opens the next account.", "", kind="mute")

    def say(self, before: str, strong: str, after: str, *, kind: Kind = "ok", may_undo: bool = False) -> None:
        """Show a sentence in three parts, the middle one in bold (or the only one, in plain)."""
        self.words.show_parts(before, strong, after, kind)
        self.undo.setVisible(may_undo)
        self._key.setVisible(may_undo)

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.words.text

    def restyle(self) -> None:
        self.setFixedHeight(theme.px(26))  # with Undo or without, so that the keys above never move


class _Words(Themed, QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._parts, self._kind = ("", "", ""), "mute"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return " ".join(part for part in self._parts if part)

    def show_parts(self, before: str, strong: str, after: str, kind: Kind) -> None:
        self._parts, self._kind = (one_line(before), one_line(strong), one_line(after)), kind
        self.setAccessibleName(self.text)
        self.updateGeometry()
        self.update()

    def _runs(self) -> list[tuple[str, bool]]:
        before, strong, after = self._parts
        return [(before, False), (strong, bool(before or after)), (after, False)]

    def sizeHint(self) -> QSize:
        wide = theme.px(24)
        for words, is_strong in self._runs():
            font = theme.font("label" if is_strong else "secondary", tabular=True)
            wide += QFontMetrics(font).horizontalAdvance(words) + theme.px(4) if words else 0
        return QSize(wide, theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, whole = paint.on(self), theme.px, self.rect()
        tint = theme.colour("text3" if self._kind == "mute" else self._kind)
        mark = QRect(0, (self.height() - px(14)) // 2, px(14), px(14))
        icons.paint(painter, paint.placed(painter, whole, mark), _ICONS[self._kind], tint)
        left = px(20)
        for words, is_strong in self._runs():
            if not words or left >= self.width():
                continue
            font = theme.font("label" if is_strong else "secondary", tabular=True)
            wide = min(QFontMetrics(font).horizontalAdvance(words) + 1, self.width() - left)
            at = QRect(left, 0, wide, self.height())
            paint.text(painter, paint.placed(painter, whole, at), words, font, theme.tokens.text2)
            left += wide + px(3)

    def restyle(self) -> None:
        self.updateGeometry()
