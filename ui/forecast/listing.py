"""The opportunities behind a number: a list beside it, from which one goes to the desk."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from callstation.renewals.adjustment import Adjustment
from callstation.renewals.pipeline import pipeline_sums
from callstation.renewals.pipeline_filter import Filter
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.work import Work
from ui import actions
from ui.forecast.adjusted_rows import ListRow, with_adjustments
from ui.pipeline.columns import pipeline_columns
from ui.pipeline.reading import window
from ui.reading import Reading
from ui.rows_view import RowsView
from ui.tables import PAGE, Order, RowsModel
from ui.widgets import Button, Card, ElidedLabel, KeyBadge, Label

if TYPE_CHECKING:
    from ui.shell import Shell

COLUMNS = ("Account", "What", "Stage", "Category", "Amount", "Closes", "Next step")
BESIDE = ("Account", "Stage", "Category", "Amount", "Closes", "Next step")
NARROW = ("Account", "Stage", "Category", "Amount", "Closes")


class Listing(Card):
    """Hidden until something is shown; ``opened(row)`` on Enter, ``left`` to go back to the number."""

    opened = Signal(object)
    left = Signal()
    wider = Signal()

    def __init__(self, shell: "Shell") -> None:
        super().__init__(padding=6)
        self.shell, self.reading = shell, Reading(shell, self, "list")
        self.wanted = Filter()
        self._count = 0
        self._first: tuple[Order, Sequence[PipelineRow]] | None = None
        """The rows that were read with the count, until the table asks for them, and their order."""
        self.adjustments: tuple[Adjustment, ...] = ()
        self._is_narrow = self._is_beside = False
        head = QHBoxLayout()
        head.setContentsMargins(8, 2, 8, 0)
        head.setSpacing(8)
        self.title = Label("", "emphasis")
        self.said = ElidedLabel("", "secondary", "text2", tabular=True)
        pipeline = Button("In the pipeline", "small")
        pipeline.clicked.connect(self.wider)
        back = Button("Back", "text")
        back.clicked.connect(self.left)
        head.addWidget(self.title)
        head.addWidget(self.said, 1)
        for widget in (pipeline, KeyBadge(*actions.caps_of("forecast_pipeline")), back, KeyBadge("Esc")):
            head.addWidget(widget)
        self.body.addLayout(head)
        columns = pipeline_columns(lambda: shell.app.settings, self._today, lambda _key: False)
        shown = with_adjustments(columns, lambda: shell.app.settings)
        self.model = RowsModel[ListRow](shown, self._fetch, lambda: self.count)
        self.table = RowsView(self.model, "What is behind the number")
        self.table.opened.connect(self._open)
        self.table.show_columns(COLUMNS)
        self.body.addWidget(self.table, 1)
        self.hide()

    def show_list(
        self, title: str, said: str, wanted: Filter, adjustments: tuple[Adjustment, ...] = (), *,
        shown: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        """Show what a filter has, then adjustments; another one from its first row on; the focus stays where it is.

        ``shown`` is called when it is there: at once, or when it was read beside the window.
        """
        order = self.model.order

        def read(work: Work) -> tuple[int, Sequence[PipelineRow]]:
            return pipeline_sums(work, wanted).count, window(work, wanted, order, 0, PAGE)

        def show(found: tuple[int, Sequence[PipelineRow]]) -> None:
            self.title.setText(title)
            self.said.setText(said)
            is_other, self.wanted, self.adjustments = wanted != self.wanted, wanted, adjustments
            self._count, self._first = found[0], (order, found[1])
            self.show()
            self.table.reload()
            if is_other:
                self.table.choose(0)
            shown()

        self.reading.read(read, show)

    def leave(self) -> None:
        """Hide, and wait for no rows any more."""
        self.reading.drop()
        self.hide()

    def take_focus(self) -> None:
        """Go to the row in hand, or the first, where it is shown."""
        if not self.isHidden():
            self.table.choose(max(0, self.table.currentIndex().row()))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def count(self) -> int:
        """How many rows there are, adjustments among them."""
        return self._count + len(self.adjustments)

    def be_narrow(self, is_narrow: bool) -> None:
        """Show fewer columns."""
        self._is_narrow = is_narrow
        self._show_columns()

    def be_beside(self, is_beside: bool) -> None:
        """Leave out what there is no room for beside a chart."""
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._show_columns()

    def _show_columns(self) -> None:
        self.table.show_columns(NARROW if self._is_narrow else BESIDE if self._is_beside else COLUMNS)

    def _today(self) -> date:
        return self.shell.app.ask(lambda work: work.today)

    def whole(self, work: Work) -> list[PipelineRow]:
        """Every opportunity, as they are ordered; for whoever exports the list."""
        return list(window(work, self.wanted, self.model.order, 0, self._count))

    def _fetch(self, offset: int, limit: int, order: Order) -> Any:
        most = min(limit, self._count - offset)
        read, self._first = self._first, None
        if read is not None and (offset, order) == (0, read[0]):
            found = list(read[1][:limit])
        else:
            found = list(self.shell.app.ask(window, self.wanted, order, offset, most)) if most > 0 else []
        at = max(0, offset - self._count)
        return [*found, *self.adjustments[at : at + limit - len(found)]]

    def _open(self, row: ListRow) -> None:
        """Go to an opportunity; an adjustment is changed at its cell."""
        if isinstance(row, Adjustment):
            self.left.emit()
        else:
            self.opened.emit(row)


def open_row(shell: "Shell", row: PipelineRow) -> None:
    """Open an opportunity on the desk; its account where it is in no queue."""
    if row.target_id is None:
        shell.go("accounts", account_id=row.account_id)
    else:
        shell.go("desk", target_id=row.target_id)
