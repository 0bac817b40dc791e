"""Whom somebody had spoken to by the end of an earlier day, of the contracts that ended after it or were open still."""

from dataclasses import dataclass
from datetime import date, timedelta

from callstation.calling.targets import FIRST_CALL_DAYS, day_starts_at
from callstation.renewals.day_starts import day_start_sql
from callstation.work import Work
from db.stored import to_micros

_COUNTS = """
    SELECT CASE WHEN {spoken} THEN 'spoken' WHEN r.closed_at < {until} AND (r.stage = 'won' OR (r.stage = 'lost' AND
           r.loss_reason IS NOT NULL)) THEN 'closed' ELSE 'neither' END, count(*)
    FROM renewal r WHERE r.due_on <= ? AND (r.due_on >= ? OR r.closed_at IS NULL OR r.closed_at >= {until}) AND EXISTS
    (SELECT 1 FROM contract k WHERE k.id = r.contract_id AND k.created_at < {until}) GROUP BY 1"""
_SPOKEN = """
    coalesce(r.last_contact_at >= {since}, 0) AND (r.last_contact_at < {until} OR EXISTS (SELECT 1 FROM activity y
    WHERE y.target_id = r.target_id AND y.is_reached AND y.happened_at >= {since} AND y.happened_at < {until}
    AND (r.closed_at IS NULL OR y.happened_at <= r.closed_at)))"""
"""What was said after the day is looked behind: a conversation about the same person's contracts before its end."""


@dataclass(frozen=True, slots=True)
class CoveredThen:
    """Contracts of a window, and those that had ended and were open, as far as the book had them: each in one part.

    Plans of then are not remembered.
    """

    first: date
    last: date
    spoken: int
    """With a two-way contact since their cadence started."""
    closed: int
    """Won, or lost with a reason, with nobody spoken to."""
    neither: int

    @property
    def due(self) -> int:
        return self.spoken + self.closed + self.neither


def covered_then(work: Work, day: date, ahead: timedelta) -> CoveredThen:
    """Count what ended within ``ahead`` of a day or was open beyond its end, as it was when that day was over."""
    first, last = day, day + ahead
    until = str(to_micros(day_starts_at(work, day + timedelta(days=1))))
    (oldest,) = work.rows("SELECT min(due_on) FROM renewal")[0]
    since_first = first if oldest is None else min(first, date.fromisoformat(oldest))
    since = day_start_sql(work, "r.due_on", since_first, last, later=-FIRST_CALL_DAYS)
    spoken = _SPOKEN.format(since=since, until=until)
    found = dict(work.rows(_COUNTS.format(spoken=spoken, until=until), (last.isoformat(), first.isoformat())))
    return CoveredThen(first, last, *(found.get(part, 0) for part in ("spoken", "closed", "neither")))
