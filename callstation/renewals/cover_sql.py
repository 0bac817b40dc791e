"""Why each contract due stands where it stands in the ledger, in SQL: one reason a contract, the first that holds."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from callstation.calling.cadence import CadencePath, Standing, Step, plan
from callstation.calling.plan import cadence_table
from callstation.calling.targets import FIRST_CALL_DAYS
from callstation.calling.workdays import is_working_day
from callstation.renewals.cover import Cover, Why, cover_of
from callstation.renewals.day_starts import day_start_sql
from callstation.renewals.rep_day import day_sql
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import StepStatus

NEAR_DAYS = 21
"""Beyond so many days a contract always has a step ahead: every cadence calls in its last fortnight."""


def due_sql(
    work: Work, first: date, last: date, *, since: date | None = None, columns: str = "", also: str = "",
    with_open: bool = True,
) -> tuple[str, tuple[Any, ...]]:  # fmt: skip
    """(SQL, values) of a row for each renewal due within both days: why, currency, amount, then ``columns``.

    What is open is due from ``since`` on, if that is given. ``columns`` may speak of ``r`` (renewal). ``also`` are
    conditions on it.
    """
    closed = (
        "CASE r.stage WHEN 'won' THEN 'won' WHEN 'lost' THEN iif(r.loss_reason IS NULL, 'no_reason', 'lost') "
        "ELSE 'set_aside' END"
    )
    more = f", {columns}" if columns else ""
    open_first = first if since is None else since
    span, open_span = (first.isoformat(), last.isoformat()), (open_first.isoformat(), last.isoformat())
    spoken = _spoken(work, open_first, last)

    def branch(otherwise: str, *, is_closed: bool) -> str:
        return (
            f"SELECT CASE WHEN {spoken} THEN 'contact' ELSE {otherwise} END AS why, r.currency AS currency, "
            f"r.amount AS amount{more} FROM renewal r WHERE r.due_on BETWEEN ? AND ? {also} "
            f"AND r.closed_at IS {'NOT ' if is_closed else ''}NULL"
        )

    is_closed = branch(closed, is_closed=True)
    if not with_open:
        return is_closed, span
    return f"{branch(_open(work, open_first, last, _word), is_closed=False)} UNION ALL {is_closed}", (*open_span, *span)


def ended_since(work: Work, first: date) -> date:
    """The oldest end of an open renewal or of a contract without one; ``first`` where none ended before."""
    (oldest,) = work.rows("SELECT min(due_on) FROM renewal WHERE closed_at IS NULL")[0]
    sql, values = loose_sql(work, date.min, first, "min(k.ends_on)")
    (loose,) = work.rows(f"{sql} AND NOT {came_late_sql(work)}", values)[0]
    return min([first, *(date.fromisoformat(one) for one in (oldest, loose) if one is not None)])


def open_sums(work: Work, first: date, last: date) -> Iterator[tuple[Why, str, int, int]]:
    """(why, currency, contracts, amount) of what is open and due, several for each pair; in the order of an index.

    The reasons of a day come as one text, for sorting every row by its reason would take as long as finding it. What
    has nothing brings its amount along; that of all plans is what is left of the day's.
    """
    spoken = _spoken(work, first, last)
    sql = (
        f"SELECT r.currency, coalesce(sum(r.amount), 0), coalesce(sum(iif({spoken}, r.amount, 0)), 0), "
        f"group_concat(iif({spoken}, {_mark(Why.CONTACT)}, {_open(work, first, last, _mark)}), '') FROM renewal r "
        "WHERE r.due_on BETWEEN ? AND ? AND r.closed_at IS NULL GROUP BY r.due_on, r.currency"
    )
    for currency, whole, of_spoken, marks in work.rows(sql, (first.isoformat(), last.isoformat())):
        amounts: dict[str, int] = {}
        if "(" in marks:
            for mark, amount in _NOTHING.findall(marks):
                amounts[mark] = amounts.get(mark, 0) + int(amount)
            marks = _AMOUNT.sub("", marks)
        for mark in set(marks):
            yield _MARKED[mark], currency, marks.count(mark), amounts.get(mark, 0)
        yield Why.CONTACT, currency, 0, of_spoken
        yield Why.STEP, currency, 0, whole - of_spoken - sum(amounts.values())


_MARKED = {chr(ord("A") + at): why for at, why in enumerate(Why)}
_MARKS = {why: mark for mark, why in _MARKED.items()}
_NOTHING = re.compile(r"(.)\((-?\d+)\)")
_AMOUNT = re.compile(r"\(-?\d+\)")


def _word(why: Why) -> str:
    return f"'{why.value}'"


def _mark(why: Why) -> str:
    """A letter for what is covered, "X(1200000)" with its amount for what is not."""
    letter = _MARKS[why]
    return f"'{letter}'" if cover_of(why) is not Cover.NOTHING else f"'{letter}(' || coalesce(r.amount, 0) || ')'"


def _spoken(work: Work, first: date, last: date) -> str:
    since = day_start_sql(work, "r.due_on", first, last, later=-FIRST_CALL_DAYS)
    return f"r.last_contact_at IS NOT NULL AND r.last_contact_at >= {since}"


def loose_sql(work: Work, first: date, last: date, columns: str) -> tuple[str, tuple[Any, ...]]:
    """(SQL, values) of a row for each contract ``k`` that ends within both days and has no renewal of that term."""
    sql = (
        f"SELECT {columns} FROM contract k WHERE k.ends_on BETWEEN ? AND ? "
        "AND coalesce(k.last_due_on, '') < date(k.ends_on, '-31 days')"  # an index has these alone
    )
    return sql, (first.isoformat(), last.isoformat())


def came_late_sql(work: Work) -> str:
    """A condition: the contract ``k`` came into the book after its end, so that nobody could have called for it."""
    return f"{day_sql(work, 'k.created_at')} > k.ends_on"


def _open(work: Work, first: date, last: date, say: Callable[[Why], str]) -> str:
    """What covers an open renewal that nobody spoke about, each reason as ``say`` writes it."""
    today, now = work.today.isoformat(), to_micros(work.now)
    far = (work.today + timedelta(days=NEAR_DAYS)).isoformat()
    direct, partner = (
        _listed(steps_ahead(work.today, work.settings.home_region, path))
        for path in (CadencePath.DIRECT, CadencePath.VIA_PARTNER)
    )
    has_step = (
        f"r.due_on > '{far}' OR iif((SELECT a.kind FROM account a WHERE a.id = t.account_id) = 'partner', "
        f"r.due_on IN {partner}, r.due_on IN {direct})"
    )
    in_time = f"t.due_at < {day_start_sql(work, 'r.due_on', first, last, later=1)}"
    blocked = f"iif(t.due_kind = 'do_not_call', {say(Why.DO_NOT_CALL)}, {say(Why.NO_NUMBER)})"
    return (
        f"CASE WHEN r.due_on < '{today}' THEN {say(Why.OVER)} ELSE coalesce((SELECT CASE "
        f"WHEN t.state = 'blocked' THEN {blocked} WHEN t.state = 'finished' THEN {say(Why.NO_TARGET)} "
        f"WHEN t.state IN ('timed', 'resting') AND t.due_at >= {now} "
        f"THEN iif({in_time}, iif(t.state = 'timed', {say(Why.TIMED)}, {say(Why.CALL)}), {say(Why.TOO_LATE)}) "
        f"WHEN {has_step} THEN {say(Why.STEP)} ELSE {say(Why.NO_STEP)} END "
        f"FROM call_target t WHERE t.id = r.target_id), {say(Why.NO_TARGET)}) END"
    )


@lru_cache(maxsize=64)
def steps_ahead(today: date, country: str, path: CadencePath) -> tuple[date, ...]:
    """The near ends, from today on, before which a step of the cadence is still to come; by a country's holidays."""
    ends = (today + timedelta(days=days) for days in range(NEAR_DAYS + 1))
    return tuple(ends_on for ends_on in ends if next_step(today, country, path, ends_on) is not None)


@lru_cache(maxsize=4096)
def next_step(today: date, country: str, path: CadencePath, ends_on: date) -> Step | None:
    """The first step of a cadence from today to the contract's end, on the days people work in a country."""
    steps = plan(
        ends_on, path, table=cadence_table(), today=today, standing=Standing(),
        is_working_day=lambda day: is_working_day(country, "", day),
    )  # fmt: skip
    ahead = (StepStatus.PLANNED, StepStatus.MOVED, StepStatus.DUE)
    return next((one for one in steps if today <= one.due_on <= ends_on and one.status in ahead), None)


def _listed(days: tuple[date, ...]) -> str:
    quoted = [f"'{day.isoformat()}'" for day in days]
    return f"({', '.join(quoted)})"
