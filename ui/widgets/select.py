"""A drop-down list, drawn like our other controls."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from ui import icons
from ui.theme import Role, theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line


class Select(Themed, QComboBox):
    """A QComboBox of plain words. ``is_bare`` leaves out the frame, for a title that is a choice."""

    def __init__(self, name: str, *, role: Role = "body", is_bare: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._is_bare = role, is_bare
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()

    def showPopup(self) -> None:
        self.view().setAccessibleName(self.accessibleName())  # only now: to ask for the list makes it
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a page that scrolls under the pointer must not change the choice

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(self._role))
        widest = max((metrics.horizontalAdvance(self.itemText(i)[:60]) for i in range(self.count())), default=80)
        return QSize(widest + theme.px(20 if self._is_bare else 44), theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(72), theme.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        inset = 0
        if not self._is_bare:
            inset = px(10)
            paint.box(painter, whole, 6, tokens.hover if self.underMouse() else tokens.surface, tokens.border)
        arrow = QRect(whole.right() - inset - px(16) + 1, (self.height() - px(16)) // 2, px(16), px(16))
        icons.paint(painter, paint.placed(painter, whole, arrow), "chevrons-up-down", theme.colour("text3"))
        words = QRect(inset, 0, arrow.left() - inset - px(4), self.height())
        colour = tokens.text if self.isEnabled() else tokens.text3
        shown = one_line(self.currentText())
        paint.text(painter, paint.placed(painter, whole, words), shown, theme.font(self._role), colour)
        if self.hasFocus():
            paint.ring(painter, whole, 6)

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(32))
