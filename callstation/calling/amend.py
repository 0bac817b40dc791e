"""Words added to the note of a call after it was logged."""

from callstation.errors import UserError
from callstation.sync.outbox import mark
from callstation.work import Work
from db.nouns import Activity
from db.vocabulary import SyncEntity


def amend_note(work: Work, activity_id: int, note: str) -> None:
    """Replace the note of a logged call; one undoable step of its own. ``UserError`` where the call is gone."""
    found = work.row(
        "SELECT a.name FROM activity y JOIN account a ON a.id = y.account_id WHERE y.id = ?", (activity_id,)
    )
    if found is None:
        raise UserError("This call is no longer in the log.", f"There is no activity {activity_id}.", "")
    work.update(Activity, activity_id, note=note.strip())
    mark(work, SyncEntity.ACTIVITY, activity_id)
    work.journal.label = f"Added to the note of {found[0]}"
