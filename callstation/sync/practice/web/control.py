"""The control endpoint: a test, or a trainer, plans faults and plays the admin; no token, this computer only."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from callstation.sync.practice.errors import OrgError
from callstation.sync.practice.web.call import Call, Reply, told
from callstation.sync.practice.web.faults import Fault
from callstation.sync.practice.web.site import Site


def answer(call: Call) -> Reply:
    """``{"verb": ..., facts}`` by POST; without a verb ``faults`` are planned. The reply says how things stand."""
    if call.path.rstrip("/") != "/practice/control":
        return told(OrgError("NOT_FOUND", "There is only /practice/control.", status=404))
    try:
        if call.method == "POST":
            # A page in a browser cannot send this type to another origin without asking first.
            if call.headers["content-type"].partition(";")[0].strip().lower() != "application/json":
                return told(OrgError("UNSUPPORTED_MEDIA_TYPE", "Send JSON.", status=415))
            act(call.site, call.mapping())
        elif call.method != "GET":
            return told(OrgError("METHOD_NOT_ALLOWED", "Use GET or POST.", status=405))
    except OrgError as error:
        return told(error)
    except (KeyError, TypeError, ValueError) as error:
        return told(OrgError("INVALID_INPUT", f"{type(error).__name__}: {error}"))
    site = call.site
    return Reply(
        body={
            "requests": [asdict(one) for one in site.faults.seen],
            "calls": site.calls,
            "daily_limit": site.daily_limit,
            "now": site.now().isoformat(),
        }
    )


def act(site: Site, facts: Mapping[str, Any]) -> None:
    """Carry out one verb; raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is no such thing."""
    verb = facts.get("verb", "plan")
    own = {key: value for key, value in facts.items() if key != "verb"}
    if verb == "plan":
        site.faults.plan(*(Fault.read(one) for one in own["faults"]))
    elif verb != "requests":
        VERBS[verb](site, **own)


def apply(fault: Fault, site: Site) -> None:
    """What a planned fault changes before its request is served; the others show later."""
    match fault.kind:
        case "delay":
            time.sleep(fault.seconds)
        case "clock_skew":
            site.set_skew(fault.seconds)
        case "expire_sessions":
            site.tokens.expire_sessions()
        case "daily_limit":
            _daily_limit(site, **fault.facts)
        case "validation_rule":
            site.org.rule(**fault.facts)
        case "duplicate_rule":
            site.org.duplicate_rule(**fault.facts)


def _reset(site: Site) -> None:
    site.faults.reset()
    site.org.clear_rules()
    site.set_skew(0)
    site.daily_limit, site.assigned_owner_id, site.authorize_error = site.options.daily_limit, "", None
    site.is_rotating, site.is_auto_approved = site.options.is_rotating, site.options.is_auto_approved


def _daily_limit(site: Site, limit: int | None = None) -> None:
    """The day's calls, without ``limit`` those already used."""
    site.daily_limit = site.calls if limit is None else limit


def _assign(site: Site, owner_id: str = "") -> None:
    """Switch the assignment rule on with its owner, or off."""
    site.assigned_owner_id = owner_id


def _refuse_sign_in(site: Site, error: str = "", description: str = "") -> None:
    """What the next authorizations end with; none without ``error``."""
    site.authorize_error = (error, description) if error else None


def _rotate(site: Site, is_on: bool = True) -> None:
    site.is_rotating = is_on


def _auto_approve(site: Site, is_on: bool = True) -> None:
    site.is_auto_approved = is_on


def _skew(site: Site, seconds: float) -> None:
    site.set_skew(seconds)


def _merge(site: Site, sobject: str, master_id: str, loser_ids: list[str]) -> None:
    site.org.merge(sobject, master_id, loser_ids)


VERBS: dict[str, Callable[..., None]] = {
    "reset": _reset,
    "daily_limit": _daily_limit,
    "auto_assign": _assign,
    "authorize_error": _refuse_sign_in,
    "rotate": _rotate,
    "auto_approve": _auto_approve,
    "clock_skew": _skew,
    "expire_sessions": lambda site: site.tokens.expire_sessions(),
    "validation_rule": lambda site, **facts: site.org.rule(**facts),
    "duplicate_rule": lambda site, **facts: site.org.duplicate_rule(**facts),
    "clear_rules": lambda site: site.org.clear_rules(),
    "merge": _merge,
    "undelete": lambda site, record_id: site.org.undelete(record_id),
    "purge": lambda site: site.org.purge() and None,
}
