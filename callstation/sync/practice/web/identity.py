"""Who a session belongs to, in the two forms clients ask for."""

from typing import Any

from callstation.sync.practice.web.call import Call, Reply
from callstation.sync.practice.web.routing import bearer

_PATHS = {
    "enterprise": "/services/Soap/c/{version}/",
    "metadata": "/services/Soap/m/{version}/",
    "partner": "/services/Soap/u/{version}/",
    "rest": "/services/data/v{version}/",
    "sobjects": "/services/data/v{version}/sobjects/",
    "search": "/services/data/v{version}/search/",
    "query": "/services/data/v{version}/query/",
    "recent": "/services/data/v{version}/recent/",
    "tooling_soap": "/services/Soap/T/{version}/",
    "tooling_rest": "/services/data/v{version}/tooling/",
}


def userinfo(call: Call) -> Reply:
    if (refusal := _refusal(call)) is not None:
        return refusal
    user, address = _user(call), _address(call)
    return Reply(
        body={
            "sub": address,
            "user_id": call.site.org.user_id,
            "organization_id": call.site.org.org_id,
            "preferred_username": call.site.org.username,
            "nickname": user.get("Alias"),
            "name": user.get("Name"),
            "email": user.get("Email"),
            "email_verified": True,
            "given_name": user.get("FirstName"),
            "family_name": user.get("LastName"),
            "zoneinfo": user.get("TimeZoneSidKey"),
            "profile": f"{call.base_url}/{call.site.org.user_id}",
            "address": {},
            "urls": _urls(call),
            "active": True,
            "user_type": "STANDARD",
            "language": "en_US",
            "locale": user.get("LocaleSidKey") or "en_US",
            "utcOffset": 0,
            "updated_at": user.get("SystemModstamp"),
            "is_app_installed": True,
        }
    )


def identity(call: Call, org_id: str, user_id: str) -> Reply:
    if (refusal := _refusal(call)) is not None:
        return refusal
    org = call.site.org
    if org_id[:15] != org.org_id[:15] or user_id[:15] != org.user_id[:15]:
        return Reply(403, b"Wrong_Org", content_type="text/plain")
    user, address = _user(call), _address(call)
    return Reply(
        body={
            "id": address,
            "asserted_user": True,
            "user_id": org.user_id,
            "organization_id": org.org_id,
            "username": org.username,
            "nick_name": user.get("Alias"),
            "display_name": user.get("Name"),
            "email": user.get("Email"),
            "email_verified": True,
            "first_name": user.get("FirstName"),
            "last_name": user.get("LastName"),
            "timezone": user.get("TimeZoneSidKey"),
            "urls": _urls(call),
            "active": True,
            "user_type": "STANDARD",
            "language": "en_US",
            "locale": user.get("LocaleSidKey") or "en_US",
            "utcOffset": 0,
            "last_modified_date": user.get("LastModifiedDate"),
            "is_app_installed": True,
        }
    )


def _refusal(call: Call) -> Reply | None:
    token = bearer(call) or call.args.get("oauth_token", "") or call.args.get("access_token", "")
    if call.site.tokens.find(token, "access") is not None:
        return None
    return Reply(403, b"Bad_OAuth_Token" if token else b"Missing_OAuth_Token", content_type="text/plain")


def _user(call: Call) -> dict[str, Any]:
    return call.site.org.retrieve("User", call.site.org.user_id)


def _address(call: Call) -> str:
    return f"{call.base_url}/id/{call.site.org.org_id}/{call.site.org.user_id}"


def _urls(call: Call) -> dict[str, str]:
    """With the word ``{version}`` left in them, as the real ones have it."""
    return {name: call.base_url + path for name, path in _PATHS.items()}
