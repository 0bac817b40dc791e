"""The opportunities as they stand now, read from renewals and growth."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from callstation.clock import working_date
from callstation.renewals.state import Key, State, counts_as
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import ForecastCategory, RenewalStage

_FACTS = "x.id, x.stage, x.category, x.amount, x.currency"
_SIDES = (
    (0, f"SELECT {{also}}{_FACTS}, coalesce(x.close_on, x.due_on), x.closed_at FROM {{source}}renewal x"),
    (1, f"SELECT {{also}}{_FACTS}, x.close_on, x.closed_at FROM {{source}}growth x"),
)
_STAGES = {stage.value: stage for stage in RenewalStage}
_CATEGORIES = {category.value: category for category in ForecastCategory}


def live_states(work: Work) -> Iterator[tuple[Key, State]]:
    """Every opportunity of the book."""
    for is_growth, sql in _SIDES:
        for row in work.each(sql.format(also="", source="")):
            yield Key(bool(is_growth), row[0]), _state(work, row)


def due_states(work: Work) -> Iterator[tuple[Key, State | None]]:
    """Every opportunity that was touched since the last snapshot; None for one that is no longer in the book."""
    for is_growth, sql in _SIDES:
        source = "snapshot_due d LEFT JOIN "
        found = work.each(
            f"{sql.format(also='d.opportunity_id, ', source=source)} ON x.id = d.opportunity_id WHERE d.is_growth = ?",
            (is_growth,),
        )
        for opportunity_id, *row in found:
            yield Key(bool(is_growth), opportunity_id), None if row[0] is None else _state(work, row)


def how_many(work: Work) -> int:
    """The opportunities in the book."""
    found = work.row("SELECT (SELECT count(*) FROM renewal) + (SELECT count(*) FROM growth)")
    assert found is not None
    return int(found[0])


def _state(work: Work, row: Any) -> State:
    _, stage_word, category, units, currency, expected_on, closed_at = row
    stage = _STAGES[stage_word]
    if closed_at is None:
        close_on = date.fromisoformat(expected_on)
    else:
        close_on = working_date(from_micros(closed_at), work.settings.zone, work.settings.day_turns_at_hour)
    return State(
        stage, counts_as(stage, _CATEGORIES[category], is_closed=closed_at is not None), units, currency, close_on
    )
