"""The bridge between two snapshots: a waterfall of what moved, and each move with its contract and activity."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callstation.errors import UserError
from callstation.renewals.bridge import LABELS, LineKind
from callstation.renewals.bridging import Bridged, Moved, bridge_between
from callstation.renewals.fiscal import Period
from callstation.renewals.measures import Measure
from callstation.renewals.pipeline_rows import Key, pipeline_row
from callstation.renewals.states import Snapshot, snapshots
from callstation.reports.chart import Chart, bridge
from callstation.work import Work
from ui import actions, words
from ui.chart_panel import ChartPanel
from ui.forecast.bridge_asks import ask_day, ask_measure
from ui.forecast.listing import open_row
from ui.forecast.moves import NARROW, activity_words, move_columns
from ui.forecast.said import money
from ui.pipeline.ask_strip import AskStrip
from ui.reading import Reading
from ui.rows_view import RowsView
from ui.tables import RowsModel
from ui.widgets import Button, Card, ElidedLabel, KeyBadge, Label

if TYPE_CHECKING:
    from ui.shell import Shell

_WEEK = timedelta(days=7)
Asked = tuple[Period, bool, Measure, date | None, date | None]
"""The period, whether of growth, the measure, and from and to which day."""


class BridgeView(QWidget):
    """``show_bridge`` reads it; a bar opens its moves alone, Enter on a move goes to the desk."""

    def __init__(self, shell: "Shell", ask: AskStrip) -> None:
        super().__init__()
        self.shell, self._ask = shell, ask
        self.measure = Measure.COMMIT_FORECAST
        self.first: date | None = None
        self.last: date | None = None
        self.found: Bridged | None = None
        self.only: LineKind | None = None
        self.reading = Reading(shell, self, "bridge")
        self._kinds: list[LineKind] = []
        self._shown: tuple[Period, bool] | None = None
        self._asked: Asked | None = None
        self.title, self.said = Label("", "emphasis"), ElidedLabel("", "secondary", "text2", tabular=True)
        self.problem = Label("", "body", "text2", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.said, 1)
        for action_id, name in (("forecast_measure", "Measure"), ("forecast_from", "From"), ("forecast_to", "To")):
            button = Button(name, "small")
            button.clicked.connect(lambda _=False, wanted=action_id: shell.run(wanted))
            head.addWidget(button)
            head.addWidget(KeyBadge(*actions.caps_of(action_id)))
        self.chart = ChartPanel("What moved")
        self.chart.opened.connect(self._open_bar)
        columns = move_columns(lambda: shell.app.settings, lambda: shell.app.ask(lambda work: work.today))
        self.moves: list[Moved] = []
        self.model = RowsModel[Moved](
            columns, lambda offset, limit, _order: self.moves[offset : offset + limit], lambda: len(self.moves)
        )
        self.table = RowsView(self.model, "What moved the forecast")
        self.table.opened.connect(self._open)
        self.card = Card(padding=6)
        self.list_title = Label("", "emphasis")
        self.row_said = ElidedLabel("", "secondary", "text2", tabular=True)
        self.row_said.setProperty("in_hand", True)  # not on paper
        self.table.chosen.connect(self._tell_row)
        top = QHBoxLayout()
        top.setContentsMargins(8, 2, 8, 0)
        top.setSpacing(12)
        top.addWidget(self.list_title)
        top.addWidget(self.row_said, 1)
        self.card.body.addLayout(top)
        self.card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.problem)
        column.addWidget(self.chart, 5)
        column.addWidget(self.card, 4)

    def show_bridge(self, period: Period, *, is_growth: bool) -> None:
        """Read the bridge of a period, of renewals or of growth."""
        self._shown, measure, first, last = (period, is_growth), self.measure, self.first, self.last

        def read(work: Work) -> Bridged | UserError:
            start = first or _usual_start(snapshots(work), work.today)
            try:
                return bridge_between(work, start, last, measure=measure, period=period, is_growth=is_growth)
            except UserError as error:
                return error

        asked = (period, is_growth, measure, first, last)
        self.reading.read(read, lambda found: self._show(found, asked))
        if self.reading.is_reading:
            self.said.setText("Reading …")

    def _show(self, answer: Bridged | UserError, asked: Asked) -> None:
        found = self.found = None if isinstance(answer, UserError) else answer
        if (
            asked != self._asked
            or found is None
            or not any(kind is self.only for kind in found.moved if found.moved[kind])
        ):
            self.only = None
        self._asked = asked
        self.title.setText(f"{asked[2].label}, {asked[0].name}")
        if isinstance(answer, UserError):
            self.moves = []
            self.problem.setText(" ".join(part for part in (answer.title, answer.detail, answer.hint) if part))
        self.problem.setVisible(found is None)
        self.chart.setVisible(found is not None)
        self.card.setVisible(found is not None)
        if found is None:
            self.said.setText("")
            return
        self.said.setText(self._words(found))
        self.chart.show_chart(self._chart(found))
        self._show_moves()

    def take_focus(self) -> None:
        """Go to the first move; where nothing moved, to the chart."""
        self.reading.then(self._focus)

    def _focus(self) -> None:
        if self.moves:
            self.table.choose(max(0, self.table.currentIndex().row()))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.chart.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> bool:
        """Show every move again; whether it was one line alone."""
        if self.only is None:
            return False
        self.only = None
        self._show_moves()
        self.take_focus()
        return True

    def ask_measure(self) -> None:
        """Ask whose bridge it is."""
        ask_measure(self._ask, self.measure, lambda measure: self._again(measure=measure))

    def ask_first(self) -> None:
        """Ask with which snapshot it begins."""
        every = self.shell.app.ask(snapshots)
        if not every:
            self.shell.say("There is no snapshot yet: one is taken each day as it is opened.", "mute")
            return
        ask_day(self._ask, self.shell.app, "From which snapshot?", every, self._start(every),
                lambda day: self._again(first=day))  # fmt: skip

    def ask_last(self) -> None:
        """Ask with which snapshot it ends, or with now."""
        ask_day(self._ask, self.shell.app, "To which snapshot?", self.shell.app.ask(snapshots), self.last,
                lambda day: self._again(last=day), has_now=True)  # fmt: skip

    def be_narrow(self, is_narrow: bool) -> None:
        """Show fewer columns."""
        self.table.show_columns(NARROW if is_narrow else [column.title for column in self.model.columns])

    def _start(self, every: tuple[Snapshot, ...]) -> date:
        """The day that was asked for; else that of last week's snapshot, or the oldest one."""
        return self.first or _usual_start(every, self.shell.app.ask(lambda work: work.today))

    def _again(self, **changes: Any) -> None:
        for name, value in changes.items():
            setattr(self, name, value)
        self._ask.close_ask()
        if self._shown is not None:
            period, is_growth = self._shown
            self.show_bridge(period, is_growth=is_growth)
        self.take_focus()

    def _words(self, found: Bridged) -> str:
        settings, made = self.shell.app.settings, found.bridge
        start = words.weekday(found.first.taken_on, found.first.taken_on, settings)
        last = found.last
        end = "now" if last is None else f"{words.weekday(last.taken_on, last.taken_on, settings)} began with"
        parts = [
            f"{start} began with {money(made.start, settings)} in {words.count(made.start_count, settings)}",
            f"{end} {money(made.end, settings)} in {words.count(made.end_count, settings)}",
            f"{words.count(made.unchanged, settings)} unchanged",
        ]
        if made.without_rate:
            parts.append(f"without a rate, so not in it: {', '.join(made.without_rate)}")
        return "; ".join(parts)

    def _chart(self, found: Bridged) -> Chart:
        made, settings = found.bridge, self.shell.app.settings
        lines = [line for line in made.lines if line.count]
        self._kinds = [line.kind for line in lines]
        start = words.day(found.first.taken_on, found.first.taken_on, settings)
        end = "Now" if found.last is None else words.day(found.last.taken_on, found.last.taken_on, settings)
        moves = [(LABELS[line.kind], line.base, line.count) for line in lines]
        return bridge(self.measure.label, (start, made.start), moves, end, unit=settings.currency)

    def _show_moves(self) -> None:
        found, settings = self.found, self.shell.app.settings
        if found is None:
            return
        self.moves = [one for kind, some in found.moved.items() if self.only in (None, kind) for one in some]
        what = "Every move" if self.only is None else f"{LABELS[self.only]}; Esc shows every move"
        self.list_title.setText(f"{what}: {words.count(len(self.moves), settings)}")
        if not self.moves:
            self.row_said.setText("")
        self.table.reload()

    def _tell_row(self, row: Moved) -> None:
        """The move in hand in full, for which a column may be too narrow."""
        app = self.shell.app
        activity = activity_words(row, app.ask(lambda work: work.today), app.settings)
        self.row_said.setText(f"{row.account or 'no longer in the book'}: {row.words}; {activity}")

    def _open_bar(self, _series: int, place: int) -> None:
        self.only = self._kinds[place - 1] if 1 <= place <= len(self._kinds) else None
        self._show_moves()
        self.take_focus()

    def _open(self, moved: Moved) -> None:
        key = Key(moved.move.key.is_growth, moved.move.key.opportunity_id)
        row = self.shell.app.ask(pipeline_row, key) if moved.account_id is not None else None
        if row is not None:
            open_row(self.shell, row)
        elif moved.account_id is not None:
            self.shell.go("accounts", account_id=moved.account_id)


def _usual_start(every: tuple[Snapshot, ...], today: date) -> date:
    """The day of last week's snapshot, or of the oldest one."""
    week_ago = today - _WEEK
    return week_ago if not every or every[0].taken_on <= week_ago else every[0].taken_on
