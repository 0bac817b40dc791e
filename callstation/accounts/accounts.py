"""The list of accounts, a window at a time: filtered, sorted and counted by the store."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from callstation.accounts.card import AccountCard, card
from callstation.accounts.match import match_words
from callstation.accounts.timeline import TimelineEntry, timeline
from callstation.errors import UserError
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import AccountKind

__all__ = ["SORTS", "AccountCard", "AccountRow", "TimelineEntry", "card", "count", "ids", "page", "rows", "timeline"]

_OPEN = """
    SELECT r.account_id AS owner, r.currency, r.amount, r.due_on FROM renewal r
    WHERE r.closed_at IS NULL AND r.account_id IN ({ids})
    UNION ALL
    SELECT k.partner_id, r.currency, r.amount, r.due_on FROM contract k JOIN renewal r ON r.contract_id = k.id
    WHERE r.closed_at IS NULL AND k.partner_id IN ({ids})"""
# A partner's own measure is that of its call target, which covers all its end customers in one row.
_MEASURE = """CASE a.kind WHEN 'partner' THEN (SELECT t.{target} FROM call_target t WHERE t.account_id = a.id)
    ELSE (SELECT {own} FROM renewal r WHERE r.account_id = a.id AND r.closed_at IS NULL) END"""
_ORDERS = {
    "name": "a.name_key",
    "city": "a.city",
    "expiry": _MEASURE.format(target="next_expiry_on", own="min(r.due_on)"),
    "amount": _MEASURE.format(target="amount", own="sum(r.amount)"),
    "called": "(SELECT max(t.last_called_at) FROM call_target t WHERE t.account_id = a.id)",
}
SORTS = tuple(_ORDERS)
"""What the list can be sorted by. Amounts are compared as figures, whatever their currency."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list. What is open to renew counts for the customer and for the partner who sells to it."""

    account_id: int
    target_id: int | None
    name: str
    kind: AccountKind
    city: str
    region: str
    country: str
    next_expiry_on: date | None
    days: int | None
    """Until ``next_expiry_on``; negative once it has passed."""
    amounts: tuple[tuple[str, Decimal], ...]
    """(ISO currency, amount open to renew), the largest first."""
    renewals: int
    last_called_at: datetime | None


def page(
    work: Work, *, kind: AccountKind | None = None, text: str = "", needs_number: bool = False, sort: str = "name",
    is_descending: bool = False, offset: int = 0, limit: int = 100,
) -> list[AccountRow]:  # fmt: skip
    """One window of the list. ``text`` keeps the accounts whose name or city has words that begin so, ``needs_number``
    those with something to renew and no number that works.
    """
    found = ids(
        work, kind=kind, text=text, needs_number=needs_number, sort=sort, is_descending=is_descending, offset=offset,
        limit=limit,
    )  # fmt: skip
    return rows(work, found)


def ids(
    work: Work, *, kind: AccountKind | None = None, text: str = "", needs_number: bool = False, sort: str = "name",
    is_descending: bool = False, offset: int = 0, limit: int = -1,
) -> list[int]:  # fmt: skip
    """The order of the list, all of it by default: a screen keeps it and reads only the ``rows`` it shows."""
    if sort not in _ORDERS:
        raise UserError(f"The list cannot be sorted by {sort!r}.", "", f"Choose one of: {', '.join(SORTS)}.")
    where, values = _where(kind, text, needs_number)
    way = "DESC" if is_descending else "ASC"
    last = "" if sort == "name" else "NULLS LAST"  # what has no measure comes last either way
    found = work.rows(
        f"SELECT a.id, {_ORDERS[sort]} AS measure FROM account a {where} ORDER BY measure {way} {last}, a.id {way} "
        "LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [row[0] for row in found]


def count(work: Work, *, kind: AccountKind | None = None, text: str = "", needs_number: bool = False) -> int:
    """How many accounts the list has under the same filter."""
    where, values = _where(kind, text, needs_number)
    found: int = work.rows(f"SELECT count(*) FROM account a {where}", values)[0][0]
    return found


def _where(kind: AccountKind | None, text: str, needs_number: bool) -> tuple[str, list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    if kind is not None:
        conditions.append("a.kind = ?")
        values.append(kind.value)
    if needs_number:
        conditions.append(
            "a.id IN (SELECT account_id FROM call_target WHERE state = 'blocked' AND due_kind = 'no_number')"
        )
    if words := match_words(text):
        conditions.append("a.id IN (SELECT rowid FROM search_account WHERE search_account MATCH ?)")
        values.append(words)
    elif text.strip():
        conditions.append("0")
    return f"WHERE {' AND '.join(conditions)}" if conditions else "", values


def rows(work: Work, account_ids: list[int]) -> list[AccountRow]:
    """These accounts in this order, at most some hundreds; one that is gone meanwhile is left out."""
    marks = ", ".join("?" * len(account_ids))
    sums: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in work.rows(
        "SELECT owner, currency, coalesce(sum(amount), 0), count(*), min(due_on) "
        f"FROM ({_OPEN.format(ids=marks)}) GROUP BY owner, currency ORDER BY 3 DESC",
        [*account_ids, *account_ids],
    ):
        sums[row[0]].append(row)
    facts = work.rows(
        "SELECT a.id, a.name, a.kind, a.city, a.region, a.country, t.id, t.last_called_at FROM account a "
        f"LEFT JOIN call_target t ON t.account_id = a.id WHERE a.id IN ({marks})",
        account_ids,
    )
    known = {row[0]: row for row in facts}
    return [_row(work, known[one], sums[one]) for one in account_ids if one in known]


def _row(work: Work, row: tuple[Any, ...], sums: list[tuple[Any, ...]]) -> AccountRow:
    account_id, name, kind, city, region, country, target_id, called = row
    next_on = date.fromisoformat(min(one[4] for one in sums)) if sums else None
    return AccountRow(
        account_id, target_id, name, AccountKind(kind), city or "", region or "", country or "", next_on,
        (next_on - work.today).days if next_on else None, tuple((one[1], from_units(one[2])) for one in sums),
        sum(one[3] for one in sums), None if called is None else from_micros(called),
    )  # fmt: skip
