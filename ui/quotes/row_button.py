"""A row of a card that can be pressed: a title and a line of words, an amount and a chip at its end."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line


class RowButton(Themed, QAbstractButton):
    """44 px high; taken by Tab, pressed by Enter, Space or a click."""

    def __init__(
        self, title: str, words: str, amount: str, chip: str, kind: Kind, icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._title, self._words, self._amount = title, words, amount
        self._chip: tuple[str, Kind, str | None] = (chip, kind, icon)
        self.setText(doubled(one_line(title)))
        self.setAccessibleName(one_line(", ".join(part for part in (title, chip, amount, words) if part)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        if self.underMouse() or self.isDown():
            paint.box(painter, whole, 6, tokens.hover)
        words, kind, icon = self._chip
        left, right = px(8), self.width() - px(8)
        size = paint.chip_size(words, icon)
        chip = QRect(right - size.width(), px(22), size.width(), size.height())
        font = theme.font("emphasis", tabular=True)
        wide = QFontMetrics(font).horizontalAdvance(self._amount) + 2
        amount = QRect(right - wide, px(2), wide, px(20))
        side = Qt.AlignmentFlag.AlignRight
        paint.chip(painter, paint.placed(painter, whole, chip), words, kind, icon)
        paint.text(painter, paint.placed(painter, whole, amount), self._amount, font, tokens.text, side)
        title = QRect(left, px(2), amount.left() - left - px(8), px(20))
        paint.text(painter, paint.placed(painter, whole, title), self._title, font, tokens.text)
        about = QRect(left, px(22), chip.left() - left - px(8), px(20))
        small = theme.font("secondary", tabular=True)
        paint.text(painter, paint.placed(painter, whole, about), self._words, small, tokens.text2)
        if self.hasFocus():
            paint.ring(painter, whole, 6)

    def restyle(self) -> None:
        self.updateGeometry()
