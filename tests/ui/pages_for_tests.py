"""Two small pages for the tests of the shell, which must not wait for the real ones."""

from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from callstation.changes import Changes
from callstation.errors import UserError
from ui.page import Commands, Page
from ui.pages import PAGES
from ui.shell import Shell
from ui.widgets import Button, Label


class DeskForTests(Page):
    """Writes down what it is told."""

    nouns: ClassVar[tuple[str, ...]] = ("account",)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.told: list[Any] = []
        self.field, self.button = QLineEdit(), Button("Skip")
        self.field.setAccessibleName("Note")
        rows = QVBoxLayout(self)
        for widget in (Label("A page"), self.field, self.button):
            rows.addWidget(widget)
        self.button.clicked.connect(lambda: self.told.append("pressed"))

    def commands(self) -> Commands:
        return {
            "call": lambda: self.told.append("call"),
            "log": lambda digit: self.told.append(("log", digit)),
            "log_typing": lambda digit: self.told.append(("log", digit)),
            "skip": lambda: self.told.append("skip"),
            "snooze": self._fail,
            "note": self.field.setFocus,
        }

    def _fail(self) -> None:
        raise UserError("Nothing to snooze.", "The <b>list</b> is empty & done.", "Import a list.")

    def refresh(self) -> None:
        self.told.append("refresh")

    def take_changes(self, changes: Changes) -> None:
        self.told.append("changes")

    def open(self, **target: Any) -> None:
        self.told.append(target)

    def on_hidden(self) -> None:
        self.told.append("hidden")


class OtherForTests(DeskForTests):
    """A second page, which answers to a key that the registry does not give it."""

    def commands(self) -> Commands:
        return {"skip": lambda: self.told.append("skip")}


ENTRIES = tuple(
    replace(entry, module=__name__, cls="DeskForTests" if entry.id == "desk" else "OtherForTests") for entry in PAGES
)
