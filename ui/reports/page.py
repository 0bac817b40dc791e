"""The page of the reports: figures, retention and coverage, each number with the list behind it."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callstation.reports.kpis import Stretch
from ui import words
from ui.keyed_buttons import keyed
from ui.page import Commands, Page
from ui.pipeline.ask_strip import AskStrip, Choice, Question
from ui.printing.buttons import PrintButtons
from ui.printing.verbs import printing
from ui.reports.figures_tab import FiguresTab
from ui.reports.filing import ask_report
from ui.reports.spans import AHEAD, KINDS, beside, has_ended, span_of
from ui.theme import theme
from ui.widgets import Button, ElidedLabel, KeyBadge, Label, SegmentedTabs

if TYPE_CHECKING:
    from ui.reports.coverage_tab import CoverageTab
    from ui.reports.retention_tab import RetentionTab
    from ui.shell import Shell

TABS = ("Figures", "Retention", "Coverage")
FIGURES, RETENTION, COVERAGE = range(3)
T = TypeVar("T")


class ReportsPage(Page):
    """Digits choose the tab, P the period, E explains the figures, Enter opens a list, B cuts, X files a report."""

    nouns = (
        "activity", "renewal", "growth", "contract", "contract_line", "quote", "quote_line", "call_target", "account",
        "product", "crm_record",
    )  # fmt: skip

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        self.kinds = ["week", "year", AHEAD]
        self.day: date | None = None
        self.title, self.said = Label("Reports", "account"), ElidedLabel("", "body", "text2", tabular=True)
        self.tabs = SegmentedTabs(list(TABS), "Which report")
        self.ask = AskStrip()
        self.stack = QStackedWidget()
        for _ in TABS:
            self.stack.addWidget(QWidget())
        self._made: dict[int, Any] = {}
        head = QHBoxLayout()
        head.setSpacing(12)
        told = QVBoxLayout()
        told.setSpacing(2)
        told.addWidget(self.title)
        told.addWidget(self.said)
        head.addLayout(told, 3)
        head.addWidget(self.tabs, 2)
        head.addWidget(KeyBadge("1–3"))
        self.cut = _button(shell, "reports_cut", "List or cut")
        for button in (_button(shell, "reports_period", "Period"), self.cut, _button(shell, "reports_file", "File")):
            head.addWidget(button)
        self.cut.hide()
        self.printing = PrintButtons()
        self.printing.wanted.connect(shell.run)
        head.addWidget(self.printing)
        self.column = QVBoxLayout(self)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)
        self.column.addWidget(self.ask)
        self.tabs.currentChanged.connect(self._turn)
        self.ask.left.connect(self._leave_ask)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        found: dict[str, Any] = {
            "back": self._back, "next": lambda: self.view.step(1), "previous": lambda: self.view.step(-1),
            "reports_digit": self._digit, "reports_period": self._ask_period,
            "reports_later": lambda: self._move(is_later=True), "reports_earlier": lambda: self._move(is_later=False),
            "reports_file": self._file, "reports_table": self._turn_charts,
        }  # fmt: skip
        if self.stack.currentIndex() == FIGURES:
            found["reports_explain"] = self.figures.figures.take_focus
        else:
            found["reports_cut"] = lambda: self.view.ask_cut(self.ask)
        if self.stack.currentIndex() == RETENTION:
            found["reports_became"] = self.retention.take_became
        return found | printing(self, self.ask, lambda: f"{TABS[self.stack.currentIndex()]}, {self.span.name}")

    @property
    def view(self) -> Any:
        """The tab in view."""
        return (lambda: self.figures, lambda: self.retention, lambda: self.coverage)[self.stack.currentIndex()]()

    @cached_property
    def figures(self) -> FiguresTab:
        """The tab of the figures."""
        return self._put(0, FiguresTab(self.shell))

    @cached_property
    def retention(self) -> "RetentionTab":
        """The tab of retention, made when it is first looked at."""
        from ui.reports.retention_tab import RetentionTab

        return self._put(1, RetentionTab(self.shell))

    @cached_property
    def coverage(self) -> "CoverageTab":
        """The tab of coverage, made when it is first looked at."""
        from ui.reports.coverage_tab import CoverageTab

        return self._put(2, CoverageTab(self.shell))

    def _put(self, index: int, tab: T) -> T:
        """Put a tab where its place is held."""
        made: Any = tab
        self._made[index] = made
        made.reading.shown.connect(self._say_period)
        place, now = self.stack.widget(index), self.stack.currentIndex()
        self.stack.insertWidget(index, made)
        if place is not None:
            self.stack.removeWidget(place)
            place.deleteLater()
        self.stack.setCurrentIndex(now)
        self._fit(made)
        return tab

    def _fit(self, tab: Any) -> None:
        high = self._height
        tab.be_compact(high < 620, is_low=high < 580)

    @property
    def _height(self) -> int:
        """In px at 100 %."""
        return self.height() * 100 // theme.text_size

    @property
    def kind(self) -> str:
        """What sort of period the tab in view is of."""
        return self.kinds[self.stack.currentIndex()]

    @property
    def span(self) -> Stretch:
        """The period in view."""
        return span_of(self.kind, self.day or self._today(), self.app.settings.fiscal_year_starts)

    def refresh(self) -> None:
        self.view.show_span(self.span)
        self._say_period()

    def _say_period(self) -> None:
        span, settings, today = self.span, self.app.settings, self._today()
        first, last = words.weekday(span.starts_on, today, settings), words.weekday(span.ends_on, today, settings)
        said = first if span.starts_on == span.ends_on else f"{first} to {last}"
        if self.stack.currentIndex() < COVERAGE and span.starts_on < today < span.ends_on:
            said = f"{said}, counted up to today"  # coverage alone looks ahead
        if has_ended(span, today):
            said = f"{said}, and what ended and is open"
        self.said.setText(f"{said}: reading …" if self.view.reading.is_reading else said)

    def on_shown(self) -> None:
        self.view.take_focus()

    def on_hidden(self) -> None:
        self.ask.close_ask()

    # -- what can be done ------------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self.app.ask(lambda work: work.today)

    def _digit(self, digit: int) -> None:
        if self.ask.is_asking:
            self.ask.choose(digit)
        elif digit <= len(TABS):
            self.tabs.setCurrentIndex(digit - 1)

    def _turn(self, index: int) -> None:
        self.stack.setCurrentIndex(index)
        self.cut.setVisible(index != FIGURES)
        self.day = None
        self._read()
        self.shell.renew_commands()

    def _read(self) -> None:
        self.ask.close_ask()
        self.refresh()
        self.view.take_focus()

    def _ask_period(self) -> None:
        def answer(kind: str) -> None:
            self.kinds[self.stack.currentIndex()] = kind
            self._read()

        kinds = (*KINDS, AHEAD) if self.stack.currentIndex() == COVERAGE else KINDS
        choices = tuple(Choice(kind.capitalize(), kind, kind == self.kind) for kind in kinds)
        self.ask.ask(Question("Which period?", answer, "Shift and an arrow go on or back.", choices))

    def _move(self, *, is_later: bool) -> None:
        self.day = beside(self.span, is_later=is_later)
        self._read()

    def _file(self) -> None:
        ask_report(self.shell, self.ask, min(self.span.ends_on, self._today()))

    def _turn_charts(self) -> None:
        for panel in self.view.panels:
            panel.turn()

    def _back(self) -> None:
        if self.ask.is_asking:
            self.ask.close_ask()
        else:
            self.view.back()
        self.view.take_focus()

    def _leave_ask(self) -> None:
        self.ask.close_ask()
        self.view.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_compact = self._height < 620
        self.said.setVisible(not is_compact)
        self.printing.fit(self.width() * 100 // theme.text_size)
        self.column.setSpacing(5 if is_compact else 10)
        self.column.setContentsMargins(24, 6 if is_compact else 20, 24, 6 if is_compact else 16)
        for tab in self._made.values():
            self._fit(tab)


def _button(shell: "Shell", action_id: str, name: str) -> QWidget:
    """A small button for a key, with the key beside it."""
    button = Button(name, "small")
    button.clicked.connect(lambda _=False: shell.run(action_id))
    return keyed(button, action_id, gap=5, after=0)
