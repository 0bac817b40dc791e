"""What the Sync page shows while nobody is signed in: sign in by the browser, what the admin must do, or practise."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callstation.changes import Changes
from callstation.errors import UserError
from callstation.sync.connection import Connection, last_sign_in
from ui.importing.start_panel import ProblemCard
from ui.keyed_buttons import keyed
from ui.page import Commands
from ui.sync.admin_card import AdminCard
from ui.sync.browser_card import BrowserCard
from ui.sync.connect_form import ConnectForm
from ui.sync.practise_card import PractiseCard, is_practice_book
from ui.sync.signing_in import SigningIn
from ui.widgets import Button, Card, FlowLayout, Label

if TYPE_CHECKING:
    from callstation.secrets import SecretStore
    from ui.jobs import Report
    from ui.shell import Shell

_ONCE = "You sign in once, on Salesforce's own page in your browser. Callstation never sees your password."
_SERVED = "For a training room: an org that another window or terminal on this computer serves."


class ConnectPanel(QWidget):
    """``connected`` once somebody is signed in; ``left`` on Escape where nothing of the panel's own is open."""

    connected = Signal()
    left = Signal()

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self._shell = shell
        self._is_practice_book = is_practice_book(shell)
        self.setMaximumWidth(720)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.practise = PractiseCard(shell)
        if not self._is_practice_book:
            self.practise.hide()
        self.practise.practised.connect(self.connected)
        self.form = ConnectForm(is_practice_only=self._is_practice_book)
        self.problem, self.waiting, self.admin = ProblemCard(), BrowserCard(), AdminCard(shell)
        self.signing_in = SigningIn(shell)
        self._keys = Label("", "secondary", "text3", wraps=True)
        column.addWidget(self.practise)
        column.addWidget(self._sign_in_card())
        column.addWidget(self.admin)
        self._connect_signals()
        last = shell.app.ask(last_sign_in)
        if last is not None:
            self.form.show_last(*last)
        self.practise.refresh(is_connected=False)
        shell.jobs.run(self._find_secrets, done=self._show_keys, label="keychain", owner=self)

    def _sign_in_card(self) -> Card:
        card = Card(padding=20)
        title = "Or sign in to a practice org" if self._is_practice_book else "Sign in to Salesforce"
        card.setAccessibleName(title)
        card.body.addWidget(Label(title, "pane_title"))
        words = _SERVED if self._is_practice_book else _ONCE
        card.body.addWidget(Label(words, "body", "text2", wraps=True))
        card.body.addSpacing(4)
        card.body.addWidget(self.form)
        card.body.addSpacing(4)
        card.body.addWidget(self.problem)
        card.body.addWidget(self.waiting)
        ways = FlowLayout(spacing=8)
        self._ways = QWidget()
        self._ways.setLayout(ways)
        self.sign_in = Button("Sign in", "plain" if self._is_practice_book else "primary", "external-link", height=32)
        self.what_admin = Button("What my admin must do", "plain", "file-text")
        ways.addWidget(keyed(self.sign_in, "sign_in"))
        if not self._is_practice_book:
            ways.addWidget(keyed(self.what_admin, "admin_text"))
        card.body.addSpacing(4)
        card.body.addWidget(self._ways)
        card.body.addWidget(self._keys)
        return card

    def _connect_signals(self) -> None:
        self.sign_in.clicked.connect(self.start)
        self.what_admin.clicked.connect(self.toggle_admin)
        self.form.entered.connect(self.start)
        self.form.changed.connect(lambda: self.problem.show_problem(None))
        self.waiting.cancelled.connect(self.signing_in.cancel)
        self.waiting.again.connect(self.signing_in.open_page)
        self.signing_in.asked.connect(self._on_asked)
        self.signing_in.done.connect(self._on_done)
        self.signing_in.failed.connect(self._on_failed)
        self.signing_in.stopped.connect(self._rest)

    # -- what the page asks ----------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        """What the keys of the Sync page do while the panel is in view."""
        found: Commands = {"sign_in": self.start, "back": self._on_back}
        if self._is_practice_book:
            return {**found, "practise_sync": self.practise.start}
        return {**found, "admin_text": self.toggle_admin, "copy_admin_text": self.admin.take}

    def focus_first(self) -> None:
        """Put the focus where one begins."""
        first = self.practise.button if self._is_practice_book else self.sign_in
        if first.isVisibleTo(self):  # a new panel is shown a moment later
            first.setFocus(Qt.FocusReason.TabFocusReason)

    # -- signing in ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Sign in as the form says."""
        told = None if self.signing_in.is_under_way else self.form.read()
        if told is None:
            return
        self.problem.show_problem(None)
        self.form.setEnabled(False)
        self._ways.hide()
        self.waiting.wait_for("", is_open=True)
        self.waiting.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.signing_in.start(*told)

    def toggle_admin(self) -> None:
        """Show or hide what the admin must do."""
        self.admin.setVisible(self.admin.isHidden())
        if self.admin.isVisible():
            self.admin.copy.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_back(self) -> None:
        if self.signing_in.is_under_way:
            self.signing_in.cancel()
        elif not self.admin.isHidden():
            self.toggle_admin()
            self.focus_first()
        else:
            self.left.emit()

    def _on_asked(self, is_open: bool) -> None:
        self.waiting.wait_for(self.signing_in.url, is_open=is_open)

    def _on_done(self, made: Connection) -> None:
        self._rest()
        self._shell.bring_to_front()
        self._shell.bus.changed.emit(Changes(everything=True))
        self._shell.say(f"Signed in as {made.display_name or made.username}.")
        self.connected.emit()

    def _on_failed(self, error: UserError) -> None:
        self._rest()
        self.problem.show_problem(error)
        said = " ".join(part for part in (error.title, error.detail, error.hint) if part)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _rest(self) -> None:
        self.form.setEnabled(True)
        self.waiting.hide()
        self._ways.show()
        self.sign_in.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- where the key is kept -------------------------------------------------------------------------------------

    def _find_secrets(self, report: "Report") -> "SecretStore":
        return self._shell.secrets  # a keychain takes its time to answer

    def _show_keys(self, secrets: "SecretStore") -> None:
        self._keys.setText(secrets.words)
