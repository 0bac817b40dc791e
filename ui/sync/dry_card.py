"""A look first: what the next sync would send, what it would not, and why."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from callstation.settings import Settings
from ui import words
from ui.sync.aside import Aside, line
from ui.widgets import Button, Divider, KeyBadge, Label
from ui.widgets.base import one_line

if TYPE_CHECKING:
    from callstation.sync.dry_run import DryRun

_VERBS = {"upsert": "to make", "insert": "to make", "update": "to change", "delete": "to take back"}
_NOUNS = {
    "Account": "Accounts", "Contact": "Contacts", "Opportunity": "Opportunities", "Task": "Tasks", "Quote": "Quotes",
    "QuoteLineItem": "Quote lines", "OpportunityLineItem": "Opportunity products",
}  # fmt: skip
_SHOWN = 6


class DryCard(Aside):
    """Shown by D; Escape closes it. Nothing was sent."""

    def __init__(self) -> None:
        super().__init__("The next sync would send")
        close = Button("Close", "icon", "x", height=24)
        close.clicked.connect(self.left)
        self.head.addWidget(KeyBadge("Esc"))
        self.head.addWidget(close)

    def show_run(self, found: "DryRun", settings: Settings) -> None:
        """Show what was found."""
        self.clear()
        count = words.count(found.total, settings)
        records = "1 record" if found.total == 1 else f"{count} records"
        self.title.setText(f"The next sync would send {records}" if found.total else "The next sync would send nothing")
        self.say("Nothing was sent and nobody was asked: this is what stands in the outbox now.")
        for sobject, verb, many in found.by_object:
            name = f"{_NOUNS.get(sobject, sobject)} {_VERBS.get(verb, verb)}"
            self.add(line(name, words.count(many, settings)))
        for many, said in (
            (found.doubtful, "looked up first, for their answer was lost"),
            (found.settled, "known there already"),
        ):
            if many:
                self.add(line(said.capitalize(), words.count(many, settings), "text2"))
        stuck = found.refused + found.blocked
        if not stuck:
            return
        self.add(Divider())
        self.add(line("Would not go", words.count(stuck, settings), "bad"))
        for one in found.stuck[:_SHOWN]:
            self.add(_stuck(one_line(one.title)[:160], one_line(one.why)[:300]))
        if stuck > len(found.stuck[:_SHOWN]):
            self.add(Label(f"and {words.count(stuck - _SHOWN, settings)} more", "secondary", "text3", tabular=True))


def _stuck(title: str, why: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(0)
    column.addWidget(Label(title, "label", wraps=True))
    column.addWidget(Label(why, "secondary", "text2", wraps=True))
    return holder
