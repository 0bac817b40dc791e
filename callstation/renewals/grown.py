"""What accounts bought beyond their renewals, for NRR and for the table of what was closed."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from callstation.renewals.due_cells import TOTAL
from callstation.renewals.due_sql import By, Of, Span, bounds_of, group_sql
from callstation.work import Work

Sums = dict[str, int]
"""Currency to ten-thousandths."""

_GROWN = """
    SELECT w.family, w.currency, coalesce(w.amount, 0), {group} FROM growth w
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


def grown_in(work: Work, by: By | None, span: Span) -> list[tuple[str, str, int]]:
    """(group, currency, ten-thousandths) of each growth won in the span, whosever it is."""
    bounds = bounds_of(work, span.first, span.last)
    if by is None:
        group = "''"
    elif by is By.FAMILY:
        group = "w.family"
    elif by.is_period:
        group = group_sql(work, Of.CLOSED, by, span).replace("r.closed_at", "w.closed_at")
    else:
        group = _CLOSED_GROUPS[by]
    return [(key, currency, amount) for _, currency, amount, key in work.rows(_GROWN.format(group=group), bounds)]


def _beside(work: Work, by: By | None, span: Span) -> list[tuple[Any, ...]]:
    due = _DUE_GROUP.format(group=group_sql(work, Of.DUE, by, span), first=span.first, last=span.last)
    return work.rows(_GROWN.format(group=due), bounds_of(work, span.first, span.last))
