"""The strip under the note that asks what an outcome still needs: a time, a reason, a word, or just a yes."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.theme import theme
from ui.tokens import Kind
from ui.widgets import Button, Card, Chip, ElidedLabel, IconLabel, KeyBadge, Label, OutcomeKey
from ui.widgets.base import Themed


@dataclass(frozen=True, slots=True)
class StripChoice:
    """One key of the strip."""

    digit: int
    label: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class StripView:
    """What the strip asks. ``prompt`` is what may be typed, "" for no field; ``button`` is what Enter does."""

    badge: str
    kind: Kind
    title: str
    choices: tuple[StripChoice, ...] = ()
    prompt: str = ""
    icon: str = "pencil"
    button: str = ""
    words: str = ""
    """A sentence that needs no answer, such as what a yes will do."""
    is_typed_first: bool = False
    """Whether the caret goes into the field at once."""
    back: str = "Change outcome"


class Strip(Themed, Card):
    """As high for one outcome as for another, so that nothing moves under the hand."""

    chosen = Signal(int)
    typed = Signal(str)
    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Details of the outcome")
        self._is_compact, self._signature = False, tuple[object, ...]()
        self.choices: dict[int, OutcomeKey] = {}
        self.badge, self.title = Chip(), Label("", "emphasis")
        self.field = StripField()
        self.icon = IconLabel("calendar-clock", "text2", 14)
        self.arrow = IconLabel("arrow-right", "text3", 16)
        self.strong, self.words = ElidedLabel("", "emphasis", tabular=True), ElidedLabel("", "secondary", tabular=True)
        self.button, self.enter = Button("Log and open next", "primary", height=36), KeyBadge("↵")
        self._lay_out()
        self.field.textEdited.connect(self.typed)
        self.field.returnPressed.connect(self.confirmed)
        self.field.left.connect(self.left)
        self.button.clicked.connect(self.confirmed)
        self.restyle()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.badge)
        head.addWidget(self.title)
        head.addStretch(1)
        self.back = Button("Change outcome", "text")
        self.back.clicked.connect(self.left)
        head.addWidget(self.back)
        head.addWidget(KeyBadge("Esc"))
        self.body.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self.body.addLayout(self._grid)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(12)
        foot.addWidget(self.field, 3)
        foot.addWidget(self.arrow)
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(self.strong)
        told.addWidget(self.words)
        foot.addLayout(told, 5)
        foot.addWidget(self.button)
        foot.addWidget(self.enter)
        self.said = Label("", "body", "text2", wraps=True)
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.body.addWidget(self._foot)

    def show_view(self, view: StripView) -> None:
        """Ask something else; what was typed before is gone."""
        self.badge.set_chip(view.badge, view.kind)
        self.title.setText(view.title)
        self._show_choices(view.choices, view.kind)
        self.field.clear()
        self.field.setPlaceholderText(view.prompt)
        self.field.setAccessibleName(view.prompt or "Nothing to type")
        self.field.setVisible(bool(view.prompt))
        self.field.setMinimumWidth(0 if view.choices else theme.px(320))
        self.back.set_words(view.back)
        self.arrow.setVisible(False)
        self.said.setText(view.words)
        self.said.setVisible(bool(view.words))
        self.show_told("", "", "text2")
        if view.button:
            self.button.set_words(view.button)
        self.button.setVisible(bool(view.button))
        self.enter.setVisible(bool(view.button))
        self._foot.setVisible(bool(view.prompt or view.button))

    def show_told(self, strong: str, words: str, tone: str) -> None:
        """How what was typed is understood, and what speaks against it."""
        self.arrow.setVisible(bool(strong) and not self.field.isHidden())
        self.strong.setText(strong)
        self.strong.setVisible(bool(strong))
        self.words.setText(words)
        self.words.set_tone(tone)

    def set_compact(self, is_compact: bool) -> None:
        """Less room around the keys, where the window is low."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.restyle()

    def _show_choices(self, choices: Sequence[StripChoice], kind: Kind) -> None:
        signature = (kind, *(choice.digit for choice in choices))
        if signature != self._signature:
            for key in self.choices.values():
                self._grid.removeWidget(key)
                key.hide()
                key.deleteLater()
            self.choices, self._signature = {}, signature
            across = 4
            for place, choice in enumerate(choices):
                made, is_low = (_LowKey, True) if len(choices) > across else (OutcomeKey, False)
                key = made(str(choice.digit), choice.label, choice.words, kind, is_compact=is_low)
                key.clicked.connect(lambda _=False, digit=choice.digit: self.chosen.emit(digit))
                self.choices[choice.digit] = key
                span = across if len(choices) == 1 else 1
                self._grid.addWidget(key, place // across, place % across, 1, span)
            for column in range(across):
                self._grid.setColumnStretch(column, 1)
        for choice in choices:
            self.choices[choice.digit].set_words(choice.label, choice.words)

    def restyle(self) -> None:
        side, above = (12, 8) if self._is_compact else (20, 14)
        self.body.setContentsMargins(side, above, side, above)
        self.body.setSpacing(4 if self._is_compact else 8)
        self.setFixedHeight(theme.px(152 if self._is_compact else 174))


class _LowKey(OutcomeKey):
    """A key of one line, three rows of which fit into the strip."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(32))


class StripField(QLineEdit):
    """Escape leaves the strip; digits typed here are part of what is typed."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(200)
        self.setAccessibleName("Nothing to type")
        self.setFont(theme.font("body"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()  # it is answered; what lies below must not take it for a key of its own
