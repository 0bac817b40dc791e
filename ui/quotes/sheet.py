"""The quote in the place of note and outcome keys: four options side by side, their lines, and what to do with it."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from callstation.settings import Settings
from ui.calling.sheet import Sheet
from ui.calling.strip import Strip, StripView
from ui.page import Commands
from ui.quotes.changes_card import ChangesCard
from ui.quotes.key_hints import KeyHints
from ui.quotes.lines_table import LinesTable
from ui.quotes.live_foot import LiveFoot
from ui.quotes.option_column import OptionColumn
from ui.quotes.sheet_head import SheetHead
from ui.quotes.stored_card import StoredCard
from ui.theme import theme
from ui.widgets import Card, Divider, ElidedLabel, EmptyState, IconLabel, Label

if TYPE_CHECKING:
    from ui.quotes.quoting import Quoting

_ROOMY, _TINY = 560, 290
"""From the first height on (px at 100 %) the columns show all their facts; below the other there is no foot."""
TONES = {"bad": "circle-alert", "warn": "triangle-alert", "ok": "check", "text3": "info", "text2": "info"}


class QuoteStrip(Strip):
    """Lower than that of the outcomes: at most four choices on one line, or one field; higher for longer words."""

    def show_view(self, view: StripView) -> None:
        super().show_view(view)
        self._fit_keys()
        self._fit_height()

    def restyle(self) -> None:
        super().restyle()
        self._fit_keys()
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit_height()

    def _fit_height(self) -> None:
        self.body.invalidate()
        needed = self.body.totalHeightForWidth(self.width()) if self.body.hasHeightForWidth() else 0
        self.setFixedHeight(max(theme.px(96 if self._is_compact else 140), needed))

    def _fit_keys(self) -> None:
        for key in self.choices.values():
            key.set_compact(self._is_compact)


class QuoteSheet(Sheet):
    """Shows; what its keys and buttons mean is decided by ``Quoting``."""

    chosen = Signal(int)
    wanted = Signal(str)
    place: ClassVar[str] = "quote"

    def __init__(
        self, quoting: "Quoting", settings: Callable[[], Settings], today: Callable[[], date],
        currency: Callable[[], str],
    ) -> None:  # fmt: skip
        super().__init__()
        self._quoting = quoting
        self.setAccessibleName("Quote")
        self._is_compact = self._is_tiny = False
        self._is_live = True
        self._spoken, self._standing = "", ("", "text3")
        self.head, self.changes, self.stored = SheetHead(), ChangesCard(), StoredCard()
        self.columns = [OptionColumn(digit) for digit in (1, 2, 3, 4)]
        self.table = LinesTable(settings, today, currency)
        self.foot, self.strip = LiveFoot(), QuoteStrip()
        self._said_icon, self.said = IconLabel("info", "text3", 14), ElidedLabel("", "secondary", "text2")
        self.sum, self.hints = ElidedLabel("", "secondary", "text2", tabular=True), KeyHints()
        self._empty: EmptyState | None = None
        self._lay_out()
        for column in self.columns:
            column.clicked.connect(lambda _=False, digit=column.digit: self.chosen.emit(digit))
        self.head.wanted.connect(self.wanted)
        self.foot.wanted.connect(self.wanted)
        self.strip.chosen.connect(self.chosen)
        self.strip.hide()
        self.say("")

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head)
        self._options = QWidget()
        row = QHBoxLayout(self._options)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for option in self.columns:
            row.addWidget(option, 1)
        column.addWidget(self._options)
        column.addWidget(self.stored)
        column.addWidget(self.changes)
        self._card = Card(padding=1)
        self._card.body.setContentsMargins(1, 4, 1, 1)
        self._card.body.setSpacing(0)
        self._card.body.addWidget(self.table, 1)
        self._card.body.addWidget(Divider())
        sums = QHBoxLayout()
        sums.setContentsMargins(12, 7, 12, 3)
        sums.setSpacing(8)
        self._sum_title = Label("Sum", "label", "text3")
        sums.addWidget(self._sum_title)
        sums.addWidget(self.sum, 1)
        self._card.body.addLayout(sums)
        line = QHBoxLayout()
        line.setContentsMargins(12, 4, 12, 8)
        line.setSpacing(6)
        line.addWidget(self._said_icon)
        line.addWidget(self.said, 1)
        line.addWidget(self.hints, 1)
        self._card.body.addLayout(line)
        column.addWidget(self._card, 1)
        column.addWidget(self.foot)
        column.addWidget(self.strip)
        self.table.setMinimumHeight(theme.px(64))

    # -- what the desk asks ----------------------------------------------------------------------------------------

    @property
    def is_covered(self) -> bool:
        return self._quoting.is_covered

    def commands(self) -> Commands:
        return self._quoting.commands()

    def back(self) -> bool:
        return self._quoting.back()

    def take_key(self, event: Any) -> bool:
        return self._quoting.take_key(event)

    def on_closed(self) -> None:
        self._quoting.on_closed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        high = event.size().height()
        self.set_compact(high < theme.px(_ROOMY), is_tiny=high < theme.px(_TINY))
        self._settle()
        self.fit_totals()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_live(self) -> None:
        """The worksheet: four columns, the table, save and send."""
        self._hide_empty()
        self._is_live = True
        self.stored.hide()
        for widget in (self._options, self._card):
            widget.show()
        self.close_strip()

    def show_stored(self) -> None:
        """A quote as it was saved; what can be done with it is asked in the strip."""
        self._hide_empty()
        self._is_live = False
        for widget in (self._options, self.foot, self.changes):
            widget.hide()
        for widget in (self.stored, self._card):
            widget.show()

    def show_nothing(self, title: str, words: str, action: str = "", act: Callable[[], object] | None = None) -> None:
        """There is nothing to quote, and why."""
        self._hide_empty()
        self._is_live = False
        for widget in (self._options, self._card, self.foot, self.stored, self.changes, self.strip):
            widget.hide()
        self._empty = EmptyState("file-text", title, words)
        self._empty.add_action("Back to the call", lambda: self.wanted.emit("back"), "Esc", is_main=not action)
        if act is not None:
            self._empty.add_action(action, act, is_main=True)
        self._column.addWidget(self._empty, 1)

    @property
    def empty(self) -> EmptyState | None:
        """What stands there while there is nothing to quote."""
        return self._empty

    def _hide_empty(self) -> None:
        if self._empty is not None:
            self._column.removeWidget(self._empty)
            self._empty.hide()
            self._empty.deleteLater()
            self._empty = None

    def ask(self, view: StripView) -> None:
        """Ask something at the foot."""
        self.strip.show_view(view)
        self.foot.hide()
        self.strip.show()
        self._settle()

    def close_strip(self) -> None:
        """Back to save and send."""
        self.strip.hide()
        self._show_foot()
        self._settle()

    def stand(self, words: str, tone: str) -> None:
        """What stands at the foot; where that has no room for it, what needs the rep stands below the table."""
        self._standing = (words, tone) if tone in ("warn", "bad") else ("", "text3")
        if self._is_compact and not self._spoken:
            self.say("")

    def say(self, words: str, tone: str = "text3") -> None:
        """One sentence below the table, in the place of what is typed; none shows the keys."""
        self._spoken = words
        if not words and self._is_compact:
            words, tone = self._standing
        self.said.setText(words)
        self.said.set_tone(tone)
        self._said_icon.set_icon(TONES.get(tone, "info"), tone)
        for widget in (self.said, self._said_icon):
            widget.setVisible(bool(words))
        self.hints.setVisible(not words)

    def fit_totals(self) -> None:
        """All totals in one size of type, that of the longest."""
        size = max(column.fitting() for column in self.columns)
        for column in self.columns:
            column.set_size(size)

    def show_sum(self, words: str) -> None:
        """How the price of the line in hand comes about, on one line."""
        self.sum.setText(words)

    def set_compact(self, is_compact: bool, *, is_tiny: bool = False) -> None:
        """Lower columns and a lower foot, where the window is low; without a foot where it is lower still."""
        if (is_compact, is_tiny) == (self._is_compact, self._is_tiny):
            return
        self._is_compact, self._is_tiny = is_compact, is_tiny
        for column in self.columns:
            column.set_compact(is_compact, is_tiny=is_tiny)
        for part in (self.stored, self.changes, self.foot, self.strip):
            part.set_compact(is_compact)
        for widget in (self._sum_title, self.sum):
            widget.setVisible(not is_compact)
        self._column.setSpacing(6 if is_compact else 8)
        self._show_foot()
        if not self._spoken:
            self.say("")

    def _show_foot(self) -> None:
        """In a very low window the foot is there only while one types into it."""
        is_typed = self.foot.note.hasFocus() or self.foot.reason.hasFocus()
        self.foot.setVisible(self._is_live and self.strip.isHidden() and (not self._is_tiny or is_typed))

    def type_note(self) -> None:
        """Put the caret into the note to the customer."""
        self.foot.show()
        self.foot.note.setFocus()

    def type_reason(self) -> None:
        """Put the caret into the reason for the discount."""
        self.foot.show()
        self.foot.reason.show()
        self.foot.reason.setFocus()

    def leave_foot(self) -> None:
        """The table has the keys again, if a field of the foot has them."""
        if self.foot.isAncestorOf(QApplication.focusWidget() or self):
            self.table.setFocus()
            self._show_foot()

    def _settle(self) -> None:
        self._column.activate()  # so that the swap is one frame
