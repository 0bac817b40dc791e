"""The field over a cell of the table of lines: what is typed is tried out at each key."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import theme

_LONGEST = 40


class CellEditor(QLineEdit):
    """``tried(words)`` at each key; ``kept(down, right)`` by Enter, arrows or Tab; ``dropped`` by Escape."""

    tried = Signal(str)
    kept = Signal(int, int)
    dropped = Signal()

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._is_over = True
        self.setMaxLength(_LONGEST)
        self.setProperty("cell", True)
        self.setAccessibleName("Number of the line")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textEdited.connect(self.tried)
        self.hide()

    def begin(self, cell: QRect, name: str, now: str, typed: str = "") -> None:
        """Stand over a cell with what it holds, chosen whole; or with ``typed`` as the first of what is typed."""
        self._is_over = False
        self.setFont(theme.font("emphasis", tabular=True))
        self.setGeometry(cell.adjusted(2, 1, -2, -2))
        self.setAccessibleName(name)
        self.setText(typed or now)
        self.show()
        self.setFocus()
        if typed:
            self.tried.emit(typed)
        else:
            self.selectAll()

    def finish(self) -> None:
        """Go away."""
        self._is_over = True
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether something is being typed."""
        return not self._is_over

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (
                Qt.Key.Key_Tab,
                Qt.Key.Key_Backtab,
            ):  # Qt gives Tab to whoever moves the focus, unless it is taken here
                self.kept.emit(0, 1 if key == Qt.Key.Key_Tab else -1)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dropped.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit(0, 0)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.kept.emit(1 if key == Qt.Key.Key_Down else -1, 0)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_open and event.reason() in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason):
            self.kept.emit(0, 0)
