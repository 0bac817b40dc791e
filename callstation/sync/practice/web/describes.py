"""What the org says of its own objects and fields."""

from collections.abc import Callable
from typing import Any

from callstation.sync.practice.web.call import Call, Reply
from callstation.sync.practice.web.conditions import http_date, moment_of


def every(call: Call) -> Reply:
    return _unless_unchanged(call, lambda: call.site.org.describe_global(version=call.version))


def describe(call: Call, sobject: str) -> Reply:
    return _unless_unchanged(call, lambda: call.site.org.describe(sobject, version=call.version))


def brief(call: Call, sobject: str) -> Reply:
    """An object's own facts without its fields, as the global describe tells them."""
    name = call.site.org.describe(sobject)["name"]
    found = next(one for one in call.site.org.describe_global(version=call.version)["sobjects"] if one["name"] == name)
    return Reply(body={"objectDescribe": found, "recentItems": []})


def _unless_unchanged(call: Call, tell: Callable[[], dict[str, Any]]) -> Reply:
    """304 where the schema is as it was at ``If-Modified-Since``."""
    changed_at = call.site.described_at.replace(microsecond=0)
    headers = {"Last-Modified": http_date(changed_at)}
    since = moment_of(call, "if-modified-since")
    if since is not None and changed_at <= since:
        return Reply(304, headers=headers)
    return Reply(body=tell(), headers=headers)
