"""The coverage ledger: for any window, each contract due with what covers it, and those with nothing by name."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from callstation.calling.cadence import CadencePath
from callstation.calling.clock_words import date_words, time_words
from callstation.calling.outcomes import LOSS_REASONS
from callstation.renewals.cover import WORDS, Cover, Ledger, Part, Why, cover_of
from callstation.renewals.cover_sql import came_late_sql, due_sql, ended_since, loose_sql, next_step, open_sums
from callstation.renewals.due_groups import rates_of
from callstation.renewals.outside import Outsider, outsiders
from callstation.renewals.rep_day import day_sql
from callstation.renewals.retained import in_base_units
from callstation.work import Work
from db.stored import from_micros, from_units
from db.vocabulary import LossReason

__all__ = ["Cover", "CoverRow", "Ledger", "ledger", "ledger_rows"]

MOST_ROWS = 1000
_ROWS = """
    SELECT d.why, d.renewal_id, d.target_id, d.account_id, a.name, k.number, d.due_on, d.amount, d.currency,
           d.spoken_on, d.closed_on, d.loss_reason, t.due_at, p.name, c.kind = 'partner'
    FROM ({due}) d JOIN contract k ON k.id = d.contract_id JOIN account a ON a.id = d.account_id
    LEFT JOIN account p ON p.id = k.partner_id LEFT JOIN call_target t ON t.id = d.target_id
    LEFT JOIN account c ON c.id = t.account_id
    WHERE d.why IN ({whys}) ORDER BY d.due_on, d.renewal_id LIMIT ? OFFSET ?"""


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One contract of the ledger."""

    cover: Cover
    why: Why
    words: str
    """Why it stands there: "Spoken to on 3 Nov 2026"."""
    what_to_do: str
    """"" where something covers it."""
    renewal_id: int | None
    target_id: int | None
    account_id: int | None
    account: str
    contract_number: str
    partner: str
    due_on: date | None
    amount: Decimal | None
    currency: str


def ledger(work: Work, first: date, last: date, *, with_ended: bool = False) -> Ledger:
    """Count what is due within both days (included): each contract in exactly one part.

    ``with_ended``: also what ended before, however long ago, and is still open.

    What stands in the newest imported lists or in Salesforce and not in the book is due as well, and has nothing.
    ``UserError`` where the exchange rates of the settings cannot be read.
    """
    counts: Counter[Why] = Counter()
    sums: dict[Cover, Counter[str]] = {cover: Counter() for cover in Cover}
    by_currency: Counter[str] = Counter()

    def add(why: Why, currency: str, number: int, amount: int) -> None:
        counts[why] += number
        sums[cover_of(why)][currency] += amount
        by_currency[currency] += number

    since = ended_since(work, first) if with_ended else first
    if since < first:
        before = first - timedelta(days=1)
        for reason, currency, number, amount in open_sums(work, since, before):
            add(reason, currency, number, amount)
        sql, values = loose_sql(work, since, before, "k.currency, coalesce(k.value, 0)")
        for currency, amount in work.rows(f"{sql} AND NOT {came_late_sql(work)}", values):
            add(Why.NO_RENEWAL, currency, 1, amount)
    ended = counts.total()
    for reason, currency, number, amount in open_sums(work, first, last):
        add(reason, currency, number, amount)
    sql, values = due_sql(work, first, last, with_open=False)
    grouped = f"SELECT why, currency, count(*), coalesce(sum(amount), 0) FROM ({sql}) GROUP BY 1, 2"
    for why, currency, number, amount in work.rows(grouped, values):
        add(Why(why), currency, number, amount)
    history = 0
    sql, values = loose_sql(work, first, last, f"{came_late_sql(work)}, k.currency, coalesce(k.value, 0)")
    for is_history, currency, amount in work.rows(sql, values):
        if is_history:
            history += 1
        else:
            add(Why.NO_RENEWAL, currency, 1, amount)
    for one in outsiders(work, first, last, with_open=with_ended):
        counts[one.why] += 1
        ended += one.ends_on is not None and one.ends_on < first
    rate_of, base = rates_of(work.settings), work.settings.currency
    reasons: dict[Cover, dict[Why, int]] = defaultdict(dict)
    for reason in Why:
        if counts[reason]:
            reasons[cover_of(reason)][reason] = counts[reason]
    parts = {
        cover: Part(cover, sum(reasons[cover].values()), in_base_units(sums[cover], rate_of, base), reasons[cover])
        for cover in Cover
    }
    without_rate = {currency: number for currency, number in by_currency.items() if rate_of(currency) is None}
    return Ledger(first, last, parts, base, without_rate, history, ended if with_ended else None)


