"""What may take the place of note and outcome keys on the desk while the call goes on: a quote, a document."""

from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from ui.page import Commands


class Sheet(QWidget):
    """Opened by ``DeskPage.open_sheet``; Escape, another account and an outcome that asks something close it."""

    place: ClassVar[str] = "desk"
    """Where its keys are in the registry of actions: the desk's own, or a place that only the sheet has."""

    @property
    def is_covered(self) -> bool:
        """Whether a list or a sheet of its own lies over it, which takes all keys."""
        return False

    def commands(self) -> Commands:
        """What it does for which action; it adds to the few that go on beside it (Space, Ctrl+digit, undo)."""
        return {}

    def back(self) -> bool:
        """Escape: leave what is asked within; False where nothing is, and the sheet is to close."""
        return False

    def take_key(self, event: Any) -> bool:
        """A key that no action took while no field has the focus; whether it was meant for the sheet."""
        return False

    def on_closed(self) -> None:
        """The sheet is no longer in view: write what is pending."""
