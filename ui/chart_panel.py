"""A chart with its title, what the keyboard is on, and a switch that shows it as a table."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from callstation.reports.chart import Chart, ChartKind, table_of
from ui.charts import ChartView
from ui.rows_view import RowsView
from ui.tables import Column, Order, RowsModel
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.chip import KeyBadge
from ui.widgets.text import ElidedLabel

_Row = tuple[int, tuple[str, ...]]
AS_TABLE, AS_CHART = "Show as table", "Show as chart"


class ChartPanel(Card):
    """``opened(series, place)`` on Enter, on a mark or on a row; a row of a table means its first series.

    ``T`` switches between chart and table while the focus is inside.
    """

    opened = Signal(int, int)

    def __init__(self, name: str, nothing: str = "Nothing to show") -> None:
        super().__init__(padding=12)
        self.title, self.said = ElidedLabel(name, "emphasis"), ElidedLabel("", "secondary", "text2", tabular=True)
        self.switch = Button(AS_TABLE, "small")
        self.switch.clicked.connect(self.turn)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.said, 1)
        head.addWidget(self.switch)
        self._key = KeyBadge("T")
        head.addWidget(self._key)
        self.view = ChartView(name, nothing=nothing)
        self.view.opened.connect(self.opened)
        self.view.chosen.connect(self.said.setText)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._table: RowsView | None = None
        self._chart: Chart | None = None
        self.body.addLayout(head)
        self.body.addWidget(self._stack, 1)

    @property
    def is_table(self) -> bool:
        return self._stack.currentIndex() == 1

    @property
    def chart(self) -> Chart | None:
        """What it shows."""
        return self._chart

    @property
    def table(self) -> RowsView | None:
        """The table, once it was asked for."""
        return self._table

    def show_chart(self, chart: Chart) -> None:
        """Show a chart, or its table where that is what is open."""
        self._chart = chart
        self.title.setText(chart.title)
        self.view.show_chart(chart)
        for widget in (self.switch, self._key):  # of nothing there is no table
            widget.setVisible(bool(chart.points) or self.is_table)
        if self.view.current is None:
            self.said.setText("")
        if self.is_table:
            self._make_table()

    def turn(self) -> None:
        """Show the table instead of the chart, or the chart again."""
        to_table = not self.is_table
        if to_table:
            self._make_table()
        self._stack.setCurrentIndex(1 if to_table else 0)
        self.switch.setText(AS_CHART if to_table else AS_TABLE)
        shown: QWidget | None = self._table if to_table else self.view
        if shown is not None and not self.switch.hasFocus():
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_table(self) -> None:
        if self._chart is None:
            return
        heads, rows = table_of(self._chart)
        made = RowsModel[_Row](
            [_column(number, head) for number, head in enumerate(heads)],
            lambda offset, limit, order: _ordered(rows, order)[offset : offset + limit],
            lambda: len(rows),
        )
        table = _Table(made, f"{self._chart.title}, as a table")
        table.opened.connect(self._on_row)
        made.reload()
        old = self._table
        self._table = table
        self._stack.insertWidget(1, table)
        if old is not None:
            had_focus = old.hasFocus()
            self._stack.removeWidget(old)
            old.deleteLater()
            self._stack.setCurrentWidget(table)
            if had_focus:
                table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row(self, row: _Row) -> None:
        is_heat = self._chart is not None and self._chart.kind is ChartKind.HEAT
        self.opened.emit(row[0] if is_heat else 0, 0 if is_heat else row[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.turn()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> Any:
        hint = super().minimumSizeHint()
        return hint.expandedTo(hint.__class__(theme.px(220), theme.px(170)))


class _Table(RowsView):
    least_share = 104

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_T:
            event.ignore()  # the panel's own
        else:
            super().keyPressEvent(event)


def _column(number: int, title: str) -> Column[_Row]:
    return Column(
        title, lambda row: row[1][number], align="left" if number == 0 else "right", width=0, is_tabular=number > 0
    )


def _ordered(rows: tuple[tuple[str, ...], ...], _order: Order) -> list[_Row]:
    return list(enumerate(rows))
