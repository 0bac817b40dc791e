"""The practice book's own Salesforce: an org in a file beside the store, met in process and without a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from callstation.secrets import SessionSecrets
from callstation.sync.connection import INSIDE, Connection, connect, connection
from callstation.sync.crm import SignInError
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.org import Org
from callstation.sync.practice.seed import seed_from_store
from callstation.sync.practice.transport import InProcessTransport
from callstation.sync.practice.web import PracticeApp, make_app
from callstation.sync.salesforce.admin import CLIENT_ID, KEY_FIELD
from callstation.sync.salesforce.client import Client
from callstation.sync.salesforce.oauth import Identity
from callstation.sync.salesforce.session import Session

if TYPE_CHECKING:
    from callstation.app import App

FILE_NAME = "practice-org.db"
"""``callstation practice-org --data`` with the same folder serves the same org."""
_KEYED = ("Activity", "Contact", "Opportunity", "Account", "Quote", "QuoteLineItem")


class InsideClient(Client):
    """A client that brings its org along and closes it; its tokens are in memory and end with it."""

    def __init__(self, org: Org, web: PracticeApp, sleep: Callable[[float], None] | None) -> None:
        self._org, self._web = org, web
        told, secrets = web.first_session(INSIDE), SessionSecrets()
        secrets.set("inside", told["refresh_token"])
        secrets.fleeting["inside"] = told["access_token"]
        session = Session(INSIDE, INSIDE, told["client_id"], secrets, "inside")
        transport = InProcessTransport(web)
        if sleep is None:
            super().__init__(session, transport=transport)
        else:
            super().__init__(session, transport=transport, sleep=sleep)

    def close(self) -> None:
        super().close()
        self._web.close()
        self._org.close()


def org_file(app: "App") -> Path:
    """Where the org of a store lies."""
    return app.store.with_name(FILE_NAME)


def connect_inside(app: "App") -> Connection:
    """Sign in to the org beside the store, which is made and filled from the store at the first time.

    Takes about a second then. ``UserError`` as for ``connection.refuse_other``.
    """
    with open_org(app) as org:
        if not org.count("Account"):
            seed_from_store(org, app)
        user = org.retrieve("User", org.user_id, ["Name"])
        identity = Identity(org.user_id, org.org_id, org.username, str(user["Name"]), "", INSIDE)
    return app.record(connect, identity, host=INSIDE, client_id=CLIENT_ID)


def open_inside(app: "App", *, sleep: Callable[[float], None] | None = None) -> Client:
    """A client of the org beside the store, to be closed; ``SignInError`` where that org is gone."""
    found = app.ask(connection)
    if found is None or not org_file(app).exists():
        raise _gone()
    org = _org(app)
    if org.org_id != found.org_id:
        org.close()
        raise _gone()
    return InsideClient(org, make_app(org, app.clock), sleep)


@contextmanager
def open_org(app: "App") -> Iterator[Org]:
    """The org itself, for what happens there without us."""
    org = _org(app)
    try:
        yield org
    finally:
        org.close()


def _org(app: "App") -> Org:
    fields = [CustomField.parse(f"{name}.{KEY_FIELD}:Text(36):external,unique") for name in _KEYED]
    return Org(org_file(app), app.clock, custom_fields=fields)


def _gone() -> SignInError:
    return SignInError("The practice org is gone.", "Its file lies no longer beside the practice book.",
                       "Practise syncing connects to a new one.")  # fmt: skip
