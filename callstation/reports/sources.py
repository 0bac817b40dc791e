"""Where the rows behind each figure stand in the book."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from callstation.calling.outcomes import OUTCOMES
from callstation.renewals.due_list import Part, due_rows
from callstation.renewals.due_sql import Of, bounds_of
from callstation.renewals.rep_day import day_sql
from callstation.renewals.won_for import growth_per_year
from callstation.reports.figure_rows import FigureRow
from callstation.reports.kpis import Days, Key
from callstation.reports.worth import Worth, amount_of
from callstation.work import Work
from db.stored import from_units
from db.vocabulary import Disposition

ALL = 10**9
_CALLS = """
    SELECT y.id, y.happened_on, y.account_id, a.name, y.target_id, y.disposition, y.is_reached, y.duration_s
    FROM activity y JOIN account a ON a.id = y.account_id
    WHERE y.happened_on BETWEEN ? AND ? AND y.kind = 'call' {also}
    ORDER BY y.happened_on, y.happened_at, y.id LIMIT ? OFFSET ?"""
_QUOTES = """
    SELECT q.id, {day}, q.account_id, a.name, q.target_id, q.number, q.version, q.total, q.cost_total, q.currency,
           q.rate, q.base_currency, q.discount
    FROM quote q JOIN account a ON a.id = q.account_id WHERE q.{moment} >= ? AND q.{moment} < ? {also}
    ORDER BY q.{moment}, q.id"""
FIRST_WON = """
    SELECT q.number AS number, min(r.closed_at) AS won_at FROM quote q JOIN quote_line l ON l.quote_id = q.id
    JOIN renewal r ON r.id = l.renewal_id WHERE q.status = 'accepted' AND r.stage = 'won' AND r.closed_at NOT NULL
    GROUP BY q.number"""
"""SQL for when the first renewal of each accepted quote was won."""
_ORDERED = f"""
    SELECT q.number, min(q.id), q.account_id, a.name, max(q.target_id), {{won}} AS won_on, {{sent}} AS sent_on
    FROM ({FIRST_WON}) o JOIN quote q ON q.number = o.number JOIN account a ON a.id = q.account_id
    WHERE o.won_at >= ? AND o.won_at < ? AND q.sent_at IS NOT NULL GROUP BY o.number
    HAVING min(q.sent_at) <= o.won_at ORDER BY o.won_at, o.number"""
_WITH_GROWTH = """
    SELECT DISTINCT l.renewal_id FROM quote_line m CROSS JOIN quote q ON q.id = m.quote_id
    JOIN quote_line l ON l.quote_id = q.id
    WHERE m.kind IN ('add_on', 'upgrade') AND q.status = 'accepted' AND l.renewal_id IS NOT NULL"""
_GROWTH = """
    SELECT w.id, {day}, w.account_id, a.name,
           (SELECT t.id FROM call_target t WHERE t.account_id = w.account_id LIMIT 1), w.title, w.amount,
           w.term_months, w.currency
    FROM growth w JOIN account a ON a.id = w.account_id
    WHERE w.stage = 'won' AND w.closed_at >= ? AND w.closed_at < ? ORDER BY w.closed_at, w.id"""


def renewals_grown(work: Work) -> set[int]:
    """The ids of renewals with an add-on or upgrade on the accepted quote."""
    return {row[0] for row in work.rows(_WITH_GROWTH)}


def calls(
    work: Work, key: Key, days: Days, limit: int = ALL, offset: int = 0, *, among: Sequence[int] | None = None
) -> list[FigureRow]:
    """Calls in the order of their time; for ``CONVERSATIONS`` those that reached the person; ``among`` ids, or all."""
    also = "AND y.is_reached" if key is Key.CONVERSATIONS else ""
    values: tuple[object, ...] = (days.starts_on.isoformat(), days.ends_on.isoformat())
    if among is not None:
        also += " AND y.id IN (SELECT value FROM json_each(?))"
        values = (*values, json.dumps(among))
    rows = work.rows(_CALLS.format(also=also), (*values, limit, offset))
    return [
        FigureRow(
            date.fromisoformat(on), account_id, account, target_id,
            OUTCOMES[Disposition(disposition)].label if disposition else "Call", activity_id, Decimal(seconds),
            is_counted=bool(is_reached),
        )
        for activity_id, on, account_id, account, target_id, disposition, is_reached, seconds in rows
    ]  # fmt: skip


def quotes(work: Work, key: Key, days: Days) -> list[FigureRow]:
    """Quotes made, sent or accepted in the days, with what each adds."""
    moment = {Key.QUOTES_MADE: "created_at", Key.MARGIN: "decided_at"}.get(key, "sent_at")
    also = "AND q.status = 'accepted'" if key is Key.MARGIN else ""
    sql = _QUOTES.format(day=day_sql(work, f"q.{moment}"), moment=moment, also=also)
    worth = Worth.of(work)
    found = []
    for (quote_id, on, account_id, account, target_id, number, version, total, cost, currency, rate, base_currency,
         discount) in work.rows(sql, bounds_of(work, days.starts_on, days.ends_on)):  # fmt: skip
        value, weight = (
            (from_units(discount), None) if key is Key.DISCOUNT
            else worth.margin(total, cost, currency, rate, base_currency) if key is Key.MARGIN
            else (worth.quoted(total, currency, rate, base_currency), None)
        )  # fmt: skip
        found.append(
            FigureRow(
                date.fromisoformat(on), account_id, account, target_id, f"{number} v{version}", quote_id, value, weight,
                amount=from_units(total), currency=currency,
            )
        )  # fmt: skip
    return found


def ordered(work: Work, key: Key, days: Days) -> list[FigureRow]:
    """Accepted quotes of which the first renewal was won in the days, with the days from their first sending."""
    sql = _ORDERED.format(won=day_sql(work, "o.won_at"), sent=day_sql(work, "min(q.sent_at)"))
    return [
        FigureRow(
            date.fromisoformat(won), account_id, account, target_id, number, quote_id,
            Decimal((date.fromisoformat(won) - date.fromisoformat(sent)).days),
        )
        for number, quote_id, account_id, account, target_id, won, sent in work.rows(
            sql, bounds_of(work, days.starts_on, days.ends_on)
        )
    ]  # fmt: skip


def renewals(work: Work, key: Key, days: Days) -> list[FigureRow]:
    """Renewals won in the days, with what they were won for; for the attach rate, whether with growth."""
    rows = due_rows(work, days.starts_on, days.ends_on, of=Of.CLOSED, part=Part.RENEWED, limit=ALL)
    grown: set[int] = set()
    accounts: set[int] = set()
    if key is Key.ATTACH_RATE:
        grown = renewals_grown(work)
        accounts = {row.account_id for row in growth(work, Key.GROWTH_WON, days)}
    worth = Worth.of(work)
    return [
        FigureRow(
            row.closed_on or row.due_on, row.account_id, row.account, row.target_id, row.contract_number,
            row.renewal_id, worth(row.result, row.currency),
            is_counted=row.renewal_id in grown or row.account_id in accounts, amount=row.result, currency=row.currency,
        )
        for row in sorted(rows, key=lambda row: (row.closed_on or row.due_on, row.renewal_id))
    ]  # fmt: skip


def growth(work: Work, key: Key, days: Days) -> list[FigureRow]:
    """Growth won in the days, with what it comes to a year."""
    worth = Worth.of(work)
    return [
        FigureRow(
            date.fromisoformat(on), account_id, account, target_id, title, growth_id, worth(a_year, currency),
            amount=a_year, currency=currency,
        )
        for growth_id, on, account_id, account, target_id, title, amount, term, currency in work.rows(
            _GROWTH.format(day=day_sql(work, "w.closed_at")), bounds_of(work, days.starts_on, days.ends_on)
        )
        for a_year in (amount_of(growth_per_year(amount, term)),)
    ]  # fmt: skip


Source = Callable[[Work, Key, Days], list[FigureRow]]
SOURCES: Mapping[Key, Source] = MappingProxyType(
    {
        Key.CALLS: calls,
        Key.CONVERSATIONS: calls,
        Key.REACH_RATE: calls,
        Key.TALK_TIME: calls,
        Key.QUOTES_MADE: quotes,
        Key.QUOTES_SENT: quotes,
        Key.QUOTE_TO_ORDER: ordered,
        Key.RENEWALS_WON: renewals,
        Key.RENEWED_VALUE: renewals,
        Key.GROWTH_WON: growth,
        Key.GROWTH_VALUE: growth,
        Key.ATTACH_RATE: renewals,
        Key.DISCOUNT: quotes,
        Key.MARGIN: quotes,
    }
)
"""The rows of each figure."""
