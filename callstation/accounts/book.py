"""What the book of accounts holds, in a few words."""

from callstation.work import Work


def is_empty(work: Work) -> bool:
    """Whether there is no account yet, so that the window opens with its welcome."""
    return work.row("SELECT 1 FROM account LIMIT 1") is None
