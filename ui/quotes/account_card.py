"""The quotes of an account on its page: where each stands, its total, and how long it binds."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from callstation.quotes.cards import QuoteRow
from callstation.settings import Settings
from ui import words
from ui.quotes.opening import TITLES
from ui.quotes.row_button import RowButton
from ui.quotes.statuses import LOOKS, validity
from ui.widgets import Button, Card, Label

FIRST = 5


class QuotesCard(Card):
    """``chosen(target id or None, quote id)``: Enter or a click on one opens it on the desk."""

    chosen = Signal(object, int)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName("Quotes")
        head = QHBoxLayout()
        head.addWidget(Label("Quotes", "pane_title"))
        head.addStretch(1)
        self.count = Label("", "secondary", "text3", tabular=True)
        head.addWidget(self.count)
        self.body.addLayout(head)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.body.addLayout(self._column)
        self.rows: list[RowButton] = []
        self._shown: tuple[Sequence[QuoteRow], date, Settings] | None = None
        self.more = Button("", "text")
        self.more.clicked.connect(self._on_more)
        self.body.addWidget(self.more)
        self.hide()

    def show_quotes(self, quotes: Sequence[QuoteRow], today: date, settings: Settings) -> None:
        """Show an account's, the newest first; none hides the card."""
        self._shown = (quotes, today, settings)
        self.setVisible(bool(quotes))
        self.count.setText(words.count(len(quotes), settings) if len(quotes) > 1 else "")
        self._fill(FIRST)

    def _on_more(self) -> None:
        if self._shown is not None:
            self._fill(len(self._shown[0]))

    def _fill(self, most: int) -> None:
        if self._shown is None:
            return
        quotes, today, settings = self._shown
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for row in quotes[:most]:
            label, kind, icon = LOOKS[row.status]
            left = validity(row.status, row.valid_until, today)
            until = f"valid until {words.day(row.valid_until, today, settings)}" if left else ""
            about = ", ".join(part for part in (TITLES[row.option], until) if part)
            made = RowButton(row.label, about, words.money(row.total, row.currency, settings), label, kind, icon)
            made.clicked.connect(lambda _=False, row=row: self.chosen.emit(row.target_id, row.quote_id))
            self._column.addWidget(made)
            self.rows.append(made)
        self.more.set_words(f"Show {len(quotes) - most:,} more")
        self.more.setVisible(len(quotes) > most)
