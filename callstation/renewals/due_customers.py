"""The customers with a contract due, and those of them that renewed one, by group."""

from collections import defaultdict

from callstation.renewals.due_cells import TOTAL
from callstation.renewals.due_sql import By, Of, Span, group_sql
from callstation.renewals.retained import Customers
from callstation.work import Work

_ACCOUNTS = """
    SELECT {group}, group_concat(r.account_id), {renewed} FROM renewal r {contract}
    WHERE r.closed_at IS {state} AND r.due_on BETWEEN ? AND ? GROUP BY 1"""
"""The accounts of a group as one text, and those that renewed; by period of each day, in the order of an index."""
_RENEWED = {"NULL": "NULL", "NOT NULL": "group_concat(iif(r.stage = 'won', r.account_id, NULL))"}


def customers_of(work: Work, by: By | None, span: Span) -> dict[str, Customers]:
    """By group, and for the whole; an account with contracts in two groups counts in both."""
    by_day = by is None or by.is_period
    group = "r.due_on" if by_day else group_sql(work, Of.DUE, by, span)
    contract = "" if by_day else "JOIN contract k ON k.id = r.contract_id"
    days = (span.first.isoformat(), span.last.isoformat())
    due: dict[str, set[str]] = defaultdict(set)
    renewed: dict[str, set[str]] = defaultdict(set)
    for state, won in _RENEWED.items():
        sql = _ACCOUNTS.format(group=group, contract=contract, state=state, renewed=won)
        for key, accounts, renewing in work.rows(sql, days):
            group_key = span.period_of(key) if by_day else key
            due[group_key].update(accounts.split(","))
            renewed[group_key].update(renewing.split(",") if renewing else ())
    found = {key: Customers(len(accounts), len(renewed.get(key, ()))) for key, accounts in due.items()}
    found[TOTAL] = Customers(len(set().union(*due.values())), len(set().union(*renewed.values())))
    return found
