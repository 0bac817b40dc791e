"""The desk's own writes, heard by nobody but itself; and taking them back or doing them again."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from callstation.calling.session import Phase
from callstation.changes import Changes

if TYPE_CHECKING:
    from ui.calling.page import DeskPage

T = TypeVar("T")


class Steps:
    """While the desk writes, its changes are kept here: it knows what it does, and shows it once."""

    def __init__(self, page: "DeskPage") -> None:
        self._page, self._app = page, page.app
        self.is_writing = self.is_stepping = False
        self._touched: Changes | None = None

    def heard(self, changes: Changes) -> None:
        """Keep what this desk's own write changed."""
        self._touched = changes

    def write(self, verb: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Do a verb; it is durable when this returns. ``UserError`` where the user can mend what is wrong."""
        return self._step(lambda: self._app.do(verb, *args, **kwargs))

    def undo(self) -> None:
        """Take the last action back, and bring its account back on screen with its note."""
        self._stepping(self._undo)

    def redo(self) -> None:
        """Do the undone action again, and go on as after it."""
        self._stepping(self._redo)

    def _stepping(self, go: Callable[[], object]) -> None:
        """Nothing is kept on the way, for that would be a step of its own."""
        self.is_stepping = True
        try:
            go()
        finally:
            self.is_stepping = False

    def _undo(self) -> None:
        page = self._page
        page.notes.finish_waiting()
        page.notes.keep()
        label = self._step(self._app.undo)
        if label is None:
            page.teller.say("There is nothing to undo.", kind="mute")
            return
        page.reader.reload()
        target_id = self._target()
        if target_id is not None and page.loop.phase is not Phase.CALLING:
            page.rounds.open(target_id)
        else:
            page.rounds.open_best()
        page.teller.say("Undone:", label, may_undo=self._app.undo_label is not None)

    def _redo(self) -> None:
        page = self._page
        page.notes.keep()
        place = page.reader.place_of(page.card.target_id) if page.card else 0
        label = self._step(self._app.redo)
        if label is None:
            page.teller.say("There is nothing to do again.", kind="mute")
            return
        page.reader.reload()
        is_of_call = not (self._touched and self._touched.touch("quote"))  # a quote leaves its account in hand
        is_ready = is_of_call and page.loop.phase is Phase.READY
        if page.card is not None and page.card.target_id == self._target() and is_ready:
            page.notes.settle()
            page.rounds.go_on(page.card.target_id, place)
        else:
            page.rounds.open_best()
        page.teller.say("Done again:", label, may_undo=True)

    def _target(self) -> int | None:
        """The one target that the last step was about."""
        ids = self._touched.ids.get("call_target", frozenset()) if self._touched else frozenset()
        return next(iter(ids)) if len(ids) == 1 else None

    def _step(self, act: Callable[[], T]) -> T:
        self._touched, self.is_writing = None, True
        try:
            return act()
        finally:
            self.is_writing = False
