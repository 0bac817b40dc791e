"""What a key asks about the opportunities in hand: one of a few by digit, or something typed, told back first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.calling.strip import StripField
from ui.theme import theme
from ui.widgets import Button, Card, ElidedLabel, FlowLayout, KeyBadge, Label


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; ``is_current`` where it is so already."""

    label: str
    value: Any
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """How something typed is understood: ``value`` None where it is not, with the words why."""

    value: Any | None
    words: str
    tone: str = "text2"


Read = Callable[[str], Told]


@dataclass(frozen=True, slots=True)
class Question:
    """``answer`` is called with the value of a choice, or of what was typed. Choices, or ``read``, or both."""

    title: str
    answer: Callable[[Any], object]
    says: str = ""
    choices: tuple[Choice, ...] = ()
    read: Read | None = None
    prompt: str = ""
    now: str = ""
    """What stands in the field at first."""
    button: str = "Change"


class AskStrip(Card):
    """``asked`` when something is, ``left`` when it is given up. Arrows and Enter choose; digits come from the page."""

    left = Signal()
    asked = Signal()

    def __init__(self) -> None:
        super().__init__(padding=12)
        self.body.setContentsMargins(16, 10, 16, 10)
        self.body.setSpacing(6)
        self.question: Question | None = None
        self.buttons: list[Button] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title, self.says = Label("", "emphasis"), ElidedLabel("", "secondary", "text2", tabular=True)
        head.addWidget(self.title)
        head.addWidget(self.says, 1)
        back = Button("Leave it", "text")
        back.clicked.connect(self.left)
        head.addWidget(back)
        head.addWidget(KeyBadge("Esc"))
        self.body.addLayout(head)
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, spacing=8)
        self.body.addWidget(self._choices)
        self._typed = QWidget()
        line = QHBoxLayout(self._typed)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.field, self.told = StripField(), ElidedLabel("", "body", tabular=True)
        self.save = Button("Change", "primary", height=32)
        line.addWidget(self.field, 2)
        line.addWidget(self.told, 3)
        line.addWidget(self.save)
        line.addWidget(KeyBadge("↵"))
        self.body.addWidget(self._typed)
        self.field.textEdited.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_saved)
        self.field.left.connect(self.left)
        self.save.clicked.connect(self._on_saved)
        self.hide()

    def ask(self, question: Question) -> None:
        """Ask something, in place of whatever was asked before."""
        self.question = question
        self.setAccessibleName(question.title)
        self.title.setText(question.title)
        self.says.setText(question.says)
        self._show_choices(question.choices)
        self._typed.setVisible(question.read is not None)
        self.field.setText(question.now)
        self.field.setPlaceholderText(question.prompt)
        self.field.setAccessibleName(question.prompt or "Nothing to type")
        self.field.setMinimumWidth(theme.px(180))
        self.save.set_words(question.button)
        self._on_typed(question.now)
        self.asked.emit()
        self.show()
        if question.read is not None:
            self.field.setFocus()
            self.field.selectAll()
        elif self.buttons:
            current = next((n for n, one in enumerate(question.choices) if one.is_current), 0)
            self.buttons[current].setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, digit: int) -> None:
        """Take the choice of a digit; past the last does nothing."""
        if self.question is not None and 1 <= digit <= len(self.question.choices):
            self._answer(self.question.choices[digit - 1].value)

    def close_ask(self) -> None:
        """Stop asking."""
        self.question = None
        self.hide()

    def take_place_of(self, strip: QWidget) -> None:
        """Stand where another strip stood, as high as it."""
        if strip.isVisible():
            self.setMinimumHeight(strip.height())
        strip.hide()

    @property
    def is_asking(self) -> bool:
        """Whether something is asked."""
        return self.question is not None

    def _answer(self, value: Any) -> None:
        question = self.question
        if question is not None:
            question.answer(value)

    def _show_choices(self, choices: Sequence[Choice]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for digit, choice in enumerate(choices, 1):
            button = Button(choice.label, "small", "check" if choice.is_current else None, height=28)
            button.clicked.connect(lambda _=False, value=choice.value: self._answer(value))
            self.buttons.append(button)
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 4, 0)
            row.setSpacing(4)
            row.addWidget(button)
            if digit <= 10:
                row.addWidget(KeyBadge(str(digit % 10)))
            self._flow.addWidget(holder)
            holder.show()
        self._choices.setVisible(bool(choices))

    def _on_typed(self, typed: str) -> None:
        question = self.question
        if question is None or question.read is None:
            return
        told = question.read(typed)
        self.told.setText(told.words)
        self.told.set_tone(told.tone)
        self.save.setEnabled(told.value is not None)

    def _on_saved(self) -> None:
        question = self.question
        if question is None or question.read is None:
            return
        told = question.read(self.field.text())
        if told.value is not None:
            self._answer(told.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        focused = next((n for n, one in enumerate(self.buttons) if one.hasFocus()), None)
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif focused is not None and Qt.Key(event.key()) in steps:
            place = (focused + steps[Qt.Key(event.key())]) % len(self.buttons)
            self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
