"""Keeps the note on disk while it is typed, and what is typed on after the call was logged."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from callstation.calling.amend import amend_note
from callstation.calling.calls import Logged
from callstation.calling.notes import keep_draft
from callstation.errors import UserError
from ui.calling.snippets import expanded

if TYPE_CHECKING:
    from ui.calling.page import DeskPage

QUIET_MS = 2000
"""The next account waits until nothing was typed into the note for this long."""


class NoteKeeper:
    """``keep`` writes what is new; while a log waits for the note to rest, what is typed goes into the log."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page
        self.is_dirty = False
        self._waiting: tuple[Logged, str, int] | None = None
        self._quiet = QTimer(page, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(lambda: page.keys.guarded(self.finish_waiting))

    def expand(self, text: str) -> str:
        """A snippet's words for the account in hand."""
        return expanded(text, self._page.card, self._page.app.settings)

    def edited(self) -> None:
        """Keys were pressed in the note."""
        self.is_dirty = True
        if self._waiting is not None:
            self._quiet.start()

    def ticked(self) -> None:
        """A point of the talk track was ticked."""
        self.is_dirty = True
        self.keep()

    def keep(self) -> None:
        """Put what is typed on disk, if anything is new."""
        page = self._page
        if self._waiting is not None:
            if not page.space.note.editor.hasFocus():
                page.keys.guarded(self.finish_waiting)
        elif self.is_dirty and page.card is not None:
            try:
                page.app.do(keep_draft, page.card.target_id, page.space.note.text, page.space.track.done)
            except UserError as error:
                page.shell.show_problem(error)
                return
            self.settle()
            page.space.note.say_saved()

    def settle(self) -> None:
        """Nothing of the note waits to be written."""
        self.is_dirty = False
        self._page.space.note.editor.rest()

    # -- a log that waits ------------------------------------------------------------------------------------------

    def wait(self, logged: Logged, place: int) -> None:
        """Stay with a logged account while its note is being typed; ``place`` is where to go on in the queue."""
        self._waiting = logged, self._page.space.note.text, place
        self._quiet.start()

    def finish_waiting(self) -> bool:
        """Go on to the next account; False if none waits."""
        if self._waiting is None:
            return False
        logged, place = self._rest()
        self._page.rounds.go_on(logged.target_id, place)
        return True

    def leave(self) -> None:
        """Write what is pending, for the page leaves the screen; the next account is opened but not rung."""
        if self._waiting is not None:
            logged, place = self._rest()
            self._page.rounds.open_after(logged.target_id, place)
        self.keep()

    def forget(self) -> None:
        """Another account is opened by hand."""
        if self._waiting is not None:
            self._rest()

    def _rest(self) -> tuple[Logged, int]:
        """What was typed after the log goes into the log as well."""
        assert self._waiting is not None
        (logged, text, place), self._waiting = self._waiting, None
        self._quiet.stop()
        typed = self._page.space.note.text
        if typed != text:
            self._page.steps.write(amend_note, logged.activity_id, typed)
        self.settle()
        return logged, place
