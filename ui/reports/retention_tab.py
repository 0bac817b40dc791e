"""Retention: what was due and what was closed, apart, by period, product, partner or segment."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from callstation.renewals.closed import ClosedGroup, ClosedTable, closed_in
from callstation.renewals.due_list import DueRow, due_rows
from callstation.renewals.due_sql import By, Of
from callstation.renewals.retained import Retention
from callstation.renewals.retention import DueTable, due_in
from callstation.reports.kpis import Stretch, up_to
from ui import words
from ui.chart_panel import ChartPanel
from ui.pipeline.ask_strip import AskStrip, Choice, Question
from ui.reports.figures_tab import go_to
from ui.reports.retention_words import (
    NARROW_DUE,
    chart_of,
    closed_columns,
    contract_columns,
    due_columns,
    total_words,
)
from ui.reports.rows_card import RowsCard
from ui.widgets import Label

if TYPE_CHECKING:
    from ui.shell import Shell

CUTS = {
    By.MONTH: "By month", By.QUARTER: "By quarter", By.YEAR: "By year", By.FAMILY: "By product",
    By.PARTNER: "By partner", By.SEGMENT: "By segment",
}  # fmt: skip


class RetentionTab(QWidget):
    """Enter on a group opens its contracts, B cuts otherwise, Tab goes from what was due to what was closed."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self.shell, self.by = shell, By.QUARTER
        self.due: DueTable | None = None
        self.closed: ClosedTable | None = None
        self._span: Stretch | None = None
        self.told = Label("", "secondary", "text2", wraps=True, tabular=True)
        self.chart = ChartPanel("Gross and net retention")
        self.panels = (self.chart,)
        self.due_card = RowsCard("Due", due_columns(lambda: shell.app.settings), "Nothing was due in these days.")
        self.closed_card = RowsCard(
            "Closed", closed_columns(lambda: shell.app.settings), "Nothing was closed in these days."
        )
        self.list = RowsCard("The contracts", contract_columns(lambda: shell.app.settings, self._today))
        self.list.hide()
        self.due_card.opened.connect(self._open_due)
        self.closed_card.opened.connect(self._open_closed)
        self.chart.opened.connect(lambda _series, place: self._open_due(self.due_card.rows[place]))
        self.list.opened.connect(lambda row: go_to(shell, row.account_id, row.target_id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.told)
        column.addWidget(self.due_card, 4)
        column.addWidget(self.chart, 3)
        column.addWidget(self.closed_card, 3)
        column.addWidget(self.list, 5)
        self._is_compact = False

    def show_span(self, span: Stretch) -> None:
        """Read what was due, and what was closed, within a period as far as it has come."""
        app, today = self.shell.app, self._today()
        days = up_to(span, today) or span
        self._span = days
        self.due = app.ask(due_in, days.starts_on, days.ends_on, by=self.by)
        self.closed = app.ask(closed_in, days.starts_on, days.ends_on, by=self.by)
        self.told.setText(total_words(self.due.total, app.settings))
        cut = CUTS[self.by].lower()
        has_due = bool(self.due.total.due or self.due.total.growth)
        has_closed = bool(self.closed.total.won or self.closed.total.lost or self.closed.total.growth)
        due = (*self.due.groups, self.due.total) if has_due else ()
        closed = (*self.closed.groups, self.closed.total) if has_closed else ()
        self.due_card.show_rows(due, f"Due, {cut}", f"{self.due.source_words}")
        self.closed_card.show_rows(closed, f"Closed, {cut}", "whenever it was due; never in one ratio with it")
        self.chart.show_chart(chart_of(self.due.groups, app.settings, is_period=self.by.is_period))
        self.back()

    def take_focus(self) -> None:
        """Go to the list where one is open, else to what was due."""
        (self.due_card if self.list.isHidden() else self.list).take_focus()

    def back(self) -> bool:
        """Close the list; whether one was open."""
        was_open = not self.list.isHidden()
        self.list.hide()
        self.chart.setVisible(not self._is_compact)
        self.closed_card.show()
        return was_open

    def step(self, by: int) -> None:
        """Go down whatever has the focus."""
        cards = (self.list, self.closed_card, self.due_card)
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

    def be_compact(self, is_compact: bool) -> None:
        """Leave the picture out, and some columns."""
        self._is_compact = is_compact
        self.chart.setVisible(not is_compact and self.list.isHidden())
        every = [column.title for column in self.due_card.model.columns]
        self.due_card.table.show_columns(NARROW_DUE if is_compact else every)

    def _open_due(self, row: Retention) -> None:
        self._open(Of.DUE, row.key, row.name)

    def _open_closed(self, row: ClosedGroup) -> None:
        self._open(Of.CLOSED, row.key, row.name)

    def _open(self, of: Of, key: str, name: str) -> None:
        if self._span is None:
            return
        app = self.shell.app
        first, last = self._span.starts_on, self._span.ends_on
        rows: tuple[DueRow, ...] = app.ask(due_rows, first, last, of=of, by=self.by, key=key)
        if not rows:
            self.shell.say(f"{of.value.capitalize()}, {name}: no contract is in it.", "mute")
            return
        title = f"{of.value.capitalize()}, {name}: {words.count(len(rows), app.settings)}"
        self.list.show_rows(rows, title, "Esc goes back")
        self.chart.hide()
        self.closed_card.hide()
        self.list.show()
        self.list.take_focus()

    def _today(self) -> date:
        return self.shell.app.ask(lambda work: work.today)
