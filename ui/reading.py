"""Reading what a page shows: at once from a book of a usual size, beside the window from a large one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from callstation.work import Work
from ui.jobs import Job

if TYPE_CHECKING:
    from ui.shell import Shell

T = TypeVar("T")
LARGE = 10_000
"""From so many renewals on an answer may take longer than a key press should."""


class Reading(QObject):
    """One answer at a time; what is on screen stays until the next one is there, and a newer question replaces it.

    ``shown`` when an answer that was read beside the window is on screen.
    """

    shown = Signal()

    def __init__(self, shell: "Shell", owner: QWidget, label: str) -> None:
        super().__init__(owner)
        self._shell, self._owner, self._label = shell, owner, label
        self._after: Callable[[], object] | None = None
        self._job: Job[Any] | None = None
        self.is_reading = False

    def read(self, question: Callable[[Work], T], show: Callable[[T], object], *, is_long: bool = False) -> None:
        """Ask the store, and show the answer; what ``is_long`` is read beside the window whatever the book."""
        app = self._shell.app
        if not is_long and not app.ask(_is_large):
            self.drop()
            show(app.ask(question))
            return
        self.is_reading = True

        def failed(error: Exception) -> None:
            self.is_reading = False
            raise error

        def done(answer: T) -> None:
            self.is_reading = False
            show(answer)
            self.shown.emit()
            after, self._after = self._after, None
            if after is not None:
                after()

        self._job = self._shell.jobs.run(
            lambda _report: app.ask(question), done=done, failed=failed, label=self._label, owner=self._owner
        )

    def drop(self) -> None:
        """Wait for no answer any more."""
        if self._job is not None:
            self._job.drop()
        self.is_reading, self._after = False, None

    def then(self, focus: Callable[[], object]) -> None:
        """Take the focus now, and again when the answer that is being read is shown and nothing else took it since."""
        focus()
        if self.is_reading:
            at = QApplication.focusWidget()

            def after() -> None:
                if self._owner.isVisible() and QApplication.focusWidget() in (at, None):
                    focus()

            self._after = after


def _is_large(work: Work) -> bool:
    found = work.row("SELECT max(id) FROM renewal")
    return found is not None and (found[0] or 0) >= LARGE
