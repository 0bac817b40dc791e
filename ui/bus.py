"""The two signals every screen may hear: what changed in the store, and what was said to the user."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from callstation.errors import UserError
from ui.tokens import Kind


@dataclass(frozen=True, slots=True)
class Notice:
    """Words for the user: what was done, or what went wrong and what to do next."""

    words: str
    kind: Kind = "ok"
    detail: str = ""
    hint: str = ""
    may_undo: bool = False

    @staticmethod
    def of(error: UserError) -> "Notice":
        """The notice of something the user can put right."""
        return Notice(error.title, "bad", error.detail, error.hint)


class Bus(QObject):
    """``changed(Changes)`` after every committed action, ``noticed(Notice)`` for the line of the last action."""

    changed = Signal(object)
    noticed = Signal(object)
