"""The whitespace grid: what each account has of each product family, and what could be sold; marked by keys."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from callstation.calling.lookup import rows_for
from callstation.changes import Changes
from callstation.errors import UserError
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
    whitespace_of,
)
from callstation.renewals.whitespace_filter import WHOLE_GRID, GridFilter
from callstation.renewals.whitespace_sums import Looked, look_through
from db.vocabulary import WhitespaceState
from ui import words
from ui.page import Commands, Page
from ui.pipeline.ask_strip import AskStrip, Question
from ui.pipeline.cell_strip import CellStrip
from ui.pipeline.grid_filter import grid_parts
from ui.pipeline.grid_narrowing import GridNarrowing
from ui.pipeline.grid_view import GridView
from ui.pipeline.layout import WHITESPACE
from ui.pipeline.typed import read_words
from ui.pipeline.whitespace_layout import WhitespaceLayout
from ui.theme import theme

if TYPE_CHECKING:
    from ui.shell import Shell

AT_ONCE = 3_000
"""Up to so many accounts the market is read within a frame or two; of more, beside the window."""
LOOKED_AT_ONCE = 500
"""Up to so many accounts are looked at one by one within a frame or two."""
_OF_MARKET = ("contract", "contract_line", "renewal", "account", "product")
"""What families, segments and partners are read from: for very many accounts that takes a while."""


class WhitespacePage(Page):
    """Arrows walk the cells, C X and U mark, M makes growth, Enter opens the account, / and L narrow, W goes back."""

    nouns = ("whitespace_mark", "contract", "contract_line", "renewal", "growth", "account", "product")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self._market: Market | None = None
        self._ids: Sequence[int] | None = None
        """The accounts of the grid in their order; None where they are read window by window."""
        self._shown = WHOLE_GRID
        self.grid = GridView(self._fetch)
        self.strip, self.ask = CellStrip(), AskStrip()
        self.layout_ = WhitespaceLayout(self, self.grid, self.strip, self.ask)
        self.layout_.on_import(lambda: shell.go("import"))
        self.narrowing = GridNarrowing(shell, self.layout_.search, self.ask, lambda: self._market, self._show)
        self.layout_.bar.wanted.connect(shell.run)
        self.layout_.bar.narrowed.connect(self.narrowing.set)
        self.grid.chosen.connect(self._show_strip)
        self.grid.opened.connect(lambda: shell.run("pipeline_open"))
        self.strip.wanted.connect(shell.run)
        self.ask.asked.connect(lambda: self.ask.take_place_of(self.strip))
        self.ask.left.connect(self._leave_ask)
        self.layout_.tabs.currentChanged.connect(self._on_tab)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {
            "back": self._back, "whitespace": self._leave, "pipeline_digit": self.ask.choose,
            "pipeline_zero": lambda: self.narrowing.set(WHOLE_GRID),
        }  # fmt: skip
        if not self.layout_.is_empty:
            found["search"] = self.narrowing.begin
        if self.grid.current is not None:
            found |= {
                "next": lambda: self.grid.step(1), "previous": lambda: self.grid.step(-1),
                "pipeline_open": self._open, "whitespace_make": self._make, "whitespace_clear": self._clear,
                "whitespace_competitor": self._ask_competitor, "whitespace_not": self._ask_reason,
                "pipeline_alike": lambda: self.narrowing.ask_alike(*self._held()),
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
        """Show what is wanted; the sums, and what only looking at each account finds, may come later."""
        self.narrowing.rest()
        market, wanted = self._market, self.narrowing.wanted
        if market is None:
            self.layout_.said.setText("Looking at who has what.")
            return
        self.layout_.tabs.choose(WHITESPACE)
        self.layout_.bar.show_filter(grid_parts(wanted, market))
        count = self.app.ask(whitespace_count, wanted)
        if count <= LOOKED_AT_ONCE:
            self._on_looked(wanted, self.app.ask(look_through, market, wanted))
            return
        self.layout_.sums.show_looked(None, self.app.settings)
        if not wanted.states:
            self._show_grid(wanted, None, count)
        elif wanted == self._shown and self._ids is not None:
            self._show_grid(wanted, self._ids, len(self._ids))
        self.shell.jobs.run(
            lambda report: self.app.ask(look_through, market, wanted), done=partial(self._on_looked, wanted),
            label="look", owner=self,
        )  # fmt: skip

    def _on_looked(self, wanted: GridFilter, looked: Looked) -> None:
        if wanted == self.narrowing.wanted:
            self.layout_.sums.show_looked(looked, self.app.settings)
            self._show_grid(wanted, looked.account_ids, len(looked.account_ids), looked)

    def _show_grid(
        self, wanted: GridFilter, ids: Sequence[int] | None, count: int, looked: Looked | None = None
    ) -> None:  # fmt: skip
        assert self._market is not None
        held, settings = self.grid.current, self.app.settings
        self._shown, self._ids = wanted, ids
        families = [family.name for family in wanted.columns(self._market)]
        eligible = {} if looked is None else {
            name: f"{words.count(count, settings)} eligible"
            for (name, state), count in looked.cells.items() if state is WhitespaceState.ELIGIBLE
        }  # fmt: skip
        self.grid.show_grid(families, count, eligible)
        if held is not None and ids is not None and held[0].account_id in ids and held[1].family in families:
            self.grid.choose(families.index(held[1].family), ids.index(held[0].account_id))
        self._find_state(wanted)
        accounts = f"{words.count(count, settings)} account{'' if count == 1 else 's'}"
        self.layout_.said.setText(f"{accounts} by {len(families)} famil{'y' if len(families) == 1 else 'ies'}.")
        self.layout_.show_rows(count, has_any=bool(families) and (bool(count) or wanted != WHOLE_GRID))
        self._show_strip()
        if self.hasFocus():  # the grid was hidden, and is there again
            self._focus()

    def _find_state(self, wanted: GridFilter) -> None:
        """Where the grid is narrowed to a state, take the first cell of it in hand, unless one is."""
        held = self.grid.current
        if held is not None and wanted.states and held[1].state not in wanted.states:
            found = [at for at, cell in enumerate(held[0].cells) if cell.state in wanted.states]
            if found:
                self.grid.choose(found[0], self.grid.place[1])

    def take_changes(self, changes: Changes) -> None:
        if changes.touch(*_OF_MARKET):
            self.refresh()
        else:
            self._show()

    def on_shown(self) -> None:
        self._focus()

    def on_hidden(self) -> None:
        self.narrowing.rest()
        if self.ask.is_asking:
            self.ask.close_ask()
            self._show_strip()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _fetch(self, offset: int, limit: int) -> Sequence[GridRow]:
        if self._market is None:
            return ()
        if self._ids is None:
            return self.app.ask(whitespace, self._market, self._shown, offset=offset, limit=limit)
        return self.app.ask(whitespace_of, self._market, self._ids[offset : offset + limit], self._shown)

    def _show_strip(self) -> None:
        held = self.grid.current
        self.strip.setVisible(held is not None and not self.ask.is_asking)
        if held is not None:
            self.strip.show_cell(*held)
        self.shell.renew_commands()

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
            title, lambda said: self._mark(row, cell, state, said), about, read=read_words, prompt=prompt,
            button="Mark",
        ))  # fmt: skip

    def _mark(self, row: GridRow, cell: Cell, state: WhitespaceState, said: str) -> None:
        """Mark what the question was about, whichever cell is in hand by now."""
        self.ask.close_ask()
        try:
            self.app.do(mark_cell, row.account_id, cell.family, state, words=said)
        except UserError as error:
            self._leave_ask()
            self.shell.show_problem(error)
            return
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

    def _back(self) -> None:
        if self.ask.is_asking:
            self._leave_ask()
        else:
            self.narrowing.clear_typed()
            self._focus()

    def _leave(self) -> None:
        self.shell.go("pipeline")

    def _on_tab(self, index: int) -> None:
        if index != WHITESPACE:
            self.shell.go("pipeline", view=index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layout_.be_compact(self.height() * 100 // theme.text_size < 620)
