"""The pipeline: the opportunities (renewals, and growth beyond them) under a filter, added up, a window at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import merge
from itertools import chain, islice
from typing import Any

from callstation.errors import UserError
from callstation.quotes.money import exact, round_to
from callstation.quotes.policy import rate_of
from callstation.renewals.pipeline_filter import WHOLE, Filter, Standing, checked, from_json, to_json
from callstation.renewals.pipeline_order import MEASURES, ranked_sql
from callstation.renewals.pipeline_rows import Key, PipelineRow, pipeline_rows
from callstation.renewals.pipeline_sql import parts_of
from callstation.work import Work
from db.stored import from_units

__all__ = [
    "ORDERS", "WHOLE", "CurrencySum", "Filter", "Key", "Page", "PipelineRow", "Standing", "Sums", "Total", "checked",
    "from_json", "keys_under", "pipeline", "pipeline_keys", "pipeline_rows", "pipeline_sums", "to_json",
]  # fmt: skip

ORDERS = tuple(MEASURES)
"""What the pipeline can be sorted by, one for each column."""
LONG = 10_000
"""From so many opportunities on, a window sorted by a name is found along the names."""
_AT_ONCE = 5_000
"""Ids in one question."""


@dataclass(frozen=True, slots=True)
class CurrencySum:
    """What opportunities in one currency come to; ``base`` in the own one, None where the settings have no rate."""

    currency: str
    count: int
    amount: Decimal
    base: Decimal | None


@dataclass(frozen=True, slots=True)
class Total:
    """What some opportunities come to: in each currency, and in the own one what has a rate."""

    count: int = 0
    base: Decimal = Decimal("0.00")
    """Of all currencies that have a rate, rounded once."""
    by_currency: tuple[CurrencySum, ...] = ()
    """The own currency first, then the others by name."""
    unvalued: int = 0
    """How many have no amount."""

    @property
    def without_rate(self) -> tuple[CurrencySum, ...]:
        """What is not in ``base``, for the settings have no rate for it."""
        return tuple(one for one in self.by_currency if one.base is None)


@dataclass(frozen=True, slots=True)
class Sums:
    """Renewals and growth, never added up."""

    renewals: Total
    growth: Total

    @property
    def count(self) -> int:
        return self.renewals.count + self.growth.count


@dataclass(frozen=True, slots=True)
class Page:
    """One window of the pipeline, and what all of it comes to."""

    rows: tuple[PipelineRow, ...]
    sums: Sums


def pipeline(
    work: Work, wanted: Filter = WHOLE, *, order: str = "closes", is_descending: bool = False, offset: int = 0,
    limit: int = 200,
) -> Page:  # fmt: skip
    """One window of the opportunities under a filter, and their sums."""
    sums = pipeline_sums(work, wanted)
    keys = _keys(work, wanted, order, is_descending, offset, limit, is_long=sums.count > LONG)
    return Page(tuple(pipeline_rows(work, keys)), sums)


def pipeline_keys(
    work: Work, wanted: Filter = WHOLE, *, order: str = "closes", is_descending: bool = False, offset: int = 0,
    limit: int = -1,
) -> list[Key]:  # fmt: skip
    """The order of the whole list, or a window of it; what a column has nothing for comes last either way."""
    is_walked = order in MEASURES and bool(MEASURES[order].walks) and 0 <= limit <= LONG
    is_long = is_walked and pipeline_sums(work, wanted).count > LONG
    return _keys(work, wanted, order, is_descending, offset, limit, is_long=is_long)


def _keys(
    work: Work, wanted: Filter, order: str, is_descending: bool, offset: int, limit: int, *, is_long: bool
) -> list[Key]:  # fmt: skip
    if order not in MEASURES:
        raise UserError(f"The pipeline cannot be sorted by {order!r}.", "", f"Choose one of: {', '.join(ORDERS)}.")
    most = -1 if limit < 0 else offset + limit
    way = "DESC" if is_descending else "ASC"
    found: tuple[list[list[tuple[Any, ...]]], ...] = ([], [])
    for sql, values in ranked_sql(work, wanted, order, way, is_long=is_long):
        rows = work.rows(sql, (*values, most))
        at = next((place for place, row in enumerate(rows) if row[0] is None), len(rows))
        found[0].append(rows[:at])
        found[1].append([("", *row[1:]) for row in rows[at:]])  # what has no measure comes last, whichever way
    ranked = chain(*(merge(*lists, reverse=is_descending) for lists in found))
    return [Key(bool(row[1]), row[2]) for row in islice(ranked, offset, None if limit < 0 else offset + limit)]


def keys_under(work: Work, wanted: Filter, keys: Sequence[Key]) -> frozenset[Key]:
    """Which of some opportunities a filter has."""
    found: set[Key] = set()
    for part in parts_of(work, wanted):
        ids = [key.opportunity_id for key in keys if key.is_growth == part.side.is_growth]
        for some in (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)):
            rows = work.rows(
                f"SELECT x.id FROM {part.source(needs_more=True)} AND x.id IN ({', '.join('?' * len(some))})",
                (*part.values, *some),
            )
            found.update(Key(part.side.is_growth, row[0]) for row in rows)
    return frozenset(found)


def pipeline_sums(work: Work, wanted: Filter = WHOLE) -> Sums:
    """How many opportunities a filter has and what they come to, renewals and growth apart."""
    found: dict[bool, dict[str, list[int]]] = {False: {}, True: {}}
    for part in parts_of(work, wanted):
        for currency, *figures in work.rows(
            "SELECT x.currency, count(*), count(x.amount), coalesce(sum(x.amount), 0) "
            f"FROM {part.source()} GROUP BY {'x.stage, ' if part.is_indexed else ''}x.currency",
            part.values,
        ):
            known = found[part.side.is_growth].setdefault(currency, [0, 0, 0])
            known[:] = [one + more for one, more in zip(known, figures, strict=True)]
    renewals, growth = ([(one, *figures) for one, figures in found[side].items()] for side in (False, True))
    return Sums(total_of(work, renewals), total_of(work, growth))


def total_of(work: Work, rows: Sequence[tuple[Any, ...]]) -> Total:
    """A total of (currency, how many, how many with an amount, sum of those in stored units), each currency once."""
    own = work.settings.currency
    parts, base = [], Decimal(0)
    with exact():
        for currency, count, _, units in sorted(rows, key=lambda row: (row[0] != own, row[0])):
            rate, amount = rate_of(work.settings, currency), from_units(units)
            parts.append(
                CurrencySum(currency, count, amount, None if rate is None else round_to(amount * rate.rate, own))
            )
            base += Decimal(0) if rate is None else amount * rate.rate
    counts = (sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Total(counts[0], round_to(base, own), tuple(parts), counts[0] - counts[1])