def ledger_rows(
    work: Work, first: date, last: date, cover: Cover, *, with_ended: bool = False, offset: int = 0,
    limit: int = MOST_ROWS,
) -> tuple[CoverRow, ...]:  # fmt: skip
    """The contracts of one part, what ends first on top; those that only a list or Salesforce knows come last."""
    since = ended_since(work, first) if with_ended else first
    columns = (
        "r.id AS renewal_id, r.target_id AS target_id, r.account_id AS account_id, r.contract_id AS contract_id, "
        f"r.due_on AS due_on, {day_sql(work, 'r.last_contact_at')} AS spoken_on, {day_sql(work, 'r.closed_at')} AS "
        "closed_on, r.loss_reason AS loss_reason"
    )
    sql, values = due_sql(work, first, last, since=since, columns=columns)
    whys = ", ".join(f"'{why.value}'" for why in Why if cover_of(why) is cover)
    rows = work.rows(_ROWS.format(due=sql, whys=whys), (*values, limit, offset))
    found = [_row(work, row) for row in rows]
    if cover is Cover.NOTHING and len(found) < limit:
        number = work.rows(f"SELECT count(*) FROM ({sql}) WHERE why IN ({whys})", values)[0][0]
        away = outsiders(work, first, last, with_open=with_ended)
        more = [*_loose(work, since, last), *map(_outside, away)]
        from_ = max(offset - number, 0)
        found += more[from_ : from_ + limit - len(found)]
    return tuple(found)


def _row(work: Work, row: tuple[Any, ...]) -> CoverRow:
    (code, renewal_id, target_id, account_id, account, number, due_on, amount, currency, spoken_on, closed_on, reason,
     next_at, partner, is_partner) = row  # fmt: skip
    why = Why(code)
    said, to_do = WORDS[why]
    if why is Why.CONTACT:
        said = f"{said} on {_day(spoken_on)}"
    elif why in (Why.WON, Why.LOST):
        because = f": {LOSS_REASONS[LossReason(reason)].lower()}" if why is Why.LOST else ""
        said = f"{said} on {_day(closed_on)}{because}"
    elif why in (Why.TIMED, Why.CALL, Why.TOO_LATE):
        at = from_micros(next_at).astimezone(work.settings.zone)
        said = f"{said}: {date_words(at.date())}, {time_words(at, is_24_hour=work.settings.is_24_hour)}"
    elif why is Why.STEP:
        said = f"{said}{_step(work, date.fromisoformat(due_on), is_partner=bool(is_partner))}"
    elif why is Why.OVER:
        days = (work.today - date.fromisoformat(due_on)).days
        said = f"{said}; that was {days:,} {'day' if days == 1 else 'days'} ago"
    return CoverRow(
        cover_of(why), why, said, to_do, renewal_id, target_id, account_id, account, number, partner or "",
        date.fromisoformat(due_on), None if amount is None else from_units(amount), currency,
    )  # fmt: skip


def _loose(work: Work, first: date, last: date) -> list[CoverRow]:
    columns = (
        "k.account_id, (SELECT a.name FROM account a WHERE a.id = k.account_id), k.number, k.ends_on, k.value, "
        "k.currency, coalesce((SELECT a.name FROM account a WHERE a.id = k.partner_id), '')"
    )
    sql, values = loose_sql(work, first, last, columns)
    said, to_do = WORDS[Why.NO_RENEWAL]
    return [
        CoverRow(
            Cover.NOTHING, Why.NO_RENEWAL, said, to_do, None, None, account_id, account, number, partner,
            date.fromisoformat(ends_on), None if value is None else from_units(value), currency,
        )
        for account_id, account, number, ends_on, value, currency, partner in work.rows(
            f"{sql} AND NOT {came_late_sql(work)} ORDER BY k.ends_on, k.id", values
        )
    ]  # fmt: skip


def _outside(one: Outsider) -> CoverRow:
    said, to_do = WORDS[one.why]
    said = f"{said}: {one.where}. {one.detail}" if one.detail else f"{said}: {one.where}"
    return CoverRow(
        Cover.NOTHING, one.why, said, to_do, None, None, None, one.account, one.number, "", one.ends_on, None, ""
    )


def _step(work: Work, due_on: date, *, is_partner: bool) -> str:
    """The next step before the end: ": Call 5, 6 Dec 2026"."""
    path = CadencePath.VIA_PARTNER if is_partner else CadencePath.DIRECT
    step = next_step(work.today, work.settings.home_region, path, due_on)
    return "" if step is None else f": {step.name}, {date_words(step.due_on)}"


def _day(text: str) -> str:
    return date_words(date.fromisoformat(text))
