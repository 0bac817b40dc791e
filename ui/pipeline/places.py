"""The order of a very long pipeline, read once beside the window, so that any place of it is reached at once."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from callstation.renewals.pipeline import pipeline_keys
from callstation.renewals.pipeline_filter import Filter
from callstation.renewals.pipeline_rows import Key, PipelineRow, pipeline_rows
from callstation.work import Work
from ui.pipeline.reading import NATURAL, window
from ui.tables import Order

if TYPE_CHECKING:
    from callstation.app import App
    from ui.jobs import Jobs

LONG = 3_000
"""Up to so many opportunities a window is found within a frame wherever it lies."""
Asked = tuple[Order, Filter]


class Places(QObject):
    """``changed`` when an order that was read anew is another than the one that was shown."""

    changed = Signal()

    def __init__(self, app: "App", jobs: "Jobs") -> None:
        super().__init__()
        self._app, self._jobs = app, jobs
        self._keys: list[Key] = []
        self._of: Asked | None = None
        self._is_old = False

    def forget(self) -> None:
        """The book has changed: the order is read anew, and holds until then."""
        self._is_old = True

    def rows(self, order: Order, wanted: Filter, count: int, offset: int, limit: int) -> Sequence[PipelineRow]:
        """One window of the ``count`` rows under a filter."""
        asked = (order, wanted)
        if count > LONG and (asked != self._of or self._is_old):
            if asked != self._of:
                self._keys = []
            self._of, self._is_old = asked, False
            self._jobs.run(
                lambda report: self._app.ask(_keys, *asked), done=partial(self._on_read, asked), label="order",
                owner=self,
            )  # fmt: skip
        if count > LONG and self._keys:
            return self._app.ask(pipeline_rows, self._keys[offset : offset + limit])
        return self._app.ask(window, wanted, order, offset, limit)

    def place_of(self, key: Key, order: Order, wanted: Filter, count: int) -> int | None:
        """Where an opportunity stands now; None where it is not in the list, or a very long one is still read."""
        if count <= LONG:
            keys = self._app.ask(_keys, order, wanted)
        else:
            keys = self._keys if self._of == (order, wanted) else []
        return keys.index(key) if key in keys else None

    def _on_read(self, asked: Asked, keys: list[Key]) -> None:
        if asked == self._of:
            is_other = bool(self._keys) and keys != self._keys
            self._keys = keys
            if is_other:
                self.changed.emit()


def _keys(work: Work, order: Order, wanted: Filter) -> list[Key]:
    return pipeline_keys(work, wanted, order=order.key or NATURAL, is_descending=order.is_descending)
