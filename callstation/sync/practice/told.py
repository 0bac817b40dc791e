"""What happened when the rep last practised: kept as sentences, read without the practice org."""

import json

from callstation.sync.context import fact, keep_fact
from callstation.work import Work

_TOLD = "practice.told"


def keep_told(work: Work, sentences: tuple[str, ...]) -> None:
    """Remember what happened."""
    keep_fact(work, _TOLD, json.dumps(sentences))


def read_told(work: Work) -> tuple[str, ...]:
    """The sentences of the last time, none before the first."""
    return tuple(json.loads(fact(work, _TOLD) or "[]"))
