"""The second half of signing in: codes and refresh tokens become sessions, and sessions end."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from callstation.sync.practice.web.call import Call, Reply
from callstation.sync.practice.web.tokens import CODE_LIFETIME, Grant, new_refresh_token, new_session


def token(call: Call) -> Reply:
    """``authorization_code`` or ``refresh_token``; anything else is not supported here."""
    form = form_of(call)
    match form.get("grant_type"):
        case "authorization_code":
            return _by_code(call, form)
        case "refresh_token":
            return _by_refresh(call, form)
    return refused("unsupported_grant_type", "grant type not supported")


def revoke(call: Call) -> Reply:
    """End a session or a whole sign-in; what is unknown is dead already."""
    found = form_of(call).get("token", "")
    if not found:
        return refused("invalid_request", "token is missing")
    if not call.site.tokens.revoke(found):
        return refused("unsupported_token_type", "this token type is not supported")
    return Reply(200)


def introspect(call: Call) -> Reply:
    site = call.site
    grant = site.tokens.find(form_of(call).get("token", ""), "access", "refresh")
    if grant is None:
        return Reply(body={"active": False})
    issued = int(datetime.fromisoformat(grant.issued_at).timestamp())
    return Reply(
        body={
            "active": True,
            "scope": grant.scope,
            "client_id": grant.client_id,
            "username": site.org.username,
            "sub": f"{call.base_url}/id/{site.org.org_id}/{site.org.user_id}",
            "token_type": f"{grant.kind}_token",
            "exp": int(site.now().timestamp()) + 7200,
            "iat": issued,
            "nbf": issued,
        }
    )


def _by_code(call: Call, form: dict[str, str]) -> Reply:
    site = call.site
    grant = site.tokens.take(form.get("code", ""), "code")
    if grant is None:
        return refused("invalid_grant", "invalid authorization code")
    if site.now() - datetime.fromisoformat(grant.issued_at) > CODE_LIFETIME:
        return refused("invalid_grant", "expired authorization code")
    if grant.client_id != form.get("client_id"):
        return refused("invalid_client_id", "client identifier invalid")
    if grant.redirect_uri != form.get("redirect_uri"):
        return refused("redirect_uri_mismatch", "redirect_uri must match configuration")
    verifier = form.get("code_verifier", "")
    if grant.challenge and not hmac.compare_digest(challenge_of(verifier), grant.challenge.rstrip("=")):
        return refused("invalid_grant", "invalid code verifier" if verifier else "missing code verifier")
    body = _session(call, grant)
    if {"refresh_token", "offline_access", "full"} & set(grant.scope.split()):
        body["refresh_token"] = _refresh_token(call, grant)
    return Reply(body=body, headers={"Cache-Control": "no-store"})


def _by_refresh(call: Call, form: dict[str, str]) -> Reply:
    site, given = call.site, form.get("refresh_token", "")
    grant = site.tokens.find(given, "refresh")
    if grant is not None and grant.client_id != form.get("client_id"):
        return refused("invalid_client_id", "client identifier invalid")
    if site.is_rotating:
        grant = site.tokens.take(given, "refresh")
    if grant is None:
        return refused("invalid_grant", "expired access/refresh token")
    body = _session(call, grant)
    if site.is_rotating:
        body["refresh_token"] = _refresh_token(call, grant)
    return Reply(body=body, headers={"Cache-Control": "no-store"})


def _refresh_token(call: Call, grant: Grant) -> str:
    now = call.site.now()
    return new_refresh_token(call.site.tokens, now, client_id=grant.client_id, scope=grant.scope, family=grant.family)


def _session(call: Call, grant: Grant) -> dict[str, Any]:
    """The token reply as recorded: no ``expires_in``."""
    site, org = call.site, call.site.org
    access, _ = new_session(
        site.tokens, org.org_id, site.now(), client_id=grant.client_id, scope=grant.scope, family=grant.family
    )
    identity = f"{call.base_url}/id/{org.org_id}/{org.user_id}"
    issued_at = str(int(site.now().timestamp() * 1000))
    body = {
        "access_token": access,
        "signature": _signature(org.org_id, identity + issued_at),
        "scope": grant.scope,
        "instance_url": call.base_url,
        "id": identity,
        "token_type": "Bearer",
        "issued_at": issued_at,
    }
    if "openid" in grant.scope.split():
        body["id_token"] = _id_token(call, grant, identity)
    return body


def _id_token(call: Call, grant: Grant, identity: str) -> str:
    now = int(call.site.now().timestamp())
    claims = {"iss": call.base_url, "sub": identity, "aud": grant.client_id, "iat": now, "exp": now + 120}
    parts = [_packed(json.dumps(one).encode()) for one in ({"alg": "HS256", "typ": "JWT"}, claims)]
    text = ".".join(parts)
    key = call.site.org.org_id.encode()
    return f"{text}.{_packed(hmac.digest(key, text.encode(), 'sha256'))}"


def _signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()


def challenge_of(verifier: str) -> str:
    """S256 of RFC 7636."""
    return _packed(hashlib.sha256(verifier.encode()).digest())


def _packed(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def form_of(call: Call) -> dict[str, str]:
    """Form fields of the body and the query together."""
    return {**call.args, **dict(parse_qsl(call.body.decode("utf-8", "replace"), keep_blank_values=True))}


def refused(error: str, description: str) -> Reply:
    return Reply(400, {"error": error, "error_description": description}, {"Cache-Control": "no-store"})
