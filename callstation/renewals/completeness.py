"""What an open opportunity lacks before it can be told of: next step, contact, amount, a date ahead, notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NOTE_DAYS = 90
"""A note or a conversation within so many days is notes enough."""


class Gap(StrEnum):
    """One thing that is missing, in the order in which it is said."""

    NEXT_STEP = "next_step"
    CONTACT = "contact"
    AMOUNT = "amount"
    DATE = "date"
    NOTES = "notes"


WORDS = {
    Gap.NEXT_STEP: "no next step",
    Gap.CONTACT: "no contact",
    Gap.AMOUNT: "no amount",
    Gap.DATE: "its date has passed",
    Gap.NOTES: f"no note in {NOTE_DAYS} days",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides whether an opportunity is complete. ``told_on``: the rep's day of the last note or conversation."""

    is_open: bool
    next_step: str | None
    has_contact: bool
    """A person by name, who is still there."""
    has_amount: bool
    close_on: date
    told_on: date | None


def missing(facts: Facts, today: date) -> tuple[Gap, ...]:
    """What is missing, in order; nothing of what is won or lost."""
    if not facts.is_open:
        return ()
    is_untold = facts.told_on is None or (today - facts.told_on).days > NOTE_DAYS
    tests = (
        (Gap.NEXT_STEP, not (facts.next_step or "").strip()), (Gap.CONTACT, not facts.has_contact),
        (Gap.AMOUNT, not facts.has_amount), (Gap.DATE, facts.close_on < today), (Gap.NOTES, is_untold),
    )  # fmt: skip
    return tuple(gap for gap, is_missing in tests if is_missing)


def gap_words(gaps: Iterable[Gap]) -> str:
    """What is missing: "no next step, no contact"; "" where nothing is."""
    return ", ".join(WORDS[gap] for gap in gaps)


def incomplete_words(gaps: Iterable[Gap]) -> str:
    """The same as a remark: "incomplete: no next step, no contact"; "" where nothing is missing."""
    words = gap_words(gaps)
    return f"incomplete: {words}" if words else ""
