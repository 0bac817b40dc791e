"""A batch before it is made: how many, who is left out, ten of them as pages, and those that are blocked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from callstation.documents.batch import Chosen, Looked
from ui import actions
from ui.documents.blocked_list import BlockedList, of_looked
from ui.documents.missing_card import MissingCard
from ui.widgets import Button, Card, Chip, ElidedLabel, KeyBadge, Label, Scroll, SegmentedTabs
from ui.widgets.pdf_view import PdfView

if TYPE_CHECKING:
    from callstation.documents.fields import MissingField
    from ui.jobs import Jobs

_PAGE, _MISSING, _NOBODY, _BLOCKED = range(4)


class BatchView(Card):
    """``mended(page, target)`` leads to where something is filled in; N and P walk the ten."""

    mended = Signal(str, object)
    walked = Signal(str)

    def __init__(self, jobs: "Jobs") -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Preview")
        self.looked: tuple[Looked, ...] = ()
        self.place = 0
        self.count, self.said = Label("", "pane_title", tabular=True), Label("", "secondary", "text2", wraps=True)
        self.blocked_chip = Chip()
        self.tabs = SegmentedTabs(["Preview", "Blocked"], "What is shown")
        self.who, self.number = ElidedLabel("", "emphasis"), Label("", "secondary", "text3", tabular=True)
        self.view, self.missing = PdfView(jobs, "Preview of one document"), MissingCard()
        self.nobody, self.blocked = Label("", "body", "text2", wraps=True), BlockedList()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.count)
        head.addWidget(self.blocked_chip)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.tabs, 1)
        row.addWidget(KeyBadge(*actions.caps_of("batch_tab")))
        self.body.addLayout(row)
        self._walk = QWidget()
        walk = QHBoxLayout(self._walk)
        walk.setContentsMargins(0, 0, 0, 0)
        walk.setSpacing(6)
        walk.addWidget(self.who, 1)
        walk.addWidget(self.number)
        for action_id, icon in (("previous_page", "chevron-left"), ("next_page", "chevron-right")):
            button = Button(actions.action(action_id).label, "icon", icon, height=26)
            button.clicked.connect(lambda _=False, name=action_id: self.walked.emit(name))
            walk.addWidget(button)
            walk.addWidget(KeyBadge(*actions.caps_of(action_id)))
        self.body.addWidget(self._walk)
        self._stack = QStackedWidget()
        for widget in (self.view, Scroll(self.missing), self.nobody, Scroll(self.blocked)):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(lambda _index: self._show())
        self.missing.mended.connect(self._on_mended)
        self.blocked.mended.connect(self.mended)

    def show_chosen(self, chosen: Chosen | None, label: str) -> None:
        """Say how many there are, and who is left out; None while a field of the filter cannot be read."""
        self.looked, self.place = (), 0
        if chosen is None:
            self.count.setText("Nothing is chosen yet")
            self.said.setText("A field of the filter cannot be read.")
        else:
            many = len(chosen.recipients)
            self.count.setText(f"{many:,} {'document' if many == 1 else 'documents'}" if many else "Nobody to write to")
            self.said.setText(_left_out(chosen, label))
        self.said.setVisible(bool(self.said.text()))
        self.show_blocked(None)
        self._show()

    def show_looked(self, looked: tuple[Looked, ...]) -> None:
        """Show the first of the ten."""
        self.looked, self.place = looked, 0
        self._show()

    def show_blocked(self, blocked: Sequence[Looked] | None) -> None:
        """Say who is blocked; None while that is not known yet."""
        many = len(blocked or ())
        self.blocked_chip.set_chip(f"{many:,} blocked" if many else "", "warn", "triangle-alert")
        self.tabs.set_count(1, None if blocked is None else many)
        self.blocked.show_rows([of_looked(one) for one in blocked or ()])
        self._show()

    def step(self, by: int) -> None:
        """Go to the next of the ten, or the one before."""
        self.tabs.setCurrentIndex(0)
        self.place = max(0, min(len(self.looked) - 1, self.place + by))
        self._show()

    def turn(self) -> None:
        """The other tab."""
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    @property
    def current(self) -> Looked | None:
        """The one in view."""
        return self.looked[self.place] if self.place < len(self.looked) else None

    def _show(self) -> None:
        one = self.current
        is_blocked = self.tabs.currentIndex() == 1
        is_one = one is not None and not is_blocked
        self._walk.setVisible(is_one)
        names = (one.recipient.account, one.recipient.contract) if one is not None and is_one else ()
        self.who.setText(" · ".join(part for part in names if part))
        self.number.setText(f"{self.place + 1} of {len(self.looked)}" if is_one else "")
        if is_blocked:
            self._stack.setCurrentIndex(_BLOCKED)
        elif one is None:
            self._stack.setCurrentIndex(_NOBODY)
        elif one.problem:
            self._show_problem(one)
        else:
            self._stack.setCurrentIndex(_PAGE)
            self.view.show_pdf(one.content)

    def _show_problem(self, one: Looked) -> None:
        from callstation.documents.fields import MissingFieldsError
        from callstation.errors import UserError

        error = MissingFieldsError(one.fields) if one.fields else UserError("This one is blocked.", one.problem)
        self.missing.show_error(error)
        self._stack.setCurrentIndex(_MISSING)

    def _on_mended(self, field: "MissingField") -> None:
        from ui.documents.mending import way_to

        if self.current is not None:
            self.mended.emit(*way_to(field, self.current.recipient.account_id))


def _left_out(chosen: Chosen, label: str) -> str:
    many = chosen.left_out
    if not many:
        return "" if chosen.recipients else "Widen the filter, or choose another campaign."
    return f"Left out: {many:,} {'was' if many == 1 else 'were'} sent this {label} already."
