"""Correcting a change in its place: one line, a few lines or a choice for each value, then it goes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from callstation.errors import UserError
from callstation.sync.editing import Editable, EditField, Kind
from ui.sync.aside import Aside
from ui.theme import theme
from ui.widgets import Button, Field, FlowLayout, KeyBadge, Label, Select
from ui.widgets.base import Themed, one_line


class _Text(Themed, QPlainTextEdit):
    """Several lines; Tab goes on, Ctrl+Return saves."""

    saved = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlainText(words)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme.font("body"))
        self.setMinimumHeight(theme.px(140))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.saved.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Line(Themed, QLineEdit):
    def __init__(self, words: str) -> None:
        super().__init__()
        self.setMaxLength(4_000)
        self.setText(one_line(words) if len(words) < 2_000 else " ".join(words.split()))
        self.setCursorPosition(0)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme.font("body"))


class EditForm(Aside):
    """``saved(dict)`` brings key to words; the form stays until its owner closes it."""

    saved = Signal(dict)

    def __init__(self, found: Editable) -> None:
        super().__init__("Correct this change")
        title = ", ".join(part for part in (found.title.account, found.title.what) if part)
        self.say(one_line(title)[:200])
        self._fields = found.fields
        self.controls: dict[str, QWidget] = {}
        self._left: dict[str, Label] = {}
        for field in found.fields:
            control = self.controls[field.key] = self._control(field)
            self.add(Field(field.label, control))
            if field.longest:
                left = self._left[field.key] = Label("", "secondary", "text3", tabular=True)
                self.add(left)
        self.problem = Label("", "secondary", "bad", wraps=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        is_long = any(field.kind is Kind.TEXT for field in found.fields)
        self.save = Button("Save and send next", "primary", height=32)
        self.save.clicked.connect(self._on_saved)
        cancel = Button("Cancel", "plain")
        cancel.clicked.connect(self.left)
        foot = QWidget()
        flow = FlowLayout(foot, spacing=8)
        for button, cap in ((self.save, KeyBadge(*(("Ctrl", "↵") if is_long else ("↵",)))), (cancel, KeyBadge("Esc"))):
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 4, 0)
            row.setSpacing(6)
            row.addWidget(button)
            row.addWidget(cap)
            flow.addWidget(holder)
        self.body.addWidget(foot)
        self._count()

    def _control(self, field: EditField) -> QWidget:
        if field.kind is Kind.TEXT:
            text = _Text(field.value)
            text.saved.connect(self._on_saved)
            text.textChanged.connect(self._count)
            return text
        if field.kind is Kind.CHOICE:
            select = Select(field.label)
            for value, words in field.choices:
                select.addItem(words, value)
            select.setCurrentIndex(max(0, select.findData(field.value)))
            return select
        line = _Line(field.value)
        line.returnPressed.connect(self._on_saved)
        line.textChanged.connect(self._count)
        return line

    def values(self) -> dict[str, str]:
        """What stands in the form."""
        found = {}
        for key, control in self.controls.items():
            if isinstance(control, QPlainTextEdit):
                found[key] = control.toPlainText()
            elif isinstance(control, Select):
                found[key] = str(control.currentData())
            elif isinstance(control, QLineEdit):
                found[key] = control.text()
        return found

    def begin(self) -> None:
        """Put the caret where typing starts."""
        first = next(iter(self.controls.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, error: UserError) -> None:
        """Say what cannot be taken, with the words still there."""
        self.problem.setText(" ".join(part for part in (error.title, error.detail, error.hint) if part))
        self.problem.show()

    def _count(self) -> None:
        """Say how long a value is where Salesforce sets a limit."""
        for field in self._fields:
            label = self._left.get(field.key)
            control = self.controls.get(field.key)
            if label is None or control is None:
                continue
            length = len(self.values()[field.key])
            over = length - field.longest
            label.setText(
                f"{over:,} characters too long" if over > 0 else f"{length:,} of {field.longest:,} characters"
            )
            label.set_tone("bad" if over > 0 else "text3")

    def _on_saved(self) -> None:
        self.problem.hide()
        self.saved.emit(self.values())
