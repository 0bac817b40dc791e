"""Charts on the screen: one widget that paints any chart, walked by the keyboard and told in words."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from callstation.reports.chart import Chart, Point, chart_words, point_words
from callstation.reports.shapes import Drawing
from callstation.reports.walking import step
from ui.chart_paint import draw, laid
from ui.theme import theme
from ui.widgets import paint
from ui.widgets.base import Themed, one_line
from ui.widgets.text import tip

_INSET = 4  # px around a chart for the focus ring


class ChartView(Themed, QWidget):
    """``opened(series, place)`` on Enter or a double click; ``chosen(words)`` when the keyboard comes to a mark."""

    opened = Signal(int, int)
    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, nothing: str = "Nothing to show") -> None:
        super().__init__(parent)
        self._nothing = nothing
        self._chart: Chart | None = None
        self._drawing: Drawing | None = None
        self._current: Point | None = None
        self._hovered: Point | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart; the mark the keyboard is on stays, where there still is one."""
        self._chart, self._drawing, self._hovered = chart, None, None
        if self._current not in chart.points:
            self._current = None
        self.setAccessibleDescription(one_line(chart_words(chart)))
        self.update()

    @property
    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    @property
    def current(self) -> Point | None:
        """The mark the keyboard is on."""
        return self._current

    @property
    def drawing(self) -> Drawing | None:
        """What is painted, as large as the widget is now."""
        if self._drawing is None and self._chart is not None:
            room = self._room()
            self._drawing = laid(self._chart, room.width(), room.height(), is_mirrored=self.isRightToLeft())
        return self._drawing

    def choose(self, point: Point | None) -> None:
        """Bring the keyboard to a mark, and say what it is."""
        if self._chart is None or point == self._current:
            return
        self._current = point
        said = one_line(chart_words(self._chart) if point is None else point_words(self._chart, point))
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        self.chosen.emit("" if point is None else said)
        self.update()

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)

    def _at(self, place: QPointF) -> Point | None:
        drawing, room = self.drawing, self._room()
        mark = drawing.at(place.x() - room.x(), place.y() - room.y()) if drawing else None
        return mark.point if mark is not None and mark.strength is not None else None

    # -- Qt --------------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, drawing, room = paint.on(self), self.drawing, self._room()
        if self._chart is not None and drawing is not None and self._chart.points:
            painter.translate(room.topLeft())
            draw(painter, drawing, theme.tokens, chosen=self._current if self.hasFocus() else None, under=self._hovered)
            painter.resetTransform()
        elif self._chart is not None:
            colour, centre = theme.tokens.text2, Qt.AlignmentFlag.AlignHCenter
            paint.text(painter, self.rect(), self._nothing, theme.font("body"), colour, centre)
        if self.hasFocus():
            paint.ring(painter, self.rect(), 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, chart = event.key(), self._chart
        turn = -1 if self.isRightToLeft() else 1
        steps = {
            Qt.Key.Key_Right: (turn, 0), Qt.Key.Key_Left: (-turn, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Home: (-(10**6), 0), Qt.Key.Key_End: (10**6, 0),
        }  # fmt: skip
        if chart is None or not chart.points:
            super().keyPressEvent(event)
        elif key in steps:
            self.choose(step(chart, self._current, *steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.opened.emit(*self._current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._at(event.position())
        if point != self._hovered:
            self._hovered = point
            self.setCursor(Qt.CursorShape.ArrowCursor if point is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = self._at(event.position())
        if point is not None:
            self.choose(point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = self._at(event.position())
        if point is not None:
            self.opened.emit(*point)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._chart is not None:
            point = self._at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), tip(point_words(self._chart, point)) if point is not None else "", self
            )
            return True
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutDirectionChange):
            self._drawing = None
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(110))

    def restyle(self) -> None:
        self._drawing = None
        self.updateGeometry()
        self.update()
