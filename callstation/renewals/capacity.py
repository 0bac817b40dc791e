"""The capacity plan: which contracts nobody can speak about in time at the rep's own rates, and what it would take."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from callstation.calling.targets import FIRST_CALL_DAYS
from callstation.calling.workdays import is_working_day
from callstation.renewals.cover_sql import due_sql
from callstation.renewals.reaching import Need, Person, Rates, Reached, needed_extra, reach
from callstation.renewals.rep_day import day_sql
from callstation.work import Work
from db.stored import from_units

RATE_DAYS = 20
"""Working days over which the rates are counted."""
HORIZON_DAYS = 120
_FRESH_MICROS = FIRST_CALL_DAYS * 86_400_000_000

_RATES = """
    SELECT count(*), coalesce(sum(y.is_reached), 0), coalesce(sum(NOT EXISTS (
               SELECT 1 FROM activity b WHERE b.target_id = y.target_id AND b.happened_at < y.happened_at
               AND b.happened_at >= y.happened_at - ? AND b.kind = 'call' AND b.is_reached)), 0)
    FROM activity y WHERE y.happened_on BETWEEN ? AND ? AND y.kind = 'call'"""
_OPEN = """
    SELECT d.why, d.renewal_id, d.target_id, d.account_id, a.name, k.number, d.due_on, d.amount, d.currency,
           CASE WHEN t.state IN ('timed', 'resting') THEN {opens} END
    FROM ({due}) d JOIN account a ON a.id = d.account_id JOIN contract k ON k.id = d.contract_id
    LEFT JOIN call_target t ON t.id = d.target_id WHERE d.why <> 'contact'
    ORDER BY t.rank IS NULL, t.rank, t.id, d.due_on, d.renewal_id"""


class Hindrance(StrEnum):
    """Why a contract is not reached in time."""

    CALLS = "calls"  # too few calls a day
    DAYS = "days"  # too few days left for the calls that a conversation takes
    DO_NOT_CALL = "do_not_call"
    NO_NUMBER = "no_number"
    NO_TARGET = "no_target"


WORDS = {
    Hindrance.CALLS: "Its turn in the queue comes too late",
    Hindrance.DAYS: "It ends before the calls that a conversation usually takes",
    Hindrance.DO_NOT_CALL: "They must not be called",
    Hindrance.NO_NUMBER: "No number works",
    Hindrance.NO_TARGET: "Nobody is called for it",
}


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """A contract that is not spoken about in time."""

    hindrance: Hindrance
    words: str
    renewal_id: int
    target_id: int | None
    account_id: int
    account: str
    contract_number: str
    ends_on: date
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the days to come can hold."""

    last: date
    """Ends up to this day are looked at."""
    rates: Rates
    to_reach: int
    """Open contracts that end by then and that nobody has spoken about since their cadence started."""
    reached: int
    rows: tuple[CapacityRow, ...] | None
    """Those that are not reached in time, what ends first on top; None where no rate is known."""
    extra_calls: int | None
    """More calls a working day with which none is missed for want of calls; None where no rate is known."""
    words: str


def capacity(work: Work, *, last: date | None = None) -> Capacity:
    """Work through the days to come. For a job: the queue is gone through some twenty times."""
    last = last or work.today + timedelta(days=HORIZON_DAYS)
    rates = rates_of_calls(work)
    rows = _open(work, last)
    people, hindered = _people(work, rows)
    days = tuple(_working_days(work, work.today, last))
    needed = needed_extra(people, days, rates)
    if needed is None:
        return Capacity(last, rates, len(rows), 0, None, None, _unknown(rates))
    now = reach(people, days, rates)
    extra, best = needed
    hindered |= {one: Hindrance.DAYS if one in best.missed else Hindrance.CALLS for one in now.missed}
    missed = sorted(
        (
            CapacityRow(
                hindered[row.renewal_id], WORDS[hindered[row.renewal_id]], row.renewal_id, row.target_id,
                row.account_id, row.account, row.number, row.due_on, row.amount, row.currency,
            )
            for row in rows if row.renewal_id in hindered
        ),
        key=lambda row: (row.ends_on, row.renewal_id),
    )  # fmt: skip
    words = _words(rates, len(rows), missed, extra, now)
    return Capacity(last, rates, len(rows), len(now.on), tuple(missed), extra, words)


