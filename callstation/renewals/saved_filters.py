"""Filters of a page saved by name, recalled by their place."""

from dataclasses import dataclass

from callstation.errors import UserError
from callstation.work import Work
from db.nouns import SavedFilter

LONGEST_NAME = 60
_READ = "SELECT id, name, filter FROM saved_filter WHERE page = ? ORDER BY id"


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved filter; ``text`` is the page's own JSON."""

    filter_id: int
    name: str
    text: str


def saved_filters(work: Work, page: str = "pipeline") -> tuple[Saved, ...]:
    """Those of a page, in the order in which they were saved: the digits recall them."""
    return tuple(Saved(*row) for row in work.rows(_READ, (page,)))


def save_filter(work: Work, name: str, text: str, *, page: str = "pipeline") -> int:
    """Save a filter under a name; one of that name is written over. Its id."""
    name = _named(name)
    found = next((one for one in saved_filters(work, page) if one.name.casefold() == name.casefold()), None)
    if found is not None:
        work.update(SavedFilter, found.filter_id, name=name, filter=text)
    work.journal.label = f"Saved the filter {name}"
    return found.filter_id if found else work.insert(SavedFilter, page=page, name=name, filter=text)


def rename_filter(work: Work, filter_id: int, name: str) -> None:
    """Give a saved filter another name."""
    name, page = _named(name), _page_of(work, filter_id)
    if any(one.name.casefold() == name.casefold() and one.filter_id != filter_id for one in saved_filters(work, page)):
        raise UserError(f"There is a filter {name} already.", "", "Choose another name.")
    work.update(SavedFilter, filter_id, name=name)
    work.journal.label = f"Renamed the filter {name}"


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
