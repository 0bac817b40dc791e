"""Goes one action back or forth and says which: at once, or beside the window where it is a whole import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callstation.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.shell import Shell


class Undoing:
    """Undo and redo of the window's open store."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def undo(self) -> None:
        """Take the last action back."""
        self._step(self._shell.app.undo, "Undone", "There is nothing to undo.", is_undo=True)

    def redo(self) -> None:
        """Do the last undone action again."""
        self._step(self._shell.app.redo, "Done again", "There is nothing to do again.", is_undo=False)

    def _step(self, step: Callable[[], str | None], done: str, nothing: str, *, is_undo: bool) -> None:
        shell = self._shell

        def tell(label: str | None) -> None:
            shell.say(f"{done}: {label}" if label else nothing, "ok" if label else "mute")

        if not shell.app.is_long_step(is_undo=is_undo):
            tell(step())
            return
        shell.say("Taking it back." if is_undo else "Doing it again.", "info")
        shell.jobs.run(lambda report: step(), done=tell, failed=self._on_failed, label="step", owner=shell)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._shell.show_problem(error)
