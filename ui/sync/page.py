"""The Sync page: what needs the rep, what waits, the run under way, and its receipt."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from callstation.changes import Changes
from callstation.sync import overview
from callstation.sync.overview import Attention, Overview, Waiting
from callstation.sync.receipt import SIGN_IN, receipts
from ui.page import Commands, Page
from ui.sync.beside import Beside
from ui.sync.connected_card import ConnectedCard
from ui.sync.doing import Doing
from ui.sync.head import Figures, Head
from ui.sync.lists import Lists
from ui.sync.outgoing_card import HIGH
from ui.sync.receipt_card import EARLIER
from ui.sync.saying import state_words
from ui.sync.sign_in_again import SignInAgain
from ui.theme import theme
from ui.widgets import Scroll
from ui.widgets.progress_card import ProgressCard

if TYPE_CHECKING:
    from ui.shell import Shell
    from ui.sync.connect_panel import ConnectPanel

_READ_MS = 30  # while J is held down, only the change one stops at is looked at
_RUNNING_MS = 400  # a sync tells of every few hundred rows; the numbers follow twice a second
_ROOM = 900  # px at 100 % from which the change in hand stands beside the lists


class SyncPage(Page):
    """J and K walk both lists; Enter or a digit mends, H holds, X keeps here, E edits, D looks first."""

    nouns = ("outbox_entry", "sync_conflict", "sync_run", "crm_record", "account", "activity", "callback", "contact",
             "renewal", "phone")  # fmt: skip

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.seen: Overview | None = None
        self.is_signing_in = False
        """Whether the way in is asked for though somebody is signed in, whose key is lost."""
        self.runner, self.doing = shell.sync_runner, Doing(self)
        self.head, self.figures, self.progress = Head(), Figures(), ProgressCard()
        self.again = SignInAgain()
        self.lists = Lists(self.app, self.show_widget)
        self.beside = Beside(self)
        self.connected = ConnectedCard(shell)
        self.connect_panel: ConnectPanel | None = None
        self._lay_out()
        self._pause, self._later = QTimer(self), QTimer(self)
        for timer, wait, then in ((self._pause, _READ_MS, self._look), (self._later, _RUNNING_MS, self._count_again)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(then)
        self._connect_signals()

    def _lay_out(self) -> None:
        inside = QWidget()
        self._both = QWidget()
        left = QVBoxLayout()
        left.setSpacing(12)
        for card in (self.lists.attention, self.lists.outgoing):
            left.addWidget(card)
        if self.connected.practise is not None:
            left.addWidget(self.connected.practise)
        left.addWidget(self.connected)
        left.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._both)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(12)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.beside)
        self._way_in = QWidget()
        self._way_in_row = QHBoxLayout(self._way_in)
        self._way_in_row.setContentsMargins(0, 0, 0, 0)
        whole = QWidget()
        whole.setMaximumWidth(1180)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 24, 0, 16)
        column.setSpacing(12)
        for widget in (self.head, self.figures, self.again, self.progress):
            column.addWidget(widget)
        column.addWidget(self._both)
        column.addWidget(self._way_in)
        column.addStretch(1)
        across = QHBoxLayout(inside)
        across.setContentsMargins(24, 0, 24, 0)
        across.addStretch(1)
        across.addWidget(whole, 100)
        across.addStretch(1)
        self.room = Scroll(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.room)

    def _connect_signals(self) -> None:
        run, shell = self.shell.run, self.shell
        self.head.wanted.connect(run)
        self.lists.attention.all_wanted.connect(run)
        self.lists.moved.connect(self._pause.start)
        self.lists.attention.wanted.connect(self.doing.mend)
        self.progress.stopped.connect(self.runner.stop)
        self.again.wanted.connect(self._sign_in_again)
        self.connected.signed_out.connect(self.refresh)
        self.runner.started.connect(self._on_started)
        self.runner.progressed.connect(self._on_progress)
        self.runner.finished.connect(self._on_ended)
        self.runner.failed.connect(self._on_ended)
        for action_id, button in self.beside.preview.buttons.items():
            button.clicked.connect(lambda _=False, name=action_id: shell.run(name))

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {"export_sync_log": self.doing.export_log, "back": self._back}
        if self._is_asking:
            return {**found, **(self.connect_panel.commands() if self.connect_panel else {})}
        return {
            **found, **self.connected.commands(), "next": lambda: self.lists.step(1),
            "previous": lambda: self.lists.step(-1),
            "mend": self.doing.mend_by_digit, "edit_change": self.doing.edit, "hold_change": self.doing.hold,
            "drop_change": self.doing.drop, "look_first": self.doing.look_first, "retry_all": self.doing.retry_all,
            "create_all": self.doing.create_all, "sign_in": self._sign_in_again,
        }  # fmt: skip

    @property
    def _is_asking(self) -> bool:
        """Whether the way in stands in the place of the lists."""
        return self.seen is not None and (self.seen.connection is None or self.is_signing_in)

    def refresh(self) -> None:
        self._count_again()
        seen = self.seen
        assert seen is not None
        is_asking = self._is_asking
        if is_asking and self.connect_panel is None:
            self._make_way_in()
        for widget, is_shown in (
            (self._way_in, is_asking),
            (self._both, not is_asking),
            (self.figures, not is_asking),
        ):
            widget.setVisible(is_shown)
        if seen.connection is not None:
            self.connected.show_connection(seen.connection)
            self.lists.reload(seen)
            if self.hasFocus():
                self.lists.take_focus()
            self._pause.start()  # what stands beside the lists comes when they are on the screen
        self.shell.renew_commands()

    def take_changes(self, changes: Changes) -> None:
        """While a sync runs only the numbers follow; the lists are read anew when it is over."""
        if not self.runner.is_running:
            self.refresh()
        elif not self._later.isActive():
            self._later.start()

    def on_shown(self) -> None:
        if self._is_asking and self.connect_panel is not None:
            self.connect_panel.focus_first()
        else:
            self._focus()

    def on_hidden(self) -> None:
        self._pause.stop()
        self._later.stop()

    def _count_again(self) -> None:
        """The numbers and the sentence: what is cheap enough to follow a sync under way."""
        seen = self.seen = self.app.ask(overview.overview)
        today, settings = self.app.ask(lambda work: work.today), self.app.settings
        self.figures.show_overview(seen, today, settings)
        is_running = self.runner.is_running
        self.head.show_state(
            state_words(seen, settings, is_running=is_running), is_connected=seen.connection is not None,
            is_running=is_running,
        )  # fmt: skip
        needs_key = seen.last is not None and seen.last.trouble == SIGN_IN and not self.is_signing_in
        connected_at = seen.connection.connected_at if seen.connection else None
        is_older = seen.last is not None and connected_at is not None and connected_at > seen.last.finished_at
        self.again.setVisible(needs_key and not is_running and seen.connection is not None and not is_older)

    def _make_way_in(self) -> None:
        from ui.sync.connect_panel import ConnectPanel  # not where somebody is signed in

        self.connect_panel = ConnectPanel(self.shell)
        self.connect_panel.connected.connect(self._on_connected)
        self.connect_panel.left.connect(self._back)
        self._way_in_row.addStretch(1)
        self._way_in_row.addWidget(self.connect_panel, 100)
        self._way_in_row.addStretch(1)
        self.connect_panel.show()  # now, for it is about to get the focus

    def _on_connected(self) -> None:
        self.is_signing_in = False
        self.refresh()
        self._focus()

    def _sign_in_again(self) -> None:
        self.is_signing_in = True
        self.refresh()
        self.on_shown()

    def _back(self) -> None:
        """Out of what is open, one thing at a time: the form, the look, the run."""
        if self.beside.is_asking:
            self.beside.close_asides()
            self._focus()
        elif self.is_signing_in:
            self.is_signing_in = False
            self.refresh()
            self._focus()
        elif self.runner.is_running:
            self.runner.stop()

    # -- the change in hand ------------------------------------------------------------------------------------------

    @property
    def current(self) -> Attention | Waiting | None:
        """The row in hand, of either list."""
        return self.lists.current

    def show_widget(self, widget: QWidget) -> None:
        """Bring a part of the page into view."""
        self.room.ensureWidgetVisible(widget)

    def _focus(self) -> None:
        if not self.lists.take_focus():
            self.setFocus()

    def _look(self) -> None:
        self.beside.show_change(self.current)
        QTimer.singleShot(0, self, self._show_receipts)

    def _show_receipts(self) -> None:
        if not self.shell.current:
            return  # the book was closed meanwhile
        last = self.seen.last if self.seen is not None else None
        if last is not None and not self.beside.receipt.is_newest(last.run_id):
            today = self.app.ask(lambda work: work.today)
            self.beside.receipt.show_receipts(self.app.ask(receipts, limit=EARLIER), today, self.app.settings)

    # -- a run -----------------------------------------------------------------------------------------------------

    def _on_started(self) -> None:
        self.beside.dry.hide()  # what it tells is no longer so; a form that is open stays
        self.progress.show_progress("Asking Salesforce")
        self._count_again()

    def _on_progress(self, done: int, total: int, said: str) -> None:
        self.progress.show_progress(f"{said}: {done:,} of {total:,}" if total else said, done, total)

    def _on_ended(self, outcome: object) -> None:
        """What came of it is said by the runner; a form that is open keeps the caret."""
        self.progress.hide()
        self.refresh()
        focus = self.window().focusWidget()
        if self.shell.current == "sync" and (focus is self or not self.isAncestorOf(focus)):
            self.on_shown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() * 100 // theme.text_size >= _ROOM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self.beside.set_beside(is_wide)
        self.lists.outgoing.view.set_most(max(6, (self.height() - theme.px(330)) // theme.px(HIGH)))
