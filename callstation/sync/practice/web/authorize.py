"""The first half of signing in: the authorize address, its consent, and the code that goes back to the app."""

import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from callstation.sync.practice.web.call import Call, Reply
from callstation.sync.practice.web.consent import consent_page, error_page
from callstation.sync.practice.web.site import Site
from callstation.sync.practice.web.tokens import Grant

DEFAULT_SCOPE = "refresh_token api web id"
KEPT = ("client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method", "response_type")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def ask(call: Call) -> Reply:
    """The consent page; with auto-approval, or where the org refuses the app, straight back to the app."""
    return _settle(call.site, call.args, None)


def decide(call: Call) -> Reply:
    """What the person chose on our own page, told by the page's one-time mark."""
    form = dict(parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True))
    if call.site.tokens.take(form.get("mark", ""), "consent") is None:
        return error_page("invalid_request", "This page was used already or has grown too old. Start again in the app.")
    return _settle(call.site, form, form.get("decision") == "allow")


def _settle(site: Site, asked: Mapping[str, str], is_allowed: bool | None) -> Reply:
    client_id, redirect_uri = asked.get("client_id", ""), asked.get("redirect_uri", "")
    if not client_id:
        return error_page("invalid_client_id", "client identifier invalid")
    if not may_redirect(redirect_uri, site.options.redirect_uris):
        return error_page("redirect_uri_mismatch", "redirect_uri must match configuration")
    state = {"state": asked["state"]} if "state" in asked else {}
    scope = asked.get("scope") or DEFAULT_SCOPE
    if site.authorize_error is not None:
        code, description = site.authorize_error
        return _back(redirect_uri, {"error": code, "error_description": description, **state})
    if asked.get("response_type") != "code":
        words = {"error": "unsupported_response_type", "error_description": "response type not supported"}
        return _back(redirect_uri, {**words, **state})
    if asked.get("code_challenge_method", "S256") != "S256":
        words = {"error": "invalid_request", "error_description": "code_challenge_method must be S256"}
        return _back(redirect_uri, {**words, **state})
    if is_allowed is False:
        words = {"error": "access_denied", "error_description": "end-user denied authorization"}
        return _back(redirect_uri, {**words, **state})
    if is_allowed is None and not site.is_auto_approved:
        mark = site.tokens.issue(secrets.token_urlsafe(24), Grant("consent", client_id, scope, "", _now(site)))
        hidden = {name: asked[name] for name in KEPT if name in asked}
        username = site.org.username
        return consent_page(client_id=client_id, username=username, scope=scope, hidden={**hidden, "mark": mark})
    challenge = asked.get("code_challenge", "")
    grant = Grant("code", client_id, scope, secrets.token_hex(8), _now(site), redirect_uri, challenge)
    code = site.tokens.issue(f"aPrx{secrets.token_urlsafe(48)}", grant)
    return _back(redirect_uri, {"code": code, **state})


def may_redirect(uri: str, registered: tuple[str, ...]) -> bool:
    """Loopback over http, or exactly what was registered."""
    if uri in registered:
        return True
    try:
        found = urlsplit(uri)
    except ValueError:
        return False
    return found.scheme == "http" and found.hostname in LOOPBACK and found.username is None and not found.fragment


def _back(redirect_uri: str, values: Mapping[str, str]) -> Reply:
    joint = "&" if urlsplit(redirect_uri).query else "?"
    return Reply(302, headers={"Location": f"{redirect_uri}{joint}{urlencode(values)}", "Cache-Control": "no-store"})


def _now(site: Site) -> str:
    return site.now().isoformat()
