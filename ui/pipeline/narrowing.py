"""What the list is narrowed to: typed, taken off chip by chip, saved by name, recalled by digit."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from callstation.errors import UserError
from callstation.renewals.pipeline_filter import WHOLE, Filter, from_json, to_json
from callstation.renewals.pipeline_rows import PipelineRow
from callstation.renewals.saved_filters import Saved
from ui.pipeline.alike import alike
from ui.pipeline.ask_strip import AskStrip, Question
from ui.pipeline.filter_words import Part, parts, said
from ui.pipeline.kept_filters import KeptFilters
from ui.pipeline.reading import name_of
from ui.pipeline.typed_filter import read_filter
from ui.pipeline.typed_narrowing import TypedNarrowing
from ui.widgets import SearchField

if TYPE_CHECKING:
    from ui.shell import Shell

CURRENCIES = frozenset(("USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY", "SEK", "NOK", "DKK", "INR", "SGD", "BRL"))
"""Read as currencies where they are typed in capitals."""


class Narrowing(TypedNarrowing[Filter]):
    """What the pipeline is narrowed to; ``saved`` are the filters that digits recall."""

    def __init__(self, shell: "Shell", field: SearchField, ask: AskStrip, changed: Callable[[], object]) -> None:
        super().__init__(field, WHOLE, self._read_filter, changed, lambda: shell.run("back"))
        self._shell, self._ask = shell, ask
        self.saved: tuple[Saved, ...] = ()
        self.kept = KeptFilters(shell, ask, lambda: self.wanted, self.said)
        self._names: dict[int, str] = {}

    def _read_filter(self, typed: str) -> Filter:
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

    def parts(self) -> list[Part[Filter]]:
        """What is wanted now, one by one; read anew, for an account may have another name since."""
        self._names.clear()
        return parts(self.wanted, self._today, self._app.settings, self.name)

    def name(self, account_id: int) -> str:
        """An account's name, read once for all chips."""
        if account_id not in self._names:
            self._names[account_id] = self._app.ask(name_of, account_id)
        return self._names[account_id]

    def recall(self, place: int) -> None:
        """Want what was saved at a place, from 1; there may be none."""
        if not 1 <= place <= len(self.saved):
            self._shell.say("No filter is saved on this digit. F saves the one of now.", "mute")
            return
        one = self.saved[place - 1]
        try:
            wanted = from_json(one.text)
        except UserError as error:
            self._shell.show_problem(error)
            return
        self.set(wanted)
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

    @property
    def _today(self) -> date:
        today: date = self._app.ask(lambda work: work.today)
        return today

    @property
    def _app(self) -> Any:
        return self._shell.app
