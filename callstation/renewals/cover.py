"""How a contract that is due is covered: by a conversation, by a plan, by a close with its reason, or by nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class Cover(StrEnum):
    """Each contract due stands in exactly one, the first that holds."""

    CONTACT = "contact"  # a two-way contact since its cadence started
    PLAN = "plan"  # a call with a day of its own, or a step of its cadence, ahead and before its end
    CLOSED = "closed"  # won, or lost with a reason
    NOTHING = "nothing"


class Why(StrEnum):
    """What put a contract where it stands."""

    CONTACT = "contact"
    TIMED = "timed"
    CALL = "call"
    STEP = "step"
    WON = "won"
    LOST = "lost"
    NO_REASON = "no_reason"
    SET_ASIDE = "set_aside"
    OVER = "over"
    DO_NOT_CALL = "do_not_call"
    NO_NUMBER = "no_number"
    NO_TARGET = "no_target"
    TOO_LATE = "too_late"
    NO_STEP = "no_step"
    NO_RENEWAL = "no_renewal"
    ONLY_LISTED = "only_listed"
    ONLY_CRM = "only_crm"


COVERS: Mapping[Why, Cover] = MappingProxyType(
    {
        Why.CONTACT: Cover.CONTACT,
        Why.TIMED: Cover.PLAN,
        Why.CALL: Cover.PLAN,
        Why.STEP: Cover.PLAN,
        Why.WON: Cover.CLOSED,
        Why.LOST: Cover.CLOSED,
    }
)
"""Every other reason is none: nothing covers the contract."""

WORDS: Mapping[Why, tuple[str, str]] = MappingProxyType(
    {
        Why.CONTACT: ("Spoken to", ""),
        Why.TIMED: ("Has a minute of its own before the end", ""),
        Why.CALL: ("The next call is planned before the end", ""),
        Why.STEP: ("A step of the cadence is ahead, before the end", ""),
        Why.WON: ("Won", ""),
        Why.LOST: ("Lost", ""),
        Why.NO_REASON: ("Lost, and nobody said why", "Give the reason, or open it again and call."),
        Why.SET_ASIDE: ("Closed without being won or lost", "Say whether it was won or lost."),
        Why.OVER: ("Ended, and nobody spoke to them in its last 120 days", "Call now: it is on the lapse lane."),
        Why.DO_NOT_CALL: ("They must not be called", "Write, or go through the partner; then close it with a reason."),
        Why.NO_NUMBER: ("No number works", "Find a number or another person."),
        Why.NO_TARGET: ("Nobody is called for it", "Add a person with a number."),
        Why.TOO_LATE: ("The next call is planned after the end", "Bring the call forward."),
        Why.NO_STEP: ("No step of the cadence is left before the end", "Call today, or set a callback."),
        Why.NO_RENEWAL: ("The contract has no renewal", "Import its list again, or look at the account."),
        Why.ONLY_LISTED: ("In the list, not in the book", "Mend the row and import the list again."),
        Why.ONLY_CRM: ("In Salesforce, not here", "Sync; see whose account it is."),
    }
)
"""What is said of a contract, and what to do where nothing covers it."""


def cover_of(why: Why) -> Cover:
    """Where a reason puts a contract."""
    return COVERS.get(why, Cover.NOTHING)


@dataclass(frozen=True, slots=True)
class Part:
    """The contracts of a ledger that are covered in one way. ``value`` in the base currency, as far as it is known."""

    cover: Cover
    count: int
    value: Decimal
    reasons: Mapping[Why, int]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every contract due in a window, each in exactly one part."""

    first: date
    last: date
    parts: Mapping[Cover, Part]
    currency: str
    without_rate: Mapping[str, int]
    """Currency to contracts that are counted, but in no value."""
    history: int
    """Contracts that came into the book after their end, with no renewal to work: in no part."""
    ended: int | None = None
    """Those of the parts that ended before ``first`` and are still open. None: they were not asked for."""

    @property
    def due(self) -> int:
        return sum(part.count for part in self.parts.values())

    @property
    def nothing(self) -> int:
        return self.parts[Cover.NOTHING].count

    @property
    def coverage(self) -> Decimal | None:
        """Contracts with a two-way contact / contracts due (trade.md), rounded down to four places: 1 is all of them.

        None where nothing is due.
        """
        return Decimal(self.parts[Cover.CONTACT].count * 10_000 // self.due).scaleb(-4) if self.due else None

    @property
    def is_green(self) -> bool:
        """Nobody is missed: something is due, and not one contract has nothing."""
        return self.due > 0 and self.nothing == 0
