"""What a merge did, with a way to take it back."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.importing.imports import ImportResult
from callstation.accounts.importing.lexicon import CONTRACTS, PRICES
from callstation.accounts.importing.preview import ListPreview
from callstation.settings import Settings
from db.vocabulary import Verdict
from ui import actions, words
from ui.widgets import Button, Card, IconLabel, KeyBadge, Label

_MADE = {
    CONTRACTS.name: (("contract", "contracts"), ("account", "accounts"), ("contact", "people"), ("phone", "numbers")),
    PRICES.name: (("price_entry", "prices"), ("product", "products"), ("price_book", "price books")),
}
_NEXT = {CONTRACTS.name: ("Call today's queue", "phone-call", "go_desk"),
         PRICES.name: ("Open the catalogue", "package", "go_catalogue")}  # fmt: skip
"""Where one goes on, by sort of list: words, icon, action."""


class ResultCard(Card):
    """``undo_wanted``, ``next_wanted``, ``again_wanted``: what can be done next."""

    undo_wanted = Signal()
    next_wanted = Signal()
    again_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.setAccessibleName("Imported")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("circle-check", "ok", 24), 0, Qt.AlignmentFlag.AlignTop)
        told = QVBoxLayout()
        told.setSpacing(2)
        self.title = Label("", "pane_title", wraps=True)
        self.said = Label("", "body", "text2", wraps=True, tabular=True)
        told.addWidget(self.title)
        told.addWidget(self.said)
        head.addLayout(told, 1)
        self.body.addLayout(head)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(32)
        self._figures.setContentsMargins(36, 4, 0, 4)
        self.figures: dict[str, Label] = {}
        self._holders: dict[str, QWidget] = {}
        for pairs in _MADE.values():
            for table, name in pairs:
                self.figures[table] = self._figure(table, f"new {name}")
        self.changed = self._figure("changed", "records changed")
        self._figures.addStretch(1)
        self.body.addLayout(self._figures)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.setContentsMargins(36, 0, 0, 0)
        self.nexts: dict[str, Button] = {}
        self._caps: dict[str, KeyBadge] = {}
        self.undo = Button("Undo this import", "plain", "undo-2", height=36)
        self.undo.clicked.connect(self.undo_wanted)
        self.again = Button("Import another list", "plain", "file-spreadsheet", height=36)
        self.again.clicked.connect(self.again_wanted)
        for sort, (said, icon, action_id) in _NEXT.items():
            button = self.nexts[sort] = Button(said, "primary", icon, height=36)
            button.clicked.connect(self.next_wanted)
            self._caps[sort] = KeyBadge(*actions.caps_of(action_id))
            foot.addWidget(button)
            foot.addWidget(self._caps[sort])
        foot.addSpacing(8)
        foot.addWidget(self.undo)
        foot.addWidget(self.again)
        foot.addWidget(KeyBadge(*actions.caps_of("import_list")))
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.hide()

    def _figure(self, key: str, name: str) -> Label:
        holder = self._holders[key] = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        number = Label("", "account", tabular=True)
        column.addWidget(number)
        column.addWidget(Label(name, "secondary", "text3"))
        self._figures.addWidget(holder)
        return number

    def show_result(self, preview: ListPreview[Any], result: ImportResult, settings: Settings) -> None:
        """Show what the merge of a list did."""
        sort, file_name = preview.sort.lexicon.name, preview.source.name
        shown = {table for table, _ in _MADE[sort]} | {"changed"}
        for key, holder in self._holders.items():
            holder.setVisible(key in shown)
        for key, button in self.nexts.items():
            button.setVisible(key == sort)
            self._caps[key].setVisible(key == sort)
        verdicts = result.counts.verdicts
        taken = verdicts[Verdict.NEW] + verdicts[Verdict.UPDATE]
        self.title.setText(f"Imported {words.count(taken, settings)} {preview.sort.noun[taken != 1]} of {file_name}")
        rest = [
            f"{words.count(verdicts[one], settings)} {said}"
            for one, said in ((Verdict.SAME, "were the same already"), (Verdict.REVIEW, "wait for your answer"),
                              (Verdict.PROBLEM, "had a problem and were left out"))
            if verdicts[one]
        ]  # fmt: skip
        self.said.setText(f"{', '.join(rest)}." if rest else "Every row was taken.")
        for table, label in self.figures.items():
            label.setText(words.count(result.made.get(table, 0), settings))
        self.changed.setText(words.count(sum(result.changed.values()), settings))
        self.undo.setEnabled(True)
        self.show()
