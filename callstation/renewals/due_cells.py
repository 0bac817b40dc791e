"""Contracts due or closed, added up by SQL to cells; those with an accepted quote one by one, by its lines."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from callstation.renewals.due_sql import By, Of, Span, bucket_sql, open_by_day_sql, rows_sql, within
from callstation.renewals.retained import Cell, Lateness, Outcome, lateness_of
from callstation.renewals.won_for import QUOTED, WonFor, won_for
from callstation.work import Work
from db.vocabulary import LossReason

TOTAL = "\0"
"""The key of the whole, which no group has, whatever a family or a segment is called."""

_CELLS = """
    SELECT g, currency, outcome, {bucket}, reason, count(*), sum(target IS NULL OR result IS NULL),
           coalesce(sum(iif(result IS NULL, NULL, target)), 0), coalesce(sum(iif(target IS NULL, NULL, result)), 0),
           coalesce(sum(min(target, result)), 0),
           sum(seats IS NULL), coalesce(sum(seats), 0), coalesce(sum(iif(outcome = 'won', seats, 0)), 0)
    FROM ({rows} LIMIT -1) GROUP BY 1, 2, 3, 4, 5"""
"""With a limit that is none, every value of a row is worked out once, however often it is spoken of."""
_IS_QUOTED = f"r.stage = 'won' AND r.id IN ({QUOTED})"
_OWNED_SEATS = f"""
    SELECT r.id, sum(c.quantity) FROM renewal r JOIN contract k ON k.id = r.contract_id AND k.ends_on = r.due_on
    JOIN contract_line c ON c.contract_id = k.id WHERE {_IS_QUOTED}
    GROUP BY r.id HAVING count(*) = count(c.quantity)"""
"""The units on all lines of contracts with an accepted quote: a quote renews line by line, and so they are compared."""


def cells_of(work: Work, of: Of, by: By | None, span: Span) -> list[Cell]:
    """Every contract of the span in exactly one cell."""
    by_day = of is Of.DUE and (by is None or by.is_period)
    rows, values = rows_sql(
        work, of, by, span, which=f"NOT ({_IS_QUOTED})", is_open=False if by_day or of is Of.CLOSED else None
    )
    cells = [_cell(row) for row in work.rows(_CELLS.format(rows=rows, bucket=bucket_sql("late")), values)]
    if by_day:
        cells += _open_by_day(work, span)
    quoted = quoted_in(work, of, span)
    if quoted:
        rows, values = rows_sql(work, of, by, span, columns="r.id", which=_IS_QUOTED)
        owned = owned_seats(work)
        cells += [quoted_cell(row, quoted[row[8]], owned.get(row[8])) for row in work.rows(rows, values)]
    return cells


def _open_by_day(work: Work, span: Span) -> list[Cell]:
    """What is open, by period and currency."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
    sql, values = open_by_day_sql(work, span)
    for day, currency, *numbers in work.rows(sql, values):
        at = sums[span.period_of(day), currency]
        for place, number in enumerate(numbers):
            at[place] += number
    return [
        Cell(key, currency, Outcome.OPEN, None, None, number, number - valued, target, 0, 0, number - seated, seats, 0)
        for (key, currency), (number, valued, target, seated, seats) in sums.items()
    ]


def quoted_in(work: Work, of: Of, span: Span) -> dict[int, WonFor]:
    """What the renewals of a span with an accepted quote were won for."""
    condition, values = within(work, of, span)
    return won_for(work, condition, values)


def owned_seats(work: Work) -> dict[int, int]:
    """By renewal id, for those with an accepted quote whose lines all say their units."""
    return dict(work.rows(_OWNED_SEATS))


def quoted_cell(row: Sequence[Any], found: WonFor, owned: int | None) -> Cell:
    """The cell of one won contract (a row of ``rows_sql``) with its accepted quote and the units on its own lines.

    A quote in another currency says nothing of the value.
    """
    group, currency, _, late, _, target, _, seats = row[:8]
    due = owned if owned is not None else seats
    money, is_known = (0, 0, 0), False
    result = found.known_result(target, currency)
    if target is not None and result is not None:
        money, is_known = (target, result, min(target, result)), True
    units = (0, due, found.seats) if due is not None else (1, 0, 0)
    lateness = None if late is None else lateness_of(late)
    return Cell(group, currency, Outcome.WON, lateness, None, 1, int(not is_known), *money, *units)


def _cell(row: tuple[Any, ...]) -> Cell:
    group, currency, outcome, late, reason, *sums = row
    return Cell(
        group, currency, Outcome(outcome), Lateness(late) if late else None, LossReason(reason) if reason else None,
        *sums,
    )  # fmt: skip
