"""The ``sf`` command line signs in to the practice org and does its work there."""

import csv
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from callstation.sync.practice.server import PracticeServer
from tests.sync.practice.independent.conftest import Install

Sf = Callable[..., Any]

# ``sf`` listens for its answer only after the browser program has returned, as browsers do at once.
BROWSER = """#!/bin/sh
for last in "$@"; do :; done
(sleep 2; python3 -c 'import sys, urllib.request as r
r.build_opener(r.ProxyHandler({})).open(sys.argv[1]).read()' "$last") >/dev/null 2>&1 </dev/null &
"""


@pytest.fixture
def sf(install: Install, live: PracticeServer, plain_env: dict[str, str], tmp_path: Path) -> Sf:
    """Run ``sf ... --json`` and give its result."""
    program = install("@salesforce/cli", (22, 19)) / ".bin" / "sf"
    browser = tmp_path / "browser"
    browser.write_text(BROWSER, encoding="utf-8")
    browser.chmod(0o755)
    quiet = (
        "SF_USE_GENERIC_UNIX_KEYCHAIN",
        "SF_DISABLE_TELEMETRY",
        "SF_AUTOUPDATE_DISABLE",
        "SF_SKIP_NEW_VERSION_CHECK",
    )
    env = {
        **plain_env,
        **dict.fromkeys(quiet, "true"),
        "PATH": os.pathsep.join([str(program.parent), plain_env["PATH"]]),  # it starts itself by name
        "BROWSER": str(browser),
        "SF_ORG_API_VERSION": "66.0",
        "SF_ACCESS_TOKEN": live.app.first_session(live.base_url)["access_token"],
    }

    def run(*words: str, via_token: bool = False) -> Any:
        own = env if via_token else {key: text for key, text in env.items() if key != "SF_ACCESS_TOKEN"}
        command = [str(program), *words, "--json"]
        told = subprocess.run(command, env=own, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=180)
        assert told.stdout, told.stderr
        answer = json.loads(told.stdout)
        assert answer["status"] == 0, answer
        return answer["result"]

    return run


def _log_in(sf: Sf, live: PracticeServer) -> None:
    where = ("--instance-url", live.base_url, "--alias", "org", "--set-default")
    sf("org", "login", "access-token", *where, "--no-prompt", via_token=True)


@pytest.mark.long
def test_it_signs_in_by_the_browser_and_outlives_its_session(sf: Sf, live: PracticeServer) -> None:
    told = sf("org", "login", "web", "--instance-url", live.base_url, "--alias", "org")
    assert told["orgId"] == live.app.site.org.org_id
    live.app.site.tokens.expire_sessions()
    assert sf("data", "query", "-o", "org", "-q", "SELECT COUNT() FROM Account")["totalSize"] == 0
    assert sf("org", "display", "-o", "org")["connectedStatus"] == "Connected"
    sf("org", "logout", "-o", "org", "--no-prompt")


@pytest.mark.long
def test_it_works_with_records(sf: Sf, live: PracticeServer) -> None:
    _log_in(sf, live)
    made = sf("data", "create", "record", "-o", "org", "-s", "Account", "-v", "Name='Halden Glass'")["id"]
    sf("data", "update", "record", "-o", "org", "-s", "Account", "-i", made, "-v", "Phone=5")
    assert sf("data", "get", "record", "-o", "org", "-s", "Account", "-w", "Name='Halden Glass'")["Phone"] == "5"
    soql = "SELECT Id, Name, Owner.Name, (SELECT LastName FROM Contacts) FROM Account"
    assert sf("data", "query", "-o", "org", "-q", soql)["records"][0]["Id"] == made
    assert sf("sobject", "describe", "-o", "org", "-s", "Task")["keyPrefix"] == "00T"
    assert "Task" in sf("sobject", "list", "-o", "org")
    assert any(one["name"] == "DailyApiRequests" for one in sf("org", "list", "limits", "-o", "org"))
    sf("data", "delete", "record", "-o", "org", "-s", "Account", "-i", made)
    assert sf("data", "query", "-o", "org", "-q", soql)["totalSize"] == 0


@pytest.mark.long
def test_it_moves_files_in_bulk_and_plants_trees(sf: Sf, live: PracticeServer, tmp_path: Path) -> None:
    _log_in(sf, live)
    rows = "".join(f'k{number},"Name, {number}"\n' for number in range(300))
    (tmp_path / "up.csv").write_text("Key__c,Name\n" + rows, encoding="utf-8")
    bulk = ("-o", "org", "-s", "Account", "--wait", "2")
    told = sf("data", "upsert", "bulk", *bulk, "-f", "up.csv", "-i", "Key__c")["jobInfo"]
    assert (told["numberRecordsProcessed"], told["numberRecordsFailed"]) == (300, 0)
    (tmp_path / "in.csv").write_text("Name\nOne\nTwo\n", encoding="utf-8")
    assert sf("data", "import", "bulk", *bulk, "-f", "in.csv")["successfulRecords"] == 2
    out = ("--output-file", "out.csv", "--result-format", "csv", "--wait", "2")
    soql = "SELECT Id, Name FROM Account ORDER BY Name"
    assert sf("data", "export", "bulk", "-o", "org", "-q", soql, *out)["totalSize"] == 302
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["Id"] for row in csv.DictReader(file)]
    (tmp_path / "phones.csv").write_text("Id,Phone\n" + "".join(f"{one},9\n" for one in ids[:10]), encoding="utf-8")
    assert sf("data", "update", "bulk", *bulk, "-f", "phones.csv")["successfulRecords"] == 10
    (tmp_path / "ids.csv").write_text("Id\n" + "".join(f"{one}\n" for one in ids), encoding="utf-8")
    assert sf("data", "delete", "bulk", *bulk, "-f", "ids.csv")["jobInfo"]["numberRecordsProcessed"] == 302
    leaf = {"attributes": {"type": "Contact", "referenceId": "c"}, "LastName": "Leaf"}
    root = {"attributes": {"type": "Account", "referenceId": "a"}, "Name": "Root", "Contacts": {"records": [leaf]}}
    (tmp_path / "tree.json").write_text(json.dumps({"records": [root]}), encoding="utf-8")
    assert len(sf("data", "import", "tree", "-o", "org", "-f", "tree.json")) == 2
