"""What a merge did, with a way to take it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.accounts.importing.imports import ImportResult
from callstation.settings import Settings
from db.vocabulary import Verdict
from ui import actions, words
from ui.widgets import Button, Card, IconLabel, KeyBadge, Label

_MADE = (("contract", "contracts"), ("account", "accounts"), ("contact", "people"), ("phone", "numbers"))


class ResultCard(Card):
    """``undo_wanted``, ``desk_wanted``, ``again_wanted``: what can be done next."""

    undo_wanted = Signal()
    desk_wanted = Signal()
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
        for table, name in _MADE:
            self.figures[table] = self._figure(f"new {name}")
        self.changed = self._figure("records changed")
        self._figures.addStretch(1)
        self.body.addLayout(self._figures)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.setContentsMargins(36, 0, 0, 0)
        self.desk = Button("Call today's queue", "primary", "phone-call", height=36)
        self.desk.clicked.connect(self.desk_wanted)
        self.undo = Button("Undo this import", "plain", "undo-2", height=36)
        self.undo.clicked.connect(self.undo_wanted)
        self.again = Button("Import another list", "plain", "file-spreadsheet", height=36)
        self.again.clicked.connect(self.again_wanted)
        for button, keys in (
            (self.desk, actions.caps_of("go_desk")), (self.undo, ()), (self.again, actions.caps_of("import_list")),
        ):  # fmt: skip
            foot.addWidget(button)
            if keys:
                foot.addWidget(KeyBadge(*keys))
                foot.addSpacing(8)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.hide()

    def _figure(self, name: str) -> Label:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        number = Label("", "account", tabular=True)
        column.addWidget(number)
        column.addWidget(Label(name, "secondary", "text3"))
        self._figures.addWidget(holder)
        return number

    def show_result(self, file_name: str, result: ImportResult, settings: Settings) -> None:
        """Show what a merge did."""
        verdicts = result.counts.verdicts
        taken = verdicts[Verdict.NEW] + verdicts[Verdict.UPDATE]
        self.title.setText(f"Imported {words.count(taken, settings)} {'row' if taken == 1 else 'rows'} of {file_name}")
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
