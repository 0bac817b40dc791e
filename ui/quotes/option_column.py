"""One way to renew, as a column to compare and to choose by its digit."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from ui import icons
from ui.quotes.faces import Face, spoken
from ui.theme import Role, theme
from ui.widgets import paint
from ui.widgets.base import Themed, doubled, one_line
from ui.widgets.text import tip

FACTS = 7
SIZES: tuple[Role, ...] = ("account", "pane_title", "emphasis", "label")
_LINE = 19


class OptionColumn(Themed, QAbstractButton):
    """Painted in one go, so that a typed quantity is on all four in the same frame; a click chooses.

    ``digit`` 0 for a column that stands alone.
    """

    def __init__(self, digit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.digit, self.face = digit, Face("", "", (), "", "", "mute", "", "")
        self.is_chosen = self._is_compact = self._is_tiny = False
        self._rows, self._size = FACTS - 1, 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed if digit else QSizePolicy.Policy.Minimum
        )
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"Option {digit}" if digit else "The option")

    def show_face(self, face: Face, *, is_chosen: bool, rows: int = FACTS) -> None:
        """Show what an option comes to now; ``rows`` is how many facts the longest column has."""
        if (face, is_chosen, rows) == (self.face, self.is_chosen, self._rows):
            return
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()
        self.face, self.is_chosen = face, is_chosen
        self.setText(doubled(one_line(face.title)))
        self.setAccessibleName(spoken(face, self.digit, is_chosen))
        self.setAccessibleDescription(one_line(face.about))
        self.update()

    def set_compact(self, is_compact: bool, *, is_tiny: bool = False) -> None:
        """The total and one line, or who must approve it, where the window is low; ``is_tiny``: the total alone."""
        if (is_compact, is_tiny) != (self._is_compact, self._is_tiny):
            self._is_compact, self._is_tiny = is_compact, is_tiny
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        px = theme.px
        height = px(64) if self._is_tiny else px(96) if self._is_compact else px(106) + px(_LINE) * self._rows
        return QSize(px(150), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(96), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, px, whole = paint.on(self), theme.tokens, theme.px, self.rect()
        is_hot = self.underMouse() and not self.is_chosen
        ground = tokens.selected if self.is_chosen else tokens.hover if is_hot else tokens.surface
        edge = tokens.accent if self.is_chosen else tokens.border
        paint.box(painter, whole, 10, ground, edge, 2 if self.is_chosen else 1)
        left, right, top = px(12), self.width() - px(12), px(10 if self._is_compact else 12)
        start = left
        if self.digit:
            size = paint.badge_size(str(self.digit))
            cap = QRect(left, top + (px(20) - size.height()) // 2, size.width(), size.height())
            paint.badge(painter, paint.placed(painter, whole, cap), str(self.digit))
            start = cap.right() + px(8)
        if self.is_chosen:
            mark = QRect(right - px(16), top + px(2), px(16), px(16))
            icons.paint(painter, paint.placed(painter, whole, mark), "circle-check", theme.colour("accent_text"))
        title = QRect(start, top, right - start - px(20), px(20))
        paint.text(painter, paint.placed(painter, whole, title), self.face.title, theme.font("emphasis"), tokens.text)
        top += px(24)
        total = QRect(left, top, right - left, px(28))
        tone = tokens.bad.fg if self.face.chip_kind == "bad" else tokens.text
        font = theme.font(SIZES[self._size], tabular=True)
        paint.text(painter, paint.placed(painter, whole, total), self.face.total, font, tone)
        top += px(30 if self._is_compact else 34)
        if self._is_tiny:
            self._paint_ring(painter)
            return
        if not self._is_compact:
            self._paint_facts(painter, left, right, top)
        elif self.face.chip_kind == "ok" and self.face.brief:
            brief = QRect(left, self.height() - px(28), right - left, px(18))
            small = theme.font("secondary", tabular=True)
            paint.text(painter, paint.placed(painter, whole, brief), self.face.brief, small, tokens.text2)
            self._paint_ring(painter)
            return
        chip = paint.chip_size(self.face.chip, self.face.chip_icon)
        at = QRect(left, self.height() - chip.height() - px(10), min(chip.width(), right - left), chip.height())
        paint.chip(painter, paint.placed(painter, whole, at), self.face.chip, self.face.chip_kind, self.face.chip_icon)
        self._paint_ring(painter)

    def _paint_ring(self, painter: QPainter) -> None:
        if self.hasFocus():
            paint.ring(painter, self.rect().adjusted(2, 2, -2, -2), 8)

    def _paint_facts(self, painter: QPainter, left: int, right: int, top: int) -> None:
        whole, px, tokens = self.rect(), theme.px, theme.tokens
        small, strong = theme.font("secondary"), theme.font("label", tabular=True)
        for number, fact in enumerate(self.face.facts[: self._rows]):
            line = QRect(left, top + number * px(_LINE), right - left, px(_LINE))
            wide = min(QFontMetrics(strong).horizontalAdvance(fact.value) + 2, line.width())
            value = QRect(right - wide, line.top(), wide, line.height())
            name = QRect(left, line.top(), line.width() - wide - px(6), line.height())
            paint.text(painter, paint.placed(painter, whole, name), fact.name, small, tokens.text3)
            ink, side = tokens.colour(fact.tone), Qt.AlignmentFlag.AlignRight
            paint.text(painter, paint.placed(painter, whole, value), fact.value, strong, ink, side)

    def fitting(self) -> int:
        """The place among ``SIZES`` of the largest type in which the total fits: rather smaller than cut off."""
        room = self.width() - 2 * theme.px(12)
        for place, role in enumerate(SIZES):
            if QFontMetrics(theme.font(role, tabular=True)).horizontalAdvance(self.face.total) <= room:
                return place
        return len(SIZES) - 1

    def set_size(self, place: int) -> None:
        """Write the total in a type of ``SIZES``."""
        if place != self._size:
            self._size = place
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            why = " ".join(fact.why for fact in self.face.facts if fact.why)
            said = f"{self.face.about} {why}".strip()
            QToolTip.showText(event.globalPos(), tip(said) if said else "", self)
            return True
        return super().event(event)

    def restyle(self) -> None:
        self.updateGeometry()
