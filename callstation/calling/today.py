"""The day so far, for the status bar."""

from dataclasses import dataclass

from callstation.work import Work


@dataclass(frozen=True, slots=True)
class DaySummary:
    """Today's calls and conversations, seconds talked, records that wait for the CRM, and what needs attention."""

    calls: int
    conversations: int
    talk_seconds: int
    waiting: int
    attention: int
    """Call targets with something to renew and no number that works."""


def summary(work: Work) -> DaySummary:
    """Count the rep's day."""
    day = work.row(
        "SELECT count(*), coalesce(sum(is_reached), 0), coalesce(sum(duration_s), 0) FROM activity "
        "WHERE happened_on = ? AND kind = 'call'",
        (work.today.isoformat(),),
    )
    waiting = work.row("SELECT count(*) FROM outbox_entry")
    attention = work.row("SELECT count(*) FROM call_target WHERE state = 'blocked' AND due_kind = 'no_number'")
    assert day is not None
    assert waiting is not None
    assert attention is not None
    return DaySummary(day[0], day[1], day[2], waiting[0], attention[0])
