"""Quotas and adjustments, typed in place: an adjustment with its note, nothing without saying it back first."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from callstation.errors import UserError
from callstation.renewals.adjustment import Adjustment
from callstation.renewals.adjustments import adjust, change_adjustment, remove_adjustment
from callstation.renewals.fiscal import Period, month_name, period_of
from callstation.renewals.forecast import Cell
from callstation.renewals.quotas import clear_quota, quota_of, set_quota
from callstation.settings import Settings
from callstation.typed_amounts import is_beside, read_amount
from db.vocabulary import ForecastCategory, PeriodKind
from ui.forecast.said import adjustment_words, signed
from ui.pipeline.ask_strip import AskStrip, Choice, Question, Told
from ui.quotes.numbers import plain

if TYPE_CHECKING:
    from ui.shell import Shell

NONE = "none"
"""The answer that takes a quota, or an adjustment, away."""
_PLAIN = re.compile(r"(?P<sign>[-+−]?)\s*(?P<number>\S+)\s*(?P<note>.*)", re.DOTALL)
_SPACED = re.compile(r"(?P<sign>[-+−]?)\s*(?P<number>\d{1,3}(?:\s\d{3})+(?:,\d+)?(?!\S)|\S+)\s*(?P<note>.*)", re.DOTALL)
"""An amount with its sign, and the words after it; where the language groups thousands by spaces, with them."""
_HINT = "Type an amount and why, such as +5000 the PO is promised."


class Editing:
    """``done`` is called after each change."""

    def __init__(self, shell: "Shell", strip: AskStrip, done: Callable[[], object]) -> None:
        self._shell, self._strip, self._done = shell, strip, done

    def quota(self, period: Period, cell: Cell) -> None:
        """Ask for the quota of the month in hand, or of the whole period where the total is."""
        settings: Settings = self._shell.app.settings
        if cell.month is not None:
            period = period_of(cell.month, PeriodKind.MONTH, settings.fiscal_year_starts)
        if period.kind is None:
            self._shell.say("A quota is set for a month, quarter or year: go to a month, or choose 2, 3 or 4.", "mute")
            return
        kind, start, is_growth = period.kind, period.starts_on, cell.is_growth
        now = self._shell.app.ask(quota_of, period, is_growth=is_growth)
        what = "Growth quota" if is_growth else "Quota"
        self._strip.ask(Question(
            f"{what} of {period.name}", lambda value: self._set_quota(kind, start, value, is_growth=is_growth),
            f"Now {now.words}. Empty takes it away.", read=lambda typed: read_quota(typed, settings),
            prompt=f"250000 in {settings.currency}", now="" if now.amount is None else plain(now.amount, settings),
        ))  # fmt: skip

    def adjustment(self, cell: Cell, there: tuple[Adjustment, ...], months: tuple[date, ...]) -> None:
        """Ask for an adjustment of the cell in hand; where it has some, first which one."""
        month = cell.month if cell.month is not None else months[0] if len(months) == 1 else None
        if month is None:
            self._shell.say("An adjustment is of one month: go to a month first.", "mute")
            return
        category = ForecastCategory(cell.measure.value)
        if category is ForecastCategory.OMITTED:
            self._shell.say("What is omitted is not forecast: go to another category.", "mute")
            return
        name = f"{cell.measure.label}, {month_name(month)}"
        settings: Settings = self._shell.app.settings
        if not there:
            self._ask_new(name, month, category, is_growth=cell.is_growth)
            return
        choices = [Choice(adjustment_words(one, settings)[:80], one) for one in there[:8]]
        choices.append(Choice("Another one", None))

        def answer(chosen: Adjustment | None) -> None:
            if chosen is None:
                self._ask_new(name, month, category, is_growth=cell.is_growth)
            else:
                self._ask_change(name, chosen)

        self._strip.ask(Question(f"Adjustments of {name}", answer, "Which one to change?", tuple(choices)))

    def _ask_new(self, name: str, month: date, category: ForecastCategory, *, is_growth: bool) -> None:
        settings: Settings = self._shell.app.settings
        self._strip.ask(Question(
            f"Adjust {name}", lambda value: self._do(adjust, month, category, *value, is_growth=is_growth),
            "It stands beside the contracts, with your note.", read=lambda typed: read_adjustment(typed, settings),
            prompt="+5000 the PO is promised", button="Adjust",
        ))  # fmt: skip

    def _ask_change(self, name: str, one: Adjustment) -> None:
        settings: Settings = self._shell.app.settings

        def answer(value: Any) -> None:
            if value == NONE:
                self._do(remove_adjustment, one.adjustment_id)
            else:
                self._do(change_adjustment, one.adjustment_id, amount=value[0], note=value[1])

        self._strip.ask(Question(
            f"Change the adjustment of {name}", answer, "Empty takes it away.",
            read=lambda typed: read_adjustment(typed, settings, is_there=True), prompt="+5000 the PO is promised",
            now=f"{'+' if one.amount > 0 else '-'}{plain(abs(one.amount), settings)} {one.note}",
        ))  # fmt: skip

    def _set_quota(self, kind: PeriodKind, start: date, value: Any, *, is_growth: bool) -> None:
        if value == NONE:
            self._do(clear_quota, kind, start, is_growth=is_growth)
        else:
            self._do(set_quota, kind, start, value, is_growth=is_growth)

    def _do(self, verb: Callable[..., Any], *args: Any, **named: Any) -> None:
        app = self._shell.app
        try:
            app.do(verb, *args, **named)
        except UserError as error:
            self._shell.show_problem(error)
            return
        self._done()
        self._shell.say(f"{app.undo_label}.", may_undo=True)


def read_quota(typed: str, settings: Settings) -> Told:
    """An amount in the own currency; nothing typed takes the quota away."""
    if not typed.strip():
        return Told(NONE, "No quota.")
    found = read_amount(typed, settings.currency, settings)
    if found.value is None:
        return Told(None, found.words, "warn")
    return Told(found.value, signed(found.value, settings).removeprefix("+"), "text")


def read_adjustment(typed: str, settings: Settings, *, is_there: bool = False) -> Told:
    """An amount with its sign, and the words after it: the note."""
    text = typed.strip()[:600]
    if not text:
        return Told(NONE, "Takes the adjustment away.") if is_there else Told(None, _HINT)
    parts = (_SPACED if settings.language == "fr_FR" else _PLAIN).match(text)
    if parts is None:
        return Told(None, _HINT, "warn")
    number, said = parts["number"], parts["note"].split()
    while said and is_beside(said[0]):  # "50 k", "5000 EUR"
        number += said.pop(0)
    found = read_amount(number, settings.currency, settings)
    if found.value is None:
        return Told(None, found.words if found.words.startswith("This is in") else _HINT, "warn")
    amount = found.value if parts["sign"] in ("", "+") else -found.value
    note = " ".join(said)
    if not amount:
        return Told(None, "An adjustment of nothing changes nothing.", "warn")
    if not note:
        return Told(None, f"{signed(amount, settings)}: say why, in a few words.", "warn")
    return Told((Decimal(amount), note), f"{signed(amount, settings)}: {note}", "text")
