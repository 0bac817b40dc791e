"""The order of a long list: read at once for a usual book, beside the window for a very large one."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from callstation.work import Work
from ui.tables import Order

if TYPE_CHECKING:
    from callstation.app import App
    from ui.jobs import Jobs

AT_ONCE = 5_000
"""Up to so many rows the order is read within a frame or two."""

Id = TypeVar("Id")


class Ordering(QObject, Generic[Id]):
    """The ids of the whole list; a window of it then costs nothing. ``changed`` when a large book's order is there.

    ``count(work)`` says how many there are without any filter, ``ids(work, order, filter)`` brings them.
    """

    changed = Signal()

    def __init__(
        self, app: "App", jobs: "Jobs", count: Callable[[Work], int],
        ids: Callable[[Work, Order, dict[str, Any]], list[Id]],
    ) -> None:  # fmt: skip
        super().__init__()
        self._app, self._jobs, self._count, self._read_ids = app, jobs, count, ids
        self._ids: list[Id] = []
        self._key: tuple[Order, tuple[tuple[str, Any], ...]] | None = None

    def forget(self) -> None:
        """The book has changed: what was read is read anew when it is next asked for."""
        self._key = None

    def ids(self, order: Order, wanted: dict[str, Any]) -> list[Id]:
        """Those under a filter in an order; those of before while a large book is being read."""
        key = (order, tuple(sorted(wanted.items())))
        if key != self._key:
            self._key = key
            if self._app.ask(self._count) <= AT_ONCE:
                self._ids = self._read(order, wanted)
            else:
                self._jobs.run(
                    lambda report: self._read(order, wanted),
                    done=partial(self._on_read, key),
                    label="order",
                    owner=self,
                )
        return self._ids

    def _read(self, order: Order, wanted: dict[str, Any]) -> list[Id]:
        return self._app.ask(self._read_ids, order, wanted)

    def _on_read(self, key: tuple[Order, tuple[tuple[str, Any], ...]], found: list[Id]) -> None:
        if key == self._key:
            self._ids = found
            self.changed.emit()
