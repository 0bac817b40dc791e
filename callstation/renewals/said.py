"""An activity in a few words: the outcome of a call, else its note or what sort of thing it was."""

from collections.abc import Mapping
from types import MappingProxyType

from callstation.calling.outcomes import OUTCOMES
from db.vocabulary import ActivityKind, Disposition

SAID_BY: Mapping[ActivityKind, str] = MappingProxyType(
    {
        ActivityKind.CALL: "Call",
        ActivityKind.NOTE: "Note",
        ActivityKind.EMAIL: "E-mail",
        ActivityKind.QUOTE: "Quote",
        ActivityKind.PIPELINE: "Pipeline",
    }
)
"""What can move an opportunity; ticking off a closing step does not."""
LONGEST = 80


def said(kind: str, disposition: str | None, note: str) -> str:
    """ "Order received", "Q-2026-0012 v2 sent", "Note: asked for two years"."""
    first = " ".join(note.split())
    first = first if len(first) <= LONGEST else f"{first[: LONGEST - 1]}…"
    if disposition:
        return OUTCOMES[Disposition(disposition)].label
    what = SAID_BY[ActivityKind(kind)]
    if not first:
        return what
    return first if kind in (ActivityKind.QUOTE, ActivityKind.PIPELINE) else f"{what}: {first}"
