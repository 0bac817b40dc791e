"""The page of the forecast: the months ahead by category, and the figures that say how it stands."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from callstation.renewals import fiscal
from callstation.renewals.fiscal import Period, month_name
from callstation.renewals.forecast import (
    GRID,
    Cell,
    Forecast,
    filter_of,
    period_named,
)
from callstation.renewals.headline import headlines
from callstation.renewals.measures import Measure
from callstation.reports.chart import Point
from callstation.reports.pictures import forecast_cell, forecast_chart
from db.vocabulary import PeriodKind
from ui import words
from ui.forecast import said
from ui.forecast.accuracy_view import AccuracyView
from ui.forecast.answer import Answer, read_answer
from ui.forecast.below import Below
from ui.forecast.bridge_view import BridgeView
from ui.forecast.editing import Editing
from ui.forecast.figures import FigureBar, FigureView
from ui.forecast.grid import Grid
from ui.forecast.layout import OVERDUE_KEY, Layout
from ui.forecast.listed import Listed, cell_list, overdue_list
from ui.forecast.listing import Listing, open_row
from ui.page import Commands, Page
from ui.pipeline.ask_strip import AskStrip
from ui.printing.verbs import printing
from ui.reading import Reading
from ui.theme import theme

if TYPE_CHECKING:
    from ui.shell import Shell

GRID_VIEW, BRIDGE, ACCURACY = range(3)
KINDS = ("rolling", "month", "quarter", "year")
_LEAST_WITH_CHART = 580
"""A lower page has no room for the chart; px at 100 %."""
_LISTS = {
    "weighted": Measure.TOTAL, "gap": Measure.CLOSED, "coverage": Measure.OPEN_PIPELINE, "attainment": Measure.CLOSED,
    "commit_attainment": Measure.COMMIT_FORECAST,
}  # fmt: skip
"""Whose list a figure opens, where it is not that of its own name."""


class ForecastPage(Page):
    """Arrows walk the grid, Enter opens a cell, 1 to 4 choose the period, Q sets the quota, N adjusts, E explains."""

    nouns = (
        "renewal", "growth", "contract", "quota", "forecast_adjustment", "activity", "call_target", "account",
        "snapshot", "contract_line", "product", "quote", "quote_line",
    )  # fmt: skip

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.kind, self.is_growth = "rolling", False
        self.day: date | None = None
        self.found: Forecast | None = None
        self.answer: Answer | None = None
        self.reading = Reading(shell, self, "forecast")
        self.cells: list[list[Cell]] = []
        self.grid, self.figures, self.ask = Grid("The forecast by category and month"), FigureBar(), AskStrip()
        self.listing = Listing(shell)
        self.listed: Listed | None = None
        self.bridge, self.accuracy = BridgeView(shell, self.ask), AccuracyView(shell)
        self.below = Below(self.listing)
        self.layout_ = Layout(self, self.figures, self.grid, self.below, (self.bridge, self.accuracy), self.ask)
        self.editing = Editing(shell, self.ask, self._leave_ask)
        self.grid.chosen.connect(self._take_cell)
        self.grid.opened.connect(self._open_cell)
        self.below.chart.opened.connect(self._open_mark)
        self.figures.told.connect(self.layout_.told.setText)
        self.figures.opened.connect(self._open_figure)
        self.listing.opened.connect(lambda row: open_row(shell, row))
        self.listing.left.connect(self._back)
        self.listing.wider.connect(self._to_pipeline)
        self.layout_.sides.currentChanged.connect(lambda _index: self._turn_side())
        self.layout_.periods.currentChanged.connect(self._choose_kind)
        self.ask.left.connect(self._leave_ask)
        for buttons in (self.layout_.hints, self.layout_.printing):
            buttons.wanted.connect(shell.run)
        self.layout_.empty.add_action(
            "Import a list", lambda: shell.go("import"), "Ctrl", "O", icon="file-spreadsheet", is_main=True
        )

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found = self._of_every_view()
        if self.layout_.is_empty:
            return found
        found |= {
            "other_list": lambda: self.layout_.sides.setCurrentIndex(0 if self.is_growth else 1),
            "forecast_bridge": lambda: self._show(BRIDGE), "forecast_accuracy": lambda: self._show(ACCURACY),
            "forecast_table": self._turn_chart,
        }  # fmt: skip
        if self.view == BRIDGE:
            asks = self.bridge
            found |= {
                "forecast_measure": asks.ask_measure, "forecast_from": asks.ask_first, "forecast_to": asks.ask_last,
            }  # fmt: skip
        elif self.view == GRID_VIEW:
            found |= {
                "forecast_quota": self._quota, "forecast_adjust": self._adjust,
                "forecast_explain": self.figures.take_focus, "forecast_overdue": self._open_overdue,
                "forecast_pipeline": self._to_pipeline, "forecast_open": self._open_cell,
            }  # fmt: skip
        return found | printing(self, self.ask, self._printed_title)

    def _of_every_view(self) -> dict[str, Callable[..., object]]:
        return {
            "back": self._back, "next": lambda: self._step(1), "previous": lambda: self._step(-1),
            "forecast_digit": self._digit, "forecast_later": lambda: self._move(is_later=True),
            "forecast_earlier": lambda: self._move(is_later=False),
        }  # fmt: skip

    def refresh(self) -> None:
        kind, day = self.kind, self.day
        self.reading.read(lambda work: read_answer(work, kind, day), self._take_answer)
        if self.reading.is_reading:
            self.layout_.said.setText("Reading …")

    def _take_answer(self, answer: Answer) -> None:
        self.answer, self.found = answer, answer.found
        self._show_side()
        if self.listed is not None and not self.listing.isHidden():
            self._list_again(self.listed)
        self._show_other_view()

    def _show_side(self) -> None:
        """Renewals or growth: both are read already."""
        answer, settings = self.answer, self.app.settings
        if answer is None:
            return
        found, period = answer.found, answer.period
        side = found.side(is_growth=self.is_growth)
        months: list[date | None] = [*side.months, None]
        self.cells = [[side.cell(measure, month) for month in months] for measure in GRID]
        heads = [*(month_name(month) for month in side.months), "Total"]
        shown = [[said.cell_words(cell, period, settings, found.adjustments) for cell in row] for row in self.cells]
        self.grid.show_cells([measure.label for measure in GRID], heads, shown)
        self.figures.show_figures(self._figures(found))
        self.below.chart.show_chart(
            forecast_chart(found, answer.quotas[self.is_growth], settings.language, is_growth=self.is_growth)
        )
        self.layout_.said.setText(self._period_words(found, period))
        self.layout_.show_note(self._note(found))
        self.layout_.show_rows(answer.has_any or side.quota.amount is not None)
        self.shell.renew_commands()
        if not self.figures.has_focus:
            self._tell_cell()

    def _show_other_view(self) -> None:
        """Bridge or accuracy, where that is in view."""
        if self.view == BRIDGE and self.found is not None:
            self.bridge.show_bridge(self.found.period, is_growth=self.is_growth)
        elif self.view == ACCURACY:
            kind = PeriodKind.MONTH if self.kind == "rolling" else PeriodKind(self.kind)
            self.accuracy.show_accuracy(kind, is_growth=self.is_growth)

    def on_shown(self) -> None:
        self._focus()

    def on_hidden(self) -> None:
        self.ask.close_ask()

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def view(self) -> int:
        """Which of the three is in view."""
        return self.layout_.views.currentIndex()

    @property
    def cell(self) -> Cell:
        """The cell in hand."""
        row, column = self.grid.place
        return self.cells[row][column]

    def _figures(self, found: Forecast) -> list[FigureView]:
        settings, views = self.app.settings, []
        for figure in headlines(found, settings.language, is_growth=self.is_growth):
            is_met = figure.key == "gap" and figure.value is not None and figure.value <= 0
            value = said.figure_value(figure, settings)
            views.append(FigureView(figure.key, figure.label, value, said.figure_words(figure, settings),
                                    "ok" if is_met else "text", said.SHORT.get(figure.key, "")))  # fmt: skip
        return views

    def _period_words(self, found: Forecast, period: Period) -> str:
        if found.week_ago_on is None:
            return period.name
        ago = words.weekday(found.week_ago_on, found.today, self.app.settings)
        return f"{period.name}, beside the book as {ago} began"

    def _note(self, found: Forecast) -> str:
        settings, parts = self.app.settings, []
        if found.week_ago_on is None:
            parts.append("No snapshot is a week old yet, so no change is shown")
        overdue = found.side(is_growth=self.is_growth).overdue
        if overdue.count:
            parts.append(f"{said.overdue_words(overdue, settings)}{OVERDUE_KEY}")
        parts += found.rates.words if any(cell.amount.is_mixed for row in self.cells for cell in row) else ()
        return " · ".join(parts)

    def _take_cell(self) -> None:
        """Tell the cell in hand, and list it where a list is open."""
        self._tell_cell()
        if self.grid.hasFocus() and not self.listing.isHidden() and self.found is not None:
            self._list_again(cell_list(self.cell.measure, self.cell.month, is_growth=self.is_growth))

    def _tell_cell(self) -> None:
        cell = self.grid.current
        if cell is None or self.found is None:
            return
        self.layout_.told.setText(" · ".join((cell.said, *cell.notes)))

    def _printed_title(self) -> str:
        view = ("Forecast", "Bridge", "Accuracy of the forecast")[self.view]
        side, period = "growth" if self.is_growth else "renewals", self.found.period.name if self.found else self.kind
        return f"{view}, {side}, {period}"

    # -- what can be done ------------------------------------------------------------------------------------------

    def _focus(self) -> None:
        if self.view == BRIDGE:
            self.bridge.take_focus()
        elif self.view == ACCURACY:
            self.accuracy.take_focus()
        else:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, view: int) -> None:
        """Show another view; the one that is shown goes back to the grid."""
        self.layout_.views.setCurrentIndex(GRID_VIEW if self.view == view else view)
        self.layout_.make_room()
        self.ask.close_ask()
        self._close_list()
        self._show_other_view()
        self._focus()
        self.shell.renew_commands()

    def _step(self, by: int) -> None:
        if self.view != GRID_VIEW:
            (self.bridge if self.view == BRIDGE else self.accuracy).table.step(by)
        elif self.listing.table.hasFocus():
            self.listing.table.step(by)
        else:
            self.grid.step(by)
            self._focus()

    def _digit(self, digit: int) -> None:
        if self.ask.is_asking:
            self.ask.choose(digit)
        elif digit <= len(KINDS):
            self.layout_.periods.setCurrentIndex(digit - 1)

    def _choose_kind(self, index: int) -> None:
        self.kind, self.day = KINDS[index], None
        self._turned()

    def _turn_side(self) -> None:
        self.is_growth = self.layout_.sides.currentIndex() == 1
        self.ask.close_ask()
        self._close_list()
        self._show_side()
        self._show_other_view()
        self._focus()

    def _move(self, *, is_later: bool) -> None:
        step = fiscal.after if is_later else fiscal.before
        period = self.app.ask(period_named, self.kind, self.day)
        self.day = step(period, self.app.settings.fiscal_year_starts).starts_on
        self._turned()

    def _turned(self) -> None:
        self.ask.close_ask()
        self._close_list()
        self.refresh()
        self._focus()

    def _quota(self) -> None:
        if self.found is not None:
            self.editing.quota(self.found.period, self.cell)

    def _adjust(self) -> None:
        if self.found is not None:
            there = said.adjustments_of(self.cell, self.found.adjustments)
            self.editing.adjustment(self.cell, there, self.found.period.months)

    def _open_cell(self) -> None:
        if self.cells:
            self._open(self.cell)

    def _open(self, cell: Cell) -> None:
        self._show_list(cell_list(cell.measure, cell.month, is_growth=cell.is_growth))

    def _open_mark(self, series: int, place: int) -> None:
        """Open what a mark of the chart stands for; a row of its table is a whole month."""
        if self.found is not None:
            side = self.found.side(is_growth=self.is_growth)
            measure = Measure.TOTAL if self.below.chart.is_table else forecast_cell(Point(series, place))[0]
            self._open(side.cell(measure, side.months[place]))

    def _turn_chart(self) -> None:
        """The chart in view as a table, or as a chart again."""
        (self.below.chart, self.bridge.chart, self.accuracy.chart)[self.view].turn()

    def _open_figure(self, key: str) -> None:
        if self.found is None:
            return
        if key == "quota":
            self._quota()
        elif key == "needed_calls":
            self.shell.go("desk")
        else:
            side = self.found.side(is_growth=self.is_growth)
            self._open(side.cell(_LISTS[key] if key in _LISTS else Measure(key)))

    def _open_overdue(self) -> None:
        self._show_list(overdue_list(is_growth=self.is_growth))

    def _show_list(self, listed: Listed) -> None:
        what = listed(self.found, self.app.settings) if self.found is not None else None
        if what is None:
            return
        title, self.listed = what[0], listed

        def shown() -> None:
            self.layout_.make_room()
            if not self.listing.count:
                self._close_list()
                self._focus()
                self.shell.say(f"{title}: there is nothing in it.", "mute")

        self.listing.show_list(*what, shown=shown)
        self.listing.reading.then(self.listing.take_focus)

    def _list_again(self, listed: Listed) -> None:
        """List what a cell has now; a list that holds nothing any more goes, and the hands go back to the grid."""
        self.listed = listed
        what = listed(self.found, self.app.settings) if self.found is not None else None

        def shown() -> None:
            if self.listing.table.hasFocus() and (what is None or not self.listing.count):
                self._close_list()
                self._focus()

        shown() if what is None else self.listing.show_list(*what, shown=shown)

    def _to_pipeline(self) -> None:
        if self.found is not None:
            wanted = filter_of(self.cell, self.found.period) if self.listing.isHidden() else self.listing.wanted
            self.shell.go("pipeline", wanted=wanted)

    def _close_list(self) -> None:
        self.listing.leave()
        self.layout_.make_room()

    def _back(self) -> None:
        if self.ask.is_asking:
            self.ask.close_ask()
        elif self.view == BRIDGE and self.bridge.back():
            return
        elif self.view != GRID_VIEW:
            self._show(self.view)
        else:
            self._close_list()
        self._tell_cell()
        self._focus()

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self._focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = self.width() * 100 // theme.text_size, self.height() * 100 // theme.text_size
        is_compact = high < 620
        self.below.be_compact(high < _LEAST_WITH_CHART)
        self.layout_.be_compact(is_compact)
        self.layout_.printing.fit(wide)
        self.grid.be_compact(is_compact, is_roomy=high >= 840)
        self.figures.be_compact(is_compact)
        self.listing.be_narrow(wide < 1100)
        self.bridge.be_narrow(wide < 1100)

    def open(self, *, measure: Measure | None = None, **target: Any) -> None:
        """Open the list of a measure of the whole period."""
        if measure is not None and self.found is not None:
            self._open(self.found.side(is_growth=self.is_growth).cell(measure))
