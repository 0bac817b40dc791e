"""One noun counted on both sides, as the receipt keeps it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Count:
    """One noun on both sides. ``sum``: amounts of open opportunities, seconds of calls; None where nothing is added."""

    sobject: str
    label: str
    here: int
    there: int
    here_sum: str | None = None
    there_sum: str | None = None

    @property
    def is_equal(self) -> bool:
        return (self.here, self.here_sum) == (self.there, self.there_sum)


def as_facts(counts: Sequence[Count]) -> list[dict[str, Any]]:
    """For the receipt's JSON."""
    return [asdict(one) for one in counts]
