"""What was won and lost in a span, whenever it was due; a table of its own, of which no ratio is made."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from callstation.renewals.due_cells import TOTAL, cells_of
from callstation.renewals.due_groups import in_order, names_of, rates_of, span_of
from callstation.renewals.due_sql import By, Of
from callstation.renewals.grown import grown_in
from callstation.renewals.retained import Cell, Outcome, RateOf, in_base_units
from callstation.work import Work


@dataclass(frozen=True, slots=True)
class ClosedGroup:
    """What was closed in one group. Money in the base currency a year; growth counted apart."""

    key: str
    name: str
    won: int
    won_value: Decimal
    """What they were won for."""
    lost: int
    lost_value: Decimal
    """What was up for renewal."""
    growth: int
    growth_value: Decimal
    without_rate: Mapping[str, int]
    """Currency to contracts and growth that are counted, but stand in no sum."""
    unknown: int
    """Contracts of no known value: counted, in no sum."""

    @property
    def weight(self) -> Decimal:
        return self.won_value + self.lost_value + self.growth_value


@dataclass(frozen=True, slots=True)
class ClosedTable:
    """What was won and lost from ``first`` to ``last``: the whole, and its groups."""

    by: By
    first: date
    last: date
    total: ClosedGroup
    groups: tuple[ClosedGroup, ...]
    currency: str


def closed_in(work: Work, first: date, last: date, *, by: By = By.MONTH) -> ClosedTable:
    """What was closed within both days (included), by the rep's day of closing."""
    span = span_of(work, first, last, by)
    cells = [one for one in cells_of(work, Of.CLOSED, by, span) if one.outcome is not Outcome.OPEN]
    growth = grown_in(work, by, span)
    rate_of, base = rates_of(work.settings), work.settings.currency
    by_group: dict[str, list[Cell]] = defaultdict(list)
    grown: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for cell in cells:
        by_group[cell.group].append(cell)
    for key, currency, amount in growth:
        grown[key].append((currency, amount))
    names = names_of(work, by, span, {*by_group, *grown})
    groups = [
        _group(key, name, by_group.get(key, []), grown.get(key, []), rate_of, base) for key, name in names.items()
    ]
    total = _group(TOTAL, "Total", cells, [(currency, amount) for _, currency, amount in growth], rate_of, base)
    return ClosedTable(by, first, last, total, in_order(by, groups), base)


def _group(
    key: str, name: str, cells: list[Cell], grown: list[tuple[str, int]], rate_of: RateOf, base: str
) -> ClosedGroup:
    counts = dict.fromkeys(Outcome, 0)
    sums: dict[str, dict[str, int]] = {part: defaultdict(int) for part in ("won", "lost", "growth")}
    without: dict[str, int] = defaultdict(int)
    for cell in cells:
        counts[cell.outcome] += cell.number
        sums[cell.outcome][cell.currency] += cell.result if cell.outcome is Outcome.WON else cell.target
        if rate_of(cell.currency) is None:
            without[cell.currency] += cell.number
    for currency, amount in grown:
        sums["growth"][currency] += amount
        if rate_of(currency) is None:
            without[currency] += 1
    return ClosedGroup(
        key, name, counts[Outcome.WON], in_base_units(sums["won"], rate_of, base), counts[Outcome.LOST],
        in_base_units(sums["lost"], rate_of, base), len(grown), in_base_units(sums["growth"], rate_of, base),
        dict(without), sum(cell.unknown for cell in cells),
    )  # fmt: skip
