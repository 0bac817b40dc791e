"""Why each contract due stands where it stands in the ledger, in SQL: one reason a contract, the first that holds."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from callstation.calling.cadence import CadencePath, Standing, Step, plan
from callstation.calling.plan import cadence_table
from callstation.calling.targets import FIRST_CALL_DAYS
from callstation.calling.workdays import is_working_day
from callstation.renewals.cover import Why
from callstation.renewals.rep_day import day_sql
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import StepStatus

NEAR_DAYS = 21
"""Beyond so many days a contract always has a step ahead: every cadence calls in its last fortnight."""
_BLOCKED = "CASE t.due_kind WHEN 'do_not_call' THEN 'do_not_call' ELSE 'no_number' END"


def due_sql(work: Work, first: date, last: date, *, columns: str = "", also: str = "") -> tuple[str, tuple[Any, ...]]:
    """(SQL, values) of a row for each renewal due within both days: why, currency, amount, then ``columns``.

    ``columns`` may speak of ``r`` (renewal). ``also`` are conditions on it.
    """
    spoken = (
        f"r.last_contact_at IS NOT NULL AND {day_sql(work, 'r.last_contact_at')} >= "
        f"date(r.due_on, '-{FIRST_CALL_DAYS} days')"
    )
    closed = (
        "CASE r.stage WHEN 'won' THEN 'won' WHEN 'lost' THEN iif(r.loss_reason IS NULL, 'no_reason', 'lost') "
        "ELSE 'set_aside' END"
    )
    more = f", {columns}" if columns else ""
    span = (first.isoformat(), last.isoformat())

    def branch(otherwise: str, *, is_closed: bool) -> str:
        return (
            f"SELECT CASE WHEN {spoken} THEN 'contact' ELSE {otherwise} END AS why, r.currency AS currency, "
            f"r.amount AS amount{more} FROM renewal r WHERE r.due_on BETWEEN ? AND ? {also} "
            f"AND r.closed_at IS {'NOT ' if is_closed else ''}NULL"
        )

    sql = f"{branch(_open(work), is_closed=False)} UNION ALL {branch(closed, is_closed=True)}"
    return sql, (*span, *span)


def loose_sql(work: Work, first: date, last: date, columns: str) -> tuple[str, tuple[Any, ...]]:
    """(SQL, values) of a row for each contract ``k`` that ends within both days and has no renewal of that term."""
    sql = (
        f"SELECT {columns} FROM contract k WHERE k.ends_on BETWEEN ? AND ? "
        "AND NOT EXISTS (SELECT 1 FROM renewal r WHERE r.contract_id = k.id AND r.due_on >= k.ends_on) AND NOT EXISTS "
        "(SELECT 1 FROM renewal r WHERE r.contract_id = k.id AND r.due_on >= date(k.ends_on, '-31 days'))"
    )
    return sql, (first.isoformat(), last.isoformat())


def came_late_sql(work: Work) -> str:
    """A condition: the contract ``k`` came into the book after its end, so that nobody could have called for it."""
    return f"{day_sql(work, 'k.created_at')} > k.ends_on"


def _open(work: Work) -> str:
    """What covers an open renewal that nobody spoke about."""
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
    in_time = f"{day_sql(work, 't.due_at')} <= r.due_on"
    return (
        f"CASE WHEN r.due_on < '{today}' THEN 'over' ELSE coalesce((SELECT CASE "
        f"WHEN t.state = 'blocked' THEN {_BLOCKED} WHEN t.state = 'finished' THEN 'no_target' "
        f"WHEN t.state IN ('timed', 'resting') AND t.due_at >= {now} "
        f"THEN iif({in_time}, iif(t.state = 'timed', 'timed', 'call'), 'too_late') "
        f"WHEN {has_step} THEN 'step' ELSE 'no_step' END "
        f"FROM call_target t WHERE t.id = r.target_id), '{Why.NO_TARGET.value}') END"
    )


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
