"""The whitespace grid: what each account has of each product family, and what could be sold; marked by keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.calling.lookup import rows_for
from callstation.changes import Changes
from callstation.renewals.whitespace import (
    Cell,
    GridRow,
    Market,
    clear_mark,
    grow_from_cell,
    mark_cell,
    read_market,
    whitespace,
    whitespace_count,
)
from db.vocabulary import WhitespaceState
from ui import words
from ui.page import Commands, Page
from ui.pipeline.ask_strip import AskStrip, Question
from ui.pipeline.cell_strip import CellStrip
from ui.pipeline.grid_looks import LOOKS
from ui.pipeline.grid_view import GridView
from ui.pipeline.layout import VIEWS, WHITESPACE
from ui.pipeline.typed import read_words
from ui.theme import theme
from ui.widgets import Card, Chip, EmptyState, KeyBadge, Label, SearchField, SegmentedTabs

if TYPE_CHECKING:
    from ui.shell import Shell

_PAUSE_MS = 120
AT_ONCE = 3_000
"""Up to so many accounts the market is read within a frame or two; of more, beside the window."""
_OF_MARKET = ("contract", "contract_line", "renewal", "account", "product")
"""What families, segments and partners are read from: for very many accounts that takes a while."""


class WhitespacePage(Page):
    """Arrows walk the cells, C X and U mark, M makes growth, Enter opens the account, W goes back."""

    nouns = ("whitespace_mark", "contract", "contract_line", "renewal", "growth", "account", "product")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._market: Market | None = None
        self.grid = GridView(self._fetch)
        self.strip, self.ask = CellStrip(), AskStrip()
        self.title, self.said = Label("Whitespace", "account"), Label("", "body", "text2", tabular=True)
        self.search = SearchField("Find an account")
        self.tabs = SegmentedTabs(list(VIEWS), "How the pipeline is shown")
        self.nothing = Label("No account has these words in its name.", "body", "text2", wraps=True)
        self.empty = EmptyState(
            "package", "No account and no product family yet",
            "Each account stands here beside each family of the catalogue: owned, expired, or still to be sold.",
        )  # fmt: skip
        self.empty.add_action(
            "Import a list", lambda: shell.go("import"), "Ctrl", "O", icon="file-spreadsheet", is_main=True
        )
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _words: self._pause.start())
        self.search.entered.connect(self._focus)
        self.search.left.connect(self._focus)
        self.grid.chosen.connect(self._show_strip)
        self.grid.opened.connect(lambda: shell.run("pipeline_open"))
        self.strip.wanted.connect(shell.run)
        self.ask.asked.connect(self._on_asked)
        self.ask.left.connect(self._leave_ask)
        self.tabs.currentChanged.connect(self._on_tab)

    def _lay_out(self) -> None:
        whole = QWidget()
        column = self._column = QVBoxLayout(whole)
        head = QHBoxLayout()
        head.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.title)
        told.addWidget(self.said)
        head.addLayout(told, 3)
        head.addWidget(self.search, 4)
        head.addWidget(self.tabs, 3)
        head.addWidget(KeyBadge("W"))
        column.addLayout(head)
        self._legend = QWidget()
        legend = QHBoxLayout(self._legend)
        legend.setContentsMargins(0, 0, 0, 0)
        legend.setSpacing(6)
        for name, kind, icon in LOOKS.values():
            legend.addWidget(Chip(name, kind, icon))
        legend.addStretch(1)
        column.addWidget(self._legend)
        card = Card(padding=6)
        card.body.addWidget(self.grid, 1)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        card.body.addWidget(self.nothing, 1)
        column.addWidget(card, 1)
        column.addWidget(self.strip)
        column.addWidget(self.ask)
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(self.empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self._stack)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {"back": self._back, "search": self._search, "whitespace": self._leave}
        if self.grid.current is not None:
            found |= {
                "next": lambda: self.grid.step(1), "previous": lambda: self.grid.step(-1),
                "pipeline_open": self._open, "whitespace_make": self._make, "whitespace_clear": self._clear,
                "whitespace_competitor": self._ask_competitor, "whitespace_not": self._ask_reason,
            }  # fmt: skip
        return found

    def refresh(self) -> None:
        if self.app.ask(whitespace_count) <= AT_ONCE:
            self._on_market(self.app.ask(read_market))
            return
        self._show()
        self.shell.jobs.run(
            lambda report: self.app.ask(read_market), done=self._on_market, label="market", owner=self
        )  # fmt: skip

    def _on_market(self, market: Market) -> None:
        self._market = market
        self._show()

    def _show(self) -> None:
        self._pause.stop()
        if self._market is None:
            self.said.setText("Looking at who has what.")
            return
        typed, settings = self.search.text().strip(), self.app.settings
        families = [family.name for family in self._market.families]
        count = self.app.ask(whitespace_count, text=typed)
        self.grid.show_grid(families, count)
        accounts = f"{words.count(count, settings)} account{'' if count == 1 else 's'}"
        self.said.setText(f"{accounts} by {len(families)} famil{'y' if len(families) == 1 else 'ies'}.")
        has_any = bool(families) and bool(count or typed)
        self._stack.setCurrentIndex(0 if has_any else 1)
        self.grid.setVisible(bool(count))
        self.nothing.setVisible(not count)
        self.tabs.choose(WHITESPACE)
        self._show_strip()

    def take_changes(self, changes: Changes) -> None:
        if changes.touch(*_OF_MARKET):
            self.refresh()
        else:
            self._show()

    def on_shown(self) -> None:
        self._focus()

    def on_hidden(self) -> None:
        self._pause.stop()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _fetch(self, offset: int, limit: int) -> Sequence[GridRow]:
        if self._market is None:
            return ()
        return self.app.ask(whitespace, self._market, text=self.search.text().strip(), offset=offset, limit=limit)

    def _show_strip(self) -> None:
        held = self.grid.current
        self.strip.setVisible(held is not None and not self.ask.is_asking)
        if held is not None:
            self.strip.show_cell(*held)
        self.shell.renew_commands()

    def _on_asked(self) -> None:
        self.ask.setMinimumHeight(self.strip.height() if self.strip.isVisible() else self.ask.minimumHeight())
        self.strip.hide()

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self._show_strip()
        self._focus()

    def _focus(self) -> None:
        (self.grid if self.grid.current is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what can be done ------------------------------------------------------------------------------------------

    def _ask_competitor(self) -> None:
        self._ask("Which competitor has it?", "Name of the competitor", WhitespaceState.COMPETITOR)

    def _ask_reason(self) -> None:
        self._ask("Why can it not be sold to them?", "Why, in a few words", WhitespaceState.NOT_ELIGIBLE)

    def _ask(self, title: str, prompt: str, state: WhitespaceState) -> None:
        row, cell = self._held()
        if cell.state is WhitespaceState.OWNED:
            self.shell.say(f"{row.account} owns {cell.family}: the contract says so, and no mark changes it.", "mute")
            return
        about = f"{cell.family} for {row.account}."
        self.ask.ask(Question(
            title, lambda said: self._mark(state, said), about, read=read_words, prompt=prompt, button="Mark",
        ))  # fmt: skip

    def _mark(self, state: WhitespaceState, said: str) -> None:
        self.ask.close_ask()
        row, cell = self._held()
        self.app.do(mark_cell, row.account_id, cell.family, state, words=said)
        self._told()

    def _clear(self) -> None:
        row, cell = self._held()
        self.app.do(clear_mark, row.account_id, cell.family)
        self._told()

    def _told(self) -> None:
        self._leave_ask()
        self.shell.say(f"{self.app.undo_label}.", may_undo=True)

    def _make(self) -> None:
        row, cell = self._held()
        key = self.app.do(grow_from_cell, row.account_id, cell.family)
        self.shell.go("pipeline", key=key)
        if cell.growth_id is None:
            self.shell.say(f"{self.app.undo_label}.", may_undo=True)

    def _held(self) -> tuple[GridRow, Cell]:
        held = self.grid.current
        assert held is not None  # no key is live without a cell
        return held

    def _open(self) -> None:
        account_id = self._held()[0].account_id
        called = self.app.ask(rows_for, [account_id])
        if called:
            self.shell.go("desk", target_id=called[0].target_id)
        else:
            self.shell.go("accounts", account_id=account_id)

    def _search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _back(self) -> None:
        if self.ask.is_asking:
            self._leave_ask()
        else:
            self.search.clear()
            self._focus()

    def _leave(self) -> None:
        self.shell.go("pipeline")

    def _on_tab(self, index: int) -> None:
        if index != WHITESPACE:
            self.shell.go("pipeline", view=index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_compact = self.height() * 100 // theme.text_size < 620
        self.said.setVisible(not is_compact)
        self._legend.setVisible(not is_compact)
        self._column.setSpacing(6 if is_compact else 10)
        self._column.setContentsMargins(0, 8 if is_compact else 20, 0, 8 if is_compact else 16)
        self.strip.be_compact(is_compact)
