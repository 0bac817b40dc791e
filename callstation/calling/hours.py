"""May we ring now? The gate every dial passes, with the evidence it leaves behind.

In order: do-not-call, screening age, hours by jurisdiction, attempts, then warnings; the gravest finding decides, the
earlier of equals. Of the rows in ``resources/rules/calling_hours.json`` those that bind "always" (the night's rest:
federal 8 to 9 in the United States, 8 to 8 elsewhere) hold for every purpose; those that bind "marketing" (state
hours, call caps, screening) hold hard for a marketing purpose and only warn for contract service and renewals.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from callstation.calling.attempts import attempts_findings
from callstation.calling.clock_words import near_day_words, time_words
from callstation.calling.gate import Finding, Gate, GateVerdict, Line
from callstation.calling.open_hours import (
    CallingRules,
    OpenNow,
    allowed_week,
    binding_rules,
    default_rules,
    is_within_week,
    make_hours_key,
    next_opening,
    open_now,
    read_hours_key,
)
from db.vocabulary import Purpose

__all__ = [
    "CallingRules",
    "Gate",
    "GateVerdict",
    "IsWorkingDay",
    "Line",
    "OpenNow",
    "default_rules",
    "make_hours_key",
    "may_ring",
    "open_now",
]

IsWorkingDay = Callable[[str, str, date], bool]
"""(country, region, day) -> whether people there work that day."""


def may_ring(
    line: Line,
    *,
    now: datetime,
    purpose: Purpose,
    rules: CallingRules,
    is_working_day: IsWorkingDay,
    is_24_hour: bool = False,
) -> GateVerdict:
    """Judge a call at ``now`` (aware). Pure: the same arguments give the same verdict and evidence."""
    country, region, zones = read_hours_key(line.hours_key)
    local = [now.astimezone(ZoneInfo(zone)) for zone in zones]
    there = _there(local, is_24_hour)
    findings = [
        *_do_not_call(line),
        *_screening(line, rules, country, region, purpose, now),
        *_hours(line, rules, (country, region, zones), purpose, now, there, is_working_day, is_24_hour),
        *attempts_findings(line, rules, (country, region), purpose, now, local),
    ]
    if zones:
        findings += _business(rules, country, region, local, there, is_working_day)
    worst = max(findings, key=lambda found: found.gate, default=None)  # max keeps the first of equals
    gate = worst.gate if worst else Gate.ALLOWED
    waits = [found.opens_at for found in findings if found.gate >= Gate.SOFT_BLOCK and found.opens_at]
    opens_at = max(waits) if waits and gate >= Gate.SOFT_BLOCK else None
    if opens_at and zones:
        week = allowed_week(rules, country, region, purpose.is_marketing)
        opens_at = next_opening(week, zones, opens_at) or opens_at
    evidence = {
        "at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "rules": rules.version,
        "rules_as_of": rules.as_of,
        "place": line.hours_key.partition("|")[0],
        "zone_source": line.zone_source if zones else "unknown",
        "local": {zone: at.isoformat(timespec="minutes") for zone, at in zip(zones, local, strict=True)},
        "screened_on": line.screened_on.isoformat() if line.screened_on else None,
        "purpose": purpose.value,
        "is_asked": line.is_asked,
        "verdict": gate.name.lower(),
        "found": [found.rule for found in findings],
    }
    words = worst.words if worst else f"{there}. Good time to call."
    return GateVerdict(gate, words, opens_at, evidence)


def _do_not_call(line: Line) -> list[Finding]:
    if not line.is_do_not_call:
        return []
    return [Finding(Gate.HARD_BLOCK, "do-not-call", f"Do not call. {line.do_not_call_words}".strip())]


def _screening(
    line: Line, rules: CallingRules, country: str, region: str, purpose: Purpose, now: datetime
) -> list[Finding]:
    for row in binding_rules(rules, country, region, purpose.is_marketing):
        if row.screening_days is None:
            continue
        age = (now.astimezone(UTC).date() - line.screened_on).days if line.screened_on else None
        if age is None or age < 0 or age > row.screening_days:
            last = "Never screened" if age is None else f"Last screened {age} days ago"
            return [
                Finding(
                    Gate.HARD_BLOCK,
                    row.id,
                    f"{last}. Marketing calls there need {row.screening_lists} screening "
                    f"within {row.screening_days} days.",
                )
            ]
    return []


def _hours(
    line: Line,
    rules: CallingRules,
    where: tuple[str, str, tuple[str, ...]],
    purpose: Purpose,
    now: datetime,
    there: str,
    is_working_day: IsWorkingDay,
    is_24_hour: bool,
) -> list[Finding]:
    country, region, zones = where
    if not country or not zones:
        return [
            Finding(
                Gate.SOFT_BLOCK, "zone-unknown", "Nobody knows where this number rings. Say why now is a good time."
            )
        ]
    found = []
    days = {now.astimezone(ZoneInfo(zone)).date() for zone in zones}
    is_holiday = any(day.weekday() < 5 and not is_working_day(country, region, day) for day in days)
    rows = binding_rules(rules, country, region, purpose.is_marketing)
    if not purpose.is_marketing:
        advice = binding_rules(rules, country, region, True)
        rows += tuple(row for row in advice if row.is_marketing_only and (region or not row.region))
    for row in rows:
        is_open = is_within_week(row.week, zones, now)
        if is_open and (row.may_ring_on_holidays or not is_holiday):
            continue
        if row.is_marketing_only and not purpose.is_marketing:
            found.append(
                Finding(
                    Gate.WARN, row.id, f"{there}. Marketing calls to {row.name} are closed now; keep to the contract."
                )
            )
            continue
        gate = Gate.HARD_BLOCK if row.is_hard and not line.is_asked else Gate.SOFT_BLOCK
        opens_at = _reopens(rules, where, purpose, now, is_working_day)
        when = "" if opens_at is None else f" Opens {_opens_words(opens_at, now, zones[0], is_24_hour)} there."
        found.append(Finding(gate, row.id, f"{there}. Outside the calling hours.{when}", opens_at))
    return found


def _reopens(
    rules: CallingRules,
    where: tuple[str, str, tuple[str, ...]],
    purpose: Purpose,
    now: datetime,
    is_working_day: IsWorkingDay,
) -> datetime | None:
    """The next opening, past any holiday on which a binding rule forbids calls."""
    country, region, zones = where
    week = allowed_week(rules, country, region, purpose.is_marketing)
    rests = any(not row.may_ring_on_holidays for row in binding_rules(rules, country, region, purpose.is_marketing))
    opens_at = next_opening(week, zones, now)
    for _ in range(14):
        if opens_at is None or not rests:
            break
        local = opens_at.astimezone(ZoneInfo(zones[0]))
        if local.weekday() >= 5 or is_working_day(country, region, local.date()):
            break
        tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), tzinfo=local.tzinfo)
        opens_at = next_opening(week, zones, tomorrow.astimezone(UTC))
    return opens_at


def _business(
    rules: CallingRules, country: str, region: str, local: Sequence[datetime], there: str, is_working_day: IsWorkingDay
) -> list[Finding]:
    if any(not is_working_day(country, region, at.date()) for at in local):
        why = "A weekend there" if any(at.weekday() >= 5 for at in local) else "A public holiday there"
        return [Finding(Gate.WARN, "working-day", f"{there}. {why}.")]
    minutes = [at.hour * 60 + at.minute for at in local]
    opens, closes = (edge.hour * 60 + edge.minute for edge in (rules.opens, rules.closes))
    if any(minute < opens for minute in minutes):
        return [Finding(Gate.WARN, "business-hours", f"{there}. Before their business day.")]
    if any(minute >= closes for minute in minutes):
        return [Finding(Gate.WARN, "business-hours", f"{there}. After their business day.")]
    if any(rules.lunch[0] <= minute < rules.lunch[1] for minute in minutes):
        return [Finding(Gate.WARN, "lunch", f"{there}. Lunch time.")]
    return []


def _there(local: Sequence[datetime], is_24_hour: bool) -> str:
    """ "2:18 PM there", or "1:18 PM to 2:18 PM there" over several candidate zones."""
    if not local:
        return "Local time unknown"
    ordered = sorted(local, key=lambda at: at.replace(tzinfo=None))
    first, last = (time_words(at, is_24_hour=is_24_hour) for at in (ordered[0], ordered[-1]))
    return f"{first} there" if first == last else f"{first} to {last} there"


def _opens_words(opens_at: datetime, now: datetime, zone: str, is_24_hour: bool) -> str:
    local, today = opens_at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    clock = time_words(local, is_24_hour=is_24_hour)
    return f"at {clock}" if local.date() == today else f"{near_day_words(local.date(), today)} at {clock}"
