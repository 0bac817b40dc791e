"""Which Salesforce a store belongs to and who is signed in; the tokens themselves lie in the secret store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from callstation.errors import UserError
from callstation.work import Work

if TYPE_CHECKING:
    import httpx2

    from callstation.app import App
    from callstation.secrets import SecretStore
    from callstation.sync.salesforce.client import Client
    from callstation.sync.salesforce.oauth import Identity, Tokens
    from callstation.sync.salesforce.session import Session
    from callstation.sync.salesforce.wire import Wire


@dataclass(frozen=True, slots=True)
class Connection:
    """A signed-in user and his org; ``host`` is where he signed in, ``instance_url`` where his data are."""

    host: str
    instance_url: str
    org_id: str
    user_id: str
    username: str
    display_name: str
    client_id: str
    connected_at: datetime

    @property
    def is_practice(self) -> bool:
        """Whether the CRM is on this computer."""
        return self.host.startswith("http://")

    @property
    def is_inside(self) -> bool:
        """Whether it is the practice book's own org, which needs no browser."""
        return self.host == INSIDE

    @property
    def secret_name(self) -> str:
        """The name of its refresh token in the secret store."""
        return f"salesforce/{self.org_id}/{self.user_id}"


INSIDE = "http://127.0.0.1"
"""The host of the org beside the practice book: no port, for nothing listens; nobody can type it."""
_NAMES = ("host", "instance_url", "org_id", "user_id", "username", "display_name", "client_id", "connected_at")
"""The facts of a connection in ``store_fact``, each under ``crm.``."""

# -- questions and verbs ----------------------------------------------------------------------------------------


def connection(work: Work) -> Connection | None:
    """Who is signed in; None where nobody is."""
    facts = _facts(work)
    if "connected_at" not in facts:
        return None
    texts = {name: facts.get(name, "") for name in _NAMES[:-1]}
    return Connection(**texts, connected_at=datetime.fromisoformat(facts["connected_at"]))


def last_sign_in(work: Work) -> tuple[str, str] | None:
    """Where and by which client id the last sign-in was, also after signing out; None before the first."""
    facts = _facts(work)
    return (facts["host"], facts["client_id"]) if "host" in facts and "client_id" in facts else None


def refuse_other(work: Work, identity: "Identity") -> None:
    """``UserError`` where this store holds records or unsent changes of another org, or another user's unsent changes.

    The first sign-in takes what was done before it; later the store stays with its org, also while signed out.
    """
    facts = _facts(work)
    if "org_id" not in facts or (facts["org_id"], facts.get("user_id")) == (identity.org_id, identity.user_id):
        return
    unsent, who = _unsent_count(work), facts.get("username") or "another user"
    if facts["org_id"] != identity.org_id and (unsent or _has_mirror(work)):
        raise UserError(
            "This book belongs to another Salesforce.",
            f"It was synced by {who}; {identity.username} is of a different company or sandbox.",
            f"Sign in as {who}, or start a book of its own for {identity.username} with --data.",
        )
    if unsent:
        raise UserError(
            "Changes of another user wait to be sent.",
            f"{unsent:,} made while {who} was signed in.",
            f"Sign in as {who} and sync first.",
        )


def connect(work: Work, identity: "Identity", *, host: str, client_id: str) -> Connection:
    """Remember who is signed in; ``UserError`` as for ``refuse_other``."""
    refuse_other(work, identity)
    before = _facts(work)
    facts = {
        "host": host, "instance_url": identity.instance_url, "org_id": identity.org_id, "user_id": identity.user_id,
        "username": identity.username, "display_name": identity.display_name, "client_id": client_id,
        "connected_at": work.now.isoformat(),
    }  # fmt: skip
    for name, value in facts.items():
        work.derive("INSERT OR REPLACE INTO store_fact (name, value) VALUES (?, ?)", (f"crm.{name}", value))
    work.derive("DELETE FROM store_fact WHERE name IN ('crm.shapes', 'crm.shapes_at')")  # the admin may have been busy
    if (before.get("org_id"), before.get("user_id")) != (identity.org_id, identity.user_id):
        work.derive("DELETE FROM crm_cursor")  # another user sees other records: they are loaded from the start
    found = connection(work)
    assert found is not None
    return found


def disconnect(work: Work) -> None:
    """Nobody is signed in any more; the book, its unsent changes and whose they are stay."""
    work.derive("DELETE FROM store_fact WHERE name = 'crm.connected_at'")


# -- with the network -------------------------------------------------------------------------------------------


