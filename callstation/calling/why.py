"""Why a call target stands where it stands in the queue, and what would move it."""

from dataclasses import dataclass

from callstation.calling.day import facts_of
from callstation.calling.ranking_words import Part, score, what_would_move_it
from callstation.work import Work


@dataclass(frozen=True, slots=True)
class Why:
    """The score of now with its parts explained. ``words`` is the reason in a sentence or two."""

    total: float
    parts: tuple[Part, ...]
    words: str
    moves: str


def why(work: Work, target_id: int) -> Why:
    """Explain one target; one with nothing open explains that."""
    found = facts_of(work, target_id)
    if found is None:
        return Why(0.0, (), "Nothing is open to renew here.", "")
    explained = score(*found)
    return Why(explained.total, explained.parts, explained.words, what_would_move_it(*found))
