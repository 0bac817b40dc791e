"""The opportunities as they stand now, read from renewals and growth: one by one, in SQL, or added up."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from callstation.clock import working_date
from callstation.renewals.rep_day import day_sql
from callstation.renewals.state import Key, State, counts_as
from callstation.renewals.sums import CellKey, Sum, combined, sums_from
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import ForecastCategory, RenewalStage

COUNTS_AS = (
    "CASE WHEN x.stage = 'won' THEN 'closed' WHEN x.closed_at IS NOT NULL OR x.stage = 'lost' THEN 'omitted' "
    "WHEN x.category = 'closed' THEN 'commit' ELSE x.category END"
)
"""``state.counts_as`` in SQL, of a renewal or growth ``x``."""
_COUNTS_OPEN = COUNTS_AS.replace("x.closed_at IS NOT NULL OR ", "")
_COUNTS_CLOSED = "iif(x.stage = 'won', 'closed', 'omitted')"
MILLION = 1_000_000
SUMS = (
    f"coalesce(sum({{0}}.amount / {MILLION}), 0), coalesce(sum({{0}}.amount % {MILLION}), 0), count(*), "
    "count(*) - count({0}.amount)"
)
"""The columns of a sum; amounts by their millions and the rest, for ten of the largest would overflow SQLite's sum."""
_NAMED_SUMS = (
    f"coalesce(sum(x.amount / {MILLION}), 0) AS high, coalesce(sum(x.amount % {MILLION}), 0) AS low, "
    "count(*) AS number, count(*) - count(x.amount) AS unvalued"
)
_STAGES = {stage.value: stage for stage in RenewalStage}
_CATEGORIES = {category.value: category for category in ForecastCategory}


class Side(NamedTuple):
    """Where renewals or growth come from, as ``x``."""

    is_growth: int
    table: str
    expected: str
    """SQL for the day on which the order is expected."""
    days: str
    """The columns it comes from."""

    def closes(self, work: Work) -> str:
        """SQL for the day of ``State.close_on``, as ISO text."""
        return f"iif(x.closed_at IS NULL, {self.expected}, {day_sql(work, 'x.closed_at')})"


SIDES = (
    Side(0, "renewal", "coalesce(x.close_on, x.due_on)", "x.close_on, x.due_on"),
    Side(1, "growth", "x.close_on", "x.close_on"),
)


def live_states(work: Work) -> Iterator[tuple[Key, State]]:
    """Every opportunity of the book."""
    for side in SIDES:
        for opportunity_id, *facts in work.each(f"SELECT x.id, {_facts(side)} FROM {side.table} x"):
            yield Key(bool(side.is_growth), opportunity_id), _state(work, facts)


def due_states(work: Work) -> Iterator[tuple[Key, State | None]]:
    """Every opportunity that was touched since the last snapshot; None for one that is no longer in the book."""
    for side in SIDES:
        found = work.each(
            f"SELECT d.opportunity_id, {_facts(side)} FROM snapshot_due d LEFT JOIN {side.table} x "
            "ON x.id = d.opportunity_id WHERE d.is_growth = ?",
            (side.is_growth,),
        )
        for opportunity_id, *facts in found:
            yield Key(bool(side.is_growth), opportunity_id), None if facts[0] is None else _state(work, facts)


def live_sums(work: Work) -> dict[CellKey, Sum]:
    """What the book comes to.

    What is open is added up by day first, in the order of ``ix_renewal_pipeline``; for months it had to be sorted.
    """
    found: dict[CellKey, Sum] = {}
    for side in SIDES:
        by_day = (
            f"SELECT x.stage, {_COUNTS_OPEN} AS category, x.currency, {side.expected} AS day, {_NAMED_SUMS} "
            f"FROM {side.table} x WHERE x.closed_at IS NULL GROUP BY x.stage, x.currency, x.category, {side.days}"
        )
        open_ones = (
            f"SELECT {side.is_growth}, substr(day, 1, 7) || '-01', stage, category, currency, sum(high), sum(low), "
            f"sum(number), sum(unvalued) FROM ({by_day}) GROUP BY 2, 3, 4, 5"
        )
        closed = (
            f"SELECT {side.is_growth}, substr({day_sql(work, 'x.closed_at')}, 1, 7) || '-01', x.stage, "
            f"{_COUNTS_CLOSED}, x.currency, {SUMS.format('x')} FROM {side.table} x WHERE x.closed_at IS NOT NULL "
            "GROUP BY 2, 3, 4, 5"
        )
        found = combined(combined(found, summed(work, open_ones), 1), summed(work, closed), 1)
    return found


def due_sums(work: Work) -> dict[CellKey, Sum]:
    """What that comes to now which was touched since the last snapshot."""
    found: dict[CellKey, Sum] = {}
    for side in SIDES:
        found |= summed(
            work,
            f"SELECT {side.is_growth}, substr({side.closes(work)}, 1, 7) || '-01', x.stage, {COUNTS_AS}, "
            f"x.currency, {SUMS.format('x')} FROM {source_of(side, is_due=True)} GROUP BY 2, 3, 4, 5",
        )
    return found


def summed(work: Work, sql: str) -> dict[CellKey, Sum]:
    """What a query of growth or not, month, stage, category, currency and ``SUMS`` comes to."""
    return sums_from(
        (*key, high * MILLION + low, number, unvalued) for *key, high, low, number, unvalued in work.each(sql)
    )


def source_of(side: Side, *, is_due: bool) -> str:
    """SQL for the opportunities ``x`` of one side: all, or what was touched since the last snapshot."""
    if not is_due:
        return f"{side.table} x"
    due = f"(SELECT opportunity_id FROM snapshot_due WHERE is_growth = {side.is_growth})"
    return f"{due} d CROSS JOIN {side.table} x ON x.id = d.opportunity_id"


def how_many(work: Work) -> int:
    """The opportunities in the book."""
    found = work.row("SELECT (SELECT count(*) FROM renewal) + (SELECT count(*) FROM growth)")
    assert found is not None
    return int(found[0])


def _facts(side: Side) -> str:
    return f"x.stage, x.category, x.amount, x.currency, {side.expected}, x.closed_at"


def _state(work: Work, facts: list[Any]) -> State:
    stage_word, category, units, currency, expected_on, closed_at = facts
    stage = _STAGES[stage_word]
    if closed_at is None:
        close_on = date.fromisoformat(expected_on)
    else:
        close_on = working_date(from_micros(closed_at), work.settings.zone, work.settings.day_turns_at_hour)
    return State(
        stage, counts_as(stage, _CATEGORIES[category], is_closed=closed_at is not None), units, currency, close_on
    )
