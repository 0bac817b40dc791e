"""One sign-in by the system browser: begun in a job, waited for, given up, or told of in words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from callstation.errors import CancelledError, UserError

if TYPE_CHECKING:
    from callstation.sync.connection import Connection
    from ui.jobs import Job, Report
    from ui.shell import Shell


class SigningIn(QObject):
    """``asked(is_open)`` once the browser was asked for the page, then one of ``done``, ``failed`` and ``stopped``."""

    asked = Signal(bool)
    done = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    _wanted = Signal(str)

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._shell = shell
        self._job: Job[Connection] | None = None
        self.url = ""
        self.ports: Sequence[int] | None = None
        """Where the browser's answer is taken; without them where the admin was asked to allow it."""
        self._wanted.connect(self._on_wanted)

    @property
    def is_under_way(self) -> bool:
        return self._job is not None

    def start(self, host: str, client_id: str) -> None:
        """Begin; a second one is passed over while the first waits."""
        if self._job is not None:
            return
        shell, app, wanted, ports = self._shell, self._shell.app, self._wanted, self.ports

        def work(report: "Report") -> "Connection":
            from callstation.sync.connection import sign_in

            return sign_in(
                app, shell.secrets, host, client_id, wanted.emit, is_cancelled=lambda: report.is_cancelled, ports=ports
            )  # fmt: skip

        self.url = ""
        self._job = shell.jobs.run(work, done=self._on_done, failed=self._on_failed, label="sign in", owner=self)

    def cancel(self) -> None:
        """Give up waiting; what the browser then says goes nowhere."""
        if self._job is not None:
            self._job.cancel()

    def open_page(self) -> None:
        """Show the sign-in page in the system's browser, again where it was closed."""
        if self.url:
            self.asked.emit(QDesktopServices.openUrl(QUrl(self.url)))

    def _on_wanted(self, url: str) -> None:
        self.url = url
        self.open_page()

    def _on_done(self, made: "Connection") -> None:
        self._job = None
        self.done.emit(made)

    def _on_failed(self, error: Exception) -> None:
        self._job = None
        if isinstance(error, CancelledError):
            self.stopped.emit()
        elif isinstance(error, UserError):
            self.failed.emit(error)
        else:
            self.stopped.emit()
            raise error
