"""The way to the CRM of who is signed in, be it Salesforce or the practice book's own org."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from callstation.sync.connection import connection, open_client

if TYPE_CHECKING:
    from callstation.app import App
    from callstation.secrets import SecretStore
    from callstation.sync.salesforce.client import Client


def open_crm(
    app: "App", secrets: "SecretStore", *, sleep: Callable[[float], None] | None = None
) -> tuple["Client", str]:
    """A client for this thread, to be closed, and the user's id; ``SignInError`` where nobody is signed in.

    Keep one ``secrets`` as long as the program runs. ``sleep`` waits between two tries, as for ``Wire``.
    """
    found = app.ask(connection)
    if found is not None and found.is_inside:
        from callstation.sync.practice.inside import open_inside

        return open_inside(app, sleep=sleep), found.user_id
    client = open_client(app, secrets, sleep=sleep)
    return client, found.user_id if found is not None else ""
