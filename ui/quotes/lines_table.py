"""The table of a quote's lines, one of whose numbers can be typed over in place."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QRect, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from callstation.settings import Settings
from ui.quotes.cell_editor import CellEditor
from ui.quotes.line_columns import CUSTOMER, DISCOUNT, SEATS, TERM, UNIT, columns
from ui.quotes.lines import LineRow
from ui.rows_view import RowsView
from ui.tables import RowsModel
from ui.theme import theme

EDITED = (SEATS, DISCOUNT, UNIT)
"""What can be typed over, in the order of Tab."""
_ROOMY = 640


class LinesModel(RowsModel[LineRow]):
    """Rows in memory: as long as they are the same lines, new sums are only painted."""

    def __init__(
        self, settings: Callable[[], Settings], today: Callable[[], date], currency: Callable[[], str]
    ) -> None:
        self.lines: tuple[LineRow, ...] = ()
        super().__init__(columns(settings, today, currency), self._some, lambda: len(self.lines))

    def _some(self, offset: int, limit: int, _order: object) -> Sequence[LineRow]:
        return self.lines[offset : offset + limit]

    def show(self, lines: tuple[LineRow, ...]) -> None:
        """Show these lines."""
        is_same = [line.key for line in lines] == [line.key for line in self.lines]
        self.lines = lines
        if not is_same:
            self.reload()
            return
        self._forget()
        if lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self.columns) - 1))


class LinesTable(RowsView):
    """``typed(key, column, words)`` while a cell is typed over, then ``kept`` or ``dropped``; ``wanted`` asks.

    ``counted`` is the plus or minus that begins to count the seats of the row in hand up or down.
    """

    typed = Signal(str, str, str)
    kept = Signal(int, int)
    dropped = Signal()
    wanted = Signal(str)
    counted = Signal(str)
    least_share = 84

    def __init__(
        self, settings: Callable[[], Settings], today: Callable[[], date], currency: Callable[[], str]
    ) -> None:
        self.model_of_lines = LinesModel(settings, today, currency)
        super().__init__(self.model_of_lines, "Lines of the quote")
        self.setSortingEnabled(False)
        self.horizontalHeader().setSortIndicatorShown(False)
        self.horizontalHeader().setSectionsClickable(False)
        self._is_partner = False
        self._cell: tuple[str, str] = ("", "")
        self.editor = CellEditor(self.viewport())
        self.editor.tried.connect(lambda words: self.typed.emit(*self._cell, words))
        self.editor.kept.connect(self.kept)
        self.editor.dropped.connect(self.dropped)
        self.doubleClicked.connect(self._on_double)
        self.verticalScrollBar().valueChanged.connect(self._place)

    @property
    def row_in_hand(self) -> LineRow | None:
        """The line that keys act on."""
        found: LineRow | None = self.current
        return found

    @property
    def edited(self) -> str:
        """The title of the column that is typed over, "" for none."""
        return self._cell[1] if self.editor.is_open else ""

    def show_lines(self, lines: tuple[LineRow, ...], *, is_partner: bool) -> None:
        """Show the lines; the row in hand stays the same line."""
        key = self.row_in_hand.key if self.row_in_hand else ""
        is_other = [line.key for line in lines] != [line.key for line in self.model_of_lines.lines]
        self.model_of_lines.show(lines)
        if is_partner != self._is_partner or is_other:
            self._is_partner = is_partner
            self._fit_columns()
        if is_other and lines:
            self.choose(next((place for place, line in enumerate(lines) if line.key == key), 0))
        self._place()

    def choose_line(self, key: str) -> None:
        """Make a line the one in hand."""
        for place, line in enumerate(self.model_of_lines.lines):
            if line.key == key:
                self.choose(place)

    def begin(self, title: str, name: str, now: str, typed: str = "") -> None:
        """Type over a cell of the row in hand."""
        row = self.row_in_hand
        if row is not None:
            self.scrollTo(self.currentIndex())
            self._cell = (row.key, title)
            self.editor.begin(self._cell_rect(), name, now, typed)

    def finish(self) -> None:
        """Nothing is typed over any more; the table has the keys again."""
        if self.editor.is_open:
            self.editor.finish()
            self.setFocus()

    def _column(self, title: str) -> int:
        return next(n for n, column in enumerate(self.rows.columns) if column.title == title)

    def _cell_rect(self) -> QRect:
        row = self.currentIndex().row()
        return self.visualRect(self.rows.index(row, self._column(self._cell[1])))

    def _place(self, _value: int = 0) -> None:
        if self.editor.is_open:
            rect = self._cell_rect()
            self.editor.setGeometry(rect.adjusted(2, 1, -2, -2))

    def _on_double(self, index: QModelIndex) -> None:
        title = self.rows.columns[index.column()].title
        self.wanted.emit(title if title in EDITED else SEATS)

    def _fit_columns(self) -> None:
        room = self.width() * 100 // theme.text_size
        hidden = set() if self._is_partner else {CUSTOMER}
        if room < _ROOMY or (self._is_partner and room < _ROOMY + 120):
            hidden.add(TERM)
        self.show_columns([column.title for column in self.rows.columns if column.title not in hidden])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "-") and event.text():
            self.counted.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._place()

    def restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        self.horizontalHeader().setFixedHeight(theme.px(30))
        self._share_width()
