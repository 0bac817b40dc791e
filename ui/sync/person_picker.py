"""Whom a call is told of with: the people of its account, picked by their digit."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callstation.accounts.card import Person
from ui.sync.aside import Aside
from ui.widgets import Button, KeyBadge
from ui.widgets.base import one_line

MOST = 8


class PersonPicker(Aside):
    """``picked(contact id, or None for nobody by name)``."""

    picked = Signal(object)

    def __init__(self, account: str, people: Sequence[Person]) -> None:
        super().__init__("Link the call to")
        self.say(f"The people of {one_line(account)[:120]} who are known in Salesforce or can be made there.")
        self.people = tuple(people[:MOST])
        self.buttons: list[Button] = []
        for place, person in enumerate(self.people, start=1):
            words = one_line(", ".join(part for part in (person.name, person.role) if part))[:60]
            self._add(place, words, person.contact_id)
        self._add(len(self.people) + 1, "Nobody by name", None)

    def _add(self, place: int, words: str, contact_id: int | None) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        button = Button(words, "plain")
        button.clicked.connect(lambda _=False, one=contact_id: self.picked.emit(one))
        row.addWidget(KeyBadge(str(place)))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        self.add(holder)
        self.buttons.append(button)

    def begin(self) -> None:
        """Put the focus on the first."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def pick(self, digit: int) -> None:
        """Pick by digit; one that stands for nobody does nothing."""
        if 1 <= digit <= len(self.buttons):
            self.buttons[digit - 1].click()
