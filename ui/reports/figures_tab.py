"""The figures of a period: each opens its list, beside last week and last year, and two pictures of the calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from callstation.reports.figure_rows import FigureRow
from callstation.reports.figures import MOST_ROWS, Figures, figures, list_of
from callstation.reports.kpis import Figure, Hour, Key, Stretch, Unit
from callstation.reports.over_time import QUOTES, RENEWALS, Counts, Happened, counts_of, happened_in, places_of
from callstation.reports.series import DayCalls, calls_by_day, calls_by_hour, calls_of_hour
from callstation.reports.shown import figure_shown
from callstation.settings import Settings
from callstation.work import Work
from ui import words
from ui.chart_panel import ChartPanel
from ui.forecast.figures import FigureBar, FigureView
from ui.reading import Reading
from ui.reports import figure_charts
from ui.reports.rows_card import WHOLE, RowsCard
from ui.tables import Column
from ui.widgets import ElidedLabel

if TYPE_CHECKING:
    from ui.shell import Shell


_SHORT = {
    Key.CONVERSATIONS: "Talks", Key.TALK_TIME: "Talk", Key.QUOTES_MADE: "Made", Key.QUOTES_SENT: "Sent",
    Key.QUOTE_TO_ORDER: "To order", Key.RENEWALS_WON: "Won", Key.RENEWED_VALUE: "Renewed", Key.GROWTH_WON: "Growth",
    Key.GROWTH_VALUE: "Growth", Key.ATTACH_RATE: "Attach", Key.DISCOUNT: "Discount",
}  # fmt: skip
"""What figures are called where there is little room."""

Read = Callable[[Work], Sequence[FigureRow]]


@dataclass(frozen=True, slots=True)
class _Answer:
    found: Figures
    days: Sequence[DayCalls]
    hours: Sequence[Hour]
    places: tuple[Stretch, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list that is open: what reads it, and what it is called."""

    read: Read
    title: str
    where: str
    whole: Read | None


