"""Every figure of several stretches of days without the lists behind it: what they have in common is read once."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from callstation.percents import share_of
from callstation.renewals.due_cells import quoted_in
from callstation.renewals.due_sql import Of, Span, bounds_of, rows_sql
from callstation.renewals.rep_day import day_sql
from callstation.renewals.won_for import growth_per_year
from callstation.reports.figure_rows import measure
from callstation.reports.kpis import Days, Key, Measure, Stretch
from callstation.reports.sources import FIRST_WON, renewals_grown
from callstation.reports.worth import Worth, amount_of
from callstation.work import Work
from db.stored import from_units

_CALLS = """
    SELECT count(*), coalesce(sum(is_reached), 0), coalesce(sum(duration_s), 0) FROM activity
    WHERE happened_on BETWEEN ? AND ? AND kind = 'call'"""
_MADE = "SELECT count(*) FROM quote WHERE created_at >= ? AND created_at < ?"
_SENT = "SELECT count(*), coalesce(sum(discount), 0) FROM quote WHERE sent_at >= ? AND sent_at < ?"
_ACCEPTED = """
    SELECT decided_at, total, cost_total, currency, rate, base_currency FROM quote
    WHERE decided_at >= ? AND decided_at < ? AND status = 'accepted' ORDER BY decided_at"""
_ORDERED = f"""
    SELECT o.won_at, julianday({{won}}) - julianday({{sent}}) FROM ({FIRST_WON}) o JOIN quote q ON q.number = o.number
    WHERE o.won_at >= ? AND o.won_at < ? AND q.sent_at IS NOT NULL GROUP BY o.number
    HAVING min(q.sent_at) <= o.won_at ORDER BY o.won_at"""
_WON = "SELECT closed_at, renewal_id, account_id, currency, target, result FROM ({rows}) ORDER BY closed_at"
_GROWTH = """
    SELECT closed_at, account_id, currency, amount, term_months FROM growth
    WHERE stage = 'won' AND closed_at >= ? AND closed_at < ? ORDER BY closed_at"""


class Fact(NamedTuple):
    """What one row adds to a figure, as ``FigureRow`` says it."""

    at: int
    """The stored moment."""
    value: Decimal | None
    weight: Decimal | None = None
    is_counted: bool = True
    account_id: int = 0


def counted(work: Work, spans: Sequence[Days]) -> list[Mapping[Key, Measure]]:
    """Every figure over each of the spans."""
    worth = Worth.of(work)
    same = {(days.starts_on, days.ends_on): days for days in spans}  # the year before a year is the period before it
    if len(same) < len(spans):
        once = dict(zip(same, counted(work, list(same.values())), strict=True))
        return [once[days.starts_on, days.ends_on] for days in spans]
    found = [{**_calls(work, days), **_quotes(work, days)} for days in spans]
    facts = (
        _each(work, spans, _accepted(work, worth)), _each(work, spans, _ordered(work), is_one_walk=True),
        _each(work, spans, _won(work, worth)), _each(work, spans, _grown(work, worth)),
    )  # fmt: skip
    for measures, accepted, ordered, won, grown in zip(found, *facts, strict=True):
        accounts = {one.account_id for one in grown}
        attached = sum(one.is_counted or one.account_id in accounts for one in won)
        measures |= {
            Key.MARGIN: measure(Key.MARGIN, accepted), Key.QUOTE_TO_ORDER: measure(Key.QUOTE_TO_ORDER, ordered),
            Key.RENEWALS_WON: measure(Key.RENEWALS_WON, won), Key.RENEWED_VALUE: measure(Key.RENEWED_VALUE, won),
            Key.ATTACH_RATE: Measure(share_of(attached, len(won)), len(won)),
            Key.GROWTH_WON: measure(Key.GROWTH_WON, grown), Key.GROWTH_VALUE: measure(Key.GROWTH_VALUE, grown),
        }  # fmt: skip
    return list(found)


def _each(
    work: Work, spans: Sequence[Days], read: Callable[[Days], list[Fact]], *, is_one_walk: bool = False
) -> list[list[Fact]]:
    """What each span has, of facts in the order of time; days that spans have in common are read once.

    ``is_one_walk``: so are those between them, where reading walks through everything whatever the days.
    """
    joined: list[Stretch] = []
    for days in sorted(spans, key=lambda one: one.starts_on):
        first, last = days.starts_on, days.ends_on
        if joined and (is_one_walk or first <= joined[-1].ends_on):
            first, last = joined[-1].starts_on, max(joined.pop().ends_on, last)
        joined.append(Stretch(first, last))
    facts = [fact for days in joined for fact in read(days)]
    ends = [tuple(bisect_left(facts, at, key=_at) for at in _bounds(work, days)) for days in spans]
    return [facts[first:after] for first, after in ends]


def _calls(work: Work, days: Days) -> dict[Key, Measure]:
    made, reached, seconds = work.rows(_CALLS, (days.starts_on.isoformat(), days.ends_on.isoformat()))[0]
    return {
        Key.CALLS: Measure(Decimal(made), made),
        Key.CONVERSATIONS: Measure(Decimal(reached), reached),
        Key.REACH_RATE: Measure(share_of(reached, made), made),
        Key.TALK_TIME: Measure(Decimal(seconds), made),
    }


def _quotes(work: Work, days: Days) -> dict[Key, Measure]:
    ((made,),) = work.rows(_MADE, _bounds(work, days))
    ((sent, discounts),) = work.rows(_SENT, _bounds(work, days))
    return {
        Key.QUOTES_MADE: Measure(Decimal(made), made),
        Key.QUOTES_SENT: Measure(Decimal(sent), sent),
        Key.DISCOUNT: Measure(share_of(from_units(discounts), sent), sent),
    }


def _accepted(work: Work, worth: Worth) -> Callable[[Days], list[Fact]]:
    return lambda days: [Fact(at, *worth.margin(*one)) for at, *one in work.rows(_ACCEPTED, _bounds(work, days))]


def _ordered(work: Work) -> Callable[[Days], list[Fact]]:
    sql = _ORDERED.format(won=day_sql(work, "o.won_at"), sent=day_sql(work, "min(q.sent_at)"))
    return lambda days: [Fact(at, Decimal(took)) for at, took in work.rows(sql, _bounds(work, days))]


def _won(work: Work, worth: Worth) -> Callable[[Days], list[Fact]]:
    """Renewals won; counted are those with growth on their own quote."""
    grown = renewals_grown(work)

    def read(days: Days) -> list[Fact]:
        span = Span(days.starts_on, days.ends_on)
        columns = "r.closed_at AS closed_at, r.id AS renewal_id, r.account_id AS account_id"
        rows, values = rows_sql(work, Of.CLOSED, None, span, columns=columns, which="r.stage = 'won'")
        quoted = quoted_in(work, Of.CLOSED, span)
        found = []
        for at, renewal_id, account_id, currency, target, result in work.rows(_WON.format(rows=rows), values):
            if renewal_id in quoted:
                result = quoted[renewal_id].known_result(target, currency)
            value = worth(amount_of(result), currency)
            found.append(Fact(at, value, is_counted=renewal_id in grown, account_id=account_id))
        return found

    return read


def _grown(work: Work, worth: Worth) -> Callable[[Days], list[Fact]]:
    return lambda days: [
        Fact(at, worth(amount_of(growth_per_year(amount, term)), currency), account_id=account_id)
        for at, account_id, currency, amount, term in work.rows(_GROWTH, _bounds(work, days))
    ]


def _bounds(work: Work, days: Days) -> tuple[int, int]:
    return bounds_of(work, days.starts_on, days.ends_on)


def _at(fact: Fact) -> int:
    return fact.at
