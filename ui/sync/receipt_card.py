"""The receipt of a sync, and the earlier ones: what went, what came, and whether both sides agree."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from callstation.settings import Settings
from callstation.sync.both_sides import Count
from callstation.sync.pulls import PULLS, SENT_ONLY, label_of
from callstation.sync.receipt import Receipt
from ui import words
from ui.sync.aside import Aside, line
from ui.sync.facts_table import DIFFERENT, EQUAL, FactsTable
from ui.sync.moments import whole_moment
from ui.widgets import Divider, IconLabel, Label, Select

EARLIER = 20


class ReceiptCard(Aside):
    """Shows the newest until another is chosen from the list."""

    def __init__(self) -> None:
        super().__init__("Last sync")
        self.known: Sequence[Receipt] = ()
        self._settings: Settings | None = None
        self.choice = Select("Receipts of earlier syncs", role="secondary", is_bare=True)
        self.choice.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._on_chosen)
        self.head.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignTop)

    def show_receipts(self, known: Sequence[Receipt], today: date, settings: Settings) -> None:
        """Show the newest of these, the newest first; nothing where there is none."""
        self.setVisible(bool(known))
        is_same = [one.run_id for one in known] == [one.run_id for one in self.known]
        self._settings = settings
        if is_same:
            return
        self.known = known
        self.choice.clear()
        for one in known:
            self.choice.addItem(whole_moment(one.finished_at, today, settings))
        if known:
            self._show(known[0])

    def is_newest(self, run_id: int) -> bool:
        """Whether the newest receipt is known here already."""
        return bool(self.known) and self.known[0].run_id == run_id

    @property
    def shown(self) -> Receipt | None:
        """The receipt in view."""
        place = max(0, self.choice.currentIndex())
        return self.known[place] if place < len(self.known) else None

    def _on_chosen(self, place: int) -> None:
        self._show(self.known[place])

    def _show(self, one: Receipt) -> None:
        settings = self._settings
        assert settings is not None
        self.clear()
        self.title.setText("Last sync" if one is self.known[0] else "An earlier sync")
        self.say("" if one.is_whole else one.problem[:400])
        self.said.set_tone("bad")
        self.add(_figures(one, settings))
        if one.counts:
            self.add(Divider())
            self.add(_verdict(one))
            self.add(
                FactsTable(("", "here", "there", ""), [row for each in one.counts for row in _sides(each, settings)])
            )
        objects = [
            name for name in (*PULLS, *SENT_ONLY) if one.sent_by_object.get(name) or one.received_by_object.get(name)
        ]
        if objects:
            self.add(Divider())
            rows = [
                (_name(name), *(_number(many.get(name, 0), settings)
                                for many in (one.sent_by_object, one.received_by_object)))
                for name in objects
            ]  # fmt: skip
            self.add(FactsTable(("", "sent", "received"), rows))
        self.add(Divider())
        if one.api_used is not None and one.api_limit:
            share = f"{words.count(one.api_used, settings)} of {words.count(one.api_limit, settings)}"
            self.add(line("API calls of the last 24 hours", share))
        requests = "1 request" if one.requests == 1 else f"{words.count(one.requests, settings)} requests"
        self.add(line("Took", f"{one.took_s:.1f} s, {requests}"))


def _figures(one: Receipt, settings: Settings) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(20)
    for value, name, tone in (
        (one.sent, "sent", "text"), (one.received, "received", "text"),
        (one.refused, "refused", "bad" if one.refused else "text"),
        (one.conflicts, "to decide", "warn" if one.conflicts else "text"),
    ):  # fmt: skip
        column = QGridLayout()
        column.setVerticalSpacing(0)
        column.addWidget(Label(words.count(value, settings), "pane_title", tone, tabular=True), 0, 0)
        column.addWidget(Label(name, "secondary", "text3"), 1, 0)
        row.addLayout(column)
    row.addStretch(1)
    return holder


def _verdict(one: Receipt) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    icon, tone = ("circle-check", "ok") if one.is_balanced else ("triangle-alert", "warn")
    row.addWidget(IconLabel(icon, tone, 16))
    said = "Both sides agree" if one.is_balanced else "The two sides differ"
    row.addWidget(Label(said, "label", tone), 1)
    return holder


def _name(sobject: str) -> str:
    label = label_of(sobject)
    return label[:1].upper() + label[1:]


def _number(value: int, settings: Settings) -> str:
    return words.count(value, settings) if value else "–"


def _sides(one: Count, settings: Settings) -> list[tuple[str, ...]]:
    count = words.count
    mark = EQUAL if one.here == one.there else DIFFERENT
    rows: list[tuple[str, ...]] = [
        (one.label[:1].upper() + one.label[1:], count(one.here, settings), count(one.there, settings), mark)
    ]
    if one.here_sum is not None and one.there_sum is not None:
        name = "seconds talked" if one.sobject == "Task" else "their amounts"
        here, there = (words.money(Decimal(each), "", settings) for each in (one.here_sum, one.there_sum))
        rows.append((f"  {name}", here, there, EQUAL if one.here_sum == one.there_sum else DIFFERENT))
    return rows
