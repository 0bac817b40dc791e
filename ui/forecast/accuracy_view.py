"""How good the commit forecast was: what it said weeks before each period's end, against what was won."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callstation.percents import percent
from callstation.renewals.accuracy import WEEKS, Accuracy, PeriodAccuracy
from callstation.renewals.accuracy_history import AccuracyHistory, accuracy_history
from callstation.reports.chart import Chart, ChartKind, Series, Tone
from callstation.settings import Settings
from db.vocabulary import PeriodKind
from ui import words
from ui.chart_panel import ChartPanel
from ui.forecast.said import money, signed
from ui.reading import Reading
from ui.rows_view import RowsView
from ui.tables import Column, RowsModel
from ui.widgets import Card, Label

if TYPE_CHECKING:
    from ui.shell import Shell

_CHARTED = 4
"""The chart shows what was said so many weeks before the end."""


class AccuracyView(QWidget):
    """Periods newest first, then bias and mean error by how long before the end it was said."""

    def __init__(self, shell: "Shell") -> None:
        super().__init__()
        self.shell, self.reading = shell, Reading(shell, self, "accuracy")
        self.history = AccuracyHistory((), ())
        self.title = Label("How good the commit forecast was", "emphasis")
        self.nothing = Label("", "body", "text2", wraps=True)
        self.lines = [Label("", "secondary", "text2", tabular=True) for _ in WEEKS]
        self.chart = ChartPanel("Forecast and result")
        self.model = RowsModel[PeriodAccuracy](
            _columns(lambda: shell.app.settings),
            lambda offset, limit, _order: self.history.periods[offset : offset + limit],
            lambda: len(self.history.periods),
        )
        self.table = RowsView(self.model, "The forecast of each period against its result")
        self.card = Card(padding=6)
        self.card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.title, self.nothing, *self.lines):
            column.addWidget(widget)
        column.addWidget(self.chart, 4)
        column.addWidget(self.card, 5)
        column.addStretch(0)

    def show_accuracy(self, kind: PeriodKind, *, is_growth: bool) -> None:
        """Read the months, quarters or years that have ended."""
        self.reading.read(
            lambda work: accuracy_history(work, kind, is_growth=is_growth), lambda history: self._show(history, kind)
        )

    def _show(self, history: AccuracyHistory, kind: PeriodKind) -> None:
        settings = self.shell.app.settings
        self.history = history
        has_any = bool(self.history.periods)
        self.nothing.setText(
            f"No {kind.value} has ended yet of which a snapshot tells. One is taken each day as it is opened."
        )
        self.nothing.setVisible(not has_any)
        for label, one in zip(self.lines, self.history.by_weeks, strict=True):
            label.setText(accuracy_words(one, settings))
            label.setVisible(has_any)
        self.chart.setVisible(has_any)
        self.card.setVisible(has_any)
        self.chart.show_chart(_chart(self.history, settings))
        self.model.reload()

    def take_focus(self) -> None:
        """Go to the newest period."""
        self.reading.then(self._focus)

    def _focus(self) -> None:
        if self.history.periods:
            self.table.choose(max(0, self.table.currentIndex().row()))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)


def accuracy_words(one: Accuracy, settings: Settings) -> str:
    """Bias and mean error with what they are made of and n, of so many weeks before the end."""
    when = f"{one.weeks} week{'' if one.weeks == 1 else 's'} before the end"
    if one.bias is None or one.mean_error is None:
        return f"{when}: no snapshot tells (n = 0)"
    bias = f"bias {signed(one.bias, settings)}{_share(one.bias_share, settings)} = mean of (forecast − result)"
    share = _share(one.error_share, settings, is_change=False)
    error = f"mean error {money(one.mean_error, settings)}{share} = mean of |forecast − result|"
    return f"{when}: {bias}; {error}; n = {words.count(one.periods, settings)}"


def _share(share: Decimal | None, settings: Settings, *, is_change: bool = True) -> str:
    return "" if share is None else f" ({percent(share, settings.language, is_change=is_change)})"


def _columns(settings: Callable[[], Settings]) -> list[Column[PeriodAccuracy]]:
    def said(weeks: int) -> Callable[[PeriodAccuracy], str | None]:
        def shown(row: PeriodAccuracy) -> str | None:
            value, error = row.said[weeks], row.error(weeks)
            if value is None or error is None:
                return "–"
            return f"{money(value, settings())} ({signed(error, settings()) if error else '='})"

        return shown

    def tone(weeks: int) -> Callable[[PeriodAccuracy], str]:
        return lambda row: "text3" if row.said[weeks] is None else "text"

    return [
        Column("Period", lambda row: row.period.name, width=110, role="emphasis"),
        Column("Won", lambda row: money(row.result, settings()), width=0, align="right", role="emphasis",
               is_tabular=True),
        Column("Renewals", lambda row: words.count(row.result_count, settings()), width=90, align="right",
               is_tabular=True),
        *(
            Column(f"{weeks} w before", said(weeks), width=0, align="right", tone=tone(weeks), is_tabular=True)
            for weeks in WEEKS
        ),
    ]  # fmt: skip


def _chart(history: AccuracyHistory, settings: Settings) -> Chart:
    periods = tuple(reversed(history.periods))
    title = f"Said {_CHARTED} weeks before the end, and won"
    return Chart(
        ChartKind.BARS, title, tuple(one.period.name for one in periods),
        (
            Series("Commit forecast", tuple(one.said[_CHARTED] for one in periods), Tone.SOFT),
            Series("Won", tuple(one.result for one in periods), Tone.ACCENT),
        ),
        settings.currency, language=settings.language,
    )  # fmt: skip
