"""One kind of document on its digit: its name, what it is for, and a chip where this moment asks for it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line
from ui.widgets.text import tip


class KindKey(Themed, QAbstractButton):
    """40 px high, 30 when compact and then without what it is for; checked for the one in hand."""

    def __init__(self, digit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digit, self._label, self._why, self._is_best, self._is_untimely = digit, "", "", False, False
        self._is_compact = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"Key {digit}")

    def show_kind(self, label: str, why: str, *, is_best: bool, is_untimely: bool) -> None:
        """Show another kind."""
        self._label, self._why, self._is_best, self._is_untimely = label, why, is_best, is_untimely
        self.setText(doubled(label))
        fits = ", fits now" if is_best else ", not now" if is_untimely else ""
        self.setAccessibleName(f"{one_line(label)}, key {self.digit}{fits}")
        self.setAccessibleDescription(why)
        self.setToolTip(tip(why))
        self.update()

    def set_compact(self, is_compact: bool) -> None:
        """Lower, or with what it is for on a second line."""
        self._is_compact = is_compact
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        """Only the sheet says which one is in hand."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(28 if self._is_compact else 42))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        is_stark = tokens.name == "high_contrast"
        if self.isChecked():
            paint.box(painter, whole, 6, tokens.selected, tokens.focus if is_stark else None)
            bar = QRect(0, px(4), 3, self.height() - px(8))
            painter.fillRect(paint.placed(painter, whole, bar), theme.colour("accent"))
        elif self.underMouse():
            paint.box(painter, whole, 6, tokens.hover)
        cap = paint.badge_size(str(self.digit))
        first = QRect(0, 0, self.width(), self.height()) if self._is_compact else QRect(0, px(3), self.width(), px(20))
        at = QRect(px(10), first.center().y() - cap.height() // 2 + 1, cap.width(), cap.height())
        paint.badge(painter, paint.placed(painter, whole, at), str(self.digit))
        left, right = at.right() + px(10), whole.right() - px(8)
        wide = QFontMetrics(theme.font("emphasis")).horizontalAdvance(self._label)
        if self._is_best and left + wide + paint.chip_size("Fits now").width() + px(6) <= right:  # the name comes first
            size = paint.chip_size("Fits now")
            chip = QRect(right - size.width(), first.center().y() - size.height() // 2 + 1, size.width(), size.height())
            paint.chip(painter, paint.placed(painter, whole, chip), "Fits now", "ok")
            right = chip.left() - px(6)
        label = QRect(left, first.top(), right - left, first.height())
        ink = tokens.text3 if self._is_untimely else tokens.text
        paint.text(painter, paint.placed(painter, whole, label), self._label, theme.font("emphasis"), ink)
        if not self._is_compact:
            why = QRect(left, px(21), whole.right() - px(8) - left, px(17))
            paint.text(painter, paint.placed(painter, whole, why), self._why, theme.font("secondary"), tokens.text3)
        if self.hasFocus():
            paint.ring(painter, whole, 6)

    def restyle(self) -> None:
        self.updateGeometry()
