"""The page of what is owed: calls they agreed to and things we promised, by day, in both zones."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QVBoxLayout, QWidget

from callstation.calling import callbacks
from callstation.calling.callbacks import CallbackRow
from callstation.calling.card import read_card
from callstation.calling.retry import callback_presets
from ui.callbacks.delegate import CallbackDelegate
from ui.callbacks.model import CallbacksModel
from ui.callbacks.strip import CallbackStrip
from ui.calling.asking import read_time
from ui.page import Commands, Page
from ui.widgets import Card, EmptyState, Label

if TYPE_CHECKING:
    from ui.shell import Shell

_TICK_MS = 20_000  # what falls due while one looks turns overdue within this


class CallbacksPage(Page):
    """Enter opens the desk, R moves, D is done, X cancels; every step can be undone."""

    nouns = ("callback", "call_target", "account", "contact", "phone")

    def __init__(self, shell: "Shell") -> None:
        super().__init__(shell)
        app = self.app
        self.model = CallbacksModel()
        self.list = _List(self.model, CallbackDelegate(lambda: app.settings, app.clock.now))
        self.title, self.said = Label("Callbacks", "account"), Label("", "body", "text2", wraps=True, tabular=True)
        self.strip = CallbackStrip()
        self.empty = EmptyState(
            "calendar-clock", "Nothing is owed",
            "When someone asks to be called back, press 6 on the desk and type the time. It then stands here.",
        )  # fmt: skip
        self.empty.add_action("Go to the desk", lambda: shell.go("desk"), "G", "D", icon="phone-call", is_main=True)
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 24, 0, 16)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.said)
        column.addSpacing(8)
        card = Card(padding=6)
        card.body.addWidget(self.list)
        column.addWidget(card, 1)
        column.addSpacing(8)
        column.addWidget(self.strip)
        self._full.setMaximumWidth(980)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(1)
        row.addWidget(self._full, 100)
        row.addWidget(self.empty, 100)
        row.addStretch(1)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.doubleClicked.connect(lambda _index: self._call())
        self.list.entered_row.connect(self._call)
        self.strip.wanted.connect(shell.run)
        self.strip.moved.connect(self._move)
        self.strip.left.connect(self._back)

    # -- the page --------------------------------------------------------------------------------------------------

    def commands(self) -> Commands:
        if self.current is None:
            return {}
        return {
            "next": lambda: self.list.step(1),
            "previous": lambda: self.list.step(-1),
            "back": self._back,
            "call_now": self._call,
            "reschedule": self._reschedule,
            "complete": self._complete,
            "cancel": self._cancel,
        }

    @property
    def current(self) -> CallbackRow | None:
        """The callback in hand."""
        return self.model.row_at(self.list.currentIndex().row())

    def refresh(self) -> None:
        before = self.current
        place = self.list.currentIndex().row()
        rows = self.app.ask(callbacks.open_callbacks)
        settings, today = self.app.settings, self.app.ask(lambda work: work.today)
        self.model.show(rows, today, settings)
        late, now_on = sum(row.is_overdue for row in rows), self.app.clock.now().astimezone(settings.zone).date()
        today_too = sum(not row.is_overdue and row.due_at.astimezone(settings.zone).date() == now_on for row in rows)
        parts = [f"{late:,} overdue" if late else "", f"{today_too:,} today" if today_too else ""]
        parts.append(f"{len(rows) - late - today_too:,} later" if len(rows) - late - today_too else "")
        self.said.setText(", ".join(part for part in parts if part))
        self._full.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        kept = self.model.place_of(before.callback_id) if before else None
        self.list.choose(kept if kept is not None else max(1, place))
        self.shell.renew_commands()

    def on_shown(self) -> None:
        self.list.setFocus()
        self._tick.start()

    def on_hidden(self) -> None:
        self._tick.stop()

    def open(self, *, callback_id: int = 0, **target: Any) -> None:
        """Show one callback."""
        place = self.model.place_of(callback_id)
        if place is not None:
            self.list.choose(place)

    def _on_tick(self) -> None:
        if not self.strip.is_moving:
            self.refresh()

    def _on_current(self, index: QModelIndex, before: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        self.strip.setVisible(row is not None)
        if row is not None:
            self.strip.show_row(row)

    def _back(self) -> None:
        if self.current is not None:
            self.strip.show_row(self.current)
        self.list.setFocus()

    # -- what can be done ------------------------------------------------------------------------------------------

    def _call(self) -> None:
        if self.current is not None:
            self.shell.go("desk", target_id=self.current.target_id)

    def _reschedule(self) -> None:
        if self.current is None:
            return
        card, now, settings = self.app.ask(read_card, self.current.target_id), self.app.clock.now, self.app.settings
        presets = callback_presets(now(), card.there, is_24_hour=settings.is_24_hour)
        self.strip.begin(presets, lambda typed: read_time(typed, card, now(), settings, is_theirs=True))

    def _move(self, at: datetime) -> None:
        if self.current is not None:
            self.app.do(callbacks.reschedule, self.current.callback_id, at)
            self._told()

    def _complete(self) -> None:
        if self.current is not None:
            self.app.do(callbacks.complete, self.current.callback_id)
            self._told()

    def _cancel(self) -> None:
        if self.current is not None:
            self.app.do(callbacks.cancel, self.current.callback_id)
            self._told()

    def _told(self) -> None:
        self._back()
        self.shell.say(f"{self.app.undo_label}.", may_undo=True)


class _List(QListView):
    """Walks over headings; Enter is told by ``entered_row``."""

    entered_row = Signal()

    def __init__(self, model: CallbacksModel, delegate: CallbackDelegate) -> None:
        super().__init__()
        self.rows = model
        self.setModel(model)
        self.setItemDelegate(delegate)
        delegate.setParent(self)
        self.setAccessibleName("Callbacks by day")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setProperty("rings", "row")  # the row in hand shows the focus, not the frame

    def choose(self, place: int) -> None:
        """Make a row current, the nearest where there is a heading or nothing."""
        count = self.rows.rowCount()
        near = sorted(range(count), key=lambda n: (abs(n - place), n))
        found = next((n for n in near if self.rows.row_at(n) is not None), None)
        if found is not None:
            self.setCurrentIndex(self.rows.index(found))
            self.scrollTo(self.rows.index(max(0, found - 1)))
            self.scrollTo(self.rows.index(found))

    def step(self, by: int) -> None:
        """Go one row down or up, over headings, stopping at the ends."""
        place = self.currentIndex().row() + by
        while 0 <= place < self.rows.rowCount() and self.rows.row_at(place) is None:
            place += by
        if 0 <= place < self.rows.rowCount():
            self.choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: letters are keys of ours."""
