"""The outcome keys of a campaign: what each digit logs, and what this campaign calls it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from callstation.calling.outcomes import OUTCOMES, OutcomeKey
from callstation.errors import UserError
from ui.settings.editors import WordsEditor
from ui.widgets import Button, Card, KeyBadge, Label, Select

DIGITS = range(1, 10)


class KeysCard(Card):
    """``changed(keys)`` with the nine rows as they stand; no keys mean those of the kind."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.setAccessibleName("Outcome keys")
        head = QHBoxLayout()
        head.addWidget(Label("Outcome keys", "pane_title"), 1)
        self.reset = Button("As the kind has them", "plain", "undo-2")
        self.reset.clicked.connect(lambda _checked=False: self.changed.emit(()))
        head.addWidget(self.reset)
        self.body.addLayout(head)
        self.problem = Label("", "secondary", "bad", wraps=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.outcomes: dict[int, Select] = {}
        self.labels: dict[int, WordsEditor] = {}
        self._shown: tuple[OutcomeKey, ...] = ()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for digit in DIGITS:
            outcome = self.outcomes[digit] = Select(f"Outcome on {digit}")
            outcome.addItems(["Nothing", *(one.label for one in OUTCOMES.values())])
            outcome.activated.connect(partial(self._on_outcome, digit))
            label = self.labels[digit] = WordsEditor(f"Own words on {digit}")
            label.setMaxLength(40)
            label.setMinimumWidth(80)
            label.left.connect(self._on_changed)
            for column, widget in enumerate((KeyBadge(str(digit)), outcome, label)):
                grid.addWidget(widget, digit, column)
        self.body.addLayout(grid)

    def show_keys(self, keys: tuple[OutcomeKey, ...], *, is_other: bool) -> None:
        """Show the keys in force."""
        self._shown = keys
        self.show_problem(None)
        on = {key.digit: key for key in keys}
        dispositions = list(OUTCOMES)
        for digit in DIGITS:
            key = on.get(digit)
            self.outcomes[digit].setCurrentIndex(0 if key is None else dispositions.index(key.disposition) + 1)
            self.labels[digit].setEnabled(key is not None)
            if is_other or not self.labels[digit].hasFocus():
                self.labels[digit].put("" if key is None else key.label)

    def show_problem(self, error: UserError | None) -> None:
        """Say what cannot be taken; None clears it."""
        self.problem.setText("" if error is None else f"{error.title} {error.hint}".strip())
        self.problem.setVisible(error is not None)

    def keys(self) -> tuple[OutcomeKey, ...]:
        """The rows as they stand; an outcome without own words keeps its usual ones."""
        dispositions = list(OUTCOMES)
        found = []
        for digit in DIGITS:
            index = self.outcomes[digit].currentIndex()
            if index > 0:
                disposition = dispositions[index - 1]
                label = self.labels[digit].words() or OUTCOMES[disposition].label
                found.append(OutcomeKey(digit, disposition, label))
        return tuple(found)

    def _on_outcome(self, digit: int, index: int) -> None:
        label = list(OUTCOMES.values())[index - 1].label if index > 0 else ""
        self.labels[digit].put(label)
        self.labels[digit].setEnabled(index > 0)
        self._on_changed()

    def _on_changed(self) -> None:
        keys = self.keys()
        if keys == self._shown:
            return
        twice = [key for key in keys if sum(key.disposition is other.disposition for other in keys) > 1]
        if twice:
            name = OUTCOMES[twice[0].disposition].label
            digits = " and ".join(str(key.digit) for key in twice if key.disposition is twice[0].disposition)
            self.show_problem(
                UserError(f"{name} stands on {digits}.", "", "Put each outcome on one digit; then it is saved.")
            )
            return
        if not keys:
            self.show_problem(UserError("A campaign needs an outcome on a digit.", "", "Choose at least one."))
            return
        self.changed.emit(keys)
