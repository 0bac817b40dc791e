"""The marks of the closing checklist as the store has them, and what is missing in words."""

from collections.abc import Mapping
from types import MappingProxyType

from callstation.work import Work
from db.nouns import ClosingMark
from db.vocabulary import ClosingStep

STEPS = tuple(ClosingStep)
"""In the order in which they are done."""

LABELS: Mapping[ClosingStep, str] = MappingProxyType(
    {
        ClosingStep.QUOTE_ACCEPTED: "Quote accepted",
        ClosingStep.ORDER_NUMBER: "Order number",
        ClosingStep.ORDER_PLACED: "Order placed",
        ClosingStep.LICENCE_DELIVERED: "Licence delivered",
        ClosingStep.CUSTOMER_TOLD: "Customer told",
    }
)

WON_INCOMPLETE = f"""
    r.stage = 'won' AND (SELECT count(*) FROM closing_mark m WHERE m.renewal_id = r.id) < {len(STEPS)}"""
"""The SQL condition for a renewal ``r`` that is won, but not complete."""


def missing_steps(done: str | None) -> tuple[ClosingStep, ...]:
    """The steps that are not among the marked ones, which are comma separated as SQL's group_concat gives them."""
    marked = set((done or "").split(","))
    return tuple(step for step in STEPS if step not in marked)


def missing_words(steps: tuple[ClosingStep, ...]) -> str:
    """What is missing: "licence delivered, customer told missing"; "" where nothing is."""
    return f"{', '.join(LABELS[step].lower() for step in steps)} missing" if steps else ""


def mark_accepted(work: Work, quote_id: int, label: str) -> None:
    """Tick the first step off for every renewal of an accepted quote; one that is ticked already stays as it is."""
    for (renewal_id,) in work.rows(
        "SELECT DISTINCT renewal_id FROM quote_line l WHERE quote_id = ? AND renewal_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM closing_mark m WHERE m.renewal_id = l.renewal_id AND m.step = 'quote_accepted')",
        (quote_id,),
    ):
        work.insert(ClosingMark, renewal_id=renewal_id, step=ClosingStep.QUOTE_ACCEPTED, done_at=work.now, words=label)


def unmark_accepted(work: Work, label: str) -> None:
    """Take the tick back that this quote set: a newer version stands in its place."""
    for (renewal_id,) in work.rows(
        "SELECT renewal_id FROM closing_mark WHERE step = 'quote_accepted' AND words = ? ORDER BY renewal_id", (label,)
    ):
        work.delete(ClosingMark, renewal_id, ClosingStep.QUOTE_ACCEPTED)
