"""The page of all quotes: by where they stand, searched as one types, each opened in the call."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.errors import UserError
from callstation.quotes.cards import QuoteRow, all_quotes, read_quote
from callstation.settings import Settings
from db.vocabulary import QuoteStatus
from ui import words
from ui.page import Commands, Page
from ui.quotes.page_columns import KEYS, NARROW, is_match, quote_columns
from ui.quotes.page_strip import QuoteStrip
from ui.rows_view import RowsView
from ui.tables import Order, RowsModel
from ui.theme import theme
from ui.widgets import Card, EmptyState, Label, SearchField, SegmentedTabs
from ui.widgets.figure import Figure, FigureRow

if TYPE_CHECKING:
    from ui.shell import Shell

_S = QuoteStatus
TABS: tuple[tuple[str, Callable[[QuoteRow], bool], str], ...] = (
    ("Open", lambda row: row.status.is_open, "No quote is under way."),
    ("Drafts", lambda row: row.status is _S.DRAFT, "No draft waits to be sent."),
    ("Needs approval", lambda row: row.status is _S.NEEDS_APPROVAL, "Nothing waits for approval."),
    ("Sent", lambda row: row.status is _S.SENT, "No sent quote waits for an answer."),
    ("Expiring soon", lambda row: row.is_expiring, "No sent quote ends within a week."),
    ("Accepted", lambda row: row.status is _S.ACCEPTED, "None was accepted yet."),
    ("All", lambda row: True, "There is none."),
)
_READ_MS = 30  # while J is held down, only the quote one stops at is read


class QuotesPage(Page):
    """J and K walk the list, / searches, Enter opens the quote on the desk."""

    nouns = ("quote", "quote_line", "account", "call_target", "renewal")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        app = self.app
        self.quotes: Sequence[QuoteRow] = ()
        self._shown: list[QuoteRow] = []
        self.title, self.said = Label("Quotes", "account"), Label("", "body", "text2", wraps=True, tabular=True)
        self.waiting, self.asked, self.expiring, self.won = (
            Figure(name) for name in ("sent and open", "need approval", "expire within a week", "accepted")
        )
        self.search = SearchField("Find a number or an account")
        self.tabs = SegmentedTabs([title for title, _, _ in TABS], "Quotes by status")
        columns = quote_columns(lambda: app.settings, self._today)
        self.model = RowsModel[QuoteRow](columns, self._fetch, lambda: len(self._shown))
        self.table = RowsView(self.model, "Quotes")
        self.strip, self.nothing = QuoteStrip(), Label("", "body", "text2", wraps=True)
        self.empty = EmptyState(
            "tag", "No quotes yet", "On the desk, Q works out the quote of the account in hand, and sends it."
        )
        self.empty.add_action("Go to the desk", lambda: shell.go("desk"), "G", "D", icon="phone-call", is_main=True)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_READ_MS)
        self._pause.timeout.connect(self._read)
        self.search.textChanged.connect(lambda _words: self._filter())
        self.search.entered.connect(self.table.setFocus)
        self.search.left.connect(self.table.setFocus)
        self.tabs.currentChanged.connect(lambda _index: self._filter())
        self.table.chosen.connect(lambda _row: self._pause.start())
        self.table.opened.connect(lambda _row: self.shell.run("open_quote"))
        self.strip.opened.connect(lambda: self.shell.run("open_quote"))

    def _lay_out(self) -> None:
        whole = self._whole = QWidget()
        column = self._column = QVBoxLayout(whole)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self.title)
        told.addWidget(self.said)
        head.addLayout(told, 3)
        head.addWidget(self.search, 2)
        column.addLayout(head)
        self._figures = FigureRow(self.waiting, self.asked, self.expiring, self.won)
        column.addWidget(self._figures)
        column.addWidget(self.tabs)
        card = Card(padding=6)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.nothing, 1)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        column.addWidget(card, 1)
        column.addWidget(self.strip)
        self._stack = QStackedWidget()
        self._stack.setMaximumWidth(1180)
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(self._stack, 100)
        row.addStretch(1)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {"search": self._search, "back": self._back}
        if self.current is not None:
            found |= {
                "next": lambda: self.table.step(1), "previous": lambda: self.table.step(-1), "open_quote": self._open,
            }  # fmt: skip
        return found

    @property
    def current(self) -> QuoteRow | None:
        """The quote in hand."""
        found: QuoteRow | None = self.table.current
        return found

    def refresh(self) -> None:
        self.quotes = self.app.ask(all_quotes)
        for index, (_, is_in, _) in enumerate(TABS):
            self.tabs.set_count(index, sum(map(is_in, self.quotes)))
        self._stack.setCurrentIndex(0 if self.quotes else 1)
        self._show_figures()
        self._filter()

    def on_shown(self) -> None:
        (self.table if self._shown else self).setFocus()

    def on_hidden(self) -> None:
        self._pause.stop()

    def open(self, *, quote_id: int = 0, status: str = "", **target: Any) -> None:
        """Show one quote, or those of a tab: "expiring", "approval"."""
        self.search.clear()
        wanted = {"approval": 2, "expiring": 4}.get(status)
        self.tabs.setCurrentIndex(wanted if wanted is not None else len(TABS) - 1 if quote_id else 0)
        self._choose(quote_id)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self.app.ask(lambda work: work.today)

    def _fetch(self, offset: int, limit: int, order: Order) -> Sequence[QuoteRow]:
        rows = self._shown
        if order.key is not None:
            rows = sorted(rows, key=KEYS[order.key], reverse=order.is_descending)
        return rows[offset : offset + limit]

    def _filter(self) -> None:
        in_hand = self.current.quote_id if self.current is not None else 0
        title, is_in, nothing = TABS[self.tabs.currentIndex()]
        typed = self.search.text().strip()
        self._shown = [row for row in self.quotes if is_in(row) and is_match(row, typed)]
        self.table.reload()
        self._choose(in_hand)
        self.table.setVisible(bool(self._shown))
        self.nothing.setText(f"No quote under “{title}” matches “{typed}”." if typed else nothing)
        self.nothing.setVisible(not self._shown)
        self.strip.setVisible(bool(self._shown))
        self._read()
        self.shell.renew_commands()

    def _choose(self, quote_id: int) -> None:
        """Make a quote the one in hand, the first where it is not in the list."""
        order = [row.quote_id for row in self._fetch(0, len(self._shown), self.model.order)]
        self.table.choose(order.index(quote_id) if quote_id in order else 0)

    def _show_figures(self) -> None:
        settings, quotes = self.app.settings, self.quotes
        sent = [row for row in quotes if row.status is _S.SENT]
        asked, soon = sum(row.status is _S.NEEDS_APPROVAL for row in quotes), sum(row.is_expiring for row in quotes)
        accepted = [row for row in quotes if row.status is _S.ACCEPTED]
        self.waiting.show_value(_sums(sent, settings) or "0", f"in {_many(len(sent), 'sent quote', settings)}")
        self.asked.show_value(words.count(asked, settings), "need approval", "warn" if asked else "text")
        self.expiring.show_value(words.count(soon, settings), "expire within a week", "warn" if soon else "text")
        self.won.show_value(_sums(accepted, settings) or "0", f"in {_many(len(accepted), 'accepted quote', settings)}")
        count = sum(row.status.is_open for row in quotes)
        self.said.setText(f"{_many(count, 'quote', settings)} under way." if count else "No quote is under way.")

    def _read(self) -> None:
        self._pause.stop()
        row = self.current
        if row is None:
            return
        try:
            self.strip.show_card(self.app.ask(read_quote, row.quote_id), self.app.settings)
        except UserError:  # taken back by an undo; the list is about to be read anew
            return

    # -- what can be done ------------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _back(self) -> None:
        self.search.clear()
        self.table.setFocus()

    def _open(self) -> None:
        row = self.current
        if row is None:
            return
        if row.target_id is None:
            self.shell.go("accounts", account_id=row.account_id)
        else:
            self.shell.go("desk", target_id=row.target_id, quote_id=row.quote_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = self.width() * 100 // theme.text_size, self.height() * 100 // theme.text_size
        self._figures.setVisible(high >= 620)
        self._column.setContentsMargins(0, 24 if high >= 620 else 12, 0, 16 if high >= 620 else 10)
        self.table.show_columns(NARROW if wide < 760 else [column.title for column in self.model.columns])


def _many(count: int, noun: str, settings: Settings) -> str:
    return f"{words.count(count, settings)} {noun}{'' if count == 1 else 's'}"


def _sums(rows: Sequence[QuoteRow], settings: Settings) -> str:
    """The totals by currency, the largest first: "$148,200 + 2 more"."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, Decimal(0)) + row.total
    if not sums:
        return ""
    currency, amount = max(sums.items(), key=lambda item: item[1])
    rest = len(sums) - 1
    return words.money(amount, currency, settings, is_whole=True) + (f" +{rest}" if rest else "")
