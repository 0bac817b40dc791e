"""The people of an account and their numbers, each corrected where it stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.card import AccountCard, Number, Person
from callstation.errors import UserError
from db.vocabulary import NumberStatus
from ui import actions
from ui.accounts.inline_form import InlineForm
from ui.accounts.people_forms import Edit, form_for
from ui.accounts.quiet_icon import QuietIcon
from ui.calling.info_row import Info, InfoRow
from ui.theme import theme
from ui.widgets import Button, Card, Divider, KeyBadge, Label

_STATUS = {
    NumberStatus.UNTRIED: "Not tried yet",
    NumberStatus.WORKING: "Works",
    NumberStatus.MAIN_LINE: "Main line",
    NumberStatus.DEAD: "Does not work",
}


def _state(number: Number) -> str:
    """What calling it has taught: ``Works, reached 6 of 25 times``."""
    if not number.attempts:
        return _STATUS[number.status]
    tried = f"reached {number.connects} of {number.attempts} times"
    return tried.capitalize() if number.status is NumberStatus.UNTRIED else f"{_STATUS[number.status]}, {tried}"


def _last_line(evidence: str) -> str:
    """The newest of several pieces of evidence."""
    return evidence.strip().splitlines()[-1] if evidence.strip() else "No evidence is kept"


def _blocking(whom: str, *, is_blocked: bool, what: str) -> tuple[str, str, str]:
    """(words, icon, edit) of the button that blocks, or that lifts a block."""
    if is_blocked:
        return f"Allow calls to {whom} again", "undo-2", f"unblock_{what}"
    return f"Do not call {whom}", "ban", f"block_{what}"


class PeopleCard(Card):
    """``edited(Edit, dict)`` brings what was typed; the owner does it, then shows the card anew."""

    edited = Signal(object, dict)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("People")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("People", "pane_title"))
        head.addStretch(1)
        self.add = Button("Add person", "small", "plus")
        self.add.clicked.connect(lambda: self.begin(Edit("add_person")))
        head.addWidget(self.add)
        head.addWidget(KeyBadge(*actions.caps_of("add_person")))
        self.body.addLayout(head)
        self.form: InlineForm | None = None
        self._edit = Edit("")
        self.card: AccountCard | None = None
        self._rows = QWidget()
        self.body.addWidget(self._rows)

    def show_card(self, card: AccountCard) -> None:
        """Show another account's people; a form that is open for the same account stays as it is."""
        if self.card is not None and card.account_id != self.card.account_id:
            self._close()
        self.card = card
        self._fill()

    def begin(self, edit: Edit) -> None:
        """Open the form of an edit in its place."""
        if self.card is None:
            return
        self._close()
        self._edit, self.form = edit, form_for(edit, self.card)
        self.form.saved.connect(lambda typed: self.edited.emit(self._edit, typed))
        self.form.left.connect(self.leave)
        self._fill()
        self.form.begin()

    def leave(self) -> None:
        """Close the form and drop what was typed."""
        self._close()
        self._fill()
        self.left.emit()

    def done(self) -> None:
        """What the form asked for is in the book."""
        self._close()
        self._fill()

    def show_problem(self, error: UserError) -> None:
        """Say in the form what cannot be taken."""
        if self.form is not None:
            self.form.show_problem(error)

    def _close(self) -> None:
        if self.form is not None:
            self.form.setParent(None)
            self.form.deleteLater()
            self.form = None

    def _fill(self) -> None:
        old, self._rows = self._rows, QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if self.form is not None and self._edit.contact_id is None:
            column.addWidget(self.form)
        people = self.card.people if self.card else ()
        if not people and self.form is None:
            column.addWidget(
                Label("Nobody is known here yet. Add the person who decides.", "body", "text2", wraps=True)
            )
        for place, person in enumerate(people):
            if place:
                column.addWidget(Divider())
            self._add_person(column, person)
        self.body.replaceWidget(old, self._rows)
        self._rows.show()
        old.hide()
        old.deleteLater()

    def _add_person(self, column: QVBoxLayout, person: Person) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        row = InfoRow()
        chip, kind = ("Do not call", "bad") if person.is_do_not_call else ("", "mute")
        if not chip and not person.is_active:
            chip = "Left"
        elif not chip and person.is_decision_maker:
            chip, kind = "Decides", "ok"
        about = ", ".join(part for part in (person.role, person.email) if part) or "No role known"
        row.show_info(Info(person.name, about, chip=chip, chip_kind=kind, person=person.name))  # type: ignore[arg-type]
        line.addWidget(row, 1)
        for words, icon, what in (
            (f"Correct {person.name}", "pencil", "person"),
            (f"Add a number of {person.name}", "plus", "add_number"),
            _blocking(person.name, is_blocked=person.is_do_not_call, what="person"),
        ):
            self._icon(line, words, icon, Edit(what, person.contact_id))
        column.addLayout(line)
        for number in person.numbers:
            column.addLayout(self._number_line(person, number))
        if self.form is not None and self._edit.contact_id == person.contact_id:
            column.addWidget(self.form)

    def _number_line(self, person: Person, number: Number) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addSpacing(theme.px(38))  # under the name; a margin would not change sides with the reading direction
        row = InfoRow()
        said = _last_line(number.evidence) if number.is_do_not_call else _state(number)
        tone = "bad" if number.is_do_not_call or number.status is NumberStatus.DEAD else "text2"
        shown = f"{number.shown} ext. {number.extension}" if number.extension else number.shown
        chip = "Do not call" if number.is_do_not_call else ""
        row.show_info(
            Info(shown, said, mark="ban" if number.is_do_not_call else "phone", tone=tone, chip=chip, chip_kind="bad",
                 lines=2)
        )  # fmt: skip
        line.addWidget(row, 1)
        self._icon(line, f"Correct {shown}", "pencil", Edit("number", person.contact_id, number.phone_id))
        words, icon, what = _blocking(shown, is_blocked=number.is_do_not_call, what="number")
        self._icon(line, words, icon, Edit(what, person.contact_id, number.phone_id))
        return line

    def _icon(self, line: QHBoxLayout, words: str, icon: str, edit: Edit) -> None:
        button = QuietIcon(words, icon)
        button.clicked.connect(lambda: self.begin(edit))
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
