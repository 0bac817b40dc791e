"""The quote while it is worked on: one worksheet, what was chosen on it, the four sums, and the way back."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from callstation.quotes.options import compare
from callstation.quotes.worksheet import Choices, OptionView, Worksheet
from db.vocabulary import QuoteOption

Key = TypeVar("Key")
Value = TypeVar("Value")

_STEPS = 200


class Draft:
    """``change`` is one step that can be taken back; ``begin``, ``try_out`` and ``keep`` are one step over many keys.

    The sums are worked out anew at each change, in memory alone.
    """

    def __init__(self, sheet: Worksheet, choices: Choices | None = None) -> None:
        self.sheet = sheet
        self.opened = self.choices = choices or Choices()
        self.views = compare(sheet, self.choices)
        self._done: list[Choices] = []
        self._undone: list[Choices] = []
        self._before: Choices | None = None
        self.is_unsaved = False

    @property
    def view(self) -> OptionView:
        """The option that is chosen."""
        return next(view for view in self.views if view.option is self.choices.option)

    @property
    def is_edited(self) -> bool:
        """Whether more than another column was chosen since it was opened or kept."""
        return self.is_unsaved or replace(self.choices, option=self.opened.option) != self.opened

    @property
    def unsaved_words(self) -> dict[str, str]:
        """Note and reason, where they are not in the store as they are."""
        now, before = self.choices, self.opened
        return {name: getattr(now, name) for name in ("note", "reason") if getattr(now, name) != getattr(before, name)}

    @property
    def may_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    def settle(self) -> None:
        """The choices are in the store as they are."""
        self.opened, self.is_unsaved = self.choices, False

    @property
    def before(self) -> Choices:
        """The choices without what is being typed."""
        return self._before or self.choices

    # -- changes ---------------------------------------------------------------------------------------------------

    def change(self, **values: Any) -> None:
        """Choose otherwise, as one step."""
        self._step(self.choices, replace(self.choices, **values))

    def begin(self) -> None:
        """What is typed from now on is tried out until it is kept or dropped."""
        self._before = self.choices

    def try_out(self, **values: Any) -> None:
        """Show the sums for what is being typed."""
        assert self._before is not None
        self._show(replace(self._before, **values))

    def keep(self) -> None:
        """What was tried out counts."""
        before, self._before = self._before, None
        if before is not None:
            kept = {product_id: units for product_id, units in self.choices.add_ons.items() if units}
            self._step(before, replace(self.choices, add_ons=kept))

    def drop(self) -> None:
        """Back to what was before anything was typed."""
        before, self._before = self._before, None
        if before is not None:
            self._show(before)

    def undo(self) -> bool:
        """Take the last step back; False where there is none."""
        if not self._done:
            return False
        self._undone.append(self.choices)
        self._show(self._worded(self._done.pop()))
        return True

    def redo(self) -> bool:
        """Do the step that was taken back again; False where there is none."""
        if not self._undone:
            return False
        self._done.append(self.choices)
        self._show(self._worded(self._undone.pop()))
        return True

    def reword(self, **words: Any) -> None:
        """Take the note or the reason as it is typed, which no sum depends on."""
        self.choices = replace(self.choices, **words)

    def _worded(self, choices: Choices) -> Choices:
        """What was typed in words stays when numbers are taken back."""
        return replace(choices, note=self.choices.note, reason=self.choices.reason)

    def _step(self, before: Choices, after: Choices) -> None:
        if after != before:
            self._done.append(before)
            del self._done[:-_STEPS]
            self._undone.clear()
        self._show(after)

    def _show(self, choices: Choices) -> None:
        if choices != self.choices:
            self.choices = choices
            self.views = compare(self.sheet, choices)


def with_units(choices: Choices, key: str, product_id: int | None, units: int, owned: int) -> dict[str, Any]:
    """The change that gives a line so many units; an add-on is named by its product, and goes with its last unit."""
    if product_id is not None:
        return {"add_ons": _put(choices.add_ons, product_id, units)}
    return {"quantities": _put(choices.quantities, key, None if units == owned else units)}


def with_discount(choices: Choices, key: str, share: Decimal | None) -> dict[str, Any]:
    """The change that gives a line a discount of its own; None for the one of the whole quote."""
    is_same = share is None or (share == choices.discount and key not in choices.discounts)
    return {"discounts": _put(choices.discounts, key, None if is_same else share)}


def with_price(choices: Choices, key: str, price: Decimal | None) -> dict[str, Any]:
    """The change that gives a line a typed price; None for the catalogue's."""
    return {"prices": _put(choices.prices, key, price)}


def with_upgrade(choices: Choices, key: str, product_id: int) -> dict[str, Any]:
    """The change that upgrades a line to a product, which the option Upgrade then shows."""
    return {"upgrades": _put(choices.upgrades, key, product_id), "option": QuoteOption.UPGRADE}


def _put(values: Mapping[Key, Value], key: Key, value: Value | None) -> dict[Key, Value]:
    changed = dict(values)
    changed.pop(key, None)
    if value is not None:
        changed[key] = value
    return changed
