"""The key of one outcome: its digit, its name, and what pressing it will do."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line
from ui.widgets.text import tip


class OutcomeKey(Themed, QAbstractButton):
    """A large key: 64 px with the consequence on a second line, 42 px and one line when compact.

    ``kind`` colours the digit only; the words always say the same.
    """

    def __init__(
        self,
        digit: str,
        label: str,
        consequence: str = "",
        kind: Kind = "mute",
        *,
        is_compact: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._digit, self._kind, self._is_compact = digit, kind, is_compact
        self._is_suggested = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_words(label, consequence)

    @property
    def label(self) -> str:
        """The outcome's name as given."""
        return self._label

    @property
    def consequence(self) -> str:
        """What pressing it will do, as given."""
        return self._consequence

    def set_words(self, label: str, consequence: str) -> None:
        """Show another name and consequence."""
        self._label, self._consequence = label, consequence
        said = f"{one_line(label)}, key {self._digit}"
        self.setText(doubled(one_line(label)))
        self.setAccessibleName(said)
        self.setAccessibleDescription(one_line(consequence))
        self.setToolTip(tip(consequence) if consequence else "")
        self.update()

    def set_consequence(self, consequence: str) -> None:
        """Show another consequence for the same outcome."""
        if consequence != self._consequence:
            self.set_words(self._label, consequence)

    def set_compact(self, is_compact: bool) -> None:
        """One line, without the consequence (it stays in the tool tip), or two."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.updateGeometry()
            self.update()

    def set_suggested(self, is_suggested: bool) -> None:
        """Mark it as the natural next, or no more."""
        if is_suggested != self._is_suggested:
            self._is_suggested = is_suggested
            said = f"{one_line(self._label)}, key {self._digit}"
            self.setAccessibleName(f"{said}, suggested" if is_suggested else said)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(42 if self._is_compact else 64))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(72), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        pair = tokens.pair(self._kind)
        is_hot = self.isEnabled() and self.underMouse()
        is_marked = self.isDown() or self._is_suggested
        ground = tokens.selected if is_marked else tokens.hover if is_hot else tokens.surface
        edge, width = (tokens.accent, 2) if self._is_suggested else (tokens.border, 1)
        paint.box(painter, whole, 6, ground, edge, width)
        first = whole if self._is_compact else QRect(0, px(10), self.width(), px(20))
        digit = QRect(px(12), first.center().y() - px(10) + 1, px(20), px(20))
        digit_at = paint.placed(painter, whole, digit)
        paint.box(painter, digit_at, 4, pair.bg, pair.fg if tokens.name == "high_contrast" else None)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, digit_at, self._digit, theme.font("label", tabular=True), pair.fg, centre)
        start = digit.right() + 1 + px(8)
        label = QRect(start, first.top(), whole.right() - px(8) - start, first.height())
        colour = tokens.text if self.isEnabled() else tokens.text3
        paint.text(painter, paint.placed(painter, whole, label), self._label, theme.font("emphasis"), colour)
        if not self._is_compact:
            second = QRect(px(12), px(36), self.width() - px(20), px(18))
            words_at, font = paint.placed(painter, whole, second), theme.font("secondary", tabular=True)
            paint.text(painter, words_at, self._consequence, font, tokens.text3)
        if self.hasFocus():
            paint.ring(painter, whole, 6)

    def restyle(self) -> None:
        self.updateGeometry()
