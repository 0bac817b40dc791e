"""Runs one sync at a time beside the window, and tells everyone who watches how it goes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from callstation.errors import CancelledError, UserError

if TYPE_CHECKING:
    from callstation.sync.receipt import Receipt
    from ui.jobs import Job, Report
    from ui.shell import Shell

TURN_S = 0.0005
"""How soon the window gets its turn while a sync computes: Python's usual 5 ms, some times over, would be a stall."""


class Runner(QObject):
    """Owned by the shell. ``finished(Receipt)``, also where it ended early; ``failed(UserError)`` where none began."""

    started = Signal()
    progressed = Signal(int, int, str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._job: Job[Receipt] | None = None
        self._is_quiet = False
        self._usual_s = sys.getswitchinterval()

    @property
    def is_running(self) -> bool:
        """Whether a sync of this window is under way; one whose book was closed counts no longer."""
        return self._job is not None and not self._job.is_stale

    def start(self, *, is_quiet: bool = False) -> bool:
        """Begin a sync of the open book; whether it did. A quiet one (by the clock) says nothing when it ends.

        Where nobody is signed in, the Sync page comes into view instead, which offers that.
        """
        if self.is_running:
            if not is_quiet:
                self._shell.say("A sync is under way already. You can go on calling.", "info")
            return False
        from callstation.sync.connection import connection

        app, shell = self._shell.app, self._shell
        if app.ask(connection) is None:
            if not is_quiet:
                shell.go("sync")
            return False

        def work(report: Report) -> Receipt:
            from callstation.sync.opening import open_crm
            from callstation.sync.syncing import sync

            crm, user_id = open_crm(app, shell.secrets, sleep=report.sleep)
            try:
                return sync(app, crm, user_id, report=report, is_cancelled=lambda: report.is_cancelled)
            finally:
                crm.close()

        self._is_quiet = is_quiet
        self._usual_s = sys.getswitchinterval()
        sys.setswitchinterval(TURN_S)
        self._job = shell.jobs.run(
            work, done=self._on_done, failed=self._on_failed, progress=self._on_progress, label="sync", owner=self
        )
        shell.status.show_sync("Syncing…")
        self.started.emit()
        return True

    def stop(self) -> None:
        """Ask the sync to end after the request it is at; its receipt says what was done by then."""
        if self.is_running and self._job is not None:
            self._job.cancel()
            self._shell.status.show_sync("Stopping the sync…")

    def _on_progress(self, done: int, total: int, said: str) -> None:
        self._shell.status.show_sync(f"Syncing… {done:,} of {total:,}" if total else "Syncing…")
        self.progressed.emit(done, total, said)

    def _end(self) -> None:
        self._job = None
        sys.setswitchinterval(self._usual_s)
        self._shell.status.show_sync("")
        self._shell.refresh_status()

    def _on_done(self, receipt: Receipt) -> None:
        from callstation.sync.receipt import words

        self._end()
        self.finished.emit(receipt)
        if not self._is_quiet:
            kind: Any = "ok" if receipt.is_whole else "warn"
            self._shell.say(f"Synced: {words(receipt)}" if receipt.is_whole else receipt.problem, kind)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, CancelledError):
            error = UserError("Stopped before anything was sent.")
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(error)
        if not self._is_quiet:
            self._shell.show_problem(error)
