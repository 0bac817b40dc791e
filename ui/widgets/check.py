"""A check box, square for choices and round for points to tick off."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui import icons
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line


class Check(Themed, QCheckBox):
    """``is_round``: a talk-track point, whose words wrap and fade once it is ticked."""

    def __init__(self, words: str = "", *, is_round: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._is_round = one_line(words), is_round
        self.setText(doubled(self._words))
        if words:
            self.setAccessibleName(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(is_round)
        self.setSizePolicy(policy)

    def hitButton(self, pos) -> bool:  # type: ignore[no-untyped-def]
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(self._words) + theme.px(24 if self._words else 16)
        return QSize(wide + 4, max(theme.px(20), self.heightForWidth(wide)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60 if self._words else 20), theme.px(20))

    def heightForWidth(self, width: int) -> int:
        if not self._is_round:
            return theme.px(20)
        return max(theme.px(20), self._words_rect(QRect(0, 0, width, 10_000)).height() + 4)

    def _words_rect(self, whole: QRect) -> QRect:
        metrics = QFontMetrics(theme.font("secondary" if self._is_round else "body"))
        room = whole.adjusted(theme.px(24), 0, -2, 0)
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value
        return metrics.boundingRect(room, flags, self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        mark = paint.placed(painter, whole, QRect(1, 1 + px(1), px(16), px(16)))
        if self._is_round:
            name, tone = ("circle-check", "ok") if self.isChecked() else ("circle", "strong")
            icons.paint(painter, mark, name, theme.colour(tone))
        elif self.isChecked():
            paint.box(painter, mark, 4, tokens.accent)
            icons.paint(painter, mark.adjusted(2, 2, -2, -2), "check", theme.colour("on_accent"))
        else:
            paint.box(painter, mark, 4, tokens.surface, tokens.strong)
        tone = "text3" if not self.isEnabled() or (self._is_round and self.isChecked()) else "text"
        painter.setPen(theme.colour("text2" if self._is_round and tone == "text" else tone))
        painter.setFont(theme.font("secondary" if self._is_round else "body"))
        at = paint.placed(painter, whole, whole.adjusted(px(24), 0, -2, 0).translated(0, 1 if self._is_round else 0))
        edge = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        flags = edge.value | Qt.AlignmentFlag.AlignAbsolute.value | Qt.AlignmentFlag.AlignTop.value
        painter.drawText(at.adjusted(0, px(1), 0, 0), flags | Qt.TextFlag.TextWordWrap.value, self._words)
        if self.hasFocus():
            paint.ring(painter, mark.adjusted(-2, -2, 2, 2), 10 if self._is_round else 6)

    def restyle(self) -> None:
        self.updateGeometry()
