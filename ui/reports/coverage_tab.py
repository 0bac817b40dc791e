"""Coverage: who was missed, by name and first of all; the differences, the touch points, and what time allows."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.renewals.capacity import Capacity, capacity
from callstation.renewals.cover import Cover, Ledger
from callstation.renewals.coverage import ledger, ledger_rows
from callstation.renewals.differences import ThreeWays, three_ways
from callstation.renewals.touchpoints import Touches, touches
from callstation.reports.kpis import Stretch
from ui import words
from ui.chart_panel import ChartPanel
from ui.forecast.figures import FigureBar, FigureView
from ui.forecast.said import money
from ui.pipeline.ask_strip import AskStrip, Choice, Question
from ui.reports.coverage_columns import capacity_columns, difference_columns, ledger_columns, touch_columns
from ui.reports.figures_tab import go_to
from ui.reports.retention_words import shown
from ui.reports.rows_card import RowsCard
from ui.widgets import Chip, ElidedLabel

if TYPE_CHECKING:
    from ui.shell import Shell

NAMES = {
    Cover.NOTHING: "Nothing", Cover.CONTACT: "Spoken to", Cover.PLAN: "Planned", Cover.CLOSED: "Closed",
}  # fmt: skip
LISTS = (*NAMES.values(), "Differences of list, book and Salesforce", "Touch points of the year", "Not reached in time")
LEDGER, DIFFERENCES, TOUCHES, CAPACITY = range(4)
_COVERS = tuple(NAMES)
_MOST = 1000


class CoverageTab(QWidget):
    """What has nothing stands first, red until there is none; B chooses another list, Enter opens a row."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self.shell = shell
        self.found: Ledger | None = None
        self.cover = Cover.NOTHING
        self._span: Stretch | None = None
        self.state, self.said = Chip(), ElidedLabel("", "body", "text2", tabular=True)
        self.figures = FigureBar(across=6)
        self.panels: tuple[ChartPanel, ...] = ()
        self.told = ElidedLabel("", "secondary", "text2", tabular=True)

        def made(name: str, columns: Callable[..., Any], nothing: str) -> RowsCard:
            card = RowsCard(name, columns(lambda: shell.app.settings, self._today), nothing)
            card.opened.connect(self._go)
            return card

        self.cards = (
            made("The ledger", ledger_columns, "Nothing is in it."),
            made("Differences", difference_columns, "The lists, the book and Salesforce agree on every contract."),
            made("Touch points", touch_columns, "Nothing was planned or done this year."),
            made("Not reached in time", capacity_columns, "All are reached in time."),
        )
        self.stack = QStackedWidget()
        for card in self.cards:
            self.stack.addWidget(card)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.state)
        head.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.figures)
        column.addWidget(self.told)
        column.addWidget(self.stack, 1)
        self.figures.told.connect(self.told.setText)
        self.figures.opened.connect(self._open_figure)

    def show_span(self, span: Stretch) -> None:
        """Count what ends within a period; the list in view is read anew."""
        self._span = span
        app = self.shell.app
        found = self.found = app.ask(ledger, span.starts_on, span.ends_on)
        if not found.due:
            self.state.set_chip("Nothing ends in these days", "mute")
        elif found.is_green:
            self.state.set_chip("Nobody is missed", "ok", "circle-check")
        else:
            self.state.set_chip(f"{words.count(found.nothing, app.settings)} with nothing", "bad", "triangle-alert")
        self.said.setText(self._words(found))
        self.figures.show_figures(self._figures(found))
        self.show_list(self.stack.currentIndex())

    def show_list(self, index: int) -> None:
        """Show one of the four lists; those that take long are read beside the window."""
        self.stack.setCurrentIndex(index)
        if self._span is None:
            return
        app, span = self.shell.app, self._span
        if index == LEDGER:
            self._show_ledger()
        elif index == DIFFERENCES:
            self._later(lambda: app.ask(three_ways, span.starts_on, span.ends_on), self._show_differences)
        elif index == TOUCHES:
            self._later(lambda: app.ask(touches), self._show_touches)
        else:
            self._later(lambda: app.ask(capacity), self._show_capacity)

    def take_focus(self) -> None:
        """Go to the list, or to the figures where it is empty."""
        card = self.cards[self.stack.currentIndex()]
        if card.rows:
            card.take_focus()
        else:
            self.figures.take_focus()

    def back(self) -> bool:
        """Back to those with nothing."""
        was_elsewhere = self.stack.currentIndex() != LEDGER or self.cover is not Cover.NOTHING
        self.cover = Cover.NOTHING
        self.show_list(LEDGER)
        return was_elsewhere

    def step(self, by: int) -> None:
        """Go down the list."""
        self.cards[self.stack.currentIndex()].table.step(by)

    def be_compact(self, is_compact: bool) -> None:
        """Give less height to the figures."""
        self.figures.be_compact(is_compact)

    def ask_cut(self, strip: AskStrip) -> None:
        """Ask which list to show."""
        now = self.stack.currentIndex()
        current = _COVERS.index(self.cover) if now == LEDGER else len(_COVERS) + now - 1

        def answer(place: int) -> None:
            if place < len(_COVERS):
                self.cover = _COVERS[place]
                self.show_list(LEDGER)
            else:
                self.show_list(place - len(_COVERS) + 1)
            strip.left.emit()

        choices = tuple(Choice(name, place, place == current) for place, name in enumerate(LISTS))
        strip.ask(Question("Which list?", answer, "", choices))

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _words(self, found: Ledger) -> str:
        settings = self.shell.app.settings
        parts = [f"{words.count(found.due, settings)} due"]
        if found.without_rate:
            apart = ", ".join(f"{number:,} in {currency}" for currency, number in found.without_rate.items())
            parts.append(f"without a rate, so in no value: {apart}")
        if found.history:
            parts.append(f"{words.count(found.history, settings)} came into the book after their end, in no part")
        return "; ".join(parts)

    def _figures(self, found: Ledger) -> list[FigureView]:
        settings, span = self.shell.app.settings, self._span
        where = span.name if span is not None else ""
        views = []
        for cover, name in NAMES.items():
            part = found.parts[cover]
            tone = "bad" if cover is Cover.NOTHING and part.count else "text"
            said = f"{name}: {words.count(part.count, settings)} worth {money(part.value, settings)} a year; {where}"
            views.append(FigureView(cover.value, name, words.count(part.count, settings), said, tone))
        due = words.count(found.due, settings)
        views.append(FigureView("due", "Due", due, f"Every contract due, each in exactly one part; {where}; n = {due}"))
        share = shown(found.coverage, settings)
        formula = f"Coverage {share} = contracts with a two-way contact / contracts due; {where}; n = {due}"
        views.append(FigureView("coverage", "Coverage", share, formula))
        return views

    def _show_ledger(self) -> None:
        if self._span is None or self.found is None:
            return
        app = self.shell.app
        rows = app.ask(ledger_rows, self._span.starts_on, self._span.ends_on, self.cover, limit=_MOST)
        count = self.found.parts[self.cover].count
        more = f"the first {words.count(_MOST, app.settings)} by end" if count > len(rows) else "what ends first on top"
        nothing = "Nothing is in it."
        if self.cover is Cover.NOTHING:
            nothing = (
                "Every contract is covered. Nobody is missed." if self.found.due else "Nothing ends in these days."
            )
        self.cards[LEDGER].show_rows(rows, f"{NAMES[self.cover]}: {words.count(count, app.settings)}", more, nothing)

    def _show_differences(self, found: ThreeWays) -> None:
        sources = ", ".join(
            f"{one.name} {one.due:,} due, {one.in_book:,} in the book" for one in found.denominators if one.is_known
        )
        title = f"Differences: {words.count(len(found.rows), self.shell.app.settings)}"
        self.cards[DIFFERENCES].show_rows(found.rows, title, sources)

    def _show_touches(self, found: Touches) -> None:
        share = shown(found.share, self.shell.app.settings)
        said = f"kept {share} = {found.kept:,} / {found.planned:,} planned; done {found.done:,}"
        self.cards[TOUCHES].show_rows(found.rows, f"Touch points of {found.year}", said)

    def _show_capacity(self, found: Capacity) -> None:
        rows = found.rows or ()
        title = f"Not reached in time: {words.count(len(rows), self.shell.app.settings)}"
        self.cards[CAPACITY].show_rows(rows, title, found.words, found.words)

    # -- what can be done ------------------------------------------------------------------------------------------

    def _open_figure(self, key: str) -> None:
        self.cover = Cover.CONTACT if key == "coverage" else Cover.NOTHING if key == "due" else Cover(key)
        self.show_list(LEDGER)
        self.take_focus()

    def _go(self, row: Any) -> None:
        go_to(self.shell, row.account_id, getattr(row, "target_id", None))

    def _later(self, read: Callable[[], Any], show: Callable[[Any], object]) -> None:
        card = self.cards[self.stack.currentIndex()]
        card.said.setText("Reading …")

        def done(found: Any) -> None:
            show(found)
            if self.isVisible() and self.stack.currentWidget() is card:
                self.take_focus()

        self.shell.jobs.run(lambda _report: read(), done=done, label="coverage", owner=self)

    def _today(self) -> date:
        return self.shell.app.ask(lambda work: work.today)
