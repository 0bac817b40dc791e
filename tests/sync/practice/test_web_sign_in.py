"""Signing in to the practice org: consent, PKCE, codes, refresh with and without rotation, revoke, who one is."""

import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.org import Org
from callstation.sync.practice.transport import InProcessTransport
from callstation.sync.practice.web import Options, PracticeApp, make_app
from callstation.sync.practice.web.grants import challenge_of

BACK = "http://localhost:17171/OauthRedirect"
VERIFIER = "v" * 64
ASKED = {"response_type": "code", "client_id": "desk", "redirect_uri": BACK, "state": "s/1 &"}


def _ask(web: httpx2.Client, **more: str) -> httpx2.Response:
    return web.get("/services/oauth2/authorize", params={**ASKED, "code_challenge": challenge_of(VERIFIER), **more})


def _decide(web: httpx2.Client, page: str, decision: str) -> httpx2.Response:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    hidden = {name: html.unescape(text) for name, text in found}
    return web.post("/services/oauth2/authorize", data={**hidden, "decision": decision})


def _sent_back(answer: httpx2.Response) -> dict[str, str]:
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(BACK + "?")
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def _code(web: httpx2.Client, **more: str) -> str:
    return _sent_back(_decide(web, _ask(web, **more).text, "allow"))["code"]


def _redeem(web: httpx2.Client, code: str, **more: str) -> httpx2.Response:
    form = {"grant_type": "authorization_code", "code": code, "client_id": "desk", "redirect_uri": BACK}
    return web.post("/services/oauth2/token", data={**form, "code_verifier": VERIFIER, **more})


def _refresh(web: httpx2.Client, token: str) -> httpx2.Response:
    form = {"grant_type": "refresh_token", "client_id": "desk", "refresh_token": token}
    return web.post("/services/oauth2/token", data=form)


