"""What the window does by itself: the log, a backup every hour, an eye on what others write and on the day's turn."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from callstation.backup import is_due, make_backup
from callstation.changes import Changes
from callstation.clock import working_date
from callstation.errors import UserError
from callstation.log import get_log, start_log
from callstation.paths import Places

if TYPE_CHECKING:
    from callstation.app import App
    from ui.shell import Shell

LOOK_EVERY_MS = 5 * 60_000
OTHERS_EVERY_MS = 2_000
"""How soon a call that the command line logged shows in the window."""
FIRST_LOOK_MS = 60_000
"""Not in the first minute, which belongs to the first call."""


class Keeper(QObject):
    """Keeps one open store; the next store gets another."""

    def __init__(self, shell: "Shell", app: "App") -> None:
        super().__init__(shell)
        self._shell, self._app, self._places = shell, app, Places(app.store.parent)
        self._is_busy = False
        self._day = self._today()
        start_log(self._places.logs)
        get_log().info("window_opened")
        self._timer, self._others = QTimer(self), QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)
        self._others.timeout.connect(self.listen)
        self._others.start(OTHERS_EVERY_MS)
        QTimer.singleShot(FIRST_LOOK_MS, self, self.look)

    def look(self) -> None:
        """Make the backup of the hour in a job, where it is due and the store still open."""
        app, folder = self._app, self._places.backups
        if self._is_busy or not self._is_open or not is_due(folder, app.clock.now()):
            return
        self._is_busy = True
        folder.mkdir(parents=True, exist_ok=True)
        self._shell.jobs.run(
            lambda report: make_backup(app, folder), done=self._on_done, failed=self._on_failed, label="back up"
        )

    def listen(self) -> None:
        """Let the screens read anew what another program has written, and everything once the day has turned."""
        if not self._is_open:
            return
        has_told, before = self._app.notice_outside(), self._day
        self._day = self._today()
        if before != self._day and not has_told:
            self._shell.bus.changed.emit(Changes(everything=True))

    def _today(self) -> date:
        settings = self._app.settings
        return working_date(self._app.clock.now(), settings.zone, settings.day_turns_at_hour)

    @property
    def _is_open(self) -> bool:
        return self._shell.current != "" and self._shell.app is self._app

    def stop(self) -> None:
        """The store is being closed."""
        self._timer.stop()
        self._others.stop()
        self.deleteLater()

    def _on_done(self, _path: object) -> None:
        self._is_busy = False

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        get_log().warning("backup_failed", error=str(error))
        words = "The backup of this hour could not be made."
        self._shell.show_problem(
            UserError(words, str(error), "Calls are saved all the same. Look at the disk's space.")
        )
