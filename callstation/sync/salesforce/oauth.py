"""Signing in by the system browser: authorization code with PKCE, refresh, revoke, and who it is that signed in."""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from callstation.clock import Clock
from callstation.errors import UserError
from callstation.sync.crm import LostAnswerError, OfflineError, SignInError
from callstation.sync.salesforce.admin import PORTS, SCOPES
from callstation.sync.salesforce.errors import parse_refusal, signed_out
from callstation.sync.salesforce.hosts import is_loopback, refuse_unsafe
from callstation.sync.salesforce.loopback import listening
from callstation.sync.salesforce.wire import Wire, read_nothing


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a token request brings. The tokens stay out of every ``repr``, and so out of logs and crash reports."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    instance_url: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, and where his data are; ids of 18 characters."""

    user_id: str
    org_id: str
    username: str
    display_name: str
    time_zone: str
    """An IANA name, or empty."""
    instance_url: str


def authorize(
    wire: Wire,
    host: str,
    client_id: str,
    *,
    open_url: Callable[[str], object],
    clock: Clock,
    is_cancelled: Callable[[], bool],
    ports: Sequence[int] = PORTS,
) -> Tokens:
    """Open the sign-in page in the user's browser, wait for its answer, and trade the code for tokens.

    Raises ``UserError`` with a sentence for every refusal, ``CancelledError``, and the errors of ``Wire.send``.
    """
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    with listening(ports) as listener:
        redirect_uri = listener.redirect_uri
        open_url(authorize_url(host, client_id, redirect_uri, state=state, verifier=verifier))
        answer = listener.wait(state, clock, is_cancelled)
    if answer.error:
        raise sign_in_refused(answer.error, answer.description)
    form = {
        "grant_type": "authorization_code", "code": answer.code, "client_id": client_id,
        "redirect_uri": redirect_uri, "code_verifier": verifier,
    }  # fmt: skip
    return _tokens(wire, host, form)


def authorize_url(host: str, client_id: str, redirect_uri: str, *, state: str, verifier: str) -> str:
    """The address of the sign-in page."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": client_id, "redirect_uri": redirect_uri, "scope": SCOPES,
        "state": state, "code_challenge": challenge, "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{host}/services/oauth2/authorize?{urlencode(asked)}"


def refresh(wire: Wire, host: str, client_id: str, refresh_token: str) -> Tokens:
    """New tokens for a refresh token; ``SignInError`` where it is dead.

    With rotation the answer has a new refresh token and the old one is dead from then on.
    """
    form = {"grant_type": "refresh_token", "client_id": client_id, "refresh_token": refresh_token}
    return _tokens(wire, host, form)


def revoke(wire: Wire, host: str, token: str) -> None:
    """End a refresh token and the sessions made with it; one try, for the sign-out must not wait for a network."""
    wire.send(
        "POST", f"{host}/services/oauth2/revoke", headers=_FORM, content=urlencode({"token": token}).encode(),
        is_repeatable=True, read=read_nothing, tries=1,
    )  # fmt: skip


def who(wire: Wire, tokens: Tokens) -> Identity:
    """The user a session belongs to."""
    headers = {"Authorization": f"Bearer {tokens.access_token}"}
    reply = wire.send("GET", f"{tokens.instance_url}/services/oauth2/userinfo", headers=headers)
    if reply.status != 200:
        refusal = parse_refusal(reply.body)
        raise sign_in_refused(refusal.code, refusal.message)
    told: Mapping[str, Any] = reply.body
    return Identity(
        user_id=str(told["user_id"]),
        org_id=str(told["organization_id"]),
        username=str(told.get("preferred_username") or told.get("email") or ""),
        display_name=str(told.get("name") or ""),
        time_zone=str(told.get("zoneinfo") or ""),
        instance_url=tokens.instance_url,
    )


def sign_in_refused(code: str, description: str) -> UserError:
    """Salesforce's refusal of a sign-in, in a sentence and with what to do."""
    words = f"{code} {description}".lower()
    for sign, title, hint in _REFUSALS:
        if sign in words:
            return SignInError(title, _said(code, description), hint)
    return SignInError(
        "Salesforce did not let you in.", _said(code, description), "Try again, or show this to your admin."
    )


def _said(code: str, description: str) -> str:
    """The refusal's own words, cut: what a web page sends is no text to trust."""
    return f"Salesforce says: {(description or code)[:200]} ({code[:60]})."


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_ASK_ADMIN = "Send your admin the text of the Sync page's “What my admin must do”."
_REFUSALS = (
    ("must be installed into org", "Your admin must install Callstation first.", _ASK_ADMIN),
    ("oauth_app_blocked", "Your admin has blocked this app.", _ASK_ADMIN),
    ("oauth_app_access_denied", "Your admin must approve you for this app.", _ASK_ADMIN),
    ("oauth_approval_error", "Your admin must approve you for this app.", _ASK_ADMIN),
    ("not approved for access", "Your admin must approve you for this app.", _ASK_ADMIN),
    ("oauth_ec_app_not_found", "Salesforce does not know this app.", _ASK_ADMIN),
    ("access_denied", "You did not allow Callstation in.", "Try again and choose Allow."),
    ("redirect_uri_mismatch", "The app's callback addresses are not set up.", _ASK_ADMIN),
    ("invalid_client", "Salesforce does not know this client id.", "Check it letter by letter, or ask your admin."),
    ("invalid_scope", "The app may not do what Callstation needs.", _ASK_ADMIN),
    ("unsupported_grant_type", "The app is not set up for signing in by browser.", _ASK_ADMIN),
    ("ip restricted", "Your company allows sign-in only from its own network.", "Try again there, or by its VPN."),
    ("inactive_user", "Your Salesforce user is not active.", "Ask your admin."),
    ("inactive_org", "This Salesforce is closed for now.", "Ask your admin."),
    ("invalid_grant", "The sign-in was not completed in time.", "Please sign in again."),
    ("invalid code verifier", "The sign-in was not completed.", "Please sign in again."),
    ("invalid_request", "The sign-in was not completed.", "Please sign in again."),
)
"""A word of the refusal, in order, the narrow ones first; what it means; what to do."""


def _tokens(wire: Wire, host: str, form: Mapping[str, str]) -> Tokens:
    """Repeated after a lost answer: a used code or a rotated token is then refused, which is said, and no harm."""
    try:
        reply = wire.send(
            "POST", f"{host}/services/oauth2/token", headers=_FORM, content=urlencode(form).encode(), is_repeatable=True
        )
    except LostAnswerError as error:  # of what was asked of the CRM itself, nothing was sent
        raise OfflineError(
            "Salesforce cannot be reached.", f"{error}.", "Try again when the network is back."
        ) from error
    if reply.status != 200:
        refusal = parse_refusal(reply.body)
        if form["grant_type"] == "refresh_token" and refusal.code == "invalid_grant":
            raise signed_out()
        raise sign_in_refused(refusal.code, refusal.message)
    instance_url = str(reply.body.get("instance_url") or host).rstrip("/")
    refuse_unsafe(instance_url)
    if is_loopback(instance_url) and not is_loopback(host):
        raise UserError("Salesforce sent an address that cannot be.", urlsplit(instance_url).netloc, "Try again.")
    return Tokens(str(reply.body["access_token"]), reply.body.get("refresh_token") or None, instance_url)
