"""A practice org in a process of its own, a book beside it, and the commands run as a script runs them."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2

from callstation.app import App
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from tests.house.tree import ROOT
from tests.keychain_file import PLACE

KEYED = ("Activity", "Contact", "Opportunity", "Account")
PATIENCE_S = 120


@dataclass
class Told:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class OrgProcess:
    """The org: its records and its control endpoint over HTTP."""

    base_url: str
    token: str
    process: subprocess.Popen[str]

    def create(self, sobject: str, **values: Any) -> str:
        answer = self._ask("POST", f"/services/data/v66.0/sobjects/{sobject}", values)
        return str(answer["id"])

    def change(self, sobject: str, record_id: str, **values: Any) -> None:
        self._ask("PATCH", f"/services/data/v66.0/sobjects/{sobject}/{record_id}", values)

    def query(self, soql: str) -> list[dict[str, Any]]:
        with self._web() as web:
            answer = web.get("/services/data/v66.0/query", params={"q": soql}).json()
        return [{name: value for name, value in one.items() if name != "attributes"} for one in answer["records"]]

    def plan(self, kind: str, **values: Any) -> None:
        self.control(faults=[{"kind": kind, **values}])

    def control(self, **values: Any) -> None:
        self._ask("POST", "/practice/control", values)

    def requests(self, path: str = "") -> list[str]:
        """What was answered so far of a path, without the control endpoint."""
        with self._web() as web:
            seen = web.get("/practice/control").json()["requests"]
        return [f"{one['method']} {one['path']}" for one in seen if path in one["path"]]

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=PATIENCE_S)

    def _ask(self, method: str, path: str, values: Any) -> Any:
        with self._web() as web:
            answer = web.request(method, path, json=values)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def _web(self) -> httpx2.Client:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx2.Client(base_url=self.base_url, headers=headers, trust_env=False)


@contextmanager
def org_process() -> Iterator[OrgProcess]:
    """A practice org that ends with the test."""
    command = [sys.executable, "-m", "callstation", "practice-org", "--port", "0", "--auto-approve"]
    for name in KEYED:
        command += ["--custom-field", f"{name}.Callstation_Key__c:Text(36):external,unique"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as running:
        assert running.stdout is not None
        told = json.loads(running.stdout.readline())
        org = OrgProcess(told["base_url"], told["access_token"], running)
        try:
            yield org
        finally:
            org.end()


@dataclass
class Desk:
    """A book in a folder, and the commands on it."""

    folder: Path
    beside: OrgProcess | None = None
    settings: Settings = field(default_factory=lambda: Settings(time_zone="America/New_York"))

    def __post_init__(self) -> None:
        self.places = Places(self.folder)
        self.folder.mkdir()
        save_settings(self.places.settings, self.settings)

    @property
    def org(self) -> OrgProcess:
        assert self.beside is not None
        return self.beside

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A command under way."""
        environment = os.environ | {
            "PYTHON_KEYRING_BACKEND": "tests.keychain_file.FileKeychain",
            PLACE: str(self.folder / "keychain.json"),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "callstation", *words, "--data", str(self.folder)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)

    def run(self, *words: str) -> Told:
        """A command from its start to its end."""
        with self.start(*words) as running:
            out, err = running.communicate(timeout=PATIENCE_S)
            return Told(running.returncode, out, err)

    def sign_in(self) -> None:
        """``callstation connect``, with the browser's part done by hand."""
        with self.start("connect", "--host", self.org.base_url, "--no-browser") as running:
            assert running.stderr is not None
            lines = iter(running.stderr.readline, "")
            url = next(found.group() for line in lines if (found := re.search(r"http://\S+/authorize\?\S+", line)))
            with httpx2.Client(trust_env=False) as web:
                target = urlsplit(web.get(url).headers["location"])
            back = http.client.HTTPConnection("127.0.0.1", target.port or 80, timeout=10)
            back.request("GET", f"{target.path}?{target.query}", headers={"Host": target.netloc})
            back.getresponse().read()
            back.close()
            out, err = running.communicate(timeout=PATIENCE_S)
            assert running.returncode == 0, err
            assert "Signed in as" in out

    def target(self) -> int:
        """Whom the queue names first."""
        return int(self.run("queue", "--limit", "1", "--json").json[0]["target_id"])

    @contextmanager
    def app(self) -> Iterator[App]:
        """The book opened by the test itself."""
        opened = App(self.places.store, settings=self.settings)
        try:
            yield opened
        finally:
            opened.close()


def customer(org: OrgProcess, name: str = "Halden Robotics", *, days: int = 20) -> dict[str, str]:
    """A customer there, with a person, a contract and an opportunity whose day is near; the ids."""
    from datetime import timedelta

    from callstation.clock import SystemClock

    ends_on = SystemClock().now().date() + timedelta(days=days)
    account = org.create("Account", Name=name, BillingCountry="United States", BillingState="MA")
    contact = org.create(
        "Contact", AccountId=account, FirstName="Priya", LastName="Raman", Phone="(617) 555-0142", Title="CFO"
    )
    starts_on = ends_on.replace(year=ends_on.year - 1) + timedelta(days=1)
    contract = org.create("Contract", AccountId=account, StartDate=starts_on.isoformat(), ContractTerm=12)
    opportunity = org.create(
        "Opportunity", AccountId=account, Name=f"{name} renewal", StageName="Prospecting",
        CloseDate=ends_on.isoformat(), Amount=48200, ContractId=contract,
    )  # fmt: skip
    return {"account": account, "contact": contact, "contract": contract, "opportunity": opportunity}
