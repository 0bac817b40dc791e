"""How often one number may be tried: the house's cap, and the stricter ones some jurisdictions set."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from callstation.calling.gate import Finding, Gate, Line
from callstation.calling.open_hours import CallingRules, Cap, binding_rules
from db.vocabulary import Purpose


def attempts_findings(
    line: Line, rules: CallingRules, place: tuple[str, str], purpose: Purpose, now: datetime, local: Sequence[datetime]
) -> list[Finding]:
    """What the attempts made so far say against another one at ``now``; ``local`` is now in each candidate zone.

    An attempt dated after ``now`` (a clock set back) counts as made just now, so that a clock never frees a number.
    """
    tried = sorted((min(at, now).astimezone(UTC) for at in line.attempts_at), reverse=True)
    found = []
    for row in binding_rules(rules, *place, purpose.is_marketing):
        limit = row.calls_in_24_hours
        if limit and len(tried) >= limit and (frees_at := tried[limit - 1] + timedelta(hours=24)) > now:
            words = f"Called {limit} times in 24 hours, the most {row.name} allows."
            found.append(Finding(Gate.HARD_BLOCK, f"{row.id}-cap", words, frees_at))
    for cap in () if line.is_asked else rules.caps:
        if len(tried) >= cap.calls and (frees_at := _frees_at(cap, tried[cap.calls - 1], local)) > now:
            words = f"Called {_span_words(cap)}, the limit unless they asked for a call."
            found.append(Finding(Gate.SOFT_BLOCK, f"cap-{cap.calls}", words, frees_at))
    return found


def _frees_at(cap: Cap, oldest: datetime, local: Sequence[datetime]) -> datetime:
    """When the oldest of the counted attempts no longer counts: after the hours, or at the midnight after the days."""
    if cap.hours:
        return oldest + timedelta(hours=cap.hours)
    zone = local[0].tzinfo if local else UTC
    day = oldest.astimezone(zone).date() + timedelta(days=cap.days)
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _span_words(cap: Cap) -> str:
    times = "already" if cap.calls == 1 else f"{cap.calls} times"
    if cap.hours:
        return f"{times} within {cap.hours} hours"
    return f"{times} today" if cap.days == 1 else f"{times} in {cap.days} days"
