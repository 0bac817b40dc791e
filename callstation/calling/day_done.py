"""What the desk says when nobody is left to call: the day in figures, and what comes next."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from callstation.work import Work
from db.stored import from_micros, from_units


@dataclass(frozen=True, slots=True)
class DayDone:
    """``renewing`` is the value that said yes or ordered today, in the currency with the most of it."""

    accounts: int
    calls: int
    conversations: int
    renewing: Decimal | None
    currency: str
    next_account: str
    next_at: datetime | None
    """When somebody has a minute of their own next; None if nobody has."""
    is_book_empty: bool


def day_done(work: Work, *, campaign_id: int | None = None) -> DayDone:
    """Sum up the rep's day so far; the next timed call is that of the campaign, the figures those of the day."""
    day = work.today.isoformat()
    calls, conversations = work.rows(
        "SELECT count(*), coalesce(sum(is_reached), 0) FROM activity WHERE happened_on = ? AND kind = 'call'", (day,)
    )[0]
    renewing = work.row(
        """SELECT sum(r.amount), r.currency FROM renewal r WHERE r.target_id IN (
               SELECT target_id FROM activity WHERE happened_on = ? AND kind = 'call'
                                 AND disposition IN ('verbal_yes', 'order_received'))
           AND r.stage IN ('verbal_yes', 'order_promised', 'won') AND r.amount IS NOT NULL
           GROUP BY r.currency ORDER BY 1 DESC""",
        (day,),
    )
    member = "AND EXISTS (SELECT 1 FROM campaign_member m WHERE m.campaign_id = ? AND m.target_id = t.id)"
    coming = work.row(
        "SELECT a.name, t.due_at FROM call_target t JOIN account a ON a.id = t.account_id "
        f"WHERE t.state = 'timed' {member if campaign_id else ''} ORDER BY t.due_at LIMIT 1",
        (campaign_id,) if campaign_id else (),
    )
    return DayDone(
        work.rows("SELECT count(*) FROM call_target WHERE called_on = ?", (day,))[0][0], calls, conversations,
        from_units(renewing[0]) if renewing else None, renewing[1] or "" if renewing else "",
        coming[0] if coming else "", from_micros(coming[1]) if coming else None,
        work.row("SELECT 1 FROM account LIMIT 1") is None,
    )  # fmt: skip
