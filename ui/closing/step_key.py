"""The key of one closing step: its digit, or a tick once it is done, its name, and since when."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line
from ui.widgets.text import tip


class StepKey(Themed, QAbstractButton):
    """52 px high: the name, and below it when it was done, or that it is missing."""

    def __init__(self, digit: int, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digit, self._label, self._said, self.is_done = digit, label, "", False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(doubled(label))

    def show_state(self, said: str, *, is_done: bool) -> None:
        """Show whether it is done, and in ``said`` when, or which number."""
        self._said, self.is_done = said, is_done
        state = "done" if is_done else "missing"
        self.setAccessibleName(f"{self._label}, {state}, key {self._digit}")
        self.setAccessibleDescription(one_line(said))
        self.setToolTip(tip(f"{self._label}: {said}"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(150), theme.px(52))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(84), theme.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        pair = tokens.ok if self.is_done else tokens.mute
        is_hot = self.isEnabled() and self.underMouse()
        ground = tokens.selected if self.isDown() else tokens.hover if is_hot else tokens.surface
        paint.box(painter, whole, 6, ground, tokens.border)
        mark = QRect(px(10), px(8), px(20), px(20))
        at = paint.placed(painter, whole, mark)
        paint.box(painter, at, 4, pair.bg, pair.fg if tokens.name == "high_contrast" else None)
        if self.is_done:
            icons.paint(painter, at.adjusted(3, 3, -3, -3), "check", theme.colour("ok"))
        else:
            centre = Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, at, str(self._digit), theme.font("label", tabular=True), pair.fg, centre)
        start = mark.right() + 1 + px(8)
        label = QRect(start, mark.top(), whole.right() - px(6) - start, mark.height())
        said = QRect(start, mark.bottom(), label.width(), px(18))
        paint.text(painter, paint.placed(painter, whole, label), self._label, theme.font("emphasis"), tokens.text)
        ink, font = tokens.text2 if self.is_done else tokens.text3, theme.font("secondary", tabular=True)
        paint.text(painter, paint.placed(painter, whole, said), self._said, font, ink)
        if self.hasFocus():
            paint.ring(painter, whole, 6)

    def restyle(self) -> None:
        self.updateGeometry()
