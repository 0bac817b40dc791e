"""The day so far, for the status bar."""

from dataclasses import dataclass

from callstation.sync.standing import Standing, standing
from callstation.work import Work


@dataclass(frozen=True, slots=True)
class DaySummary:
    """Today's calls and conversations, seconds talked, accounts that cannot be called, and how the CRM stands."""

    calls: int
    conversations: int
    talk_seconds: int
    without_number: int
    """Call targets with something to renew and no number that works."""
    crm: Standing


def summary(work: Work) -> DaySummary:
    """Count the rep's day."""
    day = work.row(
        "SELECT count(*), coalesce(sum(is_reached), 0), coalesce(sum(duration_s), 0) FROM activity "
        "WHERE happened_on = ? AND kind = 'call'",
        (work.today.isoformat(),),
    )
    without_number = work.row("SELECT count(*) FROM call_target WHERE state = 'blocked' AND due_kind = 'no_number'")
    assert day is not None
    assert without_number is not None
    return DaySummary(day[0], day[1], day[2], without_number[0], standing(work))
