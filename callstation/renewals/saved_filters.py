"""Filters of a page saved by name, recalled by their place, which can be changed."""

from dataclasses import dataclass

from callstation.errors import UserError
from callstation.work import Work
from db.nouns import SavedFilter

LONGEST_NAME = 60
_READ = "SELECT id, name, filter FROM saved_filter WHERE page = ? ORDER BY position, id"


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved filter; ``text`` is the page's own JSON."""

    filter_id: int
    name: str
    text: str


def saved_filters(work: Work, page: str = "pipeline") -> tuple[Saved, ...]:
    """Those of a page, in order, which is at first that in which they were saved: the digits recall them."""
    return tuple(Saved(*row) for row in work.rows(_READ, (page,)))


def save_filter(work: Work, name: str, text: str, *, page: str = "pipeline") -> int:
    """Save a filter under a name; one of that name is written over. Its id."""
    name = _named(name)
    found = filter_named(work, name, page=page)
    work.journal.label = f"Saved the filter {name}"
    if found is not None:
        work.update(SavedFilter, found.filter_id, name=name, filter=text)
        return found.filter_id
    last = work.rows("SELECT coalesce(max(position), 0) FROM saved_filter WHERE page = ?", (page,))[0][0]
    return work.insert(SavedFilter, page=page, name=name, filter=text, position=last + 1)


def filter_named(work: Work, name: str, *, page: str = "pipeline") -> Saved | None:
    """The filter of a name, in capitals or not; None where there is none."""
    key = " ".join(name.split()).casefold()
    return next((one for one in saved_filters(work, page) if one.name.casefold() == key), None)


def rename_filter(work: Work, filter_id: int, name: str) -> None:
    """Give a saved filter another name."""
    name, page = _named(name), _page_of(work, filter_id)
    found = filter_named(work, name, page=page)
    if found is not None and found.filter_id != filter_id:
        raise UserError(f"There is a filter {name} already.", "", "Choose another name.")
    work.update(SavedFilter, filter_id, name=name)
    work.journal.label = f"Renamed the filter {name}"


def move_filter(work: Work, filter_id: int, place: int) -> None:
    """Put a saved filter at another place, from 1; past the ends is the first or the last."""
    saved = list(saved_filters(work, _page_of(work, filter_id)))
    one = next(one for one in saved if one.filter_id == filter_id)
    saved.remove(one)
    saved.insert(max(0, place - 1), one)
    for position, kept in enumerate(saved, 1):
        work.update(SavedFilter, kept.filter_id, position=position)
    work.journal.label = f"Moved the filter {one.name} to {saved.index(one) + 1}"


def delete_filter(work: Work, filter_id: int) -> None:
    """Forget a saved filter."""
    page = _page_of(work, filter_id)
    name = next(one.name for one in saved_filters(work, page) if one.filter_id == filter_id)
    work.delete(SavedFilter, filter_id)
    work.journal.label = f"Deleted the filter {name}"


def _page_of(work: Work, filter_id: int) -> str:
    found = work.row("SELECT page FROM saved_filter WHERE id = ?", (filter_id,))
    if found is None:
        raise UserError("This filter is gone.", f"There is no saved filter {filter_id}.", "Reload the page.")
    return str(found[0])


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError("A saved filter needs a name.", "", "Type one, such as Slipped in Q4.")
    if len(name) > LONGEST_NAME:
        raise UserError("This name is too long.", f"{len(name)} characters, {LONGEST_NAME} at most.", "Shorten it.")
    return name
