"""Which addresses Callstation signs in to and sends to: Salesforce by https, this computer by http, nothing else."""

import re
from urllib.parse import urlsplit

from callstation.errors import UserError

PRODUCTION = "https://login.salesforce.com"
SANDBOX = "https://test.salesforce.com"
PRACTICE = "http://127.0.0.1:8420"
"""Where ``callstation practice-org --port 8420`` listens."""
NAMED = {"production": PRODUCTION, "sandbox": SANDBOX, "practice": PRACTICE}

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_MY_DOMAIN = re.compile(rf"(?P<name>{_LABEL}(?:\.{_LABEL}){{0,2}})\.my\.salesforce\.(?P<end>com|mil)")
_SEEN_IN_BROWSER = re.compile(
    rf"(?P<name>{_LABEL}(?:\.{_LABEL}){{0,2}})\.(?:lightning\.force\.com|my\.salesforce-setup\.com)"
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def host_of(words: str) -> str:
    """A sign-in address as ``https://host`` from a name (production, sandbox, practice), a My Domain or what the
    browser shows (``acme.lightning.force.com``); ``UserError`` for any other."""
    text = words.strip()
    if text.lower() in NAMED:
        return NAMED[text.lower()]
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        name, port = (parts.hostname or "").lower(), parts.port
    except ValueError:  # half an IPv6 address, an impossible port
        parts, name, port = urlsplit(""), "", None
    if is_loopback(text) and port and parts.username is None:
        return f"http://{f'[{name}]' if ':' in name else name}:{port}"
    if parts.scheme.lower() == "https" and parts.username is None and port in (None, 443):
        if seen := _SEEN_IN_BROWSER.fullmatch(name):
            name = f"{seen['name']}.my.salesforce.com"
        if f"https://{name}" in (PRODUCTION, SANDBOX) or _MY_DOMAIN.fullmatch(name):
            return f"https://{name}"
    raise UserError(
        "This is no Salesforce address.",
        f"“{text}” is neither production, sandbox, practice, nor a My Domain.",
        "A My Domain looks like https://acme.my.salesforce.com: your admin, or your browser's address bar, knows it.",
    )


def is_loopback(url: str) -> bool:
    """Whether an address is plain http to this computer."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and (parts.hostname or "").lower() in _LOOPBACK
    except ValueError:
        return False


def refuse_unsafe(url: str) -> None:
    """``UserError`` unless an address is https, or http to this computer: a token must not be readable on the way."""
    if not is_loopback(url) and not (url.startswith("https://") and urlsplit(url).hostname):
        raise UserError(
            "The connection would not be encrypted.",
            f"{urlsplit(url).hostname or url} was asked for without https.",
            "Sign in again with an https address.",
        )
