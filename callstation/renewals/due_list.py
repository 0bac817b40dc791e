"""The contracts behind a figure of retention: due or closed, of one group and one part, what ends first on top."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from callstation.renewals.due_cells import TOTAL, owned_seats, quoted_cell, quoted_in
from callstation.renewals.due_groups import span_of
from callstation.renewals.due_sql import By, Of, bucket_sql, rows_sql
from callstation.renewals.rep_day import day_sql
from callstation.renewals.retained import Lateness, Lost, Outcome
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import LossReason

MOST_ROWS = 1000


class Part(StrEnum):
    """Which of a group's contracts a number counts."""

    ALL = "all"
    RENEWED = "renewed"
    ON_TIME = "on_time"  # early ones included
    EARLY = "early"
    LATE = "late"
    LATE_7 = "late_7"
    LATE_30 = "late_30"
    LATE_90 = "late_90"
    LATE_MORE = "late_more"
    LOST = "lost"
    OPEN = "open"


_PARTS = {
    Part.ALL: "1",
    Part.RENEWED: "outcome = 'won'",
    Part.ON_TIME: f"bucket IN ('{Lateness.EARLY}', '{Lateness.ON_TIME}')",
    Part.LATE: f"bucket NOT IN ('{Lateness.EARLY}', '{Lateness.ON_TIME}')",
    Part.LOST: "outcome = 'lost'",
    Part.OPEN: "outcome = 'open'",
    **{Part(one.value): f"bucket = '{one.value}'" for one in Lateness if one is not Lateness.ON_TIME},
}
_COLUMNS = (
    "r.id AS renewal_id, r.due_on AS due_on, {closed} AS closed_on, r.account_id AS account_id, "
    "r.target_id AS target_id, k.number AS number, k.partner_id AS partner_id"
)
_ROWS = """
    SELECT d.*, a.name, p.name FROM (SELECT *, {bucket} AS bucket FROM ({rows})) d
    JOIN account a ON a.id = d.account_id LEFT JOIN account p ON p.id = d.partner_id
    WHERE {part} {only} ORDER BY d.due_on, d.renewal_id LIMIT ? OFFSET ?"""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One contract. Money a year in its own currency; None where it is not known."""

    renewal_id: int
    target_id: int | None
    account_id: int
    account: str
    partner: str
    contract_number: str
    due_on: date
    closed_on: date | None
    outcome: Outcome
    days_late: int | None
    """From the end to the closing of a renewed one; negative before it."""
    reason: LossReason | None
    target: Decimal | None
    result: Decimal | None
    currency: str
    seats_due: int | None
    seats_renewed: int | None


def due_rows(
    work: Work, first: date, last: date, *, of: Of = Of.DUE, by: By = By.YEAR, key: str = TOTAL, part: Part = Part.ALL,
    lost: Lost | None = None, limit: int = MOST_ROWS, offset: int = 0,
) -> tuple[DueRow, ...]:  # fmt: skip
    """The contracts of one group (its ``key``; of all groups where it is ``TOTAL``), those that ``part`` counts.

    ``lost``: of those lost only the ones with its reason.
    """
    span = span_of(work, first, last, by)
    sql, values = rows_sql(work, of, by, span, columns=_COLUMNS.format(closed=day_sql(work, "r.closed_at")))
    keys: tuple[Any, ...] = () if key == TOTAL else (key,)
    reasons: tuple[Any, ...] = () if lost is None else (lost.reason,)
    only = f"{'AND g = ?' if keys else ''} {'AND reason IS ?' if reasons else ''}"
    rows = work.rows(
        _ROWS.format(bucket=bucket_sql("late"), rows=sql, part=_PARTS[part], only=only),
        (*values, *keys, *reasons, limit, offset),
    )
    quoted = quoted_in(work, of, span)
    owned = owned_seats(work) if quoted else {}
    found = []
    for row in rows:
        (_, currency, outcome, late, reason, target, result, seats, renewal_id, due_on, closed_on, account_id,
         target_id, number, _, _, account, partner) = row  # fmt: skip
        renewed = seats if outcome == Outcome.WON else 0
        if outcome == Outcome.WON and renewal_id in quoted:
            cell = quoted_cell(row, quoted[renewal_id], owned.get(renewal_id))
            result = None if cell.unknown else cell.result
            seats, renewed = (None, None) if cell.unseated else (cell.seats_due, cell.seats_renewed)
        found.append(
            DueRow(
                renewal_id, target_id, account_id, account, partner or "", number, date.fromisoformat(due_on),
                date.fromisoformat(closed_on) if closed_on else None, Outcome(outcome), late,
                LossReason(reason) if reason else None, None if target is None else from_units(target),
                None if result is None else from_units(result), currency, seats, None if seats is None else renewed,
            )
        )  # fmt: skip
    return tuple(found)
