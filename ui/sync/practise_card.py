"""Practising: one key connects the made-up book to an org of its own and lets something happen there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.changes import Changes
from callstation.errors import UserError
from callstation.sync.practice.told import read_told
from ui import actions
from ui.widgets import Button, ButtonKind, Card, IconLabel, KeyBadge, Label

if TYPE_CHECKING:
    from ui.jobs import Report
    from ui.shell import Shell

_FIRST = (
    "A made-up Salesforce beside this book: no browser, no password, and nothing leaves this computer. A colleague "
    "works there too, so the first sync has something to show."
)
_AGAIN = "Let something happen on both sides once more, then sync and see what comes of it."


class PractiseCard(Card):
    """Shown in the made-up book alone; ``practised`` once something has happened."""

    practised = Signal()

    def __init__(self, shell: "Shell", kind: ButtonKind = "primary") -> None:
        super().__init__(padding=20)
        self._shell, self._is_busy = shell, False
        self.setAccessibleName("Practise syncing")
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(IconLabel("graduation-cap", "accent_text", 20), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(4)
        said.addWidget(Label("Practise syncing", "pane_title"))
        self.words = Label("", "body", "text2", wraps=True)
        said.addWidget(self.words)
        row.addLayout(said, 1)
        self.button = Button("Practise syncing", kind, height=32)
        self.button.clicked.connect(self.start)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(KeyBadge(*actions.caps_of("practise_sync")), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(36, 4, 0, 0)
        self._lines.setSpacing(4)
        self.body.addWidget(self._list)
        self.told: tuple[str, ...] = ()

    def refresh(self, *, is_connected: bool) -> None:
        """Say what there is to do, and what happened the last time."""
        if self._is_busy:
            return
        self.words.setText(_AGAIN if is_connected else _FIRST)
        self.button.set_words("Practise again" if is_connected else "Practise syncing")
        self._show_told(self._shell.app.ask(read_told) if is_connected else ())

    def start(self) -> None:
        """Connect where need be, and let something happen, beside the window."""
        if self._is_busy:
            return
        app = self._shell.app

        def work(report: "Report") -> tuple[str, ...]:
            from callstation.sync.practice.life import practise

            return practise(app, report=report)

        self._is_busy = True
        self.button.setEnabled(False)
        self._shell.jobs.run(
            work, done=self._on_done, failed=self._on_failed, progress=self._on_progress, label="practise", owner=self
        )

    def _on_progress(self, done: int, total: int, words: str) -> None:
        self.words.setText(f"{words}.")

    def _on_done(self, told: tuple[str, ...]) -> None:
        self._rest()
        self.refresh(is_connected=True)
        self._shell.bus.changed.emit(Changes(everything=True))
        self._shell.say("The practice org is ready. Sync to see what happened on both sides.")
        self.practised.emit()

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        self._shell.bus.changed.emit(Changes(everything=True))
        if not isinstance(error, UserError):
            raise error
        self._shell.show_problem(error)

    def _rest(self) -> None:
        self._is_busy = False
        self.button.setEnabled(True)

    def _show_told(self, told: tuple[str, ...]) -> None:
        if told == self.told:
            self._list.setVisible(bool(told))
            return
        self.told = told
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in told:
            self._lines.addWidget(Label(f"•  {sentence}", "body", "text2", wraps=True))
        self._list.setVisible(bool(told))


def is_practice_book(shell: "Shell") -> bool:
    """Whether the made-up book is open."""
    return shell.app.store == shell.places.sample.store
