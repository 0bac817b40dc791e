"""The page of the pipeline: the open renewals and growth as a table or a board, changed in place by keys."""

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent

from callstation.renewals.pipeline import Sums, keys_under, pipeline_sums
from callstation.renewals.pipeline_filter import WHOLE, Filter, Standing
from callstation.renewals.pipeline_rows import Key, PipelineRow, pipeline_row
from callstation.renewals.saved_filters import saved_filters
from db.vocabulary import RenewalStage
from ui.page import Commands, Page
from ui.pipeline.ask_strip import AskStrip
from ui.pipeline.board import board_filter, closed_lately, lanes
from ui.pipeline.board_view import BoardView
from ui.pipeline.columns import MIDDLE, NARROW, SORTS, pipeline_columns
from ui.pipeline.editing import Editing
from ui.pipeline.filter_bar import FilterBar
from ui.pipeline.layout import BOARD, TABLE, WHITESPACE, Layout
from ui.pipeline.marked import Marked
from ui.pipeline.narrowing import Narrowing
from ui.pipeline.places import Places
from ui.pipeline.reading import NATURAL
from ui.pipeline.strip import PipelineStrip
from ui.pipeline.sums_bar import SumsBar
from ui.rows_view import RowsView
from ui.tables import Order, RowsModel
from ui.theme import theme

if TYPE_CHECKING:
    from ui.shell import Shell

_READ_MS = 30  # while J is held down, only what one stops at is read


