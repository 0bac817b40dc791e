"""Chips, status pills and key caps: a few words on a ground, with their meaning in the words."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line

_FIXED = QSizePolicy.Policy.Fixed


class Chip(Themed, QWidget):
    """A status in words; empty words hide it."""

    def __init__(
        self, words: str = "", kind: Kind = "mute", icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, _FIXED)
        self.set_chip(words, kind, icon)

    def text(self) -> str:
        """The words."""
        return self._words

    def set_chip(self, words: str, kind: Kind = "mute", icon: str | None = None) -> None:
        """Show other words, kind and icon."""
        self._words, self._kind, self._icon = words, kind, icon
        self.setAccessibleName(one_line(words))
        if words and self.parentWidget() is not None:
            self.show()
        elif words:
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)  # shown once it has a parent
        else:
            self.hide()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return paint.chip_size(self._words, self._icon)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme.px(48)), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.chip(paint.on(self), self.rect(), self._words, self._kind, self._icon)

    def restyle(self) -> None:
        self.updateGeometry()


class StatusPill(Themed, QAbstractButton):
    """A chip one can press, for the counts of the status bar; empty words hide it."""

    def __init__(self, kind: Kind = "mute", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._words = kind, icon, ""
        self.setSizePolicy(_FIXED, _FIXED)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_words("")

    def set_words(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setText(doubled(words))
        self.setAccessibleName(one_line(words) or "Nothing")
        self.setVisible(bool(words))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return paint.chip_size(self._words, self._icon)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.on(self)
        paint.chip(painter, self.rect(), self._words, self._kind, self._icon)
        if self.hasFocus():
            paint.ring(painter, self.rect(), self.height() / 2)

    def restyle(self) -> None:
        self.updateGeometry()


class KeyBadge(Themed, QWidget):
    """One or several key caps side by side: ``KeyBadge("Ctrl", "K")``."""

    def __init__(self, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(_FIXED, _FIXED)
        self.set_keys(*keys)

    def set_keys(self, *keys: str) -> None:
        """Show other keys."""
        self._keys = keys
        self.setAccessibleName(" ".join(keys))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        sizes = [paint.badge_size(key) for key in self._keys]
        width = sum(size.width() for size in sizes) + theme.px(8) * max(0, len(sizes) - 1)
        return QSize(width, theme.px(18) if sizes else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, left = paint.on(self), 0
        for key in self._keys:
            size = paint.badge_size(key)
            at = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
            paint.badge(painter, paint.placed(painter, self.rect(), at), key)
            left += size.width() + theme.px(8)

    def restyle(self) -> None:
        self.updateGeometry()
