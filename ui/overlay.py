"""A layer over the window with one card on it: the palette and the key sheet stand on this."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.theme import theme
from ui.widgets.card import Card


class Overlay(QWidget):
    """Dims the window and holds ``card``; Escape or a click beside the card closes it and gives the focus back."""

    opened = Signal()
    closed = Signal()

    def __init__(self, window: QWidget, name: str, *, width: int, top: int) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self._window = window
        self.setAccessibleName(name)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, top, 24, 24)
        self.card = Card(padding=0)
        self.card.setMaximumWidth(width)
        self._width = width
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show over the window and remember who had the focus."""
        self._before = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self.opened.emit()

    def close_overlay(self) -> None:
        """Hide and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        self.closed.emit()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self.card.setFixedWidth(min(theme.px(self._width), self._window.width() - 48))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._fit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            event.accept()  # keys meant for the page below must not reach it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_overlay()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        return False  # the focus stays inside while the layer is up

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(15, 18, 23)
        shade.setAlphaF(0.6 if theme.tokens.is_dark else 0.38)
        QPainter(self).fillRect(self.rect(), shade)
