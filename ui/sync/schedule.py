"""Syncs the open book by itself, as the settings say: never during a call, and without a word where it cannot."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow

from callstation.errors import UserError
from callstation.sync.timetable import Timetable, is_wanted
from ui.page import Page

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.sync.receipt import Receipt
    from ui.shell import Shell

LOOK_EVERY_MS = 15_000
FIRST_LOOK_MS = 5_000
"""After the first page is painted and warm."""
_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Schedule(QObject):
    """Keeps one open store; the next store gets another."""

    def __init__(self, shell: "Shell", app: "App") -> None:
        super().__init__(shell)
        self._shell, self._app = shell, app
        self._times = Timetable.begin(app.settings, app.clock.now(), app.clock.monotonic())
        self._watched: QWindow | None = None
        self._is_hearing = self._is_stopped = False
        self._refused_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)
        QTimer.singleShot(FIRST_LOOK_MS, self, self.look)

    def look(self) -> None:
        """Begin a sync where one is due and nothing speaks against it; nothing is imported where none is wanted."""
        app = self._app
        if self._is_stopped or not self._is_open:
            return
        self._watch(is_watching=app.settings.is_synced_when_idle)
        at_s = app.clock.monotonic()
        is_busy = self._is_on_call
        if is_busy:
            self._times.touch(at_s)
        is_due = self._times.is_due(app.settings, app.clock.now(), at_s)
        if not is_wanted(app.settings):
            return
        self._hear()
        if is_due and not is_busy and self._may_sync:
            self._shell.sync_runner.start(is_quiet=True)

    def stop(self) -> None:
        """The store is being closed."""
        self._is_stopped = True
        self._timer.stop()
        self._watch(is_watching=False)
        self.deleteLater()

    # -- what speaks against it ------------------------------------------------------------------------------------

    @property
    def _is_open(self) -> bool:
        return self._shell.current != "" and self._shell.app is self._app

    @property
    def _is_on_call(self) -> bool:
        return any(page.is_on_call for page in self._shell.findChildren(Page))

    @property
    def _may_sync(self) -> bool:
        """Whether somebody is signed in whom the CRM has not turned away since, and no sync is under way."""
        from callstation.sync.connection import connection

        found = self._app.ask(connection)
        return found is not None and found.connected_at != self._refused_at and not self._shell.sync_runner.is_running

    # -- what is heard ---------------------------------------------------------------------------------------------

    def _hear(self) -> None:
        if not self._is_hearing:
            self._is_hearing = True
            self._shell.sync_runner.finished.connect(self._on_finished)
            self._shell.sync_runner.failed.connect(self._on_failed)

    def _on_finished(self, receipt: "Receipt") -> None:
        from callstation.sync.receipt import SIGN_IN
        from callstation.sync.standing import OFFLINE

        self._end(is_offline=receipt.trouble == OFFLINE, is_refused=receipt.trouble == SIGN_IN)

    def _on_failed(self, error: UserError) -> None:
        """None began: another program has the book, or the key is gone."""
        from callstation.sync.crm import SignInError

        self._end(is_offline=not isinstance(error, SignInError), is_refused=isinstance(error, SignInError))

    def _end(self, *, is_offline: bool, is_refused: bool) -> None:
        from callstation.sync.connection import connection

        if self._is_stopped or not self._is_open:
            return
        self._times.end(self._app.clock.monotonic(), is_offline=is_offline)
        found = self._app.ask(connection) if is_refused else None
        self._refused_at = found.connected_at if found is not None else None

    def _watch(self, *, is_watching: bool) -> None:
        """Hear keys and clicks at the window itself: a filter on every widget would cost each repaint."""
        window = self._shell.windowHandle() if is_watching else None
        if window is self._watched:
            return
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        if window is not None:
            window.installEventFilter(self)
        self._watched = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._times.touch(self._app.clock.monotonic())
        return False
