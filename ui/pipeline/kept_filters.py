"""The saved filters by keys: saved under a name, renamed, moved, written over, deleted; each can be undone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from callstation.errors import UserError
from callstation.renewals.pipeline_filter import Filter, from_json, to_json
from callstation.renewals.saved_filters import (
    Saved,
    delete_filter,
    filter_named,
    move_filter,
    rename_filter,
    save_filter,
    saved_filters,
)
from ui.pipeline.ask_strip import AskStrip, Choice, Question
from ui.pipeline.typed import read_name

if TYPE_CHECKING:
    from ui.shell import Shell


@dataclass(frozen=True, slots=True)
class KeptFilters:
    """``wanted`` is the filter of now, ``said`` tells one in words."""

    shell: "Shell"
    strip: AskStrip
    wanted: Callable[[], Filter]
    said: Callable[[Filter], str]

    def ask_name(self) -> None:
        """Ask for the name to save the filter of now by."""
        wanted = self.wanted()
        self.strip.ask(Question(
            "Save this filter", partial(self._save, wanted), f"{self.said(wanted)}.", read=read_name,
            prompt="A name, such as December commits", button="Save",
        ))  # fmt: skip

    def manage(self) -> None:
        """Ask what to do with the saved filter that is shown, or first with which."""
        saved = self._app.ask(saved_filters)
        if not saved:
            self.shell.say("No filter is saved. F saves the one of now.", "mute")
            return
        now = to_json(self.wanted())
        shown = next((one for one in saved if one.text == now), saved[0] if len(saved) == 1 else None)
        if shown is not None:
            self._about(shown.filter_id)
            return
        choices = tuple(Choice(one.name[:40], one.filter_id) for one in saved)
        self.strip.ask(Question("Which saved filter?", self._about, "To rename, move or delete it.", choices))

    def _about(self, filter_id: int) -> None:
        saved = self._app.ask(saved_filters)
        found = next((found for found in enumerate(saved, 1) if found[1].filter_id == filter_id), None)
        if found is None:
            self.shell.say("This filter is gone meanwhile.", "mute")
            self.shell.run("back")
            return
        place, one = found
        choices = [Choice("Rename", partial(self._ask_new_name, one)), Choice("Delete", partial(self._delete, one))]
        if place > 1:
            choices.append(Choice(f"Move to {place - 1}", partial(self._move, one, place - 1)))
        if place < len(saved):
            choices.append(Choice(f"Move to {place + 1}", partial(self._move, one, place + 1)))
        wanted = self.wanted()
        if one.text != to_json(wanted):
            choices.append(Choice("Write the filter of now over it", partial(self._save_over, wanted, one.name)))
        self.strip.ask(Question(
            f"Filter {one.name}", lambda chosen: chosen(), f"{place} of {len(saved)}: {self._words(one)}.",
            tuple(choices),
        ))  # fmt: skip

    def _ask_new_name(self, one: Saved) -> None:
        self.strip.ask(Question(
            f"New name of {one.name}", partial(self._rename, one), read=read_name, prompt="A name", now=one.name,
            button="Rename",
        ))  # fmt: skip

    # -- what is changed -------------------------------------------------------------------------------------------

    def _save(self, wanted: Filter, name: str) -> None:
        found = self._app.ask(filter_named, name)
        if found is None or found.text == to_json(wanted):
            self._save_over(wanted, name)
            return
        self.strip.ask(Question(
            f"There is a filter {found.name} already", lambda chosen: chosen(), f"{self._words(found)}.", (
                Choice("Write over it", partial(self._save_over, wanted, name)),
                Choice("Another name", self.ask_name),
            ),
        ))  # fmt: skip

    def _save_over(self, wanted: Filter, name: str) -> None:
        self._do(save_filter, name, to_json(wanted))

    def _rename(self, one: Saved, name: str) -> None:
        self._do(rename_filter, one.filter_id, name)

    def _delete(self, one: Saved) -> None:
        self._do(delete_filter, one.filter_id)

    def _move(self, one: Saved, place: int) -> None:
        self._do(move_filter, one.filter_id, place)
        self._about(one.filter_id)  # it may go on

    def _do(self, verb: Callable[..., object], *values: Any) -> None:
        try:
            self._app.do(verb, *values)
        except UserError as error:
            self.shell.show_problem(error)
            return
        self.shell.say(f"{self._app.undo_label}.", may_undo=True)
        self.shell.run("back")

    def _words(self, one: Saved) -> str:
        try:
            return self.said(from_json(one.text))
        except UserError as error:
            return error.title.removesuffix(".")

    @property
    def _app(self) -> Any:
        return self.shell.app
