"""Whom a campaign calls: the declared fields of its filter as a form, and how many match as one types."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout

from callstation.calling.campaign_filter import CampaignFilter
from callstation.errors import UserError
from db.vocabulary import AccountKind
from ui.campaigns.kinds import STAGES
from ui.settings.editors import WordsEditor
from ui.widgets import Card, Check, Field, FlowLayout, Label, Select

PAUSE_MS = 250
SIDES = {None: "Customers and partners", AccountKind.CUSTOMER: "Customers", AccountKind.PARTNER: "Partners"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One typed field of the filter."""

    name: str
    label: str
    prompt: str = ""


ASKED = (
    Asked("expires_from_days", "Ends in at least, days", "-30: ended up to 30 days ago"),
    Asked("expires_to_days", "Ends in at most, days", "120"),
    Asked("amount_from", "Value at least"),
    Asked("amount_to", "Value at most"),
    Asked("vendors", "Vendors", "Any; part several by ;"),
    Asked("products", "Products", "Any; part several by ;"),
    Asked("partner_ids", "Sold through partners", "Any; part several by ;"),
    Asked("not_called_days", "Not called for, days"),
    Asked("countries", "Countries", "US; DE"),
    Asked("regions", "States or regions", "MA; TX"),
    Asked("currencies", "Currencies", "USD; EUR"),
)


class FilterCard(Card):
    """``edited`` a moment after typing, to be counted; ``kept`` when a field is left, to be saved."""

    edited = Signal()
    kept = Signal()

    def __init__(self, title: str = "Who is called") -> None:
        super().__init__(padding=20)
        self.setAccessibleName(title)
        self.body.addWidget(Label(title, "pane_title"))
        self.count = Label("", "body", "text2", wraps=True)
        self.body.addWidget(self.count)
        self.words: dict[str, WordsEditor] = {}
        self.fields: dict[str, Field] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.edited)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for place, asked in enumerate(ASKED):
            editor = self.words[asked.name] = WordsEditor(asked.label)
            editor.setPlaceholderText(asked.prompt)
            editor.setMinimumWidth(80)
            editor.textEdited.connect(lambda _text: self._pause.start())
            editor.left.connect(self._on_left)
            self.fields[asked.name] = Field(asked.label, editor)
            grid.addWidget(self.fields[asked.name], place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
        self.side = Select("Kind of account")
        self.side.addItems(list(SIDES.values()))
        self.side.activated.connect(lambda _index: self.kept.emit())
        grid.addWidget(Field("Kind of account", self.side), len(ASKED) // 2, len(ASKED) % 2)
        self.body.addLayout(grid)
        self.lapsed, self.gap = (
            Check("Only contracts that have ended"),
            Check("Only where contact or number is missing"),
        )
        self.stages = {stage: Check(words) for stage, words in STAGES.items()}
        self.body.addSpacing(4)
        self.body.addWidget(Label("Stages, none ticked for all", "label", "text2"))
        for checks in (list(self.stages.values()), [self.lapsed, self.gap]):
            flow = FlowLayout(spacing=16)
            for check in checks:
                check.toggled.connect(lambda _is_on: self.kept.emit())
                flow.addWidget(check)
            self.body.addLayout(flow)
            self.body.addSpacing(4)

    def show_filter(self, saved: CampaignFilter, said: dict[str, str], *, is_other: bool) -> None:
        """Show a filter; what is being typed stays unless the campaign is another one."""
        self._pause.stop()
        for name, editor in self.words.items():
            if is_other or not editor.hasFocus():
                editor.put(said[name])
                editor.setModified(False)
        self.show_problems({})
        for check, is_on in (
            (self.lapsed, saved.is_lapsed), (self.gap, saved.has_data_gap),
            *((check, stage in saved.stages) for stage, check in self.stages.items()),
        ):  # fmt: skip
            check.blockSignals(True)
            check.setChecked(is_on)
            check.blockSignals(False)
        self.side.setCurrentIndex(list(SIDES).index(saved.account_kind))

    def typed(self) -> dict[str, str]:
        """The words of every typed field."""
        return {name: editor.words() for name, editor in self.words.items()}

    def chosen(self) -> dict[str, Any]:
        """What is chosen rather than typed."""
        return {
            "account_kind": list(SIDES)[self.side.currentIndex()],
            "stages": tuple(stage for stage, check in self.stages.items() if check.isChecked()),
            "is_lapsed": self.lapsed.isChecked(), "has_data_gap": self.gap.isChecked(),
        }  # fmt: skip

    def show_problems(self, problems: dict[str, UserError]) -> None:
        """Say beside each field what cannot be read; no problems clear all."""
        for name, field in self.fields.items():
            error = problems.get(name)
            field.show_problem(f"{error.title} {error.hint}".strip() if error else "")

    def show_count(self, count: int | None) -> None:
        """How many match what is typed; None while a field cannot be read."""
        if count is None:
            self.count.setText("Nothing is saved until every field can be read.")
        else:
            self.count.setText("1 person to call matches." if count == 1 else f"{count:,} people to call match.")

    def _on_left(self) -> None:
        self._pause.stop()
        if any(editor.isModified() for editor in self.words.values()):
            for editor in self.words.values():
                editor.setModified(False)
            self.kept.emit()
