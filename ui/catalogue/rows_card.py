"""A card of rows that are changed where they stand: pressed, a row opens its form below them."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from callstation.errors import UserError
from ui import actions
from ui.accounts.inline_form import InlineForm
from ui.catalogue.forms import Edit
from ui.quotes.row_button import RowButton
from ui.theme import theme
from ui.widgets import Button, Card, KeyBadge, Label

FIRST = 6


class RowsCard(Card):
    """``wanted(Edit)`` asks for a form; ``edited(Edit, dict)`` brings what was typed; ``left`` when it is closed."""

    wanted = Signal(object)
    edited = Signal(object, dict)
    left = Signal()

    def __init__(
        self, title: str, nothing: str, *, add: str = "", action_id: str = "", edit: Edit | None = None
    ) -> None:
        super().__init__(padding=16)
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(title, "pane_title"))
        head.addStretch(1)
        if edit is not None:
            button = Button(add, "small", "plus")
            button.clicked.connect(lambda: self.wanted.emit(edit))
            head.addWidget(button)
            head.addWidget(KeyBadge(*actions.caps_of(action_id)))
        self.body.addLayout(head)
        self.nothing = Label(nothing, "body", "text2", wraps=True)
        self.body.addWidget(self.nothing)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.body.addWidget(self._holder)
        self.more = Button("Show more", "text")
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more)
        self.rows: list[tuple[RowButton, Edit]] = []
        self._later: Sequence[tuple[RowButton, Edit]] = ()
        self.form: InlineForm | None = None
        self._edit: Edit | None = None

    def show_rows(self, rows: Sequence[tuple[RowButton, Edit]], first: int = FIRST, more: str = "") -> None:
        """Show others; ``more`` names those beyond the ``first``, which come when asked for."""
        focused = next((edit for button, edit in self.rows if button.hasFocus()), None)
        for button, _ in (*self.rows, *self._later):
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.rows, self._later = [], ()
        self._put(rows[:first])
        self._later = rows[first:]
        self.nothing.setVisible(not rows)
        self.more.set_words(more or f"Show {len(self._later):,} more")
        self.more.setVisible(bool(self._later))
        for button, edit in self.rows:
            if edit == focused:
                button.setFocus()

    def _put(self, rows: Sequence[tuple[RowButton, Edit]]) -> None:
        for button, edit in rows:
            button.clicked.connect(lambda _=False, edit=edit: self.wanted.emit(edit))
            self._column.addWidget(button)
            self.rows.append((button, edit))

    def _show_all(self) -> None:
        later, self._later = self._later, ()
        self._put(later)
        self.more.hide()
        if later:
            later[0][0].setFocus()

    def show_form(self, form: InlineForm, edit: Edit) -> None:
        """Open a form below the rows."""
        self.close_form()
        self.form, self._edit = form, edit
        form.saved.connect(lambda typed: self.edited.emit(edit, typed))
        form.left.connect(self.left)
        self.body.addWidget(form)
        form.show()
        form.begin()
        QTimer.singleShot(0, self._bring_into_view)  # once it has its place

    def _bring_into_view(self) -> None:
        place = self.parentWidget()
        while place is not None and not isinstance(place, QScrollArea):
            place = place.parentWidget()
        if place is not None and self.form is not None:
            place.ensureWidgetVisible(self.form, 0, theme.px(16))
            place.ensureWidgetVisible(next(iter(self.form.fields.values())), 0, theme.px(48))

    def show_problem(self, error: UserError) -> None:
        """Say in the form what cannot be taken."""
        if self.form is not None:
            self.form.show_problem(error)

    def close_form(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.body.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = self._edit = None
