"""A small form that opens in its place on the page: fields, Enter to keep, Escape to leave."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit

from callstation.errors import UserError
from ui.theme import theme
from ui.widgets import Button, Card, Check, Field, KeyBadge, Label
from ui.widgets.base import Themed

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a form asks: words, or yes or no where ``is_check``."""

    key: str
    label: str
    value: str = ""
    prompt: str = ""
    is_check: bool = False
    is_wide: bool = False


class FormField(Themed, QLineEdit):
    """A line of words in the body font."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(LONGEST)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(theme.font("body"))


class InlineForm(Card):
    """``saved(dict)`` brings key to words (or bool); the form stays until its owner closes it."""

    saved = Signal(dict)
    left = Signal()

    def __init__(self, title: str, asks: tuple[Ask, ...], save: str, *, says: str = "", is_grave: bool = False) -> None:
        super().__init__(padding=12, radius=6, tone="sunken")
        self.setAccessibleName(title)
        self.body.addWidget(Label(title, "emphasis"))
        if says:
            self.body.addWidget(Label(says, "secondary", "text2", wraps=True))
        self.fields: dict[str, QLineEdit] = {}
        self.checks: dict[str, Check] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        at = 0
        for ask in asks:
            if ask.is_check:
                check = self.checks[ask.key] = Check(ask.label)
                check.setChecked(bool(ask.value))
                at += at % 2
                grid.addWidget(check, at // 2, 0, 1, 2)
                at += 2
                continue
            field = self.fields[ask.key] = FormField()
            field.setText(ask.value)
            field.setPlaceholderText(ask.prompt)
            field.returnPressed.connect(self._on_saved)
            at += at % 2 if ask.is_wide else 0
            grid.addWidget(Field(ask.label, field), at // 2, at % 2, 1, 2 if ask.is_wide else 1)
            at += 2 if ask.is_wide else 1
        self.body.addLayout(grid)
        self.problem = Label("", "secondary", "bad", wraps=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.save = Button(save, "bad" if is_grave else "primary", height=32)
        self.save.clicked.connect(self._on_saved)
        cancel = Button("Cancel", "plain")
        cancel.clicked.connect(self.left)
        for widget in (self.save, KeyBadge("↵"), cancel, KeyBadge("Esc")):
            foot.addWidget(widget)
        foot.addStretch(1)
        self.body.addLayout(foot)

    def begin(self, key: str = "") -> None:
        """Put the caret where typing starts: into the field of ``key``, else the first."""
        first = self.fields.get(key) or next(iter(self.fields.values()), None)
        (first or self.save).setFocus(Qt.FocusReason.OtherFocusReason)
        if first is not None:
            first.selectAll()

    def show_problem(self, error: UserError) -> None:
        """Say what cannot be taken, with the words still there."""
        self.problem.setText(" ".join(part for part in (error.title, error.detail, error.hint) if part))
        self.problem.show()

    def _on_saved(self) -> None:
        self.problem.hide()
        words: dict[str, object] = {key: field.text().strip() for key, field in self.fields.items()}
        self.saved.emit(words | {key: check.isChecked() for key, check in self.checks.items()})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
