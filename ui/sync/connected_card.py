"""Who is signed in, where and since when; and the way out."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from callstation.changes import Changes
from callstation.errors import UserError
from callstation.sync.connection import Connection
from ui import actions, words
from ui.page import Commands
from ui.sync.practise_card import PractiseCard, is_practice_book
from ui.widgets import Button, Card, IconLabel, KeyBadge, Label

if TYPE_CHECKING:
    from ui.jobs import Report
    from ui.shell import Shell

_STAYS = "Signing out keeps the book and what waits to be sent. You come back by signing in again."


class ConnectedCard(Card):
    """A line at the foot of the Sync page; ``signed_out`` once the key is thrown away."""

    signed_out = Signal()

    def __init__(self, shell: "Shell") -> None:
        super().__init__(padding=16)
        self._shell = shell
        self.setAccessibleName("Signed in")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel("cloud", "ok", 20), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(2)
        self.who = Label("", "emphasis", wraps=True)
        self.where = Label("", "secondary", "text2", wraps=True, selectable=True)
        for label in (self.who, self.where, Label(_STAYS, "secondary", "text3", wraps=True)):
            told.addWidget(label)
        row.addLayout(told, 1)
        self.sign_out = Button("Sign out", "plain")
        self.sign_out.clicked.connect(self.leave)
        row.addWidget(self.sign_out, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(KeyBadge(*actions.caps_of("sign_out")), 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.practise = PractiseCard(shell, "plain") if is_practice_book(shell) else None

    def commands(self) -> Commands:
        """What the keys of the Sync page do while somebody is signed in."""
        found: Commands = {"sign_out": self.leave}
        if self.practise is not None and not self.practise.isHidden():
            return {**found, "practise_sync": self.practise.start}
        return found

    def show_connection(self, made: Connection) -> None:
        """Say who is signed in."""
        settings = self._shell.app.settings
        local = made.connected_at.astimezone(settings.zone)
        today = self._shell.app.clock.now().astimezone(settings.zone).date()
        is_today = local.date() == today
        since = words.clock(made.connected_at, settings) if is_today else words.day(local.date(), today, settings)
        name = made.display_name or made.username
        self.who.setText(f"Connected as {name} since {since}")
        place = "the practice org beside this book" if made.is_inside else urlsplit(made.instance_url).netloc
        self.where.setText(f"{made.username} at {place}")
        if self.practise is not None:
            self.practise.setVisible(made.is_inside)
            self.practise.refresh(is_connected=True)

    def leave(self) -> None:
        """Sign out, beside the window: the other side is told so where it can be reached."""
        if not self.sign_out.isEnabled():
            return
        shell, app = self._shell, self._shell.app

        def work(report: "Report") -> bool:
            from callstation.sync.connection import sign_out

            return sign_out(app, shell.secrets)

        self.sign_out.setEnabled(False)
        self.sign_out.set_words("Signing out")
        shell.jobs.run(work, done=self._on_done, failed=self._on_failed, label="sign out", owner=self)

    def _on_done(self, is_heard: bool) -> None:
        self._rest()
        self._shell.bus.changed.emit(Changes(everything=True))
        if is_heard:
            self._shell.say("Signed out. The book and what waits to be sent are still here.")
        else:
            self._shell.say(
                "Signed out here. Salesforce could not be told; an admin can end the session there.", "warn"
            )
        self.signed_out.emit()

    def _on_failed(self, error: Exception) -> None:
        self._rest()
        self._shell.bus.changed.emit(Changes(everything=True))
        if not isinstance(error, UserError):
            raise error
        self._shell.show_problem(error)

    def _rest(self) -> None:
        self.sign_out.setEnabled(True)
        self.sign_out.set_words("Sign out")