def _is_let_in(web: httpx2.Client, token: str) -> bool:
    answer = web.get("/services/data/v66.0/limits", headers={"Authorization": f"Bearer {token}"})
    if answer.status_code == 401:
        assert answer.json() == [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
    return answer.status_code == 200


@pytest.fixture
def reply(web: httpx2.Client) -> dict[str, Any]:
    """What a whole sign-in ended with."""
    found: dict[str, Any] = _redeem(web, _code(web)).json()
    return found


def test_allow_leads_to_a_session(web: httpx2.Client, reply: dict[str, Any], org: Org) -> None:
    assert re.fullmatch(r"00D\w{12}![.\w]+", reply["access_token"])
    assert reply["token_type"] == "Bearer"
    assert reply["instance_url"] == str(web.base_url).rstrip("/")
    assert reply["id"].endswith(f"/id/{org.org_id}/{org.user_id}")
    assert reply["issued_at"].isdigit()
    assert "expires_in" not in reply
    assert _is_let_in(web, reply["access_token"])


def test_deny_sends_the_refusal_back_with_the_state(web: httpx2.Client) -> None:
    told = _sent_back(_decide(web, _ask(web).text, "deny"))
    assert (told["error"], told["state"]) == ("access_denied", "s/1 &")


def test_the_consent_page_escapes_what_the_app_says_of_itself(web: httpx2.Client) -> None:
    page = _ask(web, client_id="<script>alert(1)</script>").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_consent_page_works_once(web: httpx2.Client) -> None:
    page = _ask(web).text
    assert _decide(web, page, "allow").status_code == 302
    assert _decide(web, page, "allow").status_code == 400


def test_auto_approval_asks_nobody(web: httpx2.Client, practice: PracticeApp) -> None:
    practice.site.is_auto_approved = True
    assert _sent_back(_ask(web))["state"] == "s/1 &"


@pytest.mark.parametrize(
    "uri",
    ["https://evil.example/x", "http://localhost.evil.example/", "javascript:alert(1)", "", "http://a@localhost/"],
)
def test_a_code_goes_to_loopback_or_nowhere(web: httpx2.Client, practice: PracticeApp, uri: str) -> None:
    practice.site.is_auto_approved = True
    assert _ask(web, redirect_uri=uri).status_code == 400


def test_an_org_that_blocks_the_app_says_so_at_the_redirect(web: httpx2.Client, practice: PracticeApp) -> None:
    practice.site.authorize_error = ("invalid_client", "app must be installed into org")
    assert _sent_back(_ask(web))["error_description"] == "app must be installed into org"


@pytest.mark.parametrize("wrong", [{"code_verifier": "w" * 64}, {"code_verifier": ""}, {"redirect_uri": BACK + "2"}])
def test_a_code_is_worth_nothing_to_another(web: httpx2.Client, wrong: dict[str, str]) -> None:
    answer = _redeem(web, _code(web), **wrong)
    assert answer.status_code == 400
    assert answer.json()["error"] in ("invalid_grant", "redirect_uri_mismatch")


def test_only_s256_is_taken_as_a_method(web: httpx2.Client) -> None:
    assert _sent_back(_ask(web, code_challenge_method="plain"))["error"] == "invalid_request"
    assert _redeem(web, _code(web, code_challenge_method="S256")).status_code == 200


def test_a_code_works_once(web: httpx2.Client) -> None:
    code = _code(web)
    assert _redeem(web, code).status_code == 200
    assert _redeem(web, code).json() == {"error": "invalid_grant", "error_description": "invalid authorization code"}


def test_a_code_lives_fifteen_minutes(web: httpx2.Client, clock: ManualClock) -> None:
    first, second = _code(web), _code(web)
    clock.advance(15 * 60)
    assert _redeem(web, first).status_code == 200
    clock.advance(1)
    assert _redeem(web, second).json()["error"] == "invalid_grant"


def test_refresh_gives_a_new_session_and_keeps_its_token(web: httpx2.Client, reply: dict[str, Any]) -> None:
    for _ in range(2):
        again = _refresh(web, reply["refresh_token"]).json()
        assert "refresh_token" not in again
        assert _is_let_in(web, again["access_token"])


def test_rotation_kills_the_old_refresh_token(web: httpx2.Client, practice: PracticeApp, reply: dict[str, Any]) -> None:
    practice.site.is_rotating = True
    again = _refresh(web, reply["refresh_token"]).json()
    assert again["refresh_token"] != reply["refresh_token"]
    dead = _refresh(web, reply["refresh_token"])
    assert dead.status_code == 400
    assert dead.json() == {"error": "invalid_grant", "error_description": "expired access/refresh token"}
    assert _refresh(web, again["refresh_token"]).status_code == 200


def test_revoking_the_refresh_token_ends_the_whole_sign_in(web: httpx2.Client, reply: dict[str, Any]) -> None:
    assert web.post("/services/oauth2/revoke", data={"token": reply["refresh_token"]}).status_code == 200
    assert not _is_let_in(web, reply["access_token"])
    assert _refresh(web, reply["refresh_token"]).status_code == 400


def test_revoking_a_session_leaves_the_refresh_token(web: httpx2.Client, reply: dict[str, Any]) -> None:
    assert web.post("/services/oauth2/revoke", data={"token": reply["access_token"]}).status_code == 200
    assert not _is_let_in(web, reply["access_token"])
    assert _refresh(web, reply["refresh_token"]).status_code == 200


def test_the_org_says_who_is_signed_in(web: httpx2.Client, reply: dict[str, Any], org: Org) -> None:
    headers = {"Authorization": f"Bearer {reply['access_token']}"}
    told = web.get("/services/oauth2/userinfo", headers=headers).json()
    assert (told["user_id"], told["organization_id"]) == (org.user_id, org.org_id)
    assert told["preferred_username"] == org.username
    assert web.get(urlsplit(reply["id"]).path, headers=headers).json()["username"] == org.username
    assert web.get("/services/oauth2/userinfo").status_code == 403


def test_introspection_tells_live_from_dead(web: httpx2.Client, reply: dict[str, Any]) -> None:
    def ask(token: str) -> Any:
        return web.post("/services/oauth2/introspect", data={"token": token}).json()

    assert ask(reply["access_token"])["client_id"] == "desk"
    assert ask("00Dxx") == {"active": False}


@pytest.mark.parametrize("kind", ["password", "urn:ietf:params:oauth:grant-type:device_code", ""])
def test_other_grants_are_not_supported(web: httpx2.Client, kind: str) -> None:
    assert web.post("/services/oauth2/token", data={"grant_type": kind}).json()["error"] == "unsupported_grant_type"


@pytest.fixture
def kept(tmp_path: Path, clock: ManualClock) -> tuple[Path, str]:
    """A file of sessions whose server has ended, and a token of it."""
    path = tmp_path / "org.db"
    org = Org(None, clock)
    app = make_app(org, clock, options=Options(tokens=path))
    token = app.first_session("http://127.0.0.1")["access_token"]
    app.close()
    org.close()
    return path, token


def test_a_restart_keeps_sessions_but_no_token_in_words(kept: tuple[Path, str], clock: ManualClock, org: Org) -> None:
    path, token = kept
    app = make_app(org, clock, options=Options(tokens=path))
    with httpx2.Client(transport=InProcessTransport(app), base_url="http://127.0.0.1") as web:
        assert _is_let_in(web, token)
    app.close()
    assert all(token.encode() not in file.read_bytes() for file in path.parent.iterdir())
