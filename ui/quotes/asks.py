"""What the quote still asks, in the strip at its foot: an end, a discount, a reason, a name, what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from db.vocabulary import QuoteStatus
from ui.calling.strip import StripChoice, StripView

_SHOWN = 100
"""Letters of a reason that are said again."""


class Ask(StrEnum):
    """What is asked now."""

    END = "end"
    DISCOUNT = "discount"
    WHY_DISCOUNT = "why_discount"
    APPROVED_BY = "approved_by"
    APPROVED_WHY = "approved_why"
    REJECTED_WHY = "rejected_why"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with how it looks; ``given`` is what was answered before it."""

    ask: Ask
    view: StripView
    given: str = ""


def ask_end(now: str) -> Asked:
    """The common end of all contracts."""
    view = StripView(
        "Co-term", "info", "On which day shall all contracts end?", prompt="such as 30 Jun 2027", icon="calendar-clock",
        button="End on that day", words=f"{now} Empty goes back to the day that follows from the contracts.",
        is_typed_first=True, back="Go back",
    )  # fmt: skip
    return Asked(Ask.END, view)


def ask_discount() -> Asked:
    """A discount for every line without one of its own."""
    view = StripView(
        "Discount", "info", "How much off every line?", prompt="percent, such as 7.5", icon="tag",
        button="Take it off", words="Lines with a discount of their own keep it.", is_typed_first=True, back="Go back",
    )  # fmt: skip
    return Asked(Ask.DISCOUNT, view)


def ask_why_discount(approval: str) -> Asked:
    """Why a discount beyond the floor is needed."""
    view = StripView(
        "Needs approval", "warn", "Why is the discount needed?", prompt="The reason, in a few words", icon="pencil",
        button="Ask for approval", words=f"{approval} It is not sent before it is approved.", is_typed_first=True,
        back="Go back",
    )  # fmt: skip
    return Asked(Ask.WHY_DISCOUNT, view)


def ask_approved_by(level: str) -> Asked:
    """Who allowed the discount."""
    view = StripView(
        "Approval", "ok", "Who approved it?", prompt="Name", icon="check", button="Next",
        words=f"The {level} or above. The name is kept with the quote.", is_typed_first=True, back="Go back",
    )  # fmt: skip
    return Asked(Ask.APPROVED_BY, view)


def ask_approved_why(by: str, reason: str) -> Asked:
    """Why it was allowed; Enter alone takes the reason that it was asked for with."""
    short = reason if len(reason) <= _SHOWN else f"{reason[:_SHOWN].rstrip()}…"
    said = f"Asked for because: {short}. Enter alone keeps that reason." if reason else "The reason is kept."
    view = StripView(
        "Approval", "ok", f"Why did {by} approve it?", prompt="The reason, in a few words", icon="check",
        button="Approved", words=said, is_typed_first=True, back="Go back",
    )  # fmt: skip
    return Asked(Ask.APPROVED_WHY, view, by)


def ask_rejected_why() -> Asked:
    """What the customer said."""
    view = StripView(
        "Rejected", "bad", "What did they say?", prompt="The reason, in a few words", icon="x",
        button="Rejected", words="The renewal is at risk from then on; a new version may win it back.",
        is_typed_first=True, back="Go back",
    )  # fmt: skip
    return Asked(Ask.REJECTED_WHY, view)


ACCEPT, REJECT, RENEW, SEND = "accept", "reject", "renew", "send"
APPROVE, CHANGE, NEWEST = "approve", "change", "newest"


def next_steps(
    status: QuoteStatus, *, is_newest: bool, is_approved: bool = False
) -> dict[int, tuple[str, StripChoice]]:
    """What can be done with a stored quote, by digit."""
    renew = (RENEW, "New version", "Recalculated now")
    change = (CHANGE, "Change it", "Asks for approval again" if is_approved else "Less discount")
    found: tuple[tuple[str, str, str], ...]
    if not is_newest:
        found = ((NEWEST, "Open the newest", "This one is history"),)
    elif status is QuoteStatus.SENT:
        found = (
            (ACCEPT, "Accepted", "Verbal yes, then order"), (REJECT, "Rejected", "Asks for the reason"), renew,
            (SEND, "Mail it again", "PDF and e-mail draft"),
        )  # fmt: skip
    elif status is QuoteStatus.NEEDS_APPROVAL:
        found = ((APPROVE, "Approved", "By whom, and why"), change)
    elif status is QuoteStatus.DRAFT:
        found = ((SEND, "Send", "PDF and e-mail draft"), change)
    else:
        found = (renew,)
    return {
        digit: (what, StripChoice(digit, label, words)) for digit, (what, label, words) in enumerate(found, start=1)
    }
