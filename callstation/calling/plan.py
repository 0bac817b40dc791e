"""A contract's cadence with what was done, for the contract of a call target that ends first."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from callstation.calling.cadence import CadencePath, CadenceTable, Standing, Step, Touch, load_cadence, plan
from callstation.calling.open_hours import read_hours_key
from callstation.calling.rules import rule_text
from callstation.calling.workdays import is_working_day
from callstation.clock import working_date
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import RenewalStage, StepStatus


@dataclass(frozen=True, slots=True)
class Plan:
    """Every step of the cadence, in the order of its days; none is ever left out."""

    expires_on: date
    path: CadencePath
    steps: tuple[Step, ...]

    @property
    def next_step(self) -> Step | None:
        """What is due now or next."""
        waiting = (StepStatus.DUE, StepStatus.MOVED, StepStatus.PAUSED, StepStatus.PLANNED)
        return next((step for step in self.steps if step.status in waiting), None)


@cache
def cadence_table() -> CadenceTable:
    """The dated cadence the product ships with."""
    return load_cadence(rule_text("cadence.json"))


def path_for(*, has_partner: bool, is_small: bool) -> CadencePath:
    """Which column of the cadence a target follows."""
    if has_partner:
        return CadencePath.VIA_PARTNER
    return CadencePath.DIRECT_SMALL if is_small else CadencePath.DIRECT


def plan_of(work: Work, target_id: int, *, is_small: bool = False) -> Plan | None:
    """The plan of the contract that ends first; None where nothing is open."""
    found = work.row(
        """SELECT r.due_on, r.stage, k.created_at, a.kind, c.email, t.hours_key, t.state,
               (SELECT min(due_at) FROM callback b WHERE b.target_id = t.id AND b.status = 'open'),
               coalesce(c.is_do_not_call, 0) OR coalesce(p.is_do_not_call, 0)
           FROM call_target t JOIN renewal r ON r.target_id = t.id AND r.closed_at IS NULL
           JOIN contract k ON k.id = r.contract_id JOIN account a ON a.id = t.account_id
           LEFT JOIN contact c ON c.id = t.contact_id LEFT JOIN phone p ON p.id = t.phone_id
           WHERE t.id = ? ORDER BY r.due_on, r.id LIMIT 1""",
        (target_id,),
    )
    if found is None:
        return None
    due_on, stage, created_at, kind, email, hours_key, _state, callback_at, is_blocked = found
    country, region, _ = read_hours_key(hours_key)
    settings, path = work.settings, path_for(has_partner=kind == "partner", is_small=is_small)

    def rep_day(micros: int) -> date:
        return working_date(from_micros(micros), settings.zone, settings.day_turns_at_hour)

    touches = work.rows(
        "SELECT happened_on, kind FROM activity WHERE target_id = ? AND kind IN ('call', 'email') "
        "ORDER BY happened_at DESC LIMIT 60",
        (target_id,),
    )
    standing = Standing(
        stage=RenewalStage(stage),
        touches=[Touch(date.fromisoformat(on), is_written=kind == "email") for on, kind in touches],
        callback_on=rep_day(callback_at) if callback_at is not None else None,
        has_email=bool(email),
        is_do_not_call=bool(is_blocked),
        known_since=rep_day(created_at),
    )
    expires_on = date.fromisoformat(due_on)
    steps = plan(
        expires_on, path, table=cadence_table(), today=work.today, standing=standing,
        is_working_day=lambda day: is_working_day(country, region, day),
    )  # fmt: skip
    return Plan(expires_on, path, tuple(steps))
