"""The bridge between two states of the book: what moved a measure of a period from its start to its end.

start + new + pulled in + increased - decreased - pushed out - lost - removed +- category moves (+- currency)
+- what was adjusted = end. The rep's adjustments are part of both ends, from when they were made.
Each opportunity that is in the measure at the start, at the end, or both, stands in exactly one line or is unchanged.
Which one, the first that is true:

* in at the end alone: it was not in the book: new; its day lay outside the period: pulled in; else into the category.
* in at the start alone: it is no longer in the book: removed; it is lost or lapsed, and omitted: lost; its day lies
  outside the period: pushed out (also one that was won in another period); else out of the category.
* in at both: another currency: currency; more or less worth: increased or decreased; else unchanged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from callstation.renewals.adjustment import Adjustment, of_measure
from callstation.renewals.amounts import Rates, base_of, units_amount
from callstation.renewals.fiscal import Period
from callstation.renewals.measures import Measure
from callstation.renewals.state import Key, State
from callstation.renewals.sums import Sums
from db.vocabulary import ForecastCategory, RenewalStage


class LineKind(StrEnum):
    """What moved an opportunity, in the order in which the bridge is read."""

    NEW = "new"
    PULLED_IN = "pulled_in"
    INCREASED = "increased"
    CATEGORY_IN = "category_in"
    CURRENCY = "currency"
    ADJUSTED = "adjusted"
    DECREASED = "decreased"
    CATEGORY_OUT = "category_out"
    PUSHED_OUT = "pushed_out"
    LOST = "lost"
    REMOVED = "removed"


LABELS: Mapping[LineKind, str] = {
    LineKind.NEW: "New",
    LineKind.PULLED_IN: "Pulled in",
    LineKind.INCREASED: "Increased",
    LineKind.CATEGORY_IN: "Category in",
    LineKind.CURRENCY: "Currency changed",
    LineKind.ADJUSTED: "Adjusted",
    LineKind.DECREASED: "Decreased",
    LineKind.CATEGORY_OUT: "Category out",
    LineKind.PUSHED_OUT: "Pushed out",
    LineKind.LOST: "Lost or lapsed",
    LineKind.REMOVED: "Removed",
}


@dataclass(frozen=True, slots=True)
class Move:
    """One opportunity that moved; ``units`` is what it did to the measure, by currency, in ten-thousandths."""

    key: Key
    kind: LineKind
    before: State | None
    after: State | None
    units: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``base`` is signed, in the own currency; ``originals`` by currency; one of the two has the rows."""

    kind: LineKind
    base: Decimal
    originals: tuple[tuple[str, Decimal], ...]
    moves: tuple[Move, ...]
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def count(self) -> int:
        return len(self.moves) + len(self.adjustments)


@dataclass(frozen=True, slots=True)
class Bridge:
    """From ``start`` to ``end`` in the own currency, adjustments included; every line stands, also one of nothing."""

    measure: Measure
    period: Period
    is_growth: bool
    start: Decimal
    start_count: int
    lines: tuple[Line, ...]
    end: Decimal
    end_count: int
    unchanged: int
    """Opportunities that are in it at both, worth the same."""
    originals: tuple[tuple[str, Decimal, Decimal], ...]
    """(currency, start, end), adjustments included; each is balanced by the originals of the lines."""
    without_rate: tuple[str, ...]
    """Currencies that are in no figure of the own one."""

    @property
    def is_balanced(self) -> bool:
        """Whether the lines lead from the start to the end, to the last digit of each currency and of the own one."""
        by_currency = {currency: start for currency, start, _ in self.originals}
        for line in self.lines:
            for currency, amount in line.originals:
                by_currency[currency] = by_currency.get(currency, Decimal(0)) + amount
        ends = {currency: end for currency, _, end in self.originals}
        moved = sum((line.base for line in self.lines), Decimal(0))
        return self.start + moved == self.end and all(
            amount == ends.get(currency, Decimal(0)) for currency, amount in by_currency.items()
        )


def move_of(
    key: Key, before: State | None, after: State | None, *, measure: Measure, period: Period
) -> Move | None:  # fmt: skip
    """What an opportunity did to a measure; None where it did nothing."""
    was_in, is_in = _counts(before, measure, period), _counts(after, measure, period)
    kind = None
    if is_in and not was_in:
        kind = _entered(before, period)
    elif was_in and not is_in:
        kind = _left(after, period)
    elif was_in and is_in:
        assert before is not None
        assert after is not None
        kind = _changed(before, after)
    if kind is None:
        return None
    units: dict[str, int] = {}
    for state, counts, sign in ((before, was_in, -1), (after, is_in, 1)):
        if counts and state is not None:
            units[state.currency] = units.get(state.currency, 0) + sign * (state.units or 0)
    return Move(key, kind, before, after, tuple(units.items()))


