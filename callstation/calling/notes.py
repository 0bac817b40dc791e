"""What is being typed during a call: kept while it is written, with ready-made pieces at hand."""

from dataclasses import dataclass
from datetime import datetime

from callstation.settings import Settings
from callstation.work import Work
from db.stored import from_micros, to_micros


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is not logged yet. ``ticked`` are the talk-track points done, by their line numbers from 0."""

    text: str
    ticked: tuple[int, ...]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Snippet:
    """A ready-made piece of a note, under its name."""

    name: str
    text: str


def keep_draft(work: Work, target_id: int, text: str, ticked: tuple[int, ...] = ()) -> None:
    """Keep what has been typed so far, so that a crash loses nothing: no step to undo, nothing to announce.

    An empty note without ticks is forgotten. A target that is gone meanwhile is passed over.
    """
    if not text and not ticked:
        work.derive("DELETE FROM note_draft WHERE id = ?", (target_id,))
        return
    work.derive(
        "INSERT OR REPLACE INTO note_draft (id, text, ticked, saved_at) "
        "SELECT id, ?, ?, ? FROM call_target WHERE id = ?",
        (text, ",".join(str(line) for line in sorted(set(ticked))), to_micros(work.now), target_id),
    )


def draft(work: Work, target_id: int) -> Draft | None:
    """What was typed for a target and never logged, None where there is nothing."""
    found = work.row("SELECT text, ticked, saved_at FROM note_draft WHERE id = ?", (target_id,))
    if found is None:
        return None
    return Draft(found[0], tuple(int(line) for line in found[1].split(",") if line), from_micros(found[2]))


def snippets(settings: Settings) -> tuple[Snippet, ...]:
    """The rep's own pieces, one a line of the setting; a line without a colon is its own name."""
    found = []
    for line in settings.snippets.splitlines():
        name, colon, text = line.partition(":")
        if name.strip():
            found.append(Snippet(name.strip(), text.lstrip() if colon else name.strip()))
    return tuple(found)


def expand_snippet(settings: Settings, typed: str) -> str | None:
    """The text for what was typed after the semicolon: the first piece whose name begins so, None where none does."""
    wanted = typed.strip().casefold()
    names = (piece.text for piece in snippets(settings) if wanted and piece.name.casefold().startswith(wanted))
    return next(names, None)