class FiguresTab(QWidget):
    """E goes to the figures, arrows walk them, Enter opens the list of one."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self.shell = shell
        self.reading, self._listing = Reading(shell, self, "figures"), Reading(shell, self, "list")
        self.found: Figures | None = None
        self._span: Stretch | None = None
        self._opened: _Listed | None = None
        self.days: Sequence[DayCalls] = ()
        self.hours: Sequence[Hour] = ()
        self.places: tuple[Stretch, ...] = ()
        self.call_places: tuple[Stretch, ...] = ()
        self.figures = FigureBar(across=7)
        self.told = ElidedLabel("", "secondary", "text2", tabular=True)
        self.by_day = ChartPanel("Calls by day and outcome", "No call in these days. P chooses others.")
        self.heat = ChartPanel("Reach rate by hour", "Says something of hours with five calls or more.")
        self.quotes = ChartPanel("Quotes", "No quote was made, sent or accepted in these days.")
        self.renewals = ChartPanel("Renewals closed", "No renewal was closed in these days.")
        self.panels = (self.by_day, self.heat, self.quotes, self.renewals)
        self.list = RowsCard("What is behind the figure", _columns(lambda: shell.app.settings, self._today))
        self.list.hide()
        self.figures.told.connect(self.told.setText)
        self.figures.opened.connect(lambda key: self._open(Key(key)))
        self.by_day.opened.connect(self._open_calls)
        self.heat.opened.connect(self._open_hour)
        self.quotes.opened.connect(lambda series, place: self._open_place(self.quotes, QUOTES, series, place))
        self.renewals.opened.connect(lambda series, place: self._open_place(self.renewals, RENEWALS, series, place))
        self.list.opened.connect(self._go)
        self._charts = QWidget()
        grid = QGridLayout(self._charts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        for at, panel in enumerate(self.panels):
            grid.addWidget(panel, at // 2, at % 2)
        for at in range(2):
            grid.setColumnStretch(at, 1)
            grid.setRowStretch(at, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.figures)
        column.addWidget(self.told)
        column.addWidget(self._charts, 3)
        column.addWidget(self.list, 3)

    def show_span(self, span: Stretch) -> None:
        """Read the figures of a period; a list of the same period stays open, and is read anew."""

        def read(work: Work) -> _Answer:
            places = places_of(work, span)
            return _Answer(
                figures(work, span), calls_by_day(work, span), calls_by_hour(work, span), places,
                counts_of(work, places),
            )  # fmt: skip

        self.reading.read(read, lambda answer: self._show_answer(answer, span))

    def _show_answer(self, answer: _Answer, span: Stretch) -> None:
        settings = self.shell.app.settings
        self.found, self.days, self.hours, self.places = answer.found, answer.days, answer.hours, answer.places
        self.figures.show_figures([_view(one, settings) for one in self.found.figures])
        self.call_places = figure_charts.call_places(self.days, self.places)
        self.by_day.show_chart(figure_charts.calls_over_time(self.days, self.call_places, settings))
        self.heat.show_chart(figure_charts.best_hours(self.hours, settings))
        self.quotes.show_chart(figure_charts.quotes_over_time(self.places, answer.counts, settings))
        self.renewals.show_chart(figure_charts.renewals_over_time(self.places, answer.counts, settings))
        is_same, self._span = span == self._span, span
        if is_same and self._opened is not None:
            self._read_list(self._opened)
        else:
            self.back()

    def take_focus(self) -> None:
        """Go to the list where one is open, else to the figures."""
        self.reading.then((self.figures if self.list.isHidden() else self.list).take_focus)

    def back(self) -> bool:
        """Close the list; whether one was open."""
        was_open, self._opened = not self.list.isHidden(), None
        self._listing.drop()
        self.list.hide()
        self._charts.show()
        return was_open

    def step(self, by: int) -> None:
        """Go down the list."""
        self.list.table.step(by)

    def be_compact(self, is_compact: bool, *, is_low: bool) -> None:
        """Give less height to the figures."""
        self.figures.be_compact(is_compact)

    def _open(self, key: Key) -> None:
        if self.found is not None:
            days = self.found.period
            self._list(
                lambda work: list_of(work, key, days), self.found[key].name, days.name,
                lambda work: list_of(work, key, days, limit=WHOLE),
            )  # fmt: skip

    def _open_calls(self, series: int, place: int) -> None:
        """The calls of a mark, which are of one outcome; a row of the table is all of them."""
        days, chart = self.call_places[place], self.by_day.chart
        if chart is None:
            return
        names = [one.name for one in chart.series]
        wanted = None if self.by_day.is_table else names[series]

        def read(work: Work) -> Sequence[FigureRow]:
            rows = list_of(work, Key.CALLS, days, limit=WHOLE)
            if wanted is None:
                return rows
            is_rest = wanted == figure_charts.OTHER
            return [row for row in rows if (row.what not in names if is_rest else row.what == wanted)]

        where = days.name
        if days.starts_on == days.ends_on:
            where = words.weekday(days.starts_on, self._today(), self.shell.app.settings)
        self._list(
            lambda work: read(work)[:MOST_ROWS], "Calls" if wanted is None else f"Calls, {wanted.lower()}", where, read
        )  # fmt: skip

    def _open_hour(self, series: int, place: int) -> None:
        """The calls of an hour of a weekday; a row of the table is the whole weekday."""
        if self.found is None:
            return
        days, (weekday, hour) = self.found.period, figure_charts.place_of(self.hours, series, place)
        every = sorted({one.hour for one in self.hours}) if self.heat.is_table else [hour]
        name = figure_charts.DAYS[weekday]

        def read(work: Work) -> Sequence[FigureRow]:
            return [row for one in every for row in calls_of_hour(work, days, weekday, one)]

        self._list(read, f"Calls on {name}" if self.heat.is_table else f"Calls on {name} at {hour:02d}", days.name)

    def _open_place(self, panel: ChartPanel, every: Sequence[Happened], series: int, place: int) -> None:
        """What a mark stands for; a row of the table is all of it."""
        what = tuple(every) if panel.is_table else (every[series],)
        days = self.places[place]
        title = panel.title.text().partition(" by ")[0] if panel.is_table else figure_charts.NAMES[what[0]]

        def read(work: Work, limit: int = WHOLE) -> Sequence[FigureRow]:
            return [row for one in what for row in happened_in(work, one, days, limit=limit)]

        self._list(lambda work: read(work, MOST_ROWS)[:MOST_ROWS], title, days.name, read)

    def _list(self, read: Read, title: str, where: str, whole: Read | None = None) -> None:
        self._read_list(_Listed(read, title, where, whole))
        self._listing.then(self._focus_list)

    def _read_list(self, one: _Listed) -> None:
        self._listing.read(one.read, lambda rows: self._show(rows, one))

    def _show(self, rows: Sequence[FigureRow], one: _Listed) -> None:
        settings = self.shell.app.settings
        if not rows:
            had_focus = self.list.table.hasFocus()
            if not self.back():
                self.shell.say(f"{one.title}, {one.where}: there is nothing in it.", "mute")
            elif had_focus:
                self.take_focus()
            return
        self._opened = one
        most = f"the first {words.count(MOST_ROWS, settings)}" if len(rows) == MOST_ROWS else ""
        self.list.show_rows(rows, f"{one.title}, {one.where}: {words.count(len(rows), settings)}", most)
        self.list.whole = one.whole
        self._charts.hide()
        self.list.show()

    def _focus_list(self) -> None:
        if not self.list.isHidden():
            self.list.from_the_top()
            self.list.take_focus()

    def _go(self, row: FigureRow) -> None:
        go_to(self.shell, row.account_id, row.target_id)

    def _today(self) -> date:
        return self.shell.app.ask(lambda work: work.today)


def go_to(shell: "Shell", account_id: int | None, target_id: int | None) -> None:
    """Open a row on the desk; its account where it is in no queue; nothing where it is in no book."""
    if target_id is not None:
        shell.go("desk", target_id=target_id)
    elif account_id is not None:
        shell.go("accounts", account_id=account_id)
    else:
        shell.say("It is not in the book: import its list again, or sync.", "mute")


def figure_words(one: Figure, settings: Settings) -> str:
    """A figure with its formula, period and n, beside the period before and the same days a year before."""
    parts = [
        f"{one.name} {figure_shown(one, one.value, settings.language)} = {one.formula.rstrip('.')}",
        one.period.name,
    ]
    counted = one.counted if one.n != 1 else one.counted.replace("ies", "y").removesuffix("s")
    parts.append(f"n = {words.count(one.n, settings)} {counted}")
    if one.apart:
        parts.append(f"{words.count(one.apart, settings)} could not be counted")
    parts.append(f"{one.before_words} {figure_shown(one, one.before, settings.language)}")
    if one.before_words != "the year before":
        parts.append(f"the year before {figure_shown(one, one.year_before, settings.language)}")
    return "; ".join(parts)


def _view(one: Figure, settings: Settings) -> FigureView:
    value = figure_shown(one, one.value, settings.language)
    if one.unit is Unit.MONEY and one.value is not None:
        value = words.money(one.value, one.currency, settings, is_whole=True)
    return FigureView(one.key.value, one.name, value, figure_words(one, settings), short=_SHORT.get(one.key, ""))


def _columns(settings: Callable[[], Settings], today: Callable[[], date]) -> list[Column[FigureRow]]:
    def amount(row: FigureRow) -> str | None:
        value: Decimal | None = row.amount
        return words.money(value, row.currency, settings()) or None

    return [
        Column("Day", lambda row: words.day(row.on, today(), settings()), width=96, is_tabular=True),
        Column("Account", lambda row: row.account, width=0, role="emphasis"),
        Column("What", lambda row: row.what, width=0, role="secondary"),
        Column("Amount", amount, width=130, align="right", is_tabular=True),
        Column("", lambda row: "✓" if row.is_counted else None, width=48, tone="accent_text"),
    ]  # fmt: skip
