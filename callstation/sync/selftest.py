"""The program's test of its sync: a call reaches a practice org, HTTP works, the keychain's parts are there."""

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callstation.app import App

KEYCHAINS = {"win32": ("Windows", "win32ctypes.pywin32"), "darwin": ("macOS", "ctypes")}
ON_OTHERS = ("SecretService", "secretstorage")
PATIENCE_S = 60


def sync_inside(app: "App", calls: int) -> str:
    """Sync a book with a practice org beside it, which must then have its calls; says what was done."""
    from callstation.secrets import SessionSecrets
    from callstation.sync.opening import open_crm
    from callstation.sync.practice.inside import connect_inside
    from callstation.sync.soql import query_part
    from callstation.sync.syncing import sync

    connect_inside(app)
    client, user_id = open_crm(app, SessionSecrets())
    try:
        receipt = sync(app, client, user_id)
        asked = query_part("SELECT Id FROM Task WHERE TaskSubtype = 'Call'")
        (answer,) = client.composite([asked], is_repeatable=True)
    finally:
        client.close()
    there = answer.body["totalSize"]
    odd = [one for one in receipt.counts if not one.is_equal]
    if receipt.problem or odd or there != calls:
        raise RuntimeError(f"{there} of {calls} calls are there; {receipt.problem or odd}")
    return f"{there} call in the practice org, both sides agree, {receipt.requests} requests"


def over_http() -> str:
    """Serve an empty practice org from a second copy of this program and ask it something."""
    import callstation
    from callstation.secrets import SessionSecrets
    from callstation.sync.salesforce.client import Client
    from callstation.sync.salesforce.session import Session

    itself = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "callstation"]
    command, home = [*itself, "practice-org", "--port", "0"], Path(callstation.__file__).parents[1]
    with subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            told = json.loads(running.stdout.readline() or "{}")
            if "base_url" not in told:
                raise RuntimeError(f"the practice org ended with {running.wait(PATIENCE_S)}")
            secrets = SessionSecrets()
            secrets.set("it", told["refresh_token"])
            session = Session(told["base_url"], told["base_url"], told["client_id"], secrets, "it")
            client = Client(session)
            try:
                limit = client.get("/limits")["DailyApiRequests"]["Max"]
            finally:
                client.close()
        finally:
            running.terminate()
    return f"a practice org answers on this computer, {limit:,} calls a day"


def keychain() -> str:
    """Load what this system's keychain needs, and find this computer's certificates; where secrets are kept."""
    from importlib import import_module
    from importlib.metadata import entry_points

    from callstation.secrets import find_secrets
    from callstation.sync.salesforce.hosts import PRODUCTION
    from callstation.sync.salesforce.wire import Wire

    name, needed = KEYCHAINS.get(sys.platform, ON_OTHERS)
    import_module(needed)
    backends = entry_points(group="keyring.backends", name=name)
    if not backends:
        raise RuntimeError(f"keyring does not know its backend {name}")
    for one in backends:
        one.load()
    Wire(PRODUCTION).close()  # reads the certificates; nothing is sent
    return find_secrets().words
