"""Says what was done: on the line under the keys, and to a screen reader, once."""

from typing import TYPE_CHECKING

from ui.bus import Notice
from ui.tokens import Kind

if TYPE_CHECKING:
    from ui.calling.page import DeskPage


class Teller:
    """A sentence has three parts, the middle one in bold; the window announces it as one."""

    def __init__(self, page: "DeskPage") -> None:
        self._page = page
        self._parts = ("", "", "")

    def say(self, before: str, strong: str = "", after: str = "", *, kind: Kind = "ok", may_undo: bool = False) -> None:
        """Tell something: "Logged", "No answer", "for Orchard & Vine."; or one plain sentence."""
        self._parts = (before, strong, after) if strong else ("", before, "")
        sentence = " ".join(part for part in self._parts if part)
        self._page.shell.bus.noticed.emit(Notice(sentence, kind, may_undo=may_undo))

    def show_notice(self, notice: Notice) -> None:
        """Put a notice on the line; the window itself shows those with a hint."""
        if notice.detail or notice.hint:
            return
        is_ours = notice.words == " ".join(part for part in self._parts if part)
        parts = self._parts if is_ours else ("", notice.words, "")
        may_undo = notice.may_undo and self._page.app.undo_label is not None
        self._page.space.last.say(*parts, kind=notice.kind, may_undo=may_undo)
