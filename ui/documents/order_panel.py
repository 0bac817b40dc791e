"""A new batch: the form on one side, who gets it and how it looks on the other, and the button that makes it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import actions
from ui.documents.batch_view import BatchView
from ui.documents.order_form import OrderForm
from ui.theme import theme
from ui.widgets import Button, KeyBadge, Label, Scroll

if TYPE_CHECKING:
    from ui.jobs import Jobs


class OrderPanel(QWidget):
    """``wanted(action id)`` for a button."""

    wanted = Signal(str)

    def __init__(self, jobs: "Jobs") -> None:
        super().__init__()
        self.form, self.view = OrderForm(), BatchView(jobs)
        self.make, self.leave = Button("Make", "primary", "check", height=36), Button("Back", "plain", height=36)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(Label("New batch", "account"))
        told.addWidget(Label("Nothing is made until you say so.", "body", "text2", wraps=True))
        head.addLayout(told, 1)
        for button, action_id in ((self.leave, "back"), (self.make, "make_batch")):
            button.clicked.connect(lambda _=False, name=action_id: self.wanted.emit(name))
            head.addWidget(button)
            head.addWidget(KeyBadge(*actions.caps_of(action_id)))
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._side = Scroll(self.form)
        row.addWidget(self._side)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)

    def set_room(self, *, is_narrow: bool) -> None:
        """The room of the form; the preview takes the rest."""
        self._side.setFixedWidth(theme.px(380 if is_narrow else 460))

    def show_count(self, many: int) -> None:
        """Say on the button how many it makes."""
        self.make.set_words(f"Make {many:,} {'document' if many == 1 else 'documents'}" if many else "Make")
        self.make.setEnabled(many > 0)
