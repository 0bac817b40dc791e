"""Refreshing: with rotation, with a crash in between, with two who want it at once; and never in a loop."""

import threading
from collections.abc import Callable

import pytest

from callstation.app import App
from callstation.errors import UserError
from callstation.secrets import SessionSecrets
from callstation.sync.connection import Connection, open_client
from callstation.sync.crm import SignInError
from callstation.sync.salesforce.client import Client
from tests.sync.salesforce.conftest import Practice


class CrashError(Exception):
    """The program ends here."""


def _ended(practice: Practice) -> None:
    practice.web.site.tokens.expire_sessions()


def test_each_refresh_brings_a_new_refresh_token_and_the_next_one_works(
    client: Client, practice: Practice, secrets: SessionSecrets, signed_in: Connection
) -> None:
    kept = {secrets.get(signed_in.secret_name)}
    for _ in range(3):
        _ended(practice)
        client.get("/limits")
        kept.add(secrets.get(signed_in.secret_name))
    assert len(kept) == 4
    assert client.requests == 9


def test_without_rotation_the_refresh_token_stays(
    client: Client, practice: Practice, secrets: SessionSecrets, signed_in: Connection
) -> None:
    practice.web.site.is_rotating = False
    before = secrets.get(signed_in.secret_name)
    for _ in range(2):
        _ended(practice)
        client.get("/limits")
    assert secrets.get(signed_in.secret_name) == before


def test_the_new_refresh_token_is_kept_before_the_new_access_token_is_used(
    client: Client, practice: Practice, secrets: SessionSecrets, signed_in: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = secrets.get(signed_in.secret_name)
    real, order = SessionSecrets.set, []

    def noted(self: SessionSecrets, name: str, secret: str) -> None:
        order.append(("kept", len(practice.seen())))
        real(self, name, secret)

    monkeypatch.setattr(SessionSecrets, "set", noted)
    _ended(practice)
    client.get("/limits")
    assert order == [("kept", 2)]  # after the refusal and the refresh, before the repeated request
    assert len(practice.seen()) == 3
    assert secrets.get(signed_in.secret_name) != before


def test_a_crash_after_the_new_token_was_kept_loses_nothing(
    app: App,
    client: Client,
    practice: Practice,
    secrets: SessionSecrets,
    signed_in: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = SessionSecrets.set

    def crashing(self: SessionSecrets, name: str, secret: str) -> None:
        real(self, name, secret)
        raise CrashError

    _ended(practice)
    with monkeypatch.context() as during:
        during.setattr(SessionSecrets, "set", crashing)
        with pytest.raises(CrashError):
            client.get("/limits")
    secrets.fleeting.clear()
    again = open_client(app, secrets, transport=practice.transport)
    assert again.get("/limits")
    again.close()


def test_a_crash_before_the_new_token_was_kept_ends_in_please_sign_in_and_in_no_loop(
    app: App,
    client: Client,
    practice: Practice,
    secrets: SessionSecrets,
    signed_in: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crashing(_self: SessionSecrets, _name: str, _secret: str) -> None:
        raise CrashError

    _ended(practice)
    with monkeypatch.context() as during:
        during.setattr(SessionSecrets, "set", crashing)
        with pytest.raises(CrashError):
            client.get("/limits")
    secrets.fleeting.clear()
    again = open_client(app, secrets, transport=practice.transport)
    for number in (1, 2):  # the old token is dead; asking again asks once
        with pytest.raises(SignInError, match="Please sign in again"):
            again.get("/limits")
        assert again.requests == number
    again.close()


def test_a_lost_answer_to_a_rotating_refresh_ends_in_please_sign_in(
    client: Client, practice: Practice, signed_in: Connection
) -> None:
    _ended(practice)
    practice.plan("drop_after", path="oauth2/token")
    with pytest.raises(SignInError, match="Please sign in again"):
        client.get("/limits")
    assert client.requests == 3


def test_a_refresh_that_never_arrived_is_asked_again(client: Client, practice: Practice) -> None:
    _ended(practice)
    practice.plan("drop_before", path="oauth2/token", times=2)
    assert client.get("/limits")
    assert client.requests == 5


def test_a_keychain_that_refuses_the_new_token_is_said(
    client: Client, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(_self: SessionSecrets, _name: str, _secret: str) -> None:
        raise UserError("The keychain of this computer did not answer.")

    _ended(practice)
    monkeypatch.setattr(SessionSecrets, "set", refusing)
    with pytest.raises(UserError, match="keychain"):
        client.get("/limits")
    assert len(practice.seen("/limits")) == 1  # the new access token was not used


def test_the_access_token_is_shared_by_all_clients_of_the_program(
    open_one: Callable[[], Client], practice: Practice
) -> None:
    first, second = open_one(), open_one()
    _ended(practice)
    first.get("/limits")
    second.get("/limits")
    assert (first.requests, second.requests) == (3, 1)


def test_two_threads_whose_session_ended_refresh_once(open_one: Callable[[], Client], practice: Practice) -> None:
    clients = [open_one() for _ in range(4)]
    faults: list[BaseException] = []

    def ask(one: Client) -> None:
        try:
            one.get("/limits")
        except BaseException as error:
            faults.append(error)

    _ended(practice)
    threads = [threading.Thread(target=ask, args=(one,)) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(practice.seen("oauth2/token")) == 1


def test_another_program_that_rotated_in_between_is_no_reason_to_sign_in(
    app: App, client: Client, practice: Practice, secrets: SessionSecrets, signed_in: Connection
) -> None:
    """The command line syncs while the window is open: both read one keychain."""
    other = SessionSecrets()
    other.set(signed_in.secret_name, secrets.get(signed_in.secret_name) or "")
    theirs = open_client(app, other, transport=practice.transport)
    theirs.get("/limits")
    theirs.close()
    stale, fresh = secrets.get(signed_in.secret_name), other.get(signed_in.secret_name)
    reads = iter([stale, fresh])

    class Keychain(SessionSecrets):
        def get(self, _name: str) -> str | None:
            return next(reads)

    client.session.secrets = Keychain()
    assert client.get("/limits")
    assert client.requests == 3


def test_no_key_at_all_asks_to_sign_in_without_a_request(app: App, practice: Practice, signed_in: Connection) -> None:
    client = open_client(app, SessionSecrets(), transport=practice.transport)
    with pytest.raises(SignInError, match="no key"):
        client.get("/limits")
    assert client.requests == 0
    client.close()
