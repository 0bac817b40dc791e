"""The keys that change opportunities, one or many: each asks in the strip, and is one step to undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from callstation.calling.outcomes import LOSS_REASONS
from callstation.errors import UserError
from callstation.renewals.changing import change_many
from callstation.renewals.pipeline_rows import Key, PipelineRow, pipeline_row, pipeline_rows
from db.vocabulary import LossReason, RenewalStage
from ui.pipeline import looks
from ui.pipeline.ask_strip import AskStrip, Choice, Question
from ui.pipeline.typed import read_amount, read_day, read_growth, read_step, read_words

if TYPE_CHECKING:
    from ui.shell import Shell

SUGGESTION = "suggestion"
"""The choice that takes a pick back."""
_LOOKED_AT = 200
"""Of so many that are marked it is known whether they share a currency."""


class Editing:
    """``meant`` brings the keys that are meant and the row in hand; ``done`` is called after each change.

    An answer is for what its question names, whatever is in hand or marked by then.
    """

    def __init__(
        self, shell: "Shell", strip: AskStrip, meant: Callable[[], tuple[tuple[Key, ...], PipelineRow | None]],
        done: Callable[[], object],
    ) -> None:  # fmt: skip
        self._shell, self._strip, self._meant, self._done = shell, strip, meant, done

    # -- what is asked ---------------------------------------------------------------------------------------------

    def stage(self) -> None:
        """Ask for the stage."""
        keys, row = self._named()
        if row is None:
            return
        choices = tuple(
            Choice(words, stage, len(keys) == 1 and row.stage is stage) for stage, (words, _) in looks.STAGES.items()
        )
        says = "It suggests a category; what you picked stays." if row.is_open else "An open stage opens it again."
        self._strip.ask(Question(
            f"Stage of {self._name(keys, row)}", lambda stage: self._set_stage(keys, row, stage), says, choices
        ))  # fmt: skip

    def category(self) -> None:
        """Ask for the category, telling whose the present one is."""
        keys, row = self._named()
        if row is None:
            return
        is_one = len(keys) == 1
        choices = [Choice(looks.CATEGORIES[one], one, is_one and row.category is one) for one in looks.PICKABLE]
        back = f"Back to the suggestion: {looks.CATEGORIES[row.suggested]}" if is_one else "Back to the suggestions"
        choices.append(Choice(back, SUGGESTION, is_one and not row.is_picked))
        says = f"{looks.CATEGORIES[row.category]}, {looks.picked_words(row, self._app.settings)}." if is_one else ""
        self._strip.ask(Question(
            f"Category of {self._name(keys, row)}", lambda category: self._set_category(keys, category), says,
            tuple(choices),
        ))  # fmt: skip

    def date(self) -> None:
        """Ask for the day on which the order is expected."""
        keys, row = self._named()
        if row is None:
            return
        now, settings = self._app.clock.now, self._app.settings
        says = "A later month counts as a slip."
        self._strip.ask(Question(
            f"Closes on, {self._name(keys, row)}", lambda on: self._change(keys, close_on=on), says,
            read=lambda typed: read_day(typed, now(), settings), prompt="fri, 15, 15 dec, in 3 weeks",
        ))  # fmt: skip

    def step(self) -> None:
        """Ask for the next step."""
        keys, row = self._named()
        if row is None:
            return
        self._strip.ask(Question(
            f"Next step with {self._name(keys, row)}", lambda words: self._change(keys, next_step=words),
            read=read_step, prompt="What happens next", now=row.next_step if len(keys) == 1 else "",
        ))  # fmt: skip

    def amount(self) -> None:
        """Ask for the amount, in the currency that it is in."""
        keys, row = self._named()
        if row is None:
            return
        settings = self._app.settings
        seen = {one.currency for one in self._app.ask(pipeline_rows, keys[:_LOOKED_AT])}
        currency = row.currency if seen == {row.currency} and len(keys) <= _LOOKED_AT else ""
        says = f"In {currency}." if currency else _in_several(seen, are_all=len(keys) <= _LOOKED_AT)
        if all(key.is_growth for key in keys):
            self._strip.ask(Question(
                f"Amount of {self._name(keys, row)}",
                lambda both: self._change(
                    keys, amount=both[0], **({} if both[1] is None else {"term_months": both[1]})
                ),
                read=lambda typed: read_growth(typed, currency, settings), prompt="4800, or 12000 3y for three years",
                says=says,
            ))  # fmt: skip
            return
        self._strip.ask(Question(
            f"Amount of {self._name(keys, row)}", lambda amount: self._change(keys, amount=amount),
            read=lambda typed: read_amount(typed, currency, settings), prompt="48200", says=says,
        ))  # fmt: skip

    # -- what is changed -------------------------------------------------------------------------------------------

    def set_stage(self, stage: RenewalStage) -> None:
        """Move what is meant to a stage; lost asks why first."""
        keys, row = self._named()
        if row is not None:
            self._set_stage(keys, row, stage)

    def drop(self, row: PipelineRow, stage: RenewalStage) -> None:
        """Move a card to a stage, and all marked ones along where it is one of them."""
        keys, _ = self._meant()
        self._set_stage(keys if row.key in keys else (row.key,), row, stage)

    def _set_stage(self, keys: tuple[Key, ...], row: PipelineRow, stage: RenewalStage) -> None:
        if stage is not RenewalStage.LOST:
            self._change(keys, stage=stage)
            return
        choices = tuple(Choice(words, reason) for reason, words in LOSS_REASONS.items())
        self._strip.ask(Question(
            f"Why was {self._name(keys, row)} lost?", lambda reason: self._lose(keys, reason),
            "Nothing is lost without a reason.", choices,
        ))  # fmt: skip

    def _lose(self, keys: tuple[Key, ...], reason: LossReason) -> None:
        if reason is not LossReason.COMPETITOR:
            self._change(keys, stage=RenewalStage.LOST, loss_reason=reason)
            return
        self._strip.ask(Question(
            "Which competitor won?",
            lambda name: self._change(keys, stage=RenewalStage.LOST, loss_reason=reason, competitor=name),
            read=read_words, prompt="Name of the competitor", button="Lost",
        ))  # fmt: skip

    def _set_category(self, keys: tuple[Key, ...], category: Any) -> None:
        self._change(keys, **({"is_suggested": True} if category == SUGGESTION else {"category": category}))

    def _change(self, keys: tuple[Key, ...], **changes: Any) -> None:
        try:
            changed = self._app.do(change_many, keys, **changes)
        except UserError as error:
            self._shell.show_problem(error)
            return
        self._done()
        if changed:
            self._shell.say(f"{self._app.undo_label.rstrip('.')}.", may_undo=True)
        else:
            self._shell.say("It was so already; nothing was changed.", "mute")

    def _named(self) -> tuple[tuple[Key, ...], PipelineRow | None]:
        """What is meant, and whose name stands for it: a single marked one need not be the one in hand."""
        keys, row = self._meant()
        if row is not None and len(keys) == 1 and keys[0] != row.key:
            row = self._app.ask(pipeline_row, keys[0])
        return keys, row

    @property
    def _app(self) -> Any:
        return self._shell.app

    def _name(self, keys: tuple[Key, ...], row: PipelineRow) -> str:
        return row.account[:60] if len(keys) == 1 else looks.plural(len(keys), self._app.settings)


def _in_several(currencies: set[str], *, are_all: bool) -> str:
    """What one number comes to for opportunities in several currencies."""
    if not are_all or not currencies:
        return "The number is set in each one's own currency; nothing is converted."
    *first, last = sorted(currencies)
    return f"They are in {', '.join(first)} and {last}: the number is set in each one's own; nothing is converted."
