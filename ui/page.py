"""What a page is: a widget of the shell that reads when visited or changed, and answers to actions."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from callstation.changes import Changes

if TYPE_CHECKING:
    from callstation.app import App
    from ui.shell import Shell

Commands = Mapping[str, Callable[..., object]]


class Page(QWidget):
    """A screen. The shell creates it once a store is open, and throws it away when another store is opened."""

    nouns: ClassVar[tuple[str, ...]] = ()
    """The tables whose changes concern this page; none named means all."""
    shows_notices: ClassVar[bool] = False
    """Whether the page has a line of its own for ``bus.noticed``; the shell's line stays away then."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self.shell = shell
        self.is_stale = True
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @property
    def app(self) -> "App":
        """The open store."""
        return self.shell.app

    @property
    def place(self) -> str:
        """Where its keys are in the registry of actions, if not at the page's own id."""
        return ""

    @property
    def is_on_call(self) -> bool:
        """Whether a call is under way here: nothing that can wait begins then."""
        return False

    def commands(self) -> Commands:
        """What this page does for which action id; asked again whenever the page is shown."""
        return {}

    def refresh(self) -> None:
        """Read everything anew; called when the page is shown stale, and by ``take_changes``."""

    def take_changes(self, changes: Changes) -> None:
        """The store changed while this page is in view; reads everything unless a page knows better."""
        self.refresh()

    def open(self, **target: Any) -> None:
        """Show one thing, such as ``account_id=5``; called after the page is in view."""

    def on_shown(self) -> None:
        """The page came into view: put the focus where work starts; on no field unless a page says so."""
        self.setFocus()

    def on_hidden(self) -> None:
        """Another page comes into view, or the window closes: write what is pending."""
