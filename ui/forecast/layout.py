"""Where things lie on the page of the forecast."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.forecast.below import Below
from ui.keyed_buttons import KeyedButtons
from ui.printing.buttons import PrintButtons
from ui.widgets import Card, ElidedLabel, EmptyState, KeyBadge, Label, SegmentedTabs

SIDES = ("Renewals", "Growth")
PERIODS = ("Rolling", "Month", "Quarter", "Year")


HINTS = (
    ("forecast_explain", "Explain"), ("forecast_quota", "Quota"), ("forecast_adjust", "Adjust"),
    ("forecast_bridge", "Bridge"), ("forecast_accuracy", "Accuracy"), ("forecast_overdue", "Expected before"),
    ("forecast_pipeline", "In the pipeline"),
)  # fmt: skip
OVERDUE_KEY = ", O lists them"
"""How the note tells the key of what was expected before the period; not on paper."""


class Layout:
    """Head, notes, figures, what a figure or a cell says, the view, chart and list below, and what is asked."""

    def __init__(
        self, page: QWidget, figures: QWidget, grid: QWidget, below: Below, others: tuple[QWidget, ...],
        ask: QWidget,
    ) -> None:  # fmt: skip
        self.title, self.said = Label("Forecast", "account"), ElidedLabel("", "body", "text2", tabular=True)
        self.sides = SegmentedTabs(list(SIDES), "Renewals or growth")
        self.periods = SegmentedTabs(list(PERIODS), "The period")
        self.note = Label("", "secondary", "text2", wraps=True, tabular=True)
        self.told = Label("", "secondary", "text2", wraps=True, tabular=True)
        self.told.setProperty("in_hand", True)  # not on paper
        self.empty = EmptyState(
            "calendar-days", "Nothing to forecast yet",
            "What is open and what was won stands here by month and category, beside last week. "
            "Import your list, and it fills.",
        )  # fmt: skip
        self._figures, self._below = figures, below
        self._is_compact = False
        self._whole = QWidget()
        self.column = QVBoxLayout(self._whole)
        head = QHBoxLayout()
        head.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.title)
        told.addWidget(self.said)
        head.addLayout(told, 4)
        self.printing = PrintButtons()
        head.addWidget(self.printing)
        head.addWidget(self.sides, 2)
        head.addWidget(KeyBadge("L"))
        head.addWidget(self.periods, 4)
        head.addWidget(KeyBadge("1–4"))
        self.column.addLayout(head)
        self.column.addWidget(self.note)
        self.column.addWidget(figures)
        self.views = QStackedWidget()
        first = QWidget()
        rows = QVBoxLayout(first)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        card = Card(padding=4)
        card.body.addWidget(grid)
        rows.addWidget(card)
        rows.addWidget(self.told)
        rows.addWidget(below, 1)
        self.hints = KeyedButtons(HINTS, 18)
        rows.addWidget(self.hints)
        rows.addStretch(0)
        self.views.addWidget(first)
        for view in others:
            self.views.addWidget(view)
        self.column.addWidget(self.views, 1)
        self.column.addWidget(ask)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._whole)
        self._stack.addWidget(self.empty)
        row = QHBoxLayout(page)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self._stack)

    def show_rows(self, has_rows: bool) -> None:
        """Show the forecast, or why there is none."""
        self._stack.setCurrentIndex(0 if has_rows else 1)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to forecast."""
        return self._stack.currentIndex() == 1

    def show_note(self, words: str) -> None:
        """What must be known of the whole page: rates, what is in none of it; "" for nothing."""
        self.note.setText(words)
        self.note.setProperty("paper", words.replace(OVERDUE_KEY, ""))  # also where there is no room for it here
        self.note.setVisible(bool(words) and not self._is_compact)

    def be_compact(self, is_compact: bool) -> None:
        """Give the grid more of the height."""
        self._is_compact = is_compact
        self.said.setVisible(not is_compact)
        self.show_note(self.note.text())
        self.column.setSpacing(5 if is_compact else 10)
        self.column.setContentsMargins(0, 6 if is_compact else 20, 0, 6 if is_compact else 16)
        self.make_room()

    def make_room(self) -> None:
        """The figures make room for the other views, and where there is little height for the list."""
        is_listing = not self._below.listing.isHidden()
        has_list = self._is_compact and is_listing
        self.hints.setVisible(not is_listing)
        self._below.make_room()
        self._figures.setVisible(self.views.currentIndex() == 0 and not has_list)
