"""The customers with a contract due, and those of them that renewed one, by group."""

from collections import defaultdict

from callstation.renewals.due_cells import TOTAL
from callstation.renewals.due_sql import By, Of, Span, group_sql
from callstation.renewals.retained import Customers
from callstation.work import Work

_OPEN_BY_DAY = """
    SELECT r.due_on, group_concat(r.account_id), 0 FROM renewal r
    WHERE r.closed_at IS NULL AND r.due_on BETWEEN ? AND ? GROUP BY r.due_on"""
"""In the order of an index: the accounts of a day as one text."""
_OPEN = """
    SELECT {group}, CAST(r.account_id AS TEXT), 0 FROM renewal r {contract}
    WHERE r.closed_at IS NULL AND r.due_on BETWEEN ? AND ?"""
_CLOSED = """
    SELECT {group}, CAST(r.account_id AS TEXT), r.stage = 'won' FROM renewal r {contract}
    WHERE r.closed_at IS NOT NULL AND r.due_on BETWEEN ? AND ?"""


def customers_of(work: Work, by: By | None, span: Span) -> dict[str, Customers]:
    """By group, and for the whole; an account with contracts in two groups counts in both."""
    by_day = by is None or by.is_period
    group = "r.due_on" if by_day else group_sql(work, Of.DUE, by, span)
    contract = "" if by_day else "JOIN contract k ON k.id = r.contract_id"
    days = (span.first.isoformat(), span.last.isoformat())
    due: dict[str, set[str]] = defaultdict(set)
    renewed: dict[str, set[str]] = defaultdict(set)
    for sql in (_OPEN_BY_DAY if by_day else _OPEN, _CLOSED):
        for key, accounts, is_renewed in work.rows(sql.format(group=group, contract=contract), days):
            group_key = span.period_of(key) if by_day else key
            some = accounts.split(",")
            due[group_key].update(some)
            if is_renewed:
                renewed[group_key].update(some)
    found = {key: Customers(len(accounts), len(renewed.get(key, ()))) for key, accounts in due.items()}
    found[TOTAL] = Customers(len(set().union(*due.values())), len(set().union(*renewed.values())))
    return found
