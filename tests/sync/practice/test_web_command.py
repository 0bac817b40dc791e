"""``callstation practice-org``: one line when it is ready, a kept org, a clean end."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.house.tree import ROOT

FIELD = "Account.Key__c:Text(64):external,unique"


@contextmanager
def _org(*arguments: str, ends_by: signal.Signals = signal.SIGTERM) -> Iterator[dict[str, Any]]:
    """The command, from its line to its end, which must be clean."""
    command = [sys.executable, "-m", "callstation", "practice-org", "--port", "0", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        line = running.stdout.readline()
        if not line:
            pytest.fail(running.stderr.read())
        yield json.loads(line)
        running.send_signal(ends_by)
        rest = running.stdout.read()
        assert (running.wait(30), rest, running.stderr.read()) == (0, "", "")


def _get(facts: dict[str, Any], path: str) -> Any:
    headers = {"Authorization": f"Bearer {facts['access_token']}"}
    with httpx2.Client(trust_env=False, base_url=facts["base_url"], headers=headers) as client:
        return client.get(f"/services/data/v66.0{path}").json()


@pytest.mark.parametrize("ends_by", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_where_it_is_and_ends_when_told(ends_by: signal.Signals) -> None:
    with _org("--custom-field", FIELD, ends_by=ends_by) as facts:
        assert set(facts) >= {"base_url", "access_token", "client_id", "refresh_token", "username", "org_id"}
        names = {field["name"] for field in _get(facts, "/sobjects/Account/describe")["fields"]}
        assert "Key__c" in names


def test_an_org_may_be_one_without_quotes() -> None:
    with _org("--without-quotes") as facts:
        assert _get(facts, "/sobjects/Quote/describe")[0]["errorCode"] == "NOT_FOUND"
        assert _get(facts, "/sobjects/Opportunity/describe")["name"] == "Opportunity"


def test_an_org_with_a_folder_remembers(tmp_path: Path) -> None:
    folder = tmp_path / "org"
    with _org("--data", str(folder), "--custom-field", FIELD) as facts:
        url = f"{facts['base_url']}/services/data/v66.0/sobjects/Account"
        headers = {"Authorization": f"Bearer {facts['access_token']}"}
        made = httpx2.post(url, json={"Name": "One", "Key__c": "K"}, headers=headers, trust_env=False)
        assert made.status_code == 201
    with _org("--data", str(folder), "--custom-field", FIELD) as again:
        old = {**facts, "base_url": again["base_url"]}
        assert again["org_id"] == facts["org_id"]
        assert _get(old, "/sobjects/Account/Key__c/K")["Name"] == "One"


def test_the_practice_book_can_be_its_content() -> None:
    with _org("--seed-from-demo") as facts:
        told = _get(facts, "/limits/recordCount?sObjects=Account,Contact,Opportunity")["sObjects"]
        assert all(one["count"] >= 30 for one in told), told


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ("nonsense", "not understood"), ("Account.Key__c:Text(long)", "not understood"),
        ("Account.Key__c:Number(1,2,3)", "not understood"), ("Sheep.Key__c:Text(36)", "no object “Sheep”"),
    ],
)  # fmt: skip
def test_a_field_that_is_none_is_told_and_ends_with_2(field: str, why: str) -> None:
    command = [sys.executable, "-m", "callstation", "practice-org", "--port", "0", "--custom-field", field]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (told.returncode, told.stdout) == (2, "")
    assert why in told.stderr
    assert "Traceback" not in told.stderr
