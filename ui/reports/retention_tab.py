"""Retention: what was due and what was closed, apart, by period, product, partner or segment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.renewals.closed import ClosedGroup, ClosedTable, closed_in
from callstation.renewals.due_list import MOST_ROWS, DueRow, Part, due_rows
from callstation.renewals.due_sql import By, Of
from callstation.renewals.retained import Lost, Retention
from callstation.renewals.retention import DueTable, due_in
from callstation.reports.kpis import Stretch, up_to
from callstation.work import Work
from ui import words
from ui.chart_panel import ChartPanel
from ui.pipeline.ask_strip import AskStrip, Choice, Question
from ui.reading import Reading
from ui.reports.became import Became, became, became_columns
from ui.reports.figures_tab import go_to
from ui.reports.retention_words import (
    NARROW_DUE,
    chart_of,
    closed_columns,
    contract_columns,
    due_columns,
    total_words,
)
from ui.reports.rows_card import WHOLE, RowsCard
from ui.widgets import Label

if TYPE_CHECKING:
    from ui.shell import Shell

CUTS = {
    By.MONTH: "By month", By.QUARTER: "By quarter", By.YEAR: "By year", By.FAMILY: "By product",
    By.PARTNER: "By partner", By.SEGMENT: "By segment",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Answer:
    days: Stretch
    by: By
    due: DueTable
    closed: ClosedTable


@dataclass(frozen=True, slots=True)
class _Opened:
    """Whose contracts are listed."""

    of: Of
    key: str
    name: str
    part: Part = Part.ALL
    lost: Lost | None = None


class RetentionTab(QWidget):
    """Enter on a group opens its contracts, L goes to what became of them, B cuts otherwise."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self.shell, self.by = shell, By.QUARTER
        self.due: DueTable | None = None
        self.closed: ClosedTable | None = None
        self._shown: _Answer | None = None
        self._span: Stretch | None = None
        self._opened: _Opened | None = None
        self._is_became = False
        self.group: Retention | None = None
        self.reading, self._listing = Reading(shell, self, "retention"), Reading(shell, self, "contracts")
        self.told = Label("", "secondary", "text2", wraps=True, tabular=True)
        self.source = Label("", "secondary", "text2", wraps=True)
        self.chart = ChartPanel("Gross and net retention", "Nothing was due in these days. P chooses others.")
        self.panels = (self.chart,)
        self.due_card = RowsCard("Due", due_columns(lambda: shell.app.settings), "Nothing was due in these days.")
        self.became = RowsCard(
            "What became of them", became_columns(lambda: shell.app.settings), "Nothing was due in these days.", "L"
        )
        self.closed_card = RowsCard(
            "Closed", closed_columns(lambda: shell.app.settings), "Nothing was closed in these days."
        )
        self.list = RowsCard("The contracts", contract_columns(lambda: shell.app.settings, self._today))
        self.list.hide()
        self.due_card.opened.connect(self._open_due)
        self.due_card.table.chosen.connect(self._show_became)
        self.became.opened.connect(self._open_became)
        self.closed_card.opened.connect(self._open_closed)
        self.chart.opened.connect(lambda _series, place: self._open_due(self.due_card.rows[place]))
        self.list.opened.connect(lambda row: go_to(shell, row.account_id, row.target_id))
        self._middle = QWidget()
        row = QHBoxLayout(self._middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.chart, 3)
        row.addWidget(self.became, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.told)
        column.addWidget(self.source)
        column.addWidget(self.due_card, 4)
        column.addWidget(self._middle, 4)
        column.addWidget(self.closed_card, 3)
        column.addWidget(self.list, 5)
        self._is_compact = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("Retention")

    def show_span(self, span: Stretch) -> None:
        """Read what was due, and what was closed, within a period as far as it has come."""
        self._span, by = span, self.by

        def read(work: Work) -> _Answer:
            days = up_to(span, work.today) or span
            first, last = days.starts_on, days.ends_on
            return _Answer(days, by, due_in(work, first, last, by=by), closed_in(work, first, last, by=by))

        self.reading.read(read, self._show)

    def take_focus(self) -> None:
        """Go to the list where one is open, else to what was due."""
        self.reading.then(self._focus)

    def _focus(self) -> None:
        if not self.list.isHidden():
            self.list.take_focus()
        elif not self.due_card.rows and self.closed_card.rows:
            self.closed_card.take_focus()
        elif not self.due_card.rows:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.due_card.take_focus()

    def take_became(self) -> None:
        """Go to what became of the group in hand; of all, where nothing was due in it."""
        self.back()
        if self.due is not None and not self.became.rows:
            self._show_became(self.due.total)
        self._is_became = True
        self._make_room()
        self.became.take_focus()

    def back(self) -> bool:
        """Close the list; whether one was open."""
        was_open = not self.list.isHidden()
        self._opened, self._is_became = None, False
        self._listing.drop()
        self.list.hide()
        self._make_room()
        return was_open

    def step(self, by: int) -> None:
        """Go down whatever has the focus."""
        cards = (self.list, self.closed_card, self.became, self.due_card)
        (next((one for one in cards if one.table.hasFocus()), self.due_card)).table.step(by)

    def ask_cut(self, strip: AskStrip) -> None:
        """Ask what it is cut by."""

        def answer(by: By) -> None:
            self.by = by
            strip.left.emit()
            if self._span is not None:
                self.show_span(self._span)
            self.take_focus()

        strip.ask(Question("Cut by what?", answer, "", tuple(Choice(said, by, by is self.by)
                                                            for by, said in CUTS.items())))  # fmt: skip

    def be_compact(self, is_compact: bool, *, is_low: bool) -> None:
        """Leave the picture out, and some columns."""
        self._is_compact = is_compact
        self._make_room()
        every = [column.title for column in self.due_card.model.columns]
        self.due_card.table.show_columns(NARROW_DUE if is_compact else every)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _show(self, answer: _Answer) -> None:
        settings, cut = self.shell.app.settings, CUTS[answer.by].lower()
        is_same = self._shown is not None and (self._shown.days, self._shown.by) == (answer.days, answer.by)
        self._shown, self.due, self.closed = answer, answer.due, answer.closed
        total, all_closed = answer.due.total, answer.closed.total
        self.told.setText(total_words(total, settings))
        self.source.setText(answer.due.source_words)
        due = (*answer.due.groups, total) if total.due or total.growth else ()
        has_closed = bool(all_closed.won or all_closed.lost or all_closed.growth)
        closed = (*answer.closed.groups, all_closed) if has_closed else ()
        self.due_card.show_rows(due, f"Due, {cut}", "Enter opens the contracts of a row")
        self.closed_card.show_rows(closed, f"Closed, {cut}", "whenever it was due; never in one ratio with it")
        self.chart.show_chart(chart_of(answer.due.groups, settings, is_period=answer.by.is_period))
        row = self.due_card.table.currentIndex().row()
        self._show_became(due[row] if 0 <= row < len(due) else total)
        if not is_same:
            self.back()
        elif self._opened is not None:
            self._read_list(self._opened)

    def _show_became(self, group: Retention) -> None:
        self.group = group
        title = f"What became of {'all' if self.due is not None and group is self.due.total else group.name}"
        self.became.show_rows(
            became(group) if group.due else (), f"{title}: {words.count(group.due, self.shell.app.settings)}", ""
        )

    def _make_room(self) -> None:
        has_list, is_compact, is_became = not self.list.isHidden(), self._is_compact, self._is_became
        self.source.setVisible(not is_compact)
        self.chart.setVisible(not is_compact)
        self._middle.setVisible(not has_list and (is_became or not is_compact))
        self.closed_card.setVisible(not has_list and not (is_became and is_compact))

    # -- what can be done ------------------------------------------------------------------------------------------

    def _open_due(self, row: Retention) -> None:
        self._open(_Opened(Of.DUE, row.key, row.name))

    def _open_closed(self, row: ClosedGroup) -> None:
        self._open(_Opened(Of.CLOSED, row.key, row.name))

    def _open_became(self, row: Became) -> None:
        if self.group is not None:
            name = f"{self.group.name}, {row.name.lower()}"
            self._open(_Opened(Of.DUE, self.group.key, name, row.part, row.lost))

    def _open(self, one: _Opened) -> None:
        self._read_list(one)
        self._listing.then(self._focus_list)

    def _read_list(self, one: _Opened) -> None:
        if self._shown is None:
            return
        first, last, by = self._shown.days.starts_on, self._shown.days.ends_on, self._shown.by

        def read(work: Work, limit: int = MOST_ROWS) -> tuple[DueRow, ...]:
            return due_rows(
                work, first, last, of=one.of, by=by, key=one.key, part=one.part, lost=one.lost, limit=limit
            )  # fmt: skip

        self._listing.read(read, lambda rows: self._show_list(rows, one, read))

    def _show_list(self, rows: tuple[DueRow, ...], one: _Opened, read: Callable[..., Sequence[DueRow]]) -> None:
        title = f"{one.of.value.capitalize()}, {one.name}"
        if not rows:
            had_focus = self.list.table.hasFocus()
            if not self.back():
                self.shell.say(f"{title}: no contract is in it.", "mute")
            elif had_focus:
                self._focus()
            return
        self._opened = one
        number = words.count(len(rows), self.shell.app.settings)
        is_cut = len(rows) == MOST_ROWS  # how many there are in all, the row that was opened says
        said = f"The first {number}" if is_cut else "Esc goes back"
        self.list.show_rows(rows, title if is_cut else f"{title}: {number}", said)
        self.list.whole = partial(read, limit=WHOLE)
        self.list.show()
        self._make_room()

    def _focus_list(self) -> None:
        if not self.list.isHidden():
            self.list.from_the_top()
            self.list.take_focus()

    def _today(self) -> date:
        return self.shell.app.ask(lambda work: work.today)
