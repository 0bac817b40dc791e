"""The order of the list of accounts: read at once for a usual book, beside the window for a very large one."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from callstation.accounts.accounts import count, ids
from ui.tables import Order

if TYPE_CHECKING:
    from callstation.app import App
    from ui.jobs import Jobs

AT_ONCE = 5_000
"""Up to so many accounts the order is read within a frame or two."""


class Ordering(QObject):
    """The ids of the whole list; a window of it then costs nothing. ``changed`` when a large book's order is there."""

    changed = Signal()

    def __init__(self, app: "App", jobs: "Jobs") -> None:
        super().__init__()
        self._app, self._jobs = app, jobs
        self._ids: list[int] = []
        self._key: tuple[Order, tuple[tuple[str, Any], ...]] | None = None

    def forget(self) -> None:
        """The book has changed: what was read is read anew when it is next asked for."""
        self._key = None

    def ids(self, order: Order, wanted: dict[str, Any]) -> list[int]:
        """The accounts under a filter in an order; those of before while a large book is being read."""
        key = (order, tuple(sorted(wanted.items())))
        if key != self._key:
            self._key = key
            if self._app.ask(count) <= AT_ONCE:
                self._ids = self._read(order, wanted)
            else:
                self._jobs.run(
                    lambda report: self._read(order, wanted),
                    done=partial(self._on_read, key),
                    label="order",
                    owner=self,
                )
        return self._ids

    def _read(self, order: Order, wanted: dict[str, Any]) -> list[int]:
        return self._app.ask(ids, sort=order.key or "name", is_descending=order.is_descending, **wanted)

    def _on_read(self, key: tuple[Order, tuple[tuple[str, Any], ...]], found: list[int]) -> None:
        if key == self._key:
            self._ids = found
            self.changed.emit()
