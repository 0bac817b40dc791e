"""The call as a state machine: ready, calling, wrap-up, and what an outcome still asks, driven by the keys of the desk.

Frozen: each key gives a ``Turn`` with the next state and what the desk has to do. Durations are monotonic seconds
handed in, so a changed clock or time zone in the middle of a call does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from callstation.calling.outcomes import OUTCOMES, Needs, OutcomeKey
from db.vocabulary import Disposition


class Phase(StrEnum):
    """Where the call stands; ``WRAP_UP`` is ended but not yet logged."""

    READY = "ready"
    CALLING = "calling"
    WRAP_UP = "wrap_up"


class Effect(StrEnum):
    """What the desk has to do after a key."""

    NOTHING = "nothing"
    DIAL = "dial"  # ask the gate, hand the number over, then ``dialled``
    HANG_UP = "hang_up"
    ASK = "ask"  # open the strip for ``disposition``
    ANSWER = "answer"  # ``choice`` of the strip was taken, 0 = what Enter means there
    CLOSE = "close"  # close the strip, back to the outcome keys
    LOG = "log"  # log ``disposition`` at once
    MORE = "more"  # list the outcomes without a key


@dataclass(frozen=True, slots=True)
class Session:
    """One account in hand. ``talked_s`` are the finished legs, ``began_s`` (monotonic) the leg under way."""

    phase: Phase = Phase.READY
    talked_s: float = 0.0
    began_s: float | None = None
    asking: Disposition | None = None

    def seconds(self, now_s: float) -> int | None:
        """Whole seconds on the call so far; None before it."""
        if self.phase is Phase.READY:
            return None
        return int(self.talked_s + self._leg(now_s))

    def space(self, now_s: float) -> "Turn":
        """Start the call, end it without logging, or ring again; while the strip asks, nothing."""
        if self.asking is not None:
            return Turn(self, Effect.NOTHING)
        if self.phase is not Phase.CALLING:
            return Turn(self, Effect.DIAL)
        over = replace(self, phase=Phase.WRAP_UP, talked_s=self.talked_s + self._leg(now_s), began_s=None)
        return Turn(over, Effect.HANG_UP)

    def dialled(self, now_s: float) -> "Session":
        """The number was handed over: the timer runs."""
        return self if self.phase is Phase.CALLING else replace(self, phase=Phase.CALLING, began_s=now_s)

    def press(self, digit: int, keys: Sequence[OutcomeKey]) -> "Turn":
        """A digit: an answer while the strip asks, else the outcome on that key, 0 for those without one."""
        if self.asking is not None:
            return Turn(self, Effect.ANSWER, self.asking, digit)
        if digit == 0:
            return Turn(self, Effect.MORE)
        found = next((key.disposition for key in keys if key.digit == digit), None)
        return Turn(self, Effect.NOTHING) if found is None else self.choose(found)

    def choose(self, disposition: Disposition) -> "Turn":
        """An outcome, by whatever way: logged at once, or asked what it still needs."""
        if OUTCOMES[disposition].needs is Needs.NOTHING:
            return Turn(replace(self, asking=None), Effect.LOG, disposition)
        return Turn(replace(self, asking=disposition), Effect.ASK, disposition)

    def enter(self) -> "Turn":
        """Take what is typed or offered first."""
        if self.asking is None:
            return Turn(self, Effect.NOTHING)
        return Turn(self, Effect.ANSWER, self.asking, 0)

    def escape(self) -> "Turn":
        """Leave the strip; the call goes on as it was."""
        if self.asking is None:
            return Turn(self, Effect.NOTHING)
        return Turn(replace(self, asking=None), Effect.CLOSE)

    def _leg(self, now_s: float) -> float:
        return 0.0 if self.began_s is None else max(now_s - self.began_s, 0.0)


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after a key and what to do about it. Once the outcome is logged the next account has a new session."""

    session: Session
    effect: Effect
    disposition: Disposition | None = None
    choice: int = 0
