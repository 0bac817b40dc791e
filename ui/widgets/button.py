"""Buttons: primary, plain, link, text and icon, drawn from the theme, taking focus by Tab only."""

from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.theme import Role, theme
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line
from ui.widgets.text import tip

ButtonKind = Literal["primary", "plain", "icon", "link", "text", "small", "bad"]
_HEIGHTS = {"primary": 40, "plain": 32, "icon": 32, "link": 24, "text": 24, "small": 26, "bad": 32}

_LIGHT: dict[str, Role] = {"link": "body", "text": "secondary"}


class Button(Themed, QPushButton):
    """A button with plain words. ``icon`` kind shows the icon alone; its words become name and tool tip.

    A click leaves the focus where it was, so the next Space or digit still works the call.
    """

    def __init__(
        self,
        words: str,
        kind: ButtonKind = "plain",
        icon: str | None = None,
        *,
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._height = kind, icon, height or _HEIGHTS[kind]
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_words(words)

    @property
    def words(self) -> str:
        """The words as given."""
        return self._words

    def set_words(self, words: str, icon: str | None = None) -> None:
        """Show other words, and another icon if one is given."""
        self._words, self._icon = words, icon or self._icon
        self.setText(doubled(one_line(words)))
        self.setAccessibleName(one_line(words))
        if self._kind == "icon":
            self.setToolTip(tip(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px, height = theme.px, theme.px(self._height)
        if self._kind == "icon":
            return QSize(height, height)
        width = QFontMetrics(self._font()).horizontalAdvance(one_line(self._words))
        if self._icon:
            width += px(24 if self._words else 16)
        return QSize(width + px({"link": 8, "text": 8, "primary": 32}.get(self._kind, 24)), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(64)), self.sizeHint().height())

    def _font(self) -> QFont:
        role: Role = "label" if self._kind == "small" else _LIGHT.get(self._kind, "emphasis")
        return theme.font(role)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px = paint.on(self), theme.tokens, theme.px
        colour = self._paint_ground(painter)
        if self._kind == "icon" and self._icon:
            side = px(16)
            at = QRect(0, 0, side, side)
            at.moveCenter(self.rect().center())
            icons.paint(painter, at, self._icon, QColor(colour))
        else:
            font = self._font()
            gap = px(24) if self._icon and self._words else px(16) if self._icon else 0
            room = self.width() - px(4 if self._kind in ("link", "text") else 16)
            wide = min(QFontMetrics(font).horizontalAdvance(one_line(self._words)) + gap + 1, room)
            content = QRect((self.width() - wide) // 2, 0, wide, self.height())
            if self._icon:
                at = QRect(content.left(), (self.height() - px(16)) // 2, px(16), px(16))
                tint = colour if self._kind in ("primary", "bad", "link") else tokens.text2
                icons.paint(painter, paint.placed(painter, self.rect(), at), self._icon, QColor(tint))
            words_at = paint.placed(painter, self.rect(), content.adjusted(gap, 0, 0, 0))
            paint.text(painter, words_at, self._words, font, colour)
        if self.hasFocus():
            paint.ring(painter, self.rect(), 6)

    def _paint_ground(self, painter: QPainter) -> str:
        """Draw what the words stand on and return the colour of the words."""
        tokens = theme.tokens
        is_hot = self.isEnabled() and (self.underMouse() or self.isDown())
        if self._kind in ("link", "text"):
            if is_hot:
                paint.box(painter, self.rect(), 4, tokens.hover)
            if not self.isEnabled():
                return tokens.text3
            return tokens.accent_text if self._kind == "link" else tokens.text2
        if self._kind == "primary" and self.isEnabled():
            paint.box(painter, self.rect(), 6, tokens.accent_hover if is_hot else tokens.accent)
            return tokens.on_accent
        ground = tokens.selected if self.isDown() else tokens.hover if is_hot else tokens.surface
        paint.box(painter, self.rect(), 6, ground if self.isEnabled() else tokens.window, tokens.border)
        if not self.isEnabled():
            return tokens.text3
        return tokens.bad.fg if self._kind == "bad" else tokens.text

    def restyle(self) -> None:
        self.updateGeometry()
