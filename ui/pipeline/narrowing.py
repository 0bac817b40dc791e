"""What the list is narrowed to: typed, taken off chip by chip, saved by name, recalled by digit."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from callstation.renewals.pipeline_filter import WHOLE, Filter, from_json, to_json
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.renewals.saved_filters import Saved
from ui.pipeline.alike import alike
from ui.pipeline.ask_strip import AskStrip, Question
from ui.pipeline.filter_words import Part, parts, said
from ui.pipeline.kept_filters import KeptFilters
from ui.pipeline.reading import name_of
from ui.pipeline.typed_filter import read_filter
from ui.widgets import SearchField

if TYPE_CHECKING:
    from ui.shell import Shell

CURRENCIES = frozenset(("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY", "SEK", "NOK", "DKK", "INR", "SGD", "BRL"))
"""Read as currencies where they are typed in capitals."""
_PAUSE_MS = 120  # a long list is not asked for at every letter


class Narrowing:
    """``changed`` is called when the list must be read anew."""

    def __init__(self, shell: "Shell", field: SearchField, ask: AskStrip, changed: Callable[[], object]) -> None:
        self._shell, self._field, self._ask, self._changed = shell, field, ask, changed
        self.chosen = WHOLE
        self.saved: tuple[Saved, ...] = ()
        self.kept = KeptFilters(shell, ask, lambda: self.wanted, self.said)
        self._names: dict[int, str] = {}
        self._pause = QTimer(field, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(changed)
        field.textEdited.connect(lambda _words: self._pause.start())
        field.textChanged.connect(self._on_cleared)
        field.entered.connect(self._take)
        field.left.connect(lambda: shell.run("back"))

    @property
    def wanted(self) -> Filter:
        """What is chosen, narrowed by what is being typed."""
        typed = self._field.text()
        if not typed.strip():
            return self.chosen
        return read_filter(typed, self.chosen, self._today, CURRENCIES)

    @property
    def names(self) -> list[tuple[str, bool]]:
        """The saved filters, and whether each is what is wanted now."""
        now = to_json(self.wanted)
        return [(one.name, one.text == now) for one in self.saved]

    @property
    def shown(self) -> str:
        """The name of the saved filter that is wanted now; "" for none."""
        return next((name for name, is_shown in self.names if is_shown), "")

    def said(self, wanted: Filter) -> str:
        """A filter in one line."""
        return said(wanted, self._today, self._app.settings, self.name)

    def parts(self) -> list[Part]:
        """What is wanted now, one by one."""
        return parts(self.wanted, self._today, self._app.settings, self.name)

    def name(self, account_id: int) -> str:
        """An account's name, read once."""
        if account_id not in self._names:
            self._names[account_id] = self._app.ask(name_of, account_id)
        return self._names[account_id]

    def begin(self) -> None:
        """Go where a filter is typed."""
        self._field.setFocus()
        self._field.selectAll()

    def clear_typed(self) -> None:
        """Take off what is being typed."""
        self._field.clear()

    def set(self, wanted: Filter) -> None:
        """Want something else; what is being typed is gone."""
        self._pause.stop()
        self.chosen = wanted
        self._field.blockSignals(True)
        self._field.clear()
        self._field.blockSignals(False)
        self._changed()

    def recall(self, place: int) -> None:
        """Want what was saved at a place, from 1; there may be none."""
        if not 1 <= place <= len(self.saved):
            self._shell.say("No filter is saved on this digit. F saves the one of now.", "mute")
            return
        one = self.saved[place - 1]
        self.set(from_json(one.text))
        self._shell.say(f"Filter {one.name}.", "mute")

    def ask_alike(self, row: PipelineRow) -> None:
        """Ask in what the list shall be like an opportunity."""
        self._ask.ask(Question(
            "Only those with the same", self._set_alike, f"As {row.account[:60]} has it.", alike(row, self.wanted)
        ))  # fmt: skip

    def _set_alike(self, wanted: Filter) -> None:
        self._ask.close_ask()
        self.set(wanted)
        self._shell.run("back")

    def _take(self) -> None:
        """Enter: what was typed becomes chips, and the hands go back to the list."""
        self.set(self.wanted)
        self._shell.run("back")

    def _on_cleared(self, typed: str) -> None:
        if not typed:
            self._pause.start()

    @property
    def _today(self) -> date:
        today: date = self._app.ask(lambda work: work.today)
        return today

    @property
    def _app(self) -> Any:
        return self._shell.app
