"""The fields in which a setting is typed: words, lines of words, and a number with a step either way."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets import Button
from ui.widgets.base import Themed


class WordsEditor(Themed, QLineEdit):
    """One line of words, ``wide`` px at 100 % if that is given; ``left`` on Enter and when the focus goes."""

    left = Signal()

    def __init__(self, name: str, *, wide: int = 0) -> None:
        super().__init__()
        self._wide = wide
        self.setAccessibleName(name)
        self.setMaxLength(2000)
        self.editingFinished.connect(self.left)
        self.restyle()

    def words(self) -> str:
        """What is typed, without spaces around it."""
        return self.text().strip()

    def put(self, words: str) -> None:
        """Show other words, from their beginning."""
        self.setText(words)
        self.setCursorPosition(0)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(32))

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
        if self._wide:
            self.setFixedWidth(theme.px(self._wide))


class LinesEditor(Themed, QPlainTextEdit):
    """A few lines of words; Tab leaves the field."""

    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def words(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def put(self, words: str) -> None:
        """Show other words."""
        self.setPlainText(words)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.px(104))


class NumberField(Themed, QLineEdit):
    """A whole number within bounds; Up and Down step, and what is no number goes back to what was."""

    changed = Signal(int)

    def __init__(self, name: str, low: int, high: int, step: int) -> None:
        super().__init__()
        self._low, self._high, self._step, self._value = low, high, step, low
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setValidator(QIntValidator(low, high, self))
        self.editingFinished.connect(self._on_finished)
        self.restyle()

    def value(self) -> int:
        """The number in force, not what is half typed."""
        return self._value

    def put(self, value: int) -> None:
        """Show a number, held within the bounds."""
        self._value = max(self._low, min(self._high, value))
        self.setText(str(self._value))

    def step(self, by: int) -> None:
        """Go ``by`` steps up, or down if negative."""
        self._set(self._value + by * self._step)

    def _set(self, value: int) -> None:
        before = self._value
        self.put(value)
        if self._value != before:
            self.changed.emit(self._value)

    def _on_finished(self) -> None:
        self._set(int(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if event.key() == Qt.Key.Key_Up else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.hasAcceptableInput():
            self.put(self._value)

    def restyle(self) -> None:
        self.setFont(theme.font("body", tabular=True))
        self.setFixedSize(theme.px(60), theme.px(32))


class Stepper(QWidget):
    """A number with a button either side; Up and Down step too."""

    def __init__(self, name: str, low: int, high: int, step: int = 1) -> None:
        super().__init__()
        self.box = NumberField(name, low, high, step)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for words, icon, by in ((f"Less: {name}", "minus", -1), (f"More: {name}", "plus", 1)):
            button = Button(words, "icon", icon)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys in the field do the same
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _=False, by=by: self.box.step(by))
            row.addWidget(button)
        row.insertWidget(1, self.box)
        self.setFocusProxy(self.box)
        self.setAccessibleName(name)