def sign_in(
    app: "App",
    secrets: "SecretStore",
    host: str,
    client_id: str,
    open_url: Callable[[str], object],
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
    ports: Sequence[int] | None = None,
    transport: "httpx2.BaseTransport | None" = None,
) -> Connection:
    """Sign in by the browser and remember it; blocks until the user is done there, at most five minutes.

    ``host`` as ``hosts.host_of`` gives it; ``ports`` for the browser's answer, without them those of the admin's text.
    Raises ``UserError``, ``CancelledError``; then nothing has changed here.
    """
    from callstation.sync.salesforce import admin, oauth
    from callstation.sync.salesforce.wire import Wire

    if admin.needs_client_id(host, client_id):
        raise UserError(
            "Salesforce asks which app this is.",
            "Your company's admin makes the app once and has its client id (the consumer key).",
            "Send the admin the text “What my admin must do”, then sign in with the client id.",
        )
    wire = Wire(host, transport=transport)
    try:
        tokens = oauth.authorize(
            wire,
            host,
            client_id,
            open_url=open_url,
            clock=app.clock,
            is_cancelled=is_cancelled,
            ports=ports or admin.PORTS,
        )
        try:
            return _remembered(app, secrets, wire, host, client_id, tokens)
        except BaseException:
            _revoke(wire, host, tokens.refresh_token or tokens.access_token)
            raise
    finally:
        wire.close()


def sign_out(app: "App", secrets: "SecretStore", *, transport: "httpx2.BaseTransport | None" = None) -> bool:
    """Forget the tokens and tell Salesforce so; whether it heard. The book and what waits to be sent stay."""
    from callstation.sync.salesforce.wire import Wire

    found = app.ask(connection)
    if found is None:
        return True
    token = secrets.get(found.secret_name) or secrets.fleeting.get(found.secret_name)
    secrets.delete(found.secret_name)
    secrets.fleeting.pop(found.secret_name, None)
    app.record(disconnect)
    if token is None:
        return True
    wire = Wire(found.host, transport=transport)
    try:
        return _revoke(wire, found.host, token)
    finally:
        wire.close()


def open_session(app: "App", secrets: "SecretStore") -> "Session":
    """The session of who is signed in, without a request; ``SignInError`` where nobody is."""
    from callstation.sync.crm import SignInError
    from callstation.sync.salesforce.session import Session

    found = app.ask(connection)
    if found is None:
        raise SignInError("You are not signed in to Salesforce.", "", "Sign in on the Sync page: callstation connect")
    return Session(found.host, found.instance_url, found.client_id, secrets, found.secret_name)


def open_client(
    app: "App",
    secrets: "SecretStore",
    *,
    sleep: Callable[[float], None] | None = None,
    transport: "httpx2.BaseTransport | None" = None,
) -> "Client":
    """A client for this thread, to be closed; ``SignInError`` where nobody is signed in. Sends nothing yet.

    Keep one ``secrets`` as long as the program runs: the access token lives in its memory.
    """
    from callstation.sync.salesforce.client import Client

    session = open_session(app, secrets)
    return Client(session, transport=transport) if sleep is None else Client(session, sleep=sleep, transport=transport)


# -- how ----------------------------------------------------------------------------------------------------------


def _remembered(
    app: "App", secrets: "SecretStore", wire: "Wire", host: str, client_id: str, tokens: "Tokens"
) -> Connection:
    from callstation.sync.salesforce import oauth

    if tokens.refresh_token is None:
        raise UserError(
            "The app may not keep you signed in.",
            "Salesforce gave no refresh token.",
            "Ask your admin to add the scope “Perform requests at any time (refresh_token)” to the app.",
        )
    identity = oauth.who(wire, tokens)
    app.ask(refuse_other, identity)
    before = app.ask(connection)
    old_token = secrets.get(before.secret_name) if before else None
    name = f"salesforce/{identity.org_id}/{identity.user_id}"
    secrets.set(name, tokens.refresh_token)  # first: facts without a key would be a sign-in that does not work
    secrets.fleeting[name] = tokens.access_token
    made = app.record(connect, identity, host=host, client_id=client_id)
    if before and old_token and old_token != tokens.refresh_token:
        if before.secret_name != name:
            secrets.delete(before.secret_name)
            secrets.fleeting.pop(before.secret_name, None)
        if before.host == host:
            _revoke(wire, host, old_token)
    return made


def _revoke(wire: "Wire", host: str, token: str) -> bool:
    """Best effort: whether Salesforce heard that a token is over."""
    from callstation.sync.crm import LostAnswerError
    from callstation.sync.salesforce import oauth

    try:
        oauth.revoke(wire, host, token)
    except (UserError, LostAnswerError):
        return False
    return True


def _facts(work: Work) -> dict[str, Any]:
    marks = ", ".join("?" * len(_NAMES))
    names = [f"crm.{name}" for name in _NAMES]
    rows = work.rows(f"SELECT substr(name, 5), value FROM store_fact WHERE name IN ({marks})", names)
    return {str(name): str(value) for name, value in rows}


def _unsent_count(work: Work) -> int:
    found = work.row("SELECT count(*) FROM outbox_entry")
    return int(found[0]) if found else 0


def _has_mirror(work: Work) -> bool:
    """Whether any record here is also one of a CRM."""
    tables = work.rows(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'crm_id' "
        "WHERE m.type = 'table' AND m.name <> 'withdrawal'"
    )
    return any(work.row(f"SELECT 1 FROM {table} WHERE crm_id IS NOT NULL LIMIT 1") for (table,) in tables)
