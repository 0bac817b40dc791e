"""Signing in by the browser, out again, and what is kept of it where."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import keyring
import pytest

from callstation.app import App
from callstation.errors import CancelledError, UserError
from callstation.log import get_log, start_log, stop_log
from callstation.secrets import KeyringSecrets, SecretStore, SessionSecrets
from callstation.sync.connection import connection, open_client, sign_in, sign_out
from callstation.sync.crm import SignInError
from callstation.sync.outbox import mark
from callstation.sync.practice.web import control
from callstation.sync.salesforce.admin import ADMIN_TEXT, CALLBACKS, CLIENT_ID, KEY_FIELD, PORTS
from db.vocabulary import SyncEntity
from tests.keychain import Keychain, keychain
from tests.sync.salesforce.conftest import Browser, Practice

__all__ = ["keychain"]

SignIn = Callable[..., object]


@pytest.fixture
def enter(app: App, practice: Practice, browser: Browser, secrets: SessionSecrets) -> SignIn:
    """Sign in, with other values where a test wants them."""

    def run(**values: object) -> object:
        asked = {"secrets": secrets, "host": practice.base_url, "client_id": CLIENT_ID, "open_url": browser.open_url}
        return sign_in(app, transport=practice.transport, **{"ports": [0]} | asked | values)  # type: ignore[arg-type]

    return run


def test_a_rep_signs_in_and_is_known(app: App, practice: Practice, enter: SignIn, secrets: SessionSecrets) -> None:
    made = enter()
    found = app.ask(connection)
    assert found == made
    assert found is not None
    assert (found.host, found.instance_url) == (practice.base_url, practice.base_url)
    assert (found.org_id, found.user_id) == (practice.org.org_id, practice.org.user_id)
    assert found.username == practice.org.username
    assert found.connected_at == app.clock.now()
    assert found.is_practice
    assert secrets.get(found.secret_name)
    client = open_client(app, secrets, transport=practice.transport)
    assert client.get("/limits")
    assert client.requests == 1  # the sign-in's own access token is used, not refreshed
    client.close()


def test_the_sign_in_page_is_asked_as_it_must_be(enter: SignIn, browser: Browser, practice: Practice) -> None:
    enter(ports=PORTS)
    url = browser.urls[0]
    assert url.startswith(f"{practice.base_url}/services/oauth2/authorize?response_type=code&client_id=callstation")
    assert "code_challenge_method=S256" in url
    assert "scope=api+refresh_token" in url
    assert any(f"localhost%3A{port}%2FOauthRedirect" in url for port in PORTS)
    states = url.partition("state=")[2].partition("&")[0]
    assert len(states) >= 40


def test_on_the_consent_page_the_rep_allows_or_denies(
    app: App, practice: Practice, enter: SignIn, browser: Browser
) -> None:
    practice.web.site.is_auto_approved = False
    browser.decision = "deny"
    with pytest.raises(UserError, match="did not allow"):
        enter()
    assert app.ask(connection) is None
    browser.decision = "allow"
    enter()
    assert app.ask(connection) is not None


def test_two_sign_ins_in_a_row_leave_one_session(
    app: App, practice: Practice, enter: SignIn, secrets: SessionSecrets, browser: Browser
) -> None:
    enter()
    found = app.ask(connection)
    assert found is not None
    first = secrets.get(found.secret_name)
    enter()
    second = secrets.get(found.secret_name)
    assert first != second
    assert practice.web.site.tokens.find(first or "", "refresh") is None
    assert practice.web.site.tokens.find(second or "", "refresh") is not None
    assert browser.urls[0] != browser.urls[1]


@pytest.mark.parametrize(
    ("error", "description", "title"),
    [
        ("access_denied", "end-user denied authorization", "You did not allow Callstation in"),
        ("invalid_client", "app must be installed into org", "Your admin must install Callstation first"),
        ("OAUTH_APP_BLOCKED", "this app is blocked by admin", "Your admin has blocked this app"),
        ("OAUTH_APP_ACCESS_DENIED", "user is not admin approved to access this app", "Your admin must approve you"),
        ("access_denied", "OAUTH_APP_BLOCKED", "Your admin has blocked this app"),
        ("invalid_client_id", "client identifier invalid", "Salesforce does not know this client id"),
        ("inactive_org", "organization is inactive", "This Salesforce is closed for now"),
        ("server_error", "<b>odd</b>", "Salesforce did not let you in"),
    ],
)
def test_a_refusal_at_the_sign_in_page_is_a_plain_sentence(
    app: App, practice: Practice, enter: SignIn, error: str, description: str, title: str
) -> None:
    control.act(practice.web.site, {"verb": "authorize_error", "error": error, "description": description})
    with pytest.raises(UserError, match=title):
        enter()
    assert app.ask(connection) is None


def test_a_code_that_cannot_be_traded_asks_to_start_again(app: App, practice: Practice, enter: SignIn) -> None:
    practice.plan("drop_after", path="oauth2/token")  # the code is used up, and asked for again
    with pytest.raises(UserError, match="sign in again"):
        enter()
    assert app.ask(connection) is None


def test_a_stopped_sign_in_changes_nothing(app: App, enter: SignIn, secrets: SessionSecrets) -> None:
    with pytest.raises(CancelledError):
        enter(open_url=lambda _: None, is_cancelled=lambda: True)
    assert app.ask(connection) is None
    assert secrets.fleeting == {}


def test_a_book_of_another_org_is_refused_and_the_new_session_ended(
    app: App, practice: Practice, enter: SignIn, secrets: SessionSecrets
) -> None:
    enter()
    before = app.ask(connection)
    app.do(mark, SyncEntity.ACCOUNT, 1)
    practice.org.org_id = "00D000000000099AAA"
    with pytest.raises(UserError, match="another Salesforce"):
        enter()
    assert app.ask(connection) == before
    assert len(secrets.fleeting) == 1
    assert practice.seen("revoke") == ["POST /services/oauth2/revoke"]


def test_signing_out_ends_the_session_there_and_forgets_it_here(
    app: App, practice: Practice, enter: SignIn, secrets: SessionSecrets
) -> None:
    enter()
    found = app.ask(connection)
    assert found is not None
    token = secrets.get(found.secret_name) or ""
    app.do(mark, SyncEntity.ACCOUNT, 1)
    assert sign_out(app, secrets, transport=practice.transport)
    assert practice.web.site.tokens.find(token, "refresh") is None
    assert app.ask(connection) is None
    assert (secrets.get(found.secret_name), secrets.fleeting) == (None, {})
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM outbox_entry")) == [(1,)]
    with pytest.raises(SignInError, match="not signed in"):
        open_client(app, secrets)
    assert sign_out(app, secrets, transport=practice.transport)


def test_signing_out_works_without_a_network(
    app: App, practice: Practice, enter: SignIn, secrets: SessionSecrets
) -> None:
    enter()
    practice.plan("drop_before", times=0)
    assert not sign_out(app, secrets, transport=practice.transport)
    assert app.ask(connection) is None
    assert secrets.fleeting == {}


def test_after_signing_out_the_same_rep_signs_in_again(
    app: App, practice: Practice, enter: SignIn, secrets: SessionSecrets
) -> None:
    enter()
    app.do(mark, SyncEntity.ACCOUNT, 1)
    sign_out(app, secrets, transport=practice.transport)
    enter()
    assert app.ask(connection) is not None


def test_salesforce_itself_wants_the_companys_own_client_id(enter: SignIn, browser: Browser) -> None:
    with pytest.raises(UserError, match="client id"):
        enter(host="https://login.salesforce.com")
    assert browser.urls == []


def test_tokens_are_in_the_keychain_and_in_no_file_log_argument_or_environment(
    app: App, practice: Practice, enter: SignIn, keychain: Keychain, store: Path
) -> None:
    start_log(store.parent / "logs")
    secrets: SecretStore = KeyringSecrets()
    enter(secrets=secrets)
    found = app.ask(connection)
    assert found is not None
    kept = [secrets.get(found.secret_name) or "", secrets.fleeting[found.secret_name]]
    client = open_client(app, secrets, transport=practice.transport)
    client.session.renew(client, kept[1])
    kept += [secrets.get(found.secret_name) or "", secrets.fleeting[found.secret_name]]
    client.close()
    practice.plan("401", times=0)
    with closing(open_client(app, secrets, transport=practice.transport)) as client:
        try:
            client.get("/limits")
        except SignInError:
            get_log().exception("a sync failed")
    app.close()
    stop_log()
    assert len(set(kept)) == 4
    assert all(len(one) > 40 for one in kept)
    files = [path for path in store.parent.rglob("*") if path.is_file()]
    assert len(files) >= 2
    for path in files:
        content = path.read_bytes()
        assert [one for one in kept if one.encode() in content or one[:30].encode() in content] == [], path
    assert not any(one in text for one in kept for text in (*sys.argv, *os.environ.values()))
    assert set(keychain.kept.values()) == {kept[2]}
    assert keyring.get_keyring() is keychain


def test_the_admins_text_has_every_address_the_field_and_what_works_without_it() -> None:
    for words in (
        *CALLBACKS,
        KEY_FIELD,
        "Text (36)",
        "External ID, Unique",
        "PKCE",
        "api",
        "refresh_token",
        "Task.CallObject",
    ):
        assert words in ADMIN_TEXT
    assert len(CALLBACKS) == 3
