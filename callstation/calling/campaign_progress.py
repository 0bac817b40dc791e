"""How far each campaign has come, for the switcher above the queue."""

from dataclasses import dataclass, replace
from datetime import timedelta

from callstation.calling.targets import day_starts_at
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import CampaignKind, Purpose


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign has come since it began: targets, not attempts."""

    called: int
    total: int
    conversations: int
    """Of those called, how many were reached."""
    done: int
    """Of those called, how many have nothing left to renew."""


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One line of the campaign switcher."""

    campaign_id: int
    name: str
    kind: CampaignKind
    purpose: Purpose
    weight: int
    is_active: bool
    progress: Progress


def switcher(work: Work, *, with_closed: bool = False) -> list[CampaignRow]:
    """The campaigns in the order they were made; closed ones only if asked for."""
    rows = work.rows(
        "SELECT id, name, kind, purpose, weight, is_active FROM campaign WHERE is_active OR ? "
        "ORDER BY NOT is_active, id",
        (with_closed,),
    )
    return [
        CampaignRow(row[0], row[1], CampaignKind(row[2]), Purpose(row[3]), row[4], bool(row[5]), progress(work, row[0]))
        for row in rows
    ]


def progress(work: Work, campaign_id: int | None = None) -> Progress:
    """A campaign's progress since it began; without one, that of today's whole queue.

    Walks those called since then along their index, not the members: a rep calls thousands, a book holds 100,000.
    """
    if campaign_id is None:
        today = work.today.isoformat()
        began_at = to_micros(day_starts_at(work, work.today))
        return _progress(work, today, began_at, "", left=_left_today(work, today))
    began = work.row(
        "SELECT date(created_at / 1000000, 'unixepoch', '-1 day'), created_at, "
        "(SELECT count(*) FROM campaign_member m WHERE m.campaign_id = c.id) FROM campaign c WHERE c.id = ?",
        (campaign_id,),
    )
    if began is None:
        return Progress(0, 0, 0, 0)
    member = "AND EXISTS (SELECT 1 FROM campaign_member m WHERE m.campaign_id = ?3 AND m.target_id = t.id)"
    return replace(_progress(work, began[0], began[1], member, campaign_id), total=began[2])


def _progress(work: Work, day: str, start: int, member: str, *values: int, left: int = 0) -> Progress:
    called, reached, done = work.rows(
        "SELECT count(*), coalesce(sum(t.last_reached_at >= ?2), 0), coalesce(sum(t.renewal_count = 0), 0) "
        f"FROM call_target t WHERE t.called_on >= ?1 AND t.last_called_at >= ?2 {member}",
        (day, start, *values),
    )[0]
    return Progress(called, called + left, reached, done)


def _left_today(work: Work, today: str) -> int:
    """Who is still to be called before the day turns, and has not been called yet."""
    left: int = work.rows("SELECT count(*) FROM call_target WHERE state = 'ready'")[0][0]
    for state in ("timed", "resting"):
        left += work.rows(
            f"SELECT count(*) FROM call_target WHERE state = '{state}' AND due_at < ? AND called_on IS NOT ?",
            (to_micros(day_starts_at(work, work.today + timedelta(days=1))), today),
        )[0][0]
    return left