def rates_of_calls(work: Work) -> Rates:
    """Calls, first calls and conversations of the last 20 working days before today, fewer in a younger book.

    A day counts where people work in the rep's country, whether it was called on or not; today alone where it is the
    first.
    """
    first_on = work.row("SELECT happened_on FROM activity WHERE kind = 'call' ORDER BY happened_on LIMIT 1")
    since = date.fromisoformat(first_on[0]) if first_on else work.today
    days: list[date] = []
    day = work.today - timedelta(days=1)
    while day >= since and len(days) < RATE_DAYS:
        if _is_working(work, day):
            days.append(day)
        day -= timedelta(days=1)
    days = days or [work.today]
    until = max(work.today - timedelta(days=1), days[0])
    calls, conversations, first_calls = work.rows(_RATES, (_FRESH_MICROS, days[-1].isoformat(), until.isoformat()))[0]
    return Rates(len(days), calls, first_calls, conversations)


@dataclass(frozen=True, slots=True)
class _Row:
    why: str
    renewal_id: int
    target_id: int | None
    account_id: int
    account: str
    number: str
    due_on: date
    amount: Decimal | None
    currency: str
    opens_on: date | None
    """The day from which the call target is in the queue, where it waits."""


def _open(work: Work, last: date) -> list[_Row]:
    """Open contracts from today to a day that nobody has spoken about, in the order of the queue."""
    columns = (
        "r.id AS renewal_id, r.target_id AS target_id, r.account_id AS account_id, r.contract_id AS contract_id, "
        "r.due_on AS due_on"
    )
    sql, values = due_sql(work, work.today, last, columns=columns, also="AND r.closed_at IS NULL")
    return [
        _Row(
            why, renewal_id, target_id, account_id, account, number, date.fromisoformat(due_on),
            None if amount is None else from_units(amount), currency, date.fromisoformat(opens) if opens else None,
        )
        for why, renewal_id, target_id, account_id, account, number, due_on, amount, currency, opens in work.rows(
            _OPEN.format(due=sql, opens=day_sql(work, "t.due_at")), values
        )
    ]  # fmt: skip


def _people(work: Work, rows: list[_Row]) -> tuple[list[Person], dict[int, Hindrance]]:
    """The call targets in queue order, and what cannot be called at all."""
    needs: dict[int, list[Need]] = defaultdict(list)
    hindered: dict[int, Hindrance] = {}
    for row in rows:
        if row.why in (Hindrance.DO_NOT_CALL, Hindrance.NO_NUMBER, Hindrance.NO_TARGET) or row.target_id is None:
            hindered[row.renewal_id] = Hindrance(row.why) if row.target_id is not None else Hindrance.NO_TARGET
            continue
        opens_on = max(work.today, row.due_on - timedelta(days=FIRST_CALL_DAYS), row.opens_on or work.today)
        needs[row.target_id].append(Need(row.renewal_id, opens_on, row.due_on))
    return [Person(target_id, tuple(some)) for target_id, some in needs.items()], hindered


def _working_days(work: Work, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        if _is_working(work, day):
            yield day
        day += timedelta(days=1)


def _is_working(work: Work, day: date) -> bool:
    return is_working_day(work.settings.home_region, "", day)


def _unknown(rates: Rates) -> str:
    if not rates.calls:
        return f"No calls in the last {RATE_DAYS} working days: nothing can be said."
    return f"None of {rates.calls:,} calls in {rates.days} working days became a conversation: nothing can be said."


def _words(rates: Rates, to_reach: int, missed: list[CapacityRow], extra: int, now: Reached) -> str:
    """The plan in a sentence or two."""
    a_day = Decimal(rates.calls) / rates.days
    first = Decimal(rates.first_calls) / rates.days
    pace = (
        f"At {a_day:.1f} calls a working day, {first:.1f} of them to people not spoken to yet, and "
        f"{rates.calls_per_conversation} calls for a conversation"
    )
    if not to_reach:
        return f"{pace}; no contract is left to be reached."
    if not missed:
        return f"{pace}, all {to_reach:,} contracts are reached in time."
    counts = {one: sum(row.hindrance is one for row in missed) for one in Hindrance}
    told = [f"{pace}, {len(missed):,} of {to_reach:,} contracts cannot be reached in time."]
    if counts[Hindrance.CALLS]:
        told.append(f"{extra:,} more calls a day would reach {counts[Hindrance.CALLS]:,} of them.")
    if counts[Hindrance.DAYS]:
        told.append(f"{counts[Hindrance.DAYS]:,} end too soon for any number of calls.")
    rest = len(missed) - counts[Hindrance.CALLS] - counts[Hindrance.DAYS]
    if rest:
        told.append(f"{rest:,} cannot be called at all.")
    return " ".join(told)