class PipelinePage(Page):
    """J and K walk, Space marks, S C D N A change, / narrows, F saves the filter, B turns to the board."""

    nouns = (
        "renewal", "growth", "account", "call_target", "contract", "contract_line", "contact", "quote", "quote_line",
        "activity", "saved_filter", "product",
    )  # fmt: skip

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        app = self.app
        self.marked, self.sums = Marked(), Sums(*_nothing())
        self._asked: dict[RenewalStage, int] = {}
        self.places = Places(app, shell.jobs)
        self.places.changed.connect(self._on_reordered)
        columns = pipeline_columns(lambda: app.settings, self._today, self.marked.__contains__)
        self.model = RowsModel[PipelineRow](columns, self._fetch, lambda: self.sums.count)
        self.table = RowsView(self.model, "Pipeline")
        self.table.least_share = 84  # type: ignore[misc]  # of this table alone
        self.table.horizontalHeader().setMinimumSectionSize(20)
        self.board = BoardView(lambda: app.settings, self.marked.__contains__)
        self.bar, self.totals = FilterBar(), SumsBar()
        self.strip, self.ask = PipelineStrip(), AskStrip()
        self.layout_ = Layout(self, self.bar, self.totals, (self.table, self.board), self.strip, self.ask)
        self.narrowing = Narrowing(shell, self.layout_.search, self.ask, self._on_narrowed)
        self.editing = Editing(shell, self.ask, lambda: (self.marked.keys(self.current), self.current), self._leave_ask)
        self._pause = QTimer(self, singleShot=True, interval=_READ_MS)
        self._pause.timeout.connect(self._show_strip)
        self.layout_.tabs.currentChanged.connect(self._turn)
        self.table.chosen.connect(lambda _row: self._pause.start())
        self.table.opened.connect(lambda _row: self.shell.run("pipeline_open"))
        self.board.chosen.connect(self._pause.start)
        self.board.opened.connect(lambda: self.shell.run("pipeline_open"))
        self.board.more.connect(self._more)
        self.board.dropped.connect(self._drop)
        self.strip.wanted.connect(shell.run)
        self.ask.asked.connect(lambda: self.ask.take_place_of(self.strip))
        self.ask.left.connect(self._leave_ask)
        self.bar.narrowed.connect(self.narrowing.set)
        self.bar.wanted.connect(shell.run)
        self.bar.recalled.connect(self.narrowing.recall)
        self.layout_.empty.add_action(
            "Import a list", lambda: shell.go("import"), "Ctrl", "O", icon="file-spreadsheet", is_main=True
        )

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {
            "back": self._back, "pipeline_view": self._other_view, "pipeline_digit": self._digit,
            "pipeline_zero": self._zero,
        }  # fmt: skip
        if self.layout_.is_empty:  # what would be asked is out of sight
            return found
        found |= {
            "search": self.narrowing.begin, "pipeline_save": self.narrowing.kept.ask_name,
            "pipeline_filters": self.narrowing.kept.manage,
            "sort": self._sort, "turn_order": lambda: self._sort(turns_round=True),
        }  # fmt: skip
        if self.current is not None:
            edits = self.editing
            found |= {
                "next": lambda: self._step(1), "previous": lambda: self._step(-1), "pipeline_mark": self._mark,
                "pipeline_mark_next": lambda: self._mark_on(1), "pipeline_mark_previous": lambda: self._mark_on(-1),
                "pipeline_stage": edits.stage, "pipeline_category": edits.category, "pipeline_date": edits.date,
                "pipeline_step": edits.step, "pipeline_amount": edits.amount, "pipeline_open": self._open,
                "pipeline_contact": self._name_someone, "pipeline_alike": self._alike,
            }  # fmt: skip
            if self.is_board:
                found |= {"pipeline_on": lambda: self._beside(1), "pipeline_back": lambda: self._beside(-1)}
        return found

    @property
    def is_board(self) -> bool:
        """Whether the board is in view, not the table."""
        return self.layout_.tabs.currentIndex() == BOARD

    @property
    def current(self) -> PipelineRow | None:
        """The opportunity in hand."""
        found: PipelineRow | None = self.board.current if self.is_board else self.table.current
        return found

    @property
    def wanted(self) -> Filter:
        """What the list is narrowed to."""
        return self.narrowing.wanted

    def refresh(self) -> None:
        self.places.forget()
        self.narrowing.saved = self.app.ask(saved_filters)
        self.sums = self.app.ask(pipeline_sums, self.wanted)
        listed = board_filter(self.wanted) if self.is_board else self.wanted
        self.marked.keep(lambda keys: self.app.ask(keys_under, listed, keys))
        settings = self.app.settings
        self.bar.show_filter(self.narrowing.parts(), self.narrowing.names)
        self.totals.show_sums(self.sums, settings)
        name = self.narrowing.shown or ("" if self.wanted == WHOLE else "this filter")
        closed = 0
        if self.is_board:
            self.board.show_lanes(self.app.ask(lanes, self.wanted, self._asked))
            closed = closed_lately(self.board.lanes) if self.wanted.standing is Standing.OPEN else 0
        else:
            self._reload_table()
        self.layout_.tell(self.sums.count, name, settings, closed)
        has_rows = bool(self.sums.count) or (self.is_board and any(lane.cards for lane in self.board.lanes))
        self.layout_.show_rows(has_rows, is_whole=self.wanted == WHOLE)
        self._show_strip()
        if self.hasFocus():  # the list was hidden, and is there again
            self._focus()

    def on_shown(self) -> None:
        self._focus()

    def on_hidden(self) -> None:
        self._pause.stop()
        self.narrowing.rest()
        if self.ask.is_asking:  # who comes back has their hands on the list
            self.ask.close_ask()
            self._show_strip()

    def open(
        self, *, wanted: Filter | None = None, key: Key | None = None, view: int | None = None,
        saved: int | None = None, **target: Any
    ) -> None:  # fmt: skip
        """Show what a filter has, such as a cell of the forecast or a saved one by its place, or one opportunity."""
        if view is not None:
            self.layout_.tabs.setCurrentIndex(view)
            self._focus()
        if wanted is not None:
            self.narrowing.set(wanted)
        if saved is not None:
            self.narrowing.recall(saved)
        row = self.app.ask(pipeline_row, key) if key is not None else None
        if row is not None:
            if wanted is None:
                self.narrowing.set(Filter(account_id=row.account_id))
            self._choose(row.key)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self.app.ask(lambda work: work.today)

    def _fetch(self, offset: int, limit: int, order: Order) -> Any:
        return self.places.rows(order, self.wanted, self.sums.count, offset, limit)

    def _on_narrowed(self) -> None:
        self._asked.clear()
        self.marked.clear()  # no key changes what is no longer in the list
        self.refresh()
        if self.is_board:
            self.board.choose_first()
        else:
            self.table.choose(0)  # whatever was in hand before
        self._show_strip()

    def _on_reordered(self) -> None:
        if not self.is_board:
            self._reload_table()

    def _reload_table(self) -> None:
        """Read the table anew; what was in hand stays in hand, also where a change moved it."""
        held: PipelineRow | None = self.table.current
        self.table.reload()
        now: PipelineRow | None = self.table.current
        if held is not None and now is not None and now.key != held.key:
            self._choose(held.key)
        elif now is None:
            self.table.choose(0)

    def _choose(self, key: Key) -> None:
        """Take one in hand where it is among those that are read; the strip speaks of it at once."""
        if self.is_board:
            self.board.choose(key)
        else:
            place = self.places.place_of(key, self.model.order, self.wanted, self.sums.count)
            if place is not None:
                self.table.choose(place)
        self._show_strip()

    def _show_strip(self) -> None:
        self._pause.stop()
        row = self.current
        self.strip.setVisible(row is not None and not self.ask.is_asking)
        if row is not None:
            self.strip.show_row(row, len(self.marked), self.app.settings)
        self.shell.renew_commands()

    def _turn(self, index: int) -> None:
        if index == WHITESPACE:
            self.layout_.tabs.choose(self.layout_.views.currentIndex())
            self.shell.go("whitespace")
            return
        left: PipelineRow | None = self.table.current if index == BOARD else self.board.current
        self.layout_.show_view(index)
        self._leave_ask()
        self.refresh()
        if left is not None:
            self._choose(left.key)

    def _more(self, stage: RenewalStage) -> None:
        shown = next(len(lane.cards) for lane in self.board.lanes if lane.column.stage is stage)
        self._asked[stage] = shown + 30
        self.refresh()

    # -- what can be done ------------------------------------------------------------------------------------------

    def _focus(self) -> None:
        view = self.board if self.is_board else self.table
        (view if self.current is not None else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, by: int) -> None:
        (self.board if self.is_board else self.table).step(by)

    def _mark(self) -> None:
        if self.current is not None:
            self.marked.turn(self.current.key)
            self._show_marks()

    def _mark_on(self, by: int) -> None:
        if self.current is not None:
            self.marked.add(self.current.key)
            self._step(by)
            if self.current is not None:
                self.marked.add(self.current.key)
            self._show_marks()

    def _show_marks(self) -> None:
        self.model.reword()
        self.table.viewport().update()
        self.board.viewport().update()
        self._show_strip()

    def _back(self) -> None:
        if self.board.stop_drag():
            return
        if self.ask.is_asking:
            self._leave_ask()
        elif self.marked and not self.layout_.search.hasFocus():
            self.marked.clear()
            self._show_marks()
        else:
            self.narrowing.clear_typed()
            self._focus()

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self._show_strip()
        self._focus()

    def _digit(self, digit: int) -> None:
        if self.ask.is_asking:
            self.ask.choose(digit)
        else:
            self.narrowing.recall(digit)

    def _zero(self) -> None:
        if self.ask.is_asking:
            self.ask.choose(10)
        else:
            self.narrowing.set(WHOLE)

    def _other_view(self) -> None:
        self.layout_.tabs.setCurrentIndex(TABLE if self.is_board else BOARD)
        self._focus()

    def _beside(self, by: int) -> None:
        stage = self.board.stage_beside(by)
        if stage is not None:
            self.editing.set_stage(stage)

    def _drop(self, stage: RenewalStage) -> None:
        if self.board.current is not None:
            self.editing.drop(self.board.current, stage)

    def _sort(self, *, turns_round: bool = False) -> None:
        header, keys = self.table.horizontalHeader(), [column.sort for column in self.model.columns]
        now = self.model.order
        key = now.key or NATURAL
        is_down = not now.is_descending if turns_round else False
        if not turns_round:
            key = SORTS[(SORTS.index(key) + 1) % len(SORTS)]
        way = Qt.SortOrder.DescendingOrder if is_down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(keys.index(key), way)
        self.table.choose(0)
        self.shell.say(
            f"By {self.model.columns[keys.index(key)].title.lower()}{', downwards' if is_down else ''}.", "mute"
        )

    def _open(self) -> None:
        row = self.current
        if row is None:
            return
        if row.target_id is None:
            self.shell.go("accounts", account_id=row.account_id)
        else:
            self.shell.go("desk", target_id=row.target_id)

    def _alike(self) -> None:
        if self.current is not None:
            self.narrowing.ask_alike(self.current)

    def _name_someone(self) -> None:
        if self.current is not None:
            self.shell.go("accounts", account_id=self.current.account_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = self.width() * 100 // theme.text_size, self.height() * 100 // theme.text_size
        self.layout_.be_compact(high < 620)
        every = [column.title for column in self.model.columns]
        self.table.show_columns(NARROW if wide < 900 else MIDDLE if wide < 1240 else every)


def _nothing() -> tuple[Any, Any]:
    from callstation.renewals.pipeline import Total

    return Total(), Total()
