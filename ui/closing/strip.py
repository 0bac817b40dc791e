"""The renewal in hand: its five steps as keys, what follows, and the order number where it is asked for."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callstation.renewals.closing import Checklist, StepState
from callstation.settings import Settings
from db.vocabulary import ClosingStep
from ui import words
from ui.calling.strip import StripField
from ui.closing.step_key import StepKey
from ui.theme import theme
from ui.widgets import Button, Card, ElidedLabel, KeyBadge, Label

STEPS = tuple(ClosingStep)
LABELS = ("Quote accepted", "Order number", "Order placed", "Licence delivered", "Customer told")


class ClosingStrip(Card):
    """``pressed(digit)`` for a step, ``numbered(words)`` for a typed order number, ``left`` when it is given up."""

    pressed = Signal(int)
    numbered = Signal(str)
    called = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("The renewal in hand")
        self._renewal_id = 0
        head = QHBoxLayout()
        head.setSpacing(12)
        self.title = ElidedLabel("", "emphasis")
        self.said = ElidedLabel("", "secondary", "text2", tabular=True)
        self.call = Button("Open on the desk", "plain", "phone-call", height=28)
        self.call.clicked.connect(self.called)
        head.addWidget(self.title)
        head.addWidget(self.said, 1)
        head.addWidget(self.call)
        head.addWidget(KeyBadge("↵"))
        self.body.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.keys = [StepKey(place + 1, label) for place, label in enumerate(LABELS)]
        for place, key in enumerate(self.keys):
            key.clicked.connect(lambda _=False, digit=place + 1: self.pressed.emit(digit))
            row.addWidget(key, 1)
        self._steps = QWidget()
        self._steps.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._steps)
        self._form = QWidget()
        line = QHBoxLayout(self._form)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.field = StripField()
        self.field.setAccessibleName("Order number")
        self.field.setPlaceholderText("Their order number, such as PO-4711")
        self.field.setMinimumWidth(theme.px(120))
        self.field.setMaximumWidth(theme.px(320))
        self.problem = Label("", "secondary", "bad", wraps=True)
        save, back = Button("Keep it", "primary", height=32), Button("Back", "text")
        line.addWidget(Label("Order number", "label", "text2"))
        line.addWidget(self.field, 2)
        for widget in (save, KeyBadge("↵"), back, KeyBadge("Esc")):
            line.addWidget(widget)
        line.addWidget(self.problem, 1)
        self._form.hide()
        self._form.setFixedHeight(theme.px(52))
        self.body.addWidget(self._form)
        save.clicked.connect(self._on_saved)
        back.clicked.connect(self.left)
        self.field.returnPressed.connect(self._on_saved)
        self.field.left.connect(self.left)

    @property
    def is_asking(self) -> bool:
        """Whether the order number is being typed."""
        return not self._form.isHidden()

    def show_checklist(self, found: Checklist, said: str, today: date, settings: Settings) -> None:
        """Show another renewal, or the same one a step further, whose number may be typed meanwhile."""
        self.title.setText(f"{found.account} · {found.contract_number}")
        self.said.setText(said)
        for key, state in zip(self.keys, found.steps, strict=True):
            key.show_state(_said(state, today, settings), is_done=state.done_at is not None)
        if found.renewal_id != self._renewal_id:
            self._renewal_id = found.renewal_id
            self.close_form()

    def ask_number(self, number: str) -> None:
        """Ask for the order number, in the place of the keys."""
        self.problem.setText("")
        self.field.setText(number)
        self.field.selectAll()
        self._steps.hide()
        self._form.show()
        self.field.setFocus()

    def close_form(self) -> None:
        """Back to the keys."""
        self._form.hide()
        self._steps.show()

    def show_problem(self, said: str) -> None:
        """Say what is wrong with what was typed."""
        self.problem.setText(said)

    def _on_saved(self) -> None:
        self.numbered.emit(self.field.text().strip())


def _said(state: StepState, today: date, settings: Settings) -> str:
    """``PO-4711, 24 Nov`` or that it is missing."""
    if state.done_at is None:
        return "Missing"
    on = words.day(state.done_at.astimezone(settings.zone).date(), today, settings)
    return f"{state.words}, {on}" if state.words else on
