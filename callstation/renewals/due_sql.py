"""Contracts that were due, or were closed, in SQL: their group, outcome, lateness, value and seats, row by row."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from callstation.calling.targets import day_starts_at
from callstation.renewals.rep_day import day_ends_at, day_sql
from callstation.renewals.retained import BUCKETS, Lateness
from callstation.renewals.won_for import per_year_sql
from callstation.work import Work
from db.stored import to_micros


class By(StrEnum):
    """What the figures are cut by."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FAMILY = "family"
    PARTNER = "partner"
    SEGMENT = "segment"

    @property
    def is_period(self) -> bool:
        return self in (By.MONTH, By.QUARTER, By.YEAR)


class Of(StrEnum):
    """Which contracts: never both in one sum."""

    DUE = "due"  # whose end lies in the span, whatever became of them
    CLOSED = "closed"  # won or lost in the span, whenever they ended


@dataclass(frozen=True, slots=True)
class Span:
    """Days, both included, and the periods within it that are told apart where the cut is by period."""

    first: date
    last: date
    periods: tuple[tuple[date, date], ...] = ()

    def period_of(self, day: str) -> str:
        """The key of the period of a day (ISO text) of the span: its place; "" where none are told apart."""
        return _period_of(self.periods, day)


@lru_cache(maxsize=8192)
def _period_of(periods: tuple[tuple[date, date], ...], day: str) -> str:
    return next((str(at) for at, (_, last) in enumerate(periods) if day <= last.isoformat()), "")


FAMILY = (
    "coalesce((SELECT p.family FROM contract_line l JOIN product p ON p.id = l.product_id WHERE l.contract_id = k.id "
    "ORDER BY l.position, l.id LIMIT 1), '')"
)
"""The family of the contract's first line: a contract stands in one family alone."""
_GROUPS = {
    By.FAMILY: FAMILY,
    By.PARTNER: "coalesce(CAST(k.partner_id AS TEXT), '')",
    By.SEGMENT: "coalesce((SELECT a.segment FROM account a WHERE a.id = r.account_id), '')",
}
_OUTCOME = "CASE r.stage WHEN 'won' THEN 'won' WHEN 'lost' THEN 'lost' ELSE 'open' END"
STILL = "(k.ends_on = r.due_on OR k.ends_on < date(r.due_on, '+32 days'))"
"""The contract has not moved on to its next term."""

TARGET = f"CASE WHEN k.value IS NOT NULL AND k.currency = r.currency AND {STILL} THEN k.value ELSE r.amount END"
"""What is up for renewal, for the whole term."""


def a_year_sql(work: Work, kept: str, amount: str) -> str:
    """SQL for what an amount comes to a year: as triggers keep it (see ``kept``), for an odd term worked out."""
    odd = per_year_sql(work, amount, "k.starts_on", "k.ends_on")
    return f"coalesce({kept}, (SELECT {odd} FROM contract k WHERE k.id = r.contract_id))"


def rows_sql(
    work: Work, of: Of, by: By | None, span: Span, *, columns: str = "", which: str = "1", is_open: bool | None = None
) -> tuple[str, tuple[Any, ...]]:  # fmt: skip
    """(SQL, values) of a row for each contract: g, currency, outcome, late, reason, target, result, seats, ``columns``.

    ``g`` is the key of its group, ``late`` days from the end to the closing, target and result ten-thousandths a year
    (NULL where unknown; result of what is not won is 0). The condition ``which`` may speak of ``r`` (renewal),
    ``columns`` of ``k`` (contract) as well. ``is_open``: only what is open, or closed.
    """
    late = f"CASE WHEN r.stage = 'won' THEN {days_late_sql(work)} END"
    result = f"iif(r.stage = 'won', {a_year_sql(work, 'r.amount_a_year', 'r.amount')}, 0)"
    contract = (
        "CROSS JOIN contract k ON k.id = r.contract_id" if "k." in columns or by in (By.FAMILY, By.PARTNER) else ""
    )
    group = group_sql(work, of, by, span)
    condition, values = within(work, of, span)

    def branch(is_closed: bool) -> str:
        days, reason = (late, "iif(r.stage = 'lost', r.loss_reason, NULL)") if is_closed else ("NULL", "NULL")
        outcome, won = (_OUTCOME, result) if is_closed else ("'open'", "0")
        return (
            f"SELECT {group} AS g, r.currency AS currency, {outcome} AS outcome, {days} AS late, {reason} AS reason, "
            f"{a_year_sql(work, 'r.target_a_year', TARGET)} AS target, {won} AS result, "
            f"r.quantity AS seats{f', {columns}' if columns else ''} "
            f"FROM renewal r {contract} WHERE {condition} AND {which} "
            f"AND r.closed_at IS {'NOT ' if is_closed else ''}NULL"
        )

    if of is Of.CLOSED or is_open is not None:
        return branch(not is_open), values
    return f"{branch(False)} UNION ALL {branch(True)}", (*values, *values)


def open_by_day_sql(work: Work, span: Span) -> tuple[str, tuple[Any, ...]]:
    """(SQL, values) of what is open and due, added up in the order of an index, by day and currency.

    A row is due_on, currency, contracts, how many of known value, target, how many of known seats, seats.
    """
    target = a_year_sql(work, "r.target_a_year", TARGET)
    sql = (
        f"SELECT r.due_on, r.currency, count(*), count({target}), coalesce(sum({target}), 0), count(r.quantity), "
        "coalesce(sum(r.quantity), 0) FROM renewal r "
        "WHERE r.closed_at IS NULL AND r.due_on BETWEEN ? AND ? GROUP BY r.due_on, r.currency"
    )
    return sql, (span.first.isoformat(), span.last.isoformat())


def group_sql(work: Work, of: Of, by: By | None, span: Span) -> str:
    """SQL for the key of a contract's group: "" without a cut, the place of its period, else what it is cut by."""
    if by is None:
        return "''"
    if not by.is_period:
        return _GROUPS[by]
    column = "r.due_on" if of is Of.DUE else "r.closed_at"
    ends = [(f"'{last.isoformat()}'" if of is Of.DUE else str(day_ends_at(work, last) - 1)) for _, last in span.periods]
    whens = " ".join(f"WHEN {column} <= {end} THEN '{at}'" for at, end in enumerate(ends))
    return f"CASE {whens} END" if whens else "''"


def bounds_of(work: Work, first: date, last: date) -> tuple[int, int]:
    """(from, before) in stored moments: those whose rep's day lies within both days, the last included."""
    return to_micros(day_starts_at(work, first)), day_ends_at(work, last)


def within(work: Work, of: Of, span: Span) -> tuple[str, tuple[Any, ...]]:
    """(condition on ``r``, values) for the contracts of a span."""
    if of is Of.CLOSED:
        return "r.closed_at >= ? AND r.closed_at < ?", bounds_of(work, span.first, span.last)
    return "r.due_on BETWEEN ? AND ?", (span.first.isoformat(), span.last.isoformat())


def days_late_sql(work: Work) -> str:
    """SQL for the days from a contract's end to the rep's day of closing, negative before it."""
    return f"CAST(julianday({day_sql(work, 'r.closed_at')}) - julianday(r.due_on) AS INTEGER)"


def bucket_sql(days_late: str) -> str:
    """SQL for the bucket of days late; NULL for what was not renewed."""
    whens = " ".join(f"WHEN {days_late} <= {last} THEN '{bucket.value}'" for last, bucket in BUCKETS)
    return f"CASE WHEN {days_late} IS NULL THEN NULL {whens} ELSE '{Lateness.LATE_MORE.value}' END"
