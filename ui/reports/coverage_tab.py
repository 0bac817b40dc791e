"""Coverage: who was missed, by name and first of all; the differences, the touch points, and what time allows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.renewals.capacity import Capacity, capacity
from callstation.renewals.cover import Cover, Ledger
from callstation.renewals.cover_time import DueDays, due_days
from callstation.renewals.coverage import CoverRow, ledger, ledger_rows
from callstation.renewals.differences import ThreeWays, three_ways
from callstation.renewals.touchpoints import Touches, touches
from callstation.reports.kpis import Stretch
from callstation.work import Work
from ui import words
from ui.chart_panel import ChartPanel
from ui.forecast.figures import FigureBar, FigureView
from ui.forecast.said import money
from ui.pipeline.ask_strip import AskStrip, Choice, Question
from ui.reading import Reading
from ui.reports import cover_charts
from ui.reports.cover_charts import COVERS, ENDED, NAMES, UNDATED
from ui.reports.coverage_columns import capacity_columns, difference_columns, ledger_columns, touch_columns
from ui.reports.figures_tab import go_to
from ui.reports.retention_words import shown
from ui.reports.rows_card import WHOLE, RowsCard
from ui.reports.spans import has_ended
from ui.widgets import Chip, Label

if TYPE_CHECKING:
    from ui.shell import Shell

LISTS = (*NAMES.values(), "Differences of list, book and Salesforce", "Touch points of the year", "Not reached in time")
LEDGER, DIFFERENCES, TOUCHES, CAPACITY = range(4)
_MOST = 1000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Answer:
    span: Stretch
    found: Ledger
    days: DueDays


class CoverageTab(QWidget):
    """What has nothing stands first, red until there is none; B chooses another list, Enter opens a row."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self.shell = shell
        self.found: Ledger | None = None
        self.cover = Cover.NOTHING
        self._span: Stretch | None = None
        self._place: Stretch | None = None
        self.state, self.said = Chip(), Label("", "body", "text2", wraps=True, tabular=True)
        self.figures = FigureBar(across=6)
        self.told = Label("", "secondary", "text2", wraps=True, tabular=True)
        self.told.setProperty("in_hand", True)  # not on paper
        nothing = "Nothing ends in these days. P chooses others."
        self.parts, self.by_time = ChartPanel("How they are covered", nothing), ChartPanel("What ends when", nothing)
        self.panels = (self.parts, self.by_time)
        self.places: tuple[Stretch, ...] = ()
        self.reading, self._listing = Reading(shell, self, "coverage"), Reading(shell, self, "ledger")

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
        self._charts = QWidget()
        row = QHBoxLayout(self._charts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.parts, 2)
        row.addWidget(self.by_time, 3)
        column.addWidget(self._charts, 3)
        column.addWidget(self.stack, 4)
        self.parts.opened.connect(self._open_part)
        self.by_time.opened.connect(self._open_place)
        self.figures.told.connect(self.told.setText)
        self.figures.opened.connect(self._open_figure)
        self.cards[LEDGER].table.chosen.connect(self._tell_row)

    def show_span(self, span: Stretch) -> None:
        """Count what ends within a period; the list in view is read anew."""
        first, last, ended = span.starts_on, span.ends_on, has_ended(span, self._today())

        def read(work: Work) -> _Answer:
            found = ledger(work, first, last, with_ended=ended)
            return _Answer(span, found, due_days(work, first, last, with_ended=ended))

        self.reading.read(read, self._show)

    def _show(self, answer: _Answer) -> None:
        app, found = self.shell.app, answer.found
        place = self._place if self._span == answer.span else None
        self._span, self.found, self.places = answer.span, found, cover_charts.places_for(answer.days, answer.span)
        self.parts.show_chart(cover_charts.partition(found, app.settings))
        self.by_time.show_chart(cover_charts.over_time(answer.days, self.places, app.settings))
        if not found.due:
            self.state.set_chip("Nothing ends in these days", "mute")
        elif found.is_green:
            self.state.set_chip("Nobody is missed", "ok", "circle-check")
        else:
            self.state.set_chip(f"{words.count(found.nothing, app.settings)} with nothing", "bad", "triangle-alert")
        self.said.setText(self._words(found))
        self.figures.show_figures(self._figures(found))
        self.show_list(self.stack.currentIndex(), place)

    def show_list(self, index: int, place: Stretch | None = None) -> None:
        """Show one of the four lists, the ledger also of some of the days alone."""
        self.stack.setCurrentIndex(index)
        self._place = place
        if self._span is None:
            return
        first, last = self._span.starts_on, self._span.ends_on
        if index == LEDGER:
            self._show_ledger()
        elif index == DIFFERENCES:
            self._later(lambda work: three_ways(work, first, last), self._show_differences)
        elif index == TOUCHES:
            self._later(touches, self._show_touches)
        else:
            self._later(capacity, self._show_capacity)

    def take_focus(self) -> None:
        """Go to the list, or to the figures where it is empty."""
        self.reading.then(lambda: self._listing.then(self._focus))

    def _focus(self) -> None:
        card = self.cards[self.stack.currentIndex()]
        (card if card.rows else self.figures).take_focus()

    def back(self) -> bool:
        """Back to those with nothing."""
        is_elsewhere = self.stack.currentIndex() != LEDGER or self.cover is not Cover.NOTHING
        was_elsewhere = is_elsewhere or self._place is not None
        self.cover = Cover.NOTHING
        self.show_list(LEDGER)
        return was_elsewhere

    def step(self, by: int) -> None:
        """Go down the list."""
        self.cards[self.stack.currentIndex()].table.step(by)

    def be_compact(self, is_compact: bool, *, is_low: bool) -> None:
        """Give less height to the figures, and where there is still less leave the pictures out."""
        self.figures.be_compact(is_compact)
        self._charts.setVisible(not is_low)

    def ask_cut(self, strip: AskStrip) -> None:
        """Ask which list to show."""
        now = self.stack.currentIndex()
        current = COVERS.index(self.cover) if now == LEDGER else len(COVERS) + now - 1

        def answer(place: int) -> None:
            if place < len(COVERS):
                self.cover = COVERS[place]
                self.show_list(LEDGER)
            else:
                self.show_list(place - len(COVERS) + 1)
            strip.left.emit()

        choices = tuple(Choice(name, place, place == current) for place, name in enumerate(LISTS))
        strip.ask(Question("Which list?", answer, "", choices))

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _words(self, found: Ledger) -> str:
        settings = self.shell.app.settings
        parts = [f"{words.count(found.due, settings)} due"]
        if found.ended:
            is_one = "is" if found.ended == 1 else "are"
            parts.append(f"{words.count(found.ended, settings)} of them ended before and {is_one} still open")
        if found.without_rate:
            apart = ", ".join(
                f"{words.count(number, settings)} in {currency}" for currency, number in found.without_rate.items()
            )
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
        cover, place, span, ended = self.cover, self._place, self._span, self.found.ended is not None
        days = span if place is None or place.name == ENDED else place

        def read(work: Work, limit: int = WHOLE) -> tuple[CoverRow, ...]:
            with_ended = ended and days is span
            rows = ledger_rows(work, days.starts_on, days.ends_on, cover, with_ended=with_ended, limit=limit)
            if place is None:
                return rows
            if place.name == ENDED:
                return tuple(row for row in rows if row.due_on is not None and row.due_on < span.starts_on)
            # what has no day is due on any, and stands in a place of its own
            return tuple(row for row in rows if (row.due_on is None) == (place.name == UNDATED))

        def show(rows: tuple[CoverRow, ...]) -> None:
            self._show_rows(rows, cover, place)
            if rows:
                self.cards[LEDGER].whole = read

        self._listing.read(lambda work: read(work, WHOLE if place is not None else _MOST), show)

    def _show_rows(self, rows: tuple[CoverRow, ...], cover: Cover, place: Stretch | None) -> None:
        if self.found is None:
            return
        settings, shown = self.shell.app.settings, rows[:_MOST]
        count = self.found.parts[cover].count if place is None else len(rows)
        more = f"the first {words.count(_MOST, settings)} by end" if count > len(shown) else "what ends first on top"
        nothing = "Nothing is in it."
        if cover is Cover.NOTHING:
            nothing = (
                "Every contract is covered. Nobody is missed." if self.found.due else "Nothing ends in these days."
            )
        where = "" if place is None else f", {place.name}"
        self._fill(LEDGER, shown, f"{NAMES[cover]}{where}: {words.count(count, settings)}", more, nothing)

    def _fill(self, index: int, rows: Sequence[Any], title: str, said: str = "", nothing: str = "") -> None:
        """Show other rows; where none is left below the hands, they go on to the figures."""
        card = self.cards[index]
        had_focus = card.table.hasFocus()
        card.show_rows(rows, title, said, nothing)
        if had_focus and not rows:
            self._focus()

    def _show_differences(self, found: ThreeWays) -> None:
        settings = self.shell.app.settings
        sources = ", ".join(
            f"{one.name} {words.count(one.due, settings)} due, {words.count(one.in_book, settings)} in the book"
            for one in found.denominators
            if one.is_known
        )
        title = f"Differences: {words.count(len(found.rows), settings)}"
        self._fill(DIFFERENCES, found.rows, title, sources)

    def _show_touches(self, found: Touches) -> None:
        settings = self.shell.app.settings
        kept, planned, done = (words.count(one, settings) for one in (found.kept, found.planned, found.done))
        said = f"kept {shown(found.share, settings)} = {kept} / {planned} planned; done {done}"
        self._fill(TOUCHES, found.rows, f"Touch points of {found.year}", said)

    def _show_capacity(self, found: Capacity) -> None:
        rows = found.rows or ()
        title = f"Not reached in time: {words.count(len(rows), self.shell.app.settings)}"
        self._fill(CAPACITY, rows, title, found.words, found.words)

    # -- what can be done ------------------------------------------------------------------------------------------

    def _open_figure(self, key: str) -> None:
        self.cover = Cover.CONTACT if key == "coverage" else Cover.NOTHING if key == "due" else Cover(key)
        self.show_list(LEDGER)
        self.take_focus()

    def _tell_row(self, row: CoverRow) -> None:
        told = (f"{row.account}: {row.words}", row.what_to_do)
        self.told.setText(". ".join(part.rstrip(".") for part in told if part))

    def _open_part(self, series: int, _place: int) -> None:
        self.cover = COVERS[series]
        self.show_list(LEDGER)
        self.take_focus()

    def _open_place(self, series: int, place: int) -> None:
        """What ends then and is covered so; a row of the table is those with nothing."""
        self.cover = COVERS[0 if self.by_time.is_table else series]
        if place < len(self.places):
            self.show_list(LEDGER, self.places[place])
        elif self._span is not None:
            self.show_list(LEDGER, replace(self._span, name=UNDATED))
        self.take_focus()

    def _go(self, row: Any) -> None:
        go_to(self.shell, row.account_id, getattr(row, "target_id", None))

    def _later(self, read: Callable[[Work], T], show: Callable[[T], object]) -> None:
        """Read a list that takes long in any book."""
        self.cards[self.stack.currentIndex()].said.setText("Reading …")
        self._listing.read(read, show, is_long=True)

    def _today(self) -> date:
        return self.shell.app.ask(lambda work: work.today)
