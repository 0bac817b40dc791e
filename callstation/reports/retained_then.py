"""Retention as it stood at the end of an earlier day: what was closed later was open then."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from callstation.renewals.due_cells import TOTAL
from callstation.renewals.due_groups import in_order, names_of, rates_of, span_of
from callstation.renewals.due_list import DueRow, due_rows
from callstation.renewals.due_sql import By
from callstation.renewals.grown import grown_beside_due
from callstation.renewals.retained import Cell, Customers, Outcome, Retention, lateness_of, retain
from callstation.renewals.retention import DueTable
from callstation.renewals.won_for import SOURCE_WORDS
from callstation.work import Work
from db.stored import to_units

MOST_ROWS = 1_000_000


def rows_then(work: Work, first: date, last: date, day: date) -> tuple[DueRow, ...]:
    """The contracts due within both days, as they were when ``day`` was over; values are those of today."""
    rows = due_rows(work, first, last, limit=MOST_ROWS)
    later = [row.renewal_id for row in rows if row.closed_on is not None and row.closed_on > day]
    units = dict(
        work.rows("SELECT id, quantity FROM renewal WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(later),))
    )
    return tuple(_open_again(row, units[row.renewal_id]) if row.renewal_id in units else row for row in rows)


def due_then(work: Work, first: date, last: date, day: date, *, by: By = By.MONTH) -> DueTable:
    """As ``retention.due_in``, by period alone, when ``day`` was over; growth counts that was closed by ``last``."""
    span = span_of(work, first, last, by)
    by_group: dict[str, list[DueRow]] = defaultdict(list)
    rows = rows_then(work, first, last, day)
    for row in rows:
        by_group[span.period_of(row.due_on.isoformat())].append(row)
    growth = grown_beside_due(work, by, span)
    rate_of, base = rates_of(work.settings), work.settings.currency

    def figures(key: str, name: str, some: Sequence[DueRow]) -> Retention:
        return retain(
            map(_cell, some), key=key, name=name, customers=_customers(some), growth=growth.get(key, {}),
            rate_of=rate_of, base=base,
        )  # fmt: skip

    names = names_of(work, by, span, {*by_group, *growth} - {TOTAL})
    groups = [figures(key, name, by_group.get(key, [])) for key, name in names.items()]
    return DueTable(by, first, last, figures(TOTAL, "Total", rows), in_order(by, groups), base, SOURCE_WORDS)


def _open_again(row: DueRow, units: int | None) -> DueRow:
    return replace(
        row, closed_on=None, outcome=Outcome.OPEN, days_late=None, reason=None,
        result=row.result if row.target is None else row.target * 0, seats_due=units,
        seats_renewed=None if units is None else 0,
    )  # fmt: skip


def _cell(row: DueRow) -> Cell:
    """One contract as a cell, in ten-thousandths."""
    money, is_known = (0, 0, 0), row.target is not None and (row.outcome is not Outcome.WON or row.result is not None)
    if row.target is not None and is_known:
        target = to_units(row.target)
        result = to_units(row.result) if row.outcome is Outcome.WON and row.result is not None else 0
        money = (target, result, min(target, result))
    units = (1, 0, 0) if row.seats_due is None else (0, row.seats_due, row.seats_renewed or 0)
    lateness = lateness_of(row.days_late) if row.outcome is Outcome.WON and row.days_late is not None else None
    return Cell("", row.currency, row.outcome, lateness, row.reason, 1, int(not is_known), *money, *units)


def _customers(rows: Iterable[DueRow]) -> Customers:
    some = list(rows)
    renewed = {row.account_id for row in some if row.outcome is Outcome.WON}
    return Customers(len({row.account_id for row in some}), len(renewed))