def bridge(
    start: Sums, end: Sums, changes: Iterable[tuple[Key, State | None, State | None]], *, measure: Measure,
    period: Period, is_growth: bool, rates: Rates, adjusted: Iterable[Adjustment] = (),
    adjusted_since: Iterable[Adjustment] = (),
) -> Bridge:  # fmt: skip
    """Lead from one state of the book to another. ``changes``: at least whatever is other, as (key, before, after).

    ``adjusted``: the adjustments of the period that had been made at the start; ``adjusted_since``: those since.
    ``AssertionError`` where the changes do not lead from the start to the end: the bridge is never shown unbalanced.
    """
    moves: dict[LineKind, list[Move]] = {kind: [] for kind in LineKind}
    for key, before, after in changes:
        if key.is_growth == is_growth:
            move = move_of(key, before, after, measure=measure, period=period)
            if move is not None:
                moves[move.kind].append(move)
    starts, start_count = _totals(start, measure, period, is_growth)
    ends, end_count = _totals(end, measure, period, is_growth)
    lines, running = [], dict(starts)
    at = base_of(running, rates)
    there, since = (of_measure(some, measure, is_growth=is_growth) for some in (adjusted, adjusted_since))
    first, more = (sum((one.amount for one in some), Decimal(0)) for some in (there, since))
    start_base = at + first
    for kind, some in moves.items():
        if kind is LineKind.ADJUSTED:
            lines.append(Line(kind, more, ((rates.own, more),) if since else (), (), since))
            continue
        units: dict[str, int] = {}
        for move in some:
            for currency, value in move.units:
                units[currency] = units.get(currency, 0) + value
        for currency, value in units.items():
            running[currency] = running.get(currency, 0) + value
        # The running total is rounded, not the line: so the lines lead to the rounded end.
        then = base_of(running, rates)
        originals = tuple((currency, units_amount(value)) for currency, value in sorted(units.items()))
        lines.append(Line(kind, then - at, originals, tuple(some)))
        at = then
    original = {one: [units_amount(some.get(one, 0)) for some in (starts, ends)] for one in {*starts, *ends, *running}}
    if there or since:
        own = original.get(rates.own, [Decimal(0), Decimal(0)])
        original[rates.own] = [own[0] + first, own[1] + first + more]
    currencies = sorted(original, key=lambda one: (one != rates.own, one))
    went = sum(len(moves[kind]) for kind in LineKind if kind in _LEAVES)
    same = sum(len(moves[kind]) for kind in (LineKind.INCREASED, LineKind.DECREASED, LineKind.CURRENCY))
    made = Bridge(
        measure=measure, period=period, is_growth=is_growth, start=start_base, start_count=start_count,
        lines=tuple(lines), end=base_of(ends, rates) + first + more, end_count=end_count,
        unchanged=start_count - went - same,
        originals=tuple((one, original[one][0], original[one][1]) for one in currencies),
        without_rate=tuple(one for one in currencies if rates.of(one) is None),
    )  # fmt: skip
    assert made.is_balanced, "the changes do not lead from the start to the end"
    return made


_OVER = (RenewalStage.LOST, RenewalStage.LAPSED)
_LEAVES = frozenset({LineKind.CATEGORY_OUT, LineKind.PUSHED_OUT, LineKind.LOST, LineKind.REMOVED})


def _counts(state: State | None, measure: Measure, period: Period) -> bool:
    return state is not None and state.close_on in period and state.category in measure.categories


def _entered(before: State | None, period: Period) -> LineKind:
    if before is None:
        return LineKind.NEW
    return LineKind.CATEGORY_IN if before.close_on in period else LineKind.PULLED_IN


def _left(after: State | None, period: Period) -> LineKind:
    if after is None:
        return LineKind.REMOVED
    if after.stage in _OVER and after.category is ForecastCategory.OMITTED:
        return LineKind.LOST
    return LineKind.CATEGORY_OUT if after.close_on in period else LineKind.PUSHED_OUT


def _changed(before: State, after: State) -> LineKind | None:
    if before.currency != after.currency:
        return LineKind.CURRENCY
    was, now = before.units or 0, after.units or 0
    if was == now:
        return None
    return LineKind.INCREASED if now > was else LineKind.DECREASED


def _totals(sums: Sums, measure: Measure, period: Period, is_growth: bool) -> tuple[dict[str, int], int]:
    units: dict[str, int] = {}
    count = 0
    for key, value in sums.items():
        if key.is_growth == is_growth and key.month in period and key.category in measure.categories:
            units[key.currency] = units.get(key.currency, 0) + value.units
            count += value.number
    return units, count
