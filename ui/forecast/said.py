"""What a cell of the forecast and a figure of it say: short in the grid, in full for whoever asks."""

from dataclasses import dataclass
from decimal import Decimal

from callstation.renewals.adjustment import Adjustment
from callstation.renewals.amounts import Amount
from callstation.renewals.fiscal import Period, month_name, month_of
from callstation.renewals.forecast import Cell
from callstation.renewals.headline import Headline
from callstation.settings import Settings
from ui import words

SHORT = {
    "commit_forecast": "Commit", "most_likely_forecast": "Likely", "best_case_forecast": "Best case",
    "open_pipeline": "Pipeline", "attainment": "Attained", "commit_attainment": "By commit", "needed_calls": "Calls",
}  # fmt: skip
"""What figures are called where there is little room."""
_NO_MONEY = ("coverage", "attainment", "commit_attainment", "needed_calls")


@dataclass(frozen=True, slots=True)
class CellWords:
    """What stands in a cell: how much, how many, last week, the change since, and all of it in one sentence."""

    amount: str
    count: str
    week_ago: str
    change: str
    tone: str
    said: str
    is_adjusted: bool = False
    is_short: bool = False
    """Something in it has no rate or no amount, so the sum leaves it out."""
    is_nothing: bool = False
    """There is nothing in it, and was not a week ago."""
    notes: tuple[str, ...] = ()
    """What was adjusted in it, and why."""

    @property
    def mark(self) -> str:
        """ "±" for adjusted, "!" for short, both or neither."""
        return f"{'±' if self.is_adjusted else ''}{'!' if self.is_short else ''}"

    @property
    def marked(self) -> str:
        """The amount with its marks."""
        return f"{'± ' if self.is_adjusted else ''}{self.amount}{' !' if self.is_short else ''}"


def cell_words(cell: Cell, period: Period, settings: Settings, every: tuple[Adjustment, ...] = ()) -> CellWords:
    """A cell in words; "" for last week and the change where no snapshot tells."""
    change = cell.change
    where = period.name if cell.month is None else month_name(cell.month)
    parts = [f"{cell.measure.label}, {where}: {money(cell.total, settings)} in {plural(cell, settings)}"]
    if cell.adjusted:
        parts.append(f"{signed(cell.adjusted, settings)} of it adjusted by you")
    if originals := currency_words(cell.amount, settings):
        parts.append(originals)
    was = moved = ""
    if cell.total_ago is not None and change is not None:
        was = money(cell.total_ago, settings)
        moved = signed(change, settings) if change else "="
        adjusted = f" ({signed(cell.adjusted_ago, settings)} of it adjusted)" if cell.adjusted_ago else ""
        parts.append(f"a week ago {was}{adjusted}, {'no change' if not change else moved}")
    return CellWords(
        money(cell.total, settings), words.count(cell.amount.count, settings), was, moved,
        "text3" if not change else "ok" if change > 0 else "bad", "; ".join(parts),
        is_adjusted=bool(cell.adjusted), is_short=bool(cell.amount.without_rate or cell.amount.unvalued),
        is_nothing=not (cell.amount.count or cell.adjusted or cell.count_ago or cell.adjusted_ago),
        notes=tuple(adjustment_words(one, settings) for one in adjustments_of(cell, every)),
    )  # fmt: skip


def currency_words(amount: Amount, settings: Settings) -> str:
    """The originals where there is more than the own currency, what has no rate apart, and what has no amount."""
    said: list[str] = []
    if amount.is_mixed:
        valued = [one for one in amount.originals if one.base is not None]
        if valued:
            said.append(" + ".join(words.money(one.amount, one.currency, settings) for one in valued))
        if amount.without_rate:
            apart = " + ".join(
                f"{words.money(one.amount, one.currency, settings)} in {words.count(one.count, settings)}"
                for one in amount.without_rate
            )
            said.append(f"not in it, for there is no rate: {apart}")
    if amount.unvalued:
        said.append(f"{words.count(amount.unvalued, settings)} without an amount")
    return "; ".join(said)


def overdue_words(overdue: Amount, settings: Settings) -> str:
    """What is open and was expected before the period, and what of it is not in the sum."""
    rest = currency_words(overdue, settings)
    count = words.count(overdue.count, settings)
    amount = money(overdue.base, settings)
    return f"{count} still open, expected before the period: {amount}{f' ({rest})' if rest else ''}"


def figure_value(figure: Headline, settings: Settings) -> str:
    """The value of a figure as the settings write it; "–" where there is none."""
    if figure.value is None:
        return "–"
    return figure.shown if figure.key in _NO_MONEY else money(figure.value, settings)


def figure_words(figure: Headline, settings: Settings) -> str:
    """A figure with its formula, its period and its count."""
    value = figure_value(figure, settings)
    return f"{figure.label} {value} = {figure.formula}; {figure.period}; n = {words.count(figure.count, settings)}"


def adjustment_words(one: Adjustment, settings: Settings) -> str:
    """An adjustment with its note: "+$5,000: the PO is promised"."""
    if one.typed is None:
        return f"{signed(one.amount, settings)}: {one.note}"
    typed = words.money(*one.typed, settings)
    if one.is_left_out:
        return f"{typed} is in no sum, for there is no rate: {one.note}"
    return f"{signed(one.amount, settings)} ({typed}): {one.note}"


def adjustments_of(cell: Cell, every: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    """The adjustments that are in a cell."""
    return tuple(
        one
        for one in every
        if one.is_growth == cell.is_growth
        and one.category in cell.measure.categories
        and (cell.month is None or month_of(one.month) == cell.month)
    )


def money(amount: Decimal, settings: Settings) -> str:
    """In the own currency, without cents."""
    return words.money(amount, settings.currency, settings, is_whole=True)


def signed(amount: Decimal, settings: Settings) -> str:
    """With its sign: "+$5,000"."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else ''}{money(abs(amount), settings)}"


def plural(cell: Cell, settings: Settings) -> str:
    """ "1 renewal", "12 growth opportunities"."""
    count = cell.amount.count
    one, many = ("growth opportunity", "growth opportunities") if cell.is_growth else ("renewal", "renewals")
    return f"{words.count(count, settings)} {one if count == 1 else many}"
