"""The figures above the grid, each with its formula, its period and its count when it has the focus."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line
from ui.widgets.text import tip


@dataclass(frozen=True, slots=True)
class FigureView:
    """One figure as it is shown; ``said`` tells what it is made of."""

    key: str
    label: str
    value: str
    said: str
    tone: str = "text"
    short: str = ""
    """Instead of the label where that has no room."""


class Figure(Themed, QWidget):
    """``told(words)`` when it has the focus, ``opened(key)`` on Enter or a double click, ``stepped`` by an arrow."""

    told = Signal(str)
    opened = Signal(str)
    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.view = FigureView("", "", "", "")
        self._is_compact = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, view: FigureView) -> None:
        """Show another figure."""
        self.view = view
        self.setAccessibleName(one_line(f"{view.label}: {view.value}"))
        self.setAccessibleDescription(one_line(view.said))
        self.setToolTip(tip(view.said))
        if self.hasFocus():
            self.told.emit(view.said)
        self.update()

    def be_compact(self, is_compact: bool) -> None:
        """One line instead of two."""
        self._is_compact = is_compact
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, tokens = paint.on(self), theme.px, theme.tokens
        paint.box(painter, self.rect(), 8, tokens.surface, tokens.border)
        inner = self.rect().adjusted(px(10), px(4), -px(10), -px(4))
        colour = tokens.colour(self.view.tone)
        if self._is_compact:
            wide = QFontMetrics(theme.font("emphasis", tabular=True)).horizontalAdvance(self.view.value) + px(4)
            wide = min(wide, inner.width())
            name = QRect(inner.left(), inner.top(), inner.width() - wide, inner.height())
            fits = QFontMetrics(theme.font("chip")).horizontalAdvance(self.view.label) <= name.width()
            label = self.view.label if fits else self.view.short or self.view.label
            paint.text(painter, paint.placed(painter, inner, name), label, theme.font("chip"), tokens.text2)
            value = QRect(inner.right() - wide + 1, inner.top(), wide, inner.height())
            font = theme.font("emphasis", tabular=True)
            right = Qt.AlignmentFlag.AlignRight
            paint.text(painter, paint.placed(painter, inner, value), self.view.value, font, colour, right)
        else:
            half = inner.height() * 2 // 5
            name = QRect(inner.left(), inner.top(), inner.width(), half)
            value = QRect(inner.left(), inner.top() + half, inner.width(), inner.height() - half)
            paint.text(painter, name, self.view.label, theme.font("secondary"), tokens.text2)
            paint.text(painter, value, self.view.value, theme.font("pane_title", tabular=True), colour)
        if self.hasFocus():
            paint.ring(painter, self.rect(), 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Right: (0, turn), Qt.Key.Key_Left: (0, -turn), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0),
        }  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.view.key)
        elif event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.stepped.emit(*steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.view.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.told.emit(self.view.said)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(150), theme.px(26 if self._is_compact else 50))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.sizeHint().height())

    def restyle(self) -> None:
        self.updateGeometry()
        self.update()


class FigureBar(QWidget):
    """Figures side by side, ``across`` in a line; walked by arrows. Signals as those of a figure."""

    told = Signal(str)
    opened = Signal(str)

    def __init__(self, across: int = 6) -> None:
        super().__init__()
        self.across = across
        self.figures: list[Figure] = []
        self._is_compact = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_figures(self, views: Sequence[FigureView]) -> None:
        """Show figures; those that are there already change their words."""
        while len(self.figures) < len(views):
            figure = Figure()
            figure.be_compact(self._is_compact)
            place = len(self.figures)
            figure.told.connect(self.told)
            figure.opened.connect(self.opened)
            figure.stepped.connect(lambda down, right, at=place: self._step(at, down, right))
            self._grid.addWidget(figure, place // self.across, place % self.across)
            self.figures.append(figure)
        for figure, view in zip(self.figures, views, strict=False):
            figure.show_figure(view)
        for place, figure in enumerate(self.figures):
            figure.setVisible(place < len(views))

    def be_compact(self, is_compact: bool) -> None:
        """Give less height to it."""
        self._is_compact = is_compact
        self._grid.setSpacing(4 if is_compact else 8)
        for figure in self.figures:
            figure.be_compact(is_compact)

    @property
    def has_focus(self) -> bool:
        """Whether one of them has it."""
        return any(figure.hasFocus() for figure in self.figures)

    def take_focus(self) -> None:
        """Go to the first figure."""
        if self.figures:
            self.figures[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _step(self, at: int, down: int, right: int) -> None:
        to = at + down * self.across + right
        if 0 <= to < len(self.figures) and not self.figures[to].isHidden():
            self.figures[to].setFocus(Qt.FocusReason.TabFocusReason)
