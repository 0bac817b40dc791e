"""The two lists of the Sync page walked as one: what needs the rep, then what waits."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from callstation.sync import overview
from callstation.sync.overview import Attention, Overview, Waiting
from ui.sync.attention_card import AttentionCard
from ui.sync.moments import moment
from ui.sync.outgoing_card import OutgoingCard

if TYPE_CHECKING:
    from callstation.app import App

_MOST = 200
"""Things that need the rep and are read at once."""


class Lists(QObject):
    """``moved`` when another row is in hand; ``show`` brings a widget into view."""

    moved = Signal()

    def __init__(self, app: "App", show: Callable[[QWidget], object]) -> None:
        super().__init__()
        self._app, self._show = app, show
        self.attention = AttentionCard()
        self.outgoing = OutgoingCard(self._fetch, lambda: app.ask(overview.listed_count), self._when)
        self.attention.chosen.connect(self._on_attention)
        self.outgoing.chosen.connect(self._on_waiting)

    def reload(self, seen: Overview) -> None:
        """Read both anew; the row in hand stays, or the next one takes its place."""
        app, had_focus = self._app, self._has_focus
        self.attention.show_rows(app.ask(overview.attention, limit=_MOST), seen.attention)
        self.outgoing.reload(app.ask(lambda work: work.today), app.settings)
        if self.current is None:
            self._go_to(0)
        if had_focus and not self._has_focus:
            self.take_focus()

    @property
    def _has_focus(self) -> bool:
        return self.outgoing.view.hasFocus() or any(row.hasFocus() for row in self.attention.rows)

    @property
    def current(self) -> Attention | Waiting | None:
        """The row in hand, of either list."""
        return self.attention.current or self.outgoing.current

    def step(self, by: int) -> None:
        """Go down or up through both lists, stopping at the ends."""
        here = self.attention.place
        place = here if here >= 0 else len(self.attention.rows) + self.outgoing.view.currentIndex().row()
        self._go_to(place + by)
        self.take_focus()

    def take_focus(self) -> bool:
        """Put the focus on the row in hand; whether there is one."""
        place, view = self.attention.place, self.outgoing.view
        if place >= 0:
            self.attention.rows[place].setFocus()
        elif view.isVisible():
            view.setFocus()
        else:
            return False
        return True

    def _go_to(self, place: int) -> None:
        above, view = len(self.attention.rows), self.outgoing.view
        if not 0 <= place < above + view.rows.rowCount():
            return
        if place < above:
            self.attention.choose(place, takes_focus=False)
            self._show(self.attention.rows[place])
        else:
            view.choose(place - above)
            self._show(self.outgoing)

    def _fetch(self, offset: int, limit: int, order: object) -> list[Waiting]:
        return self._app.ask(overview.waiting, limit=limit, offset=offset)

    def _when(self, row: Waiting) -> str:
        return moment(row.marked_at, self._app.ask(lambda work: work.today), self._app.settings)

    def _on_attention(self, row: Attention) -> None:
        view = self.outgoing.view
        view.clearSelection()
        view.setCurrentIndex(view.rootIndex())
        self.moved.emit()

    def _on_waiting(self, row: Waiting) -> None:
        self.attention.choose(-1)
        self.moved.emit()
