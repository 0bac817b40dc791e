"""What accounts bought beyond their renewals, a year of it, for NRR and for the table of what was closed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from callstation.renewals.due_cells import TOTAL
from callstation.renewals.due_sql import By, Of, Span, bounds_of, group_sql
from callstation.renewals.rep_day import day_sql
from callstation.renewals.won_for import growth_per_year
from callstation.work import Work
from db.stored import from_units

Sums = dict[str, int]
"""Currency to ten-thousandths a year."""
Grown = tuple[str, str, int, Any]
"""Family, currency, ten-thousandths a year, group."""

_GROWN = """
    SELECT w.family, w.currency, w.amount, w.term_months, {group} FROM growth w
    WHERE w.stage = 'won' AND w.closed_at >= ? AND w.closed_at < ? ORDER BY w.id"""
_DUE_GROUP = """(
    SELECT {group} FROM renewal r JOIN contract k ON k.id = r.contract_id
    WHERE r.account_id = w.account_id AND r.due_on BETWEEN '{first}' AND '{last}' ORDER BY r.due_on, r.id LIMIT 1)"""
_CLOSED_GROUPS = {
    By.PARTNER: "coalesce(CAST((SELECT k.partner_id FROM contract k WHERE k.account_id = w.account_id "
    "ORDER BY k.ends_on DESC, k.id DESC LIMIT 1) AS TEXT), '')",
    By.SEGMENT: "coalesce((SELECT a.segment FROM account a WHERE a.id = w.account_id), '')",
}


def grown_beside_due(work: Work, by: By | None, span: Span) -> dict[str, Sums]:
    """By group and for the whole: growth closed in the span by accounts that have a contract due in it.

    By period it counts in the period it was closed in, where the account has something due in that one too; by product
    in its own family; by partner in the group of the account's first contract due.
    """
    found: dict[str, Sums] = defaultdict(lambda: defaultdict(int))
    for at, (first, last) in enumerate(span.periods):
        for _, currency, amount, group in _beside(work, None, Span(first, last)):
            if group is not None:
                found[str(at)][currency] += amount
    cut = None if by is None or by.is_period else by
    for family, currency, amount, group in _beside(work, cut, replace(span, periods=())):
        if group is not None:
            found[TOTAL][currency] += amount
            if cut is not None:
                found[family if cut is By.FAMILY else group][currency] += amount
    return {key: dict(sums) for key, sums in found.items()}


@dataclass(frozen=True, slots=True)
class GrownRow:
    """Growth that counts beside what was due. Money in its own currency, ``amount`` for its term."""

    account: str
    title: str
    closed_on: date
    amount: Decimal | None
    term_months: Decimal
    currency: str
    a_year: Decimal


def grown_rows(work: Work, first: date, last: date) -> tuple[GrownRow, ...]:
    """What is in NRR of both days and those in between, in the order of closing."""
    due = _DUE_GROUP.format(group="1", first=first, last=last)
    sql = f"""
        SELECT a.name, w.title, {day_sql(work, "w.closed_at")}, w.amount, w.term_months, w.currency FROM growth w
        JOIN account a ON a.id = w.account_id WHERE w.stage = 'won' AND w.closed_at >= ? AND w.closed_at < ?
        AND {due} IS NOT NULL ORDER BY w.closed_at, w.id"""
    return tuple(
        GrownRow(
            account, title, date.fromisoformat(on), None if amount is None else from_units(amount), from_units(term),
            currency, from_units(growth_per_year(amount, term) or 0),
        )
        for account, title, on, amount, term, currency in work.rows(sql, bounds_of(work, first, last))
    )  # fmt: skip


def grown_in(work: Work, by: By | None, span: Span) -> list[tuple[str, str, int]]:
    """(group, currency, ten-thousandths a year) of each growth won in the span, whosever it is."""
    bounds = bounds_of(work, span.first, span.last)
    if by is None:
        group = "''"
    elif by is By.FAMILY:
        group = "w.family"
    elif by.is_period:
        group = group_sql(work, Of.CLOSED, by, span).replace("r.closed_at", "w.closed_at")
    else:
        group = _CLOSED_GROUPS[by]
    return [(key, currency, a_year) for _, currency, a_year, key in _read(work, group, bounds)]


def _beside(work: Work, by: By | None, span: Span) -> Iterator[Grown]:
    due = _DUE_GROUP.format(group=group_sql(work, Of.DUE, by, span), first=span.first, last=span.last)
    return _read(work, due, bounds_of(work, span.first, span.last))


def _read(work: Work, group: str, bounds: tuple[int, int]) -> Iterator[Grown]:
    for family, currency, amount, term, key in work.rows(_GROWN.format(group=group), bounds):
        yield family, currency, growth_per_year(amount, term) or 0, key
