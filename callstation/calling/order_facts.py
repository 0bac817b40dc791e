"""What quotes and orders say about a call target: when a quote went out, and which order is not closed."""

from collections.abc import Iterable
from typing import Any

from callstation.renewals.marks import WON_INCOMPLETE, missing_steps, missing_words
from callstation.work import Work
from db.stored import to_micros
from db.vocabulary import ClosingStep, RenewalStage

ORDER_WITHIN_DAYS = 3
"""Working days after a verbal yes by which the order should be there (trade.md, Outcomes)."""
DAY = 86_400_000_000

_ISSUES = f"""
    SELECT r.target_id, r.stage,
           (SELECT group_concat(m.step) FROM closing_mark m WHERE m.renewal_id = r.id),
           CASE r.stage WHEN 'verbal_yes' THEN max(
               coalesce((SELECT m.done_at FROM closing_mark m
                         WHERE m.renewal_id = r.id AND m.step = 'quote_accepted'), 0),
               coalesce((SELECT max(y.happened_at) FROM activity y WHERE y.target_id = r.target_id
                         AND y.disposition IN ('verbal_yes', 'renewing_via_partner')), 0)) END
    FROM (SELECT id, target_id, stage FROM renewal r WHERE {WON_INCOMPLETE} {{one}}
          UNION ALL SELECT id, target_id, stage FROM renewal r
          WHERE r.closed_at IS NULL AND r.stage = 'verbal_yes' {{one}}) r
    WHERE r.target_id IS NOT NULL ORDER BY r.stage <> 'won'"""


def quotes_sent(work: Work, target_id: int | None = None) -> dict[int, int]:
    """Target to the moment (microseconds) at which its last quote that still waits for an answer was sent."""
    one = "" if target_id is None else f"AND target_id = {int(target_id)}"
    return dict(
        work.rows(
            "SELECT target_id, max(sent_at) FROM quote WHERE status = 'sent' AND target_id IS NOT NULL "
            f"{one} GROUP BY target_id"
        )
    )


def order_issues(work: Work, target_id: int | None = None) -> dict[int, str]:
    """Target to what is wrong with its order, in words: "order not closed: licence delivered missing".

    A won renewal that is not complete, or a verbal yes without an order for more than three working days.
    """
    one = "" if target_id is None else f"AND r.target_id = {int(target_id)}"
    return _in_words(work.rows(_ISSUES.format(one=one)), to_micros(work.now))


def _in_words(rows: Iterable[tuple[Any, ...]], now: int) -> dict[int, str]:
    issues: dict[int, str] = {}
    for target_id, stage, done, yes_at in rows:
        missing = missing_steps(done)
        if stage == RenewalStage.WON:
            issues.setdefault(target_id, f"order not closed: {missing_words(missing)}")
            continue
        days = (now - yes_at) // DAY * 5 // 7 if yes_at else 0
        if days > ORDER_WITHIN_DAYS and ClosingStep.ORDER_PLACED in missing and ClosingStep.ORDER_NUMBER in missing:
            issues.setdefault(target_id, f"yes {days} working days ago, no order")
    return issues
