"""What the palette finds besides commands: accounts, contacts, numbers, contracts, old notes and saved filters."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from callstation.accounts.search import HitKind, find
from callstation.renewals.saved_filters import saved_filters
from ui.palette_rows import Found

if TYPE_CHECKING:
    from callstation.app import App
    from ui.shell import Shell

_MOST = 12
_GROUPS = {
    HitKind.NUMBER: ("Numbers", "phone"),
    HitKind.ACCOUNT: ("Accounts", "building-2"),
    HitKind.CONTACT: ("Contacts", "users"),
    HitKind.CONTRACT: ("Contracts", "file-text"),
    HitKind.NOTE: ("Notes", "pencil"),
}


def records(shell: "Shell", app: "App", words: str) -> Iterator[Found]:
    """Everything found for some words; choosing one opens it on the desk, or its account where nobody is called."""
    for hit in app.ask(find, words, limit=_MOST):
        group, icon = _GROUPS[hit.kind]
        if hit.target_id is not None:
            run = partial(shell.go, "desk", target_id=hit.target_id)
        else:
            run = partial(shell.go, "accounts", account_id=hit.account_id)
        yield Found(group, icon, hit.title, run, hit.detail)
    for place, one in enumerate(app.ask(saved_filters), 1):
        if words.casefold() in f"filter {one.name.casefold()}":
            yield Found("Filters of the pipeline", "funnel", one.name, partial(shell.go, "pipeline", saved=place))
