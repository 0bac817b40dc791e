"""A list narrowed by what is typed: shown as it is typed, taken by Enter, left by Escape."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer

from ui.widgets import SearchField

Wanted = TypeVar("Wanted")
_PAUSE_MS = 120  # a long list is not asked for at every letter


class TypedNarrowing(Generic[Wanted]):
    """``read`` narrows what is chosen further by typed words, ``changed`` is called when the list must be read anew,
    ``back`` when the hands go back to it.
    """

    def __init__(
        self, field: SearchField, whole: Wanted, read: Callable[[str], Wanted], changed: Callable[[], object],
        back: Callable[[], object],
    ) -> None:  # fmt: skip
        self.chosen = whole
        self._field, self._read, self._changed, self._back = field, read, changed, back
        self._pause = QTimer(field, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(changed)
        field.textChanged.connect(lambda _words: self._pause.start())
        field.entered.connect(self._take)
        field.left.connect(back)

    @property
    def wanted(self) -> Wanted:
        """What is chosen, narrowed by what is being typed."""
        typed = self._field.text()
        return self._read(typed) if typed.strip() else self.chosen

    def begin(self) -> None:
        """Go where a filter is typed."""
        self._field.setFocus()
        self._field.selectAll()

    def clear_typed(self) -> None:
        """Take off what is being typed; at once, or the list would change below the next key."""
        if self._field.text():
            self.set(self.chosen)

    def rest(self) -> None:
        """Wait for no more letters: the list was just read, or is out of sight."""
        self._pause.stop()

    def set(self, wanted: Wanted) -> None:
        """Want something else; what is being typed is gone."""
        self.rest()
        self.chosen = wanted
        self._field.blockSignals(True)
        self._field.clear()
        self._field.blockSignals(False)
        self._changed()

    def _take(self) -> None:
        """Enter: what was typed becomes chips, and the hands go back to the list."""
        self.set(self.wanted)
        self._back()
