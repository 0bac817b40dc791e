"""What the calling gate is asked about and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum


class Gate(IntEnum):
    """How freely a call may be made, the graver the greater."""

    ALLOWED = 0
    WARN = 1
    SOFT_BLOCK = 2  # a typed reason opens it
    HARD_BLOCK = 3  # nothing does


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of the number about to ring.

    ``hours_key`` from ``make_hours_key``; ``attempts_at`` the counted attempts on the number in the last 14 days (UTC);
    ``zone_source`` in words: "number", "address", "number and address"; ``is_asked`` if they asked for this call.
    """

    hours_key: str
    zone_source: str = "number"
    is_do_not_call: bool = False
    do_not_call_words: str = ""
    screened_on: date | None = None
    attempts_at: Sequence[datetime] = ()
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """The answer: a level, one or two sentences, when it opens (UTC, None = open, or not by waiting), the evidence."""

    gate: Gate
    words: str
    opens_at: datetime | None
    evidence: Mapping[str, object]

    @property
    def may_dial(self) -> bool:
        """Whether the call may start as it is."""
        return self.gate <= Gate.WARN

    @property
    def needs_reason(self) -> bool:
        """Whether a typed reason would open it."""
        return self.gate is Gate.SOFT_BLOCK


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason against the call, or for care; ``opens_at`` (UTC) if waiting cures it."""

    gate: Gate
    rule: str
    words: str
    opens_at: datetime | None = None
