"""The one chip or the one status that a queue row carries, in words."""

from functools import lru_cache
from typing import NamedTuple

from callstation.calling.outcomes import OUTCOMES
from db.vocabulary import ClosingStep, Disposition

CALLS_BEFORE_LEECH = 8
SOON_DAYS = 7
_LACKS = {
    ClosingStep.QUOTE_ACCEPTED: "Quote not accepted",
    ClosingStep.ORDER_NUMBER: "Order no. missing",
    ClosingStep.ORDER_PLACED: "Order not placed",
    ClosingStep.LICENCE_DELIVERED: "Licence missing",
    ClosingStep.CUSTOMER_TOLD: "Customer not told",
}
"""What a won contract still lacks, as short as a chip is."""


class Chip(NamedTuple):
    """A mark that matters: ``kind`` is info, ok, warn, bad or mute; ``icon`` names an icon of the product."""

    kind: str
    icon: str
    words: str


@lru_cache(maxsize=4096)
def chip_of(
    state: str, due_kind: str | None, clock: str, is_overdue: bool, days: int | None, stage: str | None,
    closed_steps: str | None = None,
) -> Chip | None:  # fmt: skip
    """The chip of a target, or None where nothing stands out; what was agreed comes before what expires.

    ``closed_steps``: the closing steps done, comma separated, where nothing is left but a won contract to close.
    """
    lacks = None
    if closed_steps is not None:
        lacks = next((words for step, words in _LACKS.items() if step.value not in closed_steps.split(",")), None)
    if lacks is not None and (state != "timed" or due_kind == "follow_up"):
        return Chip("warn", "list-checks", f"{lacks}, {clock}" if state == "timed" else lacks)
    if state == "timed":
        words = {"callback": "Callback", "promise": "Promised", "snooze": "Snoozed to", "follow_up": "Follow up"}.get(
            due_kind or "", "Due"
        )
        return Chip("warn" if is_overdue else "info", "clock", f"{words} {clock}")
    if days is not None and days < 0:
        return Chip("bad", "triangle-alert", f"Lapsed {-days} d")
    if days is not None and days <= SOON_DAYS:
        return Chip("bad", "triangle-alert", "Expires today" if days == 0 else f"Expires in {days} d")
    return {
        "quoted": Chip("info", "file-text", "Quote sent"),
        "verbal_yes": Chip("ok", "check", "Verbal yes"),
        "order_promised": Chip("ok", "check", "Order promised"),
        "at_risk": Chip("warn", "triangle-alert", "At risk"),
    }.get(stage or "")


@lru_cache(maxsize=4096)
def status_of(last_disposition: str | None, attempts: int, missed_in_a_row: int) -> str:
    """What is left to say without a chip: "New", "Left voicemail", "2 attempts"."""
    if last_disposition is None:
        return "New"
    if missed_in_a_row >= CALLS_BEFORE_LEECH:
        return f"Missed {missed_in_a_row} times"
    if last_disposition == Disposition.NO_ANSWER and attempts > 1:
        return f"{attempts} attempts"
    return OUTCOMES[Disposition(last_disposition)].label
