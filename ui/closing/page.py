"""The page of closing: what is promised or won and not finished, and what has lapsed with what it costs a day."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.errors import UserError
from callstation.renewals import closing
from callstation.renewals.closing import Checklist, ClosingRow, LapseRow
from db.vocabulary import ClosingStep
from ui import actions, words
from ui.closing.columns import CLOSING_NARROW, LAPSE_NARROW, closing_columns, lapse_columns
from ui.closing.strip import STEPS, ClosingStrip
from ui.page import Commands, Page
from ui.rows_view import RowsView
from ui.tables import Order, RowsModel
from ui.theme import theme
from ui.widgets import Card, EmptyState, KeyBadge, Label, SegmentedTabs
from ui.widgets.figure import Figure, FigureRow

if TYPE_CHECKING:
    from ui.shell import Shell

Row = TypeVar("Row")
TO_CLOSE, LAPSE = 0, 1
_READ_MS = 30  # while J is held down, only the renewal one stops at is read


class ClosingPage(Page):
    """J and K walk, 1 to 5 mark the steps, L shows the other list, Enter opens the desk."""

    nouns = ("renewal", "closing_mark", "contract", "quote", "account", "call_target", "activity")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        app = self.app
        self.to_close: Sequence[ClosingRow] = ()
        self.lapsed: Sequence[LapseRow] = ()
        self.found: Checklist | None = None
        self.title, self.said = Label("Closing", "account"), Label("", "body", "text2", wraps=True, tabular=True)
        self.open_figure, self.worth, self.late, self.cost = (
            Figure(name) for name in ("to close", "waiting", "late", "lost a day")
        )
        self.figures = FigureRow(self.open_figure, self.worth, self.late, self.cost)
        self.tabs = SegmentedTabs(["To close", "Lapse lane"], "Lists")
        self.lists = (
            RowsView(RowsModel[ClosingRow](
                closing_columns(lambda: app.settings), lambda *a: _cut(self.to_close, *a), lambda: len(self.to_close)
            ), "To close"),
            RowsView(RowsModel[LapseRow](
                lapse_columns(lambda: app.settings, self._today), lambda *a: _cut(self.lapsed, *a),
                lambda: len(self.lapsed),
            ), "Lapse lane"),
        )  # fmt: skip
        self.nothing = (
            EmptyState("circle-check", "Nothing is left to close", "A yes, a promised order or a win stands here until "
                       "the licence is delivered and the customer told.", tone="ok"),
            EmptyState("circle-check", "Nothing is late", "A contract that ended without a renewal stands here, with "
                       "what each day costs.", tone="ok"),
        )  # fmt: skip
        self.strip = ClosingStrip()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_READ_MS)
        self._pause.timeout.connect(self._read)
        self._connect()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for table, nothing in zip(self.lists, self.nothing, strict=True):
            card = Card(padding=6)
            card.body.addWidget(table)
            self._stack.addWidget(card)
            self._stack.addWidget(nothing)
        whole = QWidget()
        whole.setMaximumWidth(1180)
        column = self._column = QVBoxLayout(whole)
        column.setSpacing(12)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addWidget(self.said)
        column.addLayout(head)
        column.addWidget(self.figures)
        switch = QHBoxLayout()
        switch.setSpacing(8)
        switch.addWidget(self.tabs, 1)
        switch.addWidget(KeyBadge(*actions.caps_of("other_list")))
        column.addLayout(switch)
        column.addWidget(self._stack, 1)
        column.addWidget(self.strip)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(whole, 100)
        row.addStretch(1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _index: self._show_list())
        for table in self.lists:
            table.chosen.connect(lambda _row: self._pause.start())
            table.opened.connect(lambda _row: self.shell.run("call_now"))
        self.strip.pressed.connect(lambda digit: self.shell.run("closing_step", digit))
        self.strip.called.connect(lambda: self.shell.run("call_now"))
        self.strip.numbered.connect(self._on_numbered)
        self.strip.left.connect(self._back)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {"other_list": self._turn, "back": self._back}
        if self.current is not None:
            found |= {
                "next": lambda: self.table.step(1), "previous": lambda: self.table.step(-1), "call_now": self._call,
                "closing_step": self._press,
            }  # fmt: skip
        return found

    @property
    def table(self) -> RowsView:
        """The list in view."""
        return self.lists[self.tabs.currentIndex()]

    @property
    def current(self) -> ClosingRow | LapseRow | None:
        """The row in hand."""
        return self.table.current

    @property
    def _rows(self) -> tuple[Sequence[ClosingRow | LapseRow], ...]:
        return self.to_close, self.lapsed

    def _today(self) -> date:
        return self.app.ask(lambda work: work.today)

    def refresh(self) -> None:
        in_hand = self.current.renewal_id if self.current is not None else None
        self.to_close, self.lapsed = self.app.ask(closing.to_close), self.app.ask(closing.lapse_lane)
        for index, (table, rows) in enumerate(zip(self.lists, self._rows, strict=True)):
            self.tabs.set_count(index, len(rows))
            table.reload()
            if table is self.table:
                places = [row.renewal_id for row in rows]
                if in_hand in places:
                    table.choose(places.index(in_hand))
            if table.current is None:
                table.choose(0)
        self._show_figures()
        self._show_list()

    def on_shown(self) -> None:
        (self.table if self.current is not None else self).setFocus()

    def open(self, *, renewal_id: int = 0, lapsed: bool = False, **target: Any) -> None:
        """Show one renewal, in the list it stands in, or the lapse lane."""
        if lapsed:
            self.tabs.setCurrentIndex(LAPSE)
        for index, rows in enumerate(self._rows):
            places = [row.renewal_id for row in rows]
            if renewal_id in places:
                self.tabs.setCurrentIndex(index)
                self.lists[index].choose(places.index(renewal_id))
                return

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _show_figures(self) -> None:
        settings, count = self.app.settings, len(self.to_close)
        self.open_figure.show_value(words.count(count, settings), "to close")
        self.worth.show_value(_sum([(r.amount, r.currency) for r in self.to_close], settings), "waiting to be closed")
        late, cost = len(self.lapsed), _sum([(r.cost_per_day, r.currency) for r in self.lapsed], settings, cents=True)
        self.late.show_value(words.count(late, settings), "late", "bad" if late else "text")
        self.cost.show_value(cost, "lost each day", "bad" if late else "text")
        said = f"{count:,} to close" if count else "Nothing is left to close"
        lost = f"{late:,} late, {cost} lost each day" if late else "nothing is late"
        self.said.setText(f"{said}; {lost}.")

    def _show_list(self) -> None:
        index = self.tabs.currentIndex()
        has_rows = self.current is not None
        self._stack.setCurrentIndex(2 * index + (0 if has_rows else 1))
        self.strip.setVisible(has_rows)
        self._read()
        self.shell.renew_commands()
        if self.isVisible() and not self.tabs.hasFocus() and not self.strip.is_asking:
            self.on_shown()

    def _read(self) -> None:
        self._pause.stop()
        row = self.current
        if row is None or not self.shell.current:  # the book may be closed meanwhile
            self.found = None
            return
        try:
            self.found = self.app.ask(closing.checklist_of, row.renewal_id)
        except UserError:  # taken back by an undo; the list is about to be read anew
            self.found = None
            return
        self.strip.show_checklist(self.found, self._words(row), self._today(), self.app.settings)

    def _words(self, row: ClosingRow | LapseRow) -> str:
        settings = self.app.settings
        if isinstance(row, LapseRow):
            so_far = words.money(row.cost_so_far, row.currency, settings)
            late = f"{row.days_late:,} {'day' if row.days_late == 1 else 'days'} late"
            missing = row.missing_words
            said = [f"{late}, {so_far} so far" if so_far else late, missing[:1].upper() + missing[1:]]
        else:
            said = [row.missing_words or "All steps done; log the order to win it",
                    f"Quote {row.quote}" if row.quote else ""]  # fmt: skip
        return " · ".join(part for part in said if part)

    # -- what can be done ------------------------------------------------------------------------------------------

    def _turn(self) -> None:
        self.tabs.setCurrentIndex(1 - self.tabs.currentIndex())

    def _back(self) -> None:
        self.strip.close_form()
        self.on_shown()

    def _call(self) -> None:
        row = self.current
        if row is None:
            return
        if row.target_id is None:
            raise UserError("There is nobody to call here.", f"{row.account} has no person or number yet.",
                            "Add one on the account.")  # fmt: skip
        self.shell.go("desk", target_id=row.target_id)

    def _press(self, digit: int) -> None:
        """Tick a step off, or take its tick back; the order number is typed."""
        self._read()
        if self.found is None or digit > len(STEPS):
            return
        state = self.found.steps[digit - 1]
        if state.step is ClosingStep.ORDER_NUMBER:
            self.strip.ask_number(state.words)
        elif state.done_at is None:
            self._do(partial(closing.mark_step, renewal_id=self.found.renewal_id, step=state.step))
        else:
            self._do(partial(closing.clear_step, renewal_id=self.found.renewal_id, step=state.step))

    def _on_numbered(self, number: str) -> None:
        if self.found is None:
            return
        renewal_id, step = self.found.renewal_id, ClosingStep.ORDER_NUMBER
        was = self.found.order_number
        try:
            if number:
                self._do(partial(closing.mark_step, renewal_id=renewal_id, step=step, words=number))
            elif was:
                self._do(partial(closing.clear_step, renewal_id=renewal_id, step=step))
            else:
                self.strip.show_problem("Type the number of their order, or go back with Esc.")
                return
        except UserError as error:
            self.strip.show_problem(f"{error.title} {error.hint}".strip())
            return
        self._back()

    def _do(self, verb: Any) -> None:
        before = self.app.undo_label
        done = self.app.do(verb)
        offer = getattr(done, "offer", "")
        said = f"{self.app.undo_label}." if self.app.undo_label != before or done is None else f"{done.label}."
        self.shell.say(f"{said} {offer}".strip(), may_undo=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = 100 / theme.text_size
        is_low, is_narrow = self.height() * scale < 660, self.width() * scale < 1000
        self.figures.setVisible(not is_low)
        self.said.setVisible(is_low)
        self._column.setContentsMargins(0, 12 if is_low else 24, 0, 12 if is_low else 16)
        self._column.setSpacing(8 if is_low else 12)
        for table, narrow in zip(self.lists, (CLOSING_NARROW, LAPSE_NARROW), strict=True):
            table.show_columns(narrow if is_narrow else [column.title for column in table.rows.columns])


def _cut(rows: Sequence[Row], offset: int, limit: int, _order: Order) -> Sequence[Row]:
    return rows[offset : offset + limit]


def _sum(amounts: list[tuple[Decimal | None, str]], settings: Any, *, cents: bool = False) -> str:
    """The sum of each currency: ``$12,400 + €3,100``."""
    sums: dict[str, Decimal] = {}
    for amount, currency in amounts:
        if amount is not None:
            sums[currency] = sums.get(currency, Decimal(0)) + amount
    largest = sorted(sums.items(), key=lambda pair: -pair[1])
    shown = [words.money(amount, currency, settings, is_whole=not cents) for currency, amount in largest[:2]]
    rest = f" + {len(largest) - 2} more" if len(largest) > 2 else ""
    return (" + ".join(shown) or words.money(Decimal(0), settings.currency, settings)) + rest
