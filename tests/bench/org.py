"""A practice org in a process of its own, each request to it a round trip longer, and a store in step with it."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2

from callstation.calling.calls import log_outcome
from callstation.clock import ManualClock
from callstation.secrets import SessionSecrets
from callstation.sync.connection import connect
from callstation.sync.opening import open_crm
from callstation.sync.receipt import Receipt
from callstation.sync.salesforce.oauth import Identity
from callstation.sync.syncing import sync
from callstation.work import Work
from db.schema import upgrade
from db.vocabulary import Disposition
from tests.bench.books import MONDAY_MORNING, folder, open_book

KEY = "Callstation_Key__c"
ROUND_TRIP_S = 0.08
A_DAY = 500
CALLED, KEYED = 200, 120
"""Customers that ten thousand calls go to, and those left for a window in which keys are pressed."""
ROOT = "/services/data/v66.0"


@dataclass(frozen=True, slots=True)
class FarOrg:
    """The org's address, a session there, and the ids of its customers."""

    facts: dict[str, str]
    customers: list[tuple[str, str]]
    """(account, contact) each."""

    @property
    def base_url(self) -> str:
        return self.facts["base_url"]

    def client(self, connections: int = 1) -> httpx2.Client:
        """A bare client that keeps its connections."""
        return httpx2.Client(
            base_url=self.base_url, trust_env=False, timeout=120,
            headers={"Authorization": f"Bearer {self.facts['access_token']}", "Accept-Encoding": "gzip"},
            limits=httpx2.Limits(max_connections=connections, max_keepalive_connections=connections),
        )  # fmt: skip

    def control(self, **facts: Any) -> dict[str, Any]:
        """One verb of the control endpoint, which has no round trip added."""
        told: dict[str, Any] = httpx2.post(f"{self.base_url}/practice/control", json=facts, trust_env=False).json()
        return told

    def requests(self) -> int:
        """How many requests the org has met since the distance was set."""
        return len(self.control(verb="requests")["requests"])

    def move_away(self) -> None:
        """Put the round trip between the org and everybody, and see that it is there."""
        self.control(verb="reset")
        self.control(faults=[{"kind": "delay", "times": 0, "seconds": ROUND_TRIP_S}])
        with self.client() as http:
            http.get(f"{ROOT}/limits")
            began = time.perf_counter()
            http.get(f"{ROOT}/limits")
            took = time.perf_counter() - began
        if took < ROUND_TRIP_S:
            raise RuntimeError(f"a request took {took * 1000:.1f} ms: the round trip is not there")


@contextmanager
def far_org() -> Iterator[FarOrg]:
    """An org with some two hundred customers, each with a person, a contract and an open opportunity."""
    fields = [f"{name}.{KEY}:Text(36):external,unique" for name in ("Activity", "Contact", "Opportunity", "Account")]
    command = [sys.executable, "-m", "callstation", "practice-org", "--port", "0", "--auto-approve"]
    for one in fields:
        command += ["--custom-field", one]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            org = FarOrg(json.loads(process.stdout.readline()), [])
            _fill(org)
            org.move_away()
            yield org
        finally:
            process.terminate()


def _fill(org: FarOrg) -> None:
    with org.client() as http:

        def make(sobject: str, records: list[dict[str, Any]]) -> list[str]:
            body = {"allOrNone": True, "records": [{"attributes": {"type": sobject}, **one} for one in records]}
            answer = http.post(f"{ROOT}/composite/sobjects", json=body).json()
            return [one["id"] for one in answer]

        for numbers in (range(CALLED), range(CALLED, CALLED + KEYED)):
            accounts = make(
                "Account", [{"Name": f"Customer {n:04}", "BillingCountry": "United States"} for n in numbers]
            )
            contacts = make(
                "Contact",
                [{"AccountId": of, "FirstName": "Pat", "LastName": f"Number{n}", "Phone": f"+1617555{n:04}"}
                 for n, of in zip(numbers, accounts, strict=True)],
            )  # fmt: skip
            contracts = make(
                "Contract", [{"AccountId": of, "StartDate": "2026-01-10", "ContractTerm": 12} for of in accounts]
            )
            make(
                "Opportunity",
                [{"AccountId": of, "Name": "Renewal", "StageName": "Prospecting", "CloseDate": "2027-01-09",
                  "Amount": 1000, "ContractId": contract} for of, contract in zip(accounts, contracts, strict=True)],
            )  # fmt: skip
            org.customers.extend(zip(accounts, contacts, strict=True))


class Desk:
    """A rep's store that was synced once with the org, so that schema and mirror are there."""

    def __init__(self, org: FarOrg, path: Path | None = None) -> None:
        self.org, self.secrets = org, SessionSecrets()
        path = path or folder() / "sync.db"
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)
        upgrade(path)
        self.app = open_book(path)
        facts = org.facts
        who = Identity(facts["user_id"], facts["org_id"], facts["username"], "Rep", "", facts["base_url"])
        self.app.record(connect, who, host=facts["base_url"], client_id=facts["client_id"])
        name = f"salesforce/{facts['org_id']}/{facts['user_id']}"
        self.secrets.set(name, facts["refresh_token"])
        self.secrets.fleeting[name] = facts["access_token"]
        self.sync()
        sql = "SELECT t.id FROM call_target t JOIN account a ON a.id = t.account_id ORDER BY a.name LIMIT ?"
        self.targets = [row[0] for row in self.app.ask(lambda work: work.rows(sql, (CALLED,)))]
        self.log(len(self.targets))  # the first calls also move each renewal's stage
        self.sync()

    def sync(self) -> Receipt:
        """One whole sync, which has to go through."""
        crm, user_id = open_crm(self.app, self.secrets)
        try:
            receipt = sync(self.app, crm, user_id)
        finally:
            crm.close()
        if receipt.problem or not receipt.is_balanced or receipt.waiting:
            raise RuntimeError(f"the sync did not go through: {receipt}")
        return receipt

    def log(self, count: int) -> None:
        """So many calls of the days before, five hundred a day; how long a log takes is measured elsewhere."""

        def some(work: Work, numbers: range) -> None:
            for number in numbers:
                target_id, note = self.targets[number % len(self.targets)], f"Rang {number} times, no voicemail."
                log_outcome(work, target_id, Disposition.NO_ANSWER, note=note, duration_s=60)

        assert isinstance(self.app.clock, ManualClock)
        days = range(0, count, A_DAY)
        for ago, start in zip(reversed(range(1, len(days) + 1)), days, strict=True):
            self.app.clock.jump(MONDAY_MORNING - timedelta(days=ago))
            self.app.record(some, range(start, min(start + A_DAY, count)))
        self.app.clock.jump(MONDAY_MORNING)
        self.app.rest()

    def close(self) -> None:
        self.app.close()
