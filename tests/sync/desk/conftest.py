"""A rep's store beside a practice org in this process, with what the tests do on both sides."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.secrets import SessionSecrets
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.org import Org
from callstation.sync.practice.transport import InProcessTransport
from callstation.sync.practice.web import Fault, Options, PracticeApp, make_app
from callstation.sync.receipt import Receipt
from callstation.sync.salesforce.client import Client
from callstation.sync.salesforce.session import Session
from callstation.sync.syncing import sync

KEY = "Callstation_Key__c"
BASE = "http://127.0.0.1:8420"


@dataclass
class Pair:
    """Both sides, and the way between them."""

    app: App
    org: Org
    web: PracticeApp
    clock: ManualClock
    waits: list[float] = field(default_factory=list)
    has_key: bool = True

    def client(self) -> Client:
        told = self.web.first_session(BASE)
        secrets = SessionSecrets()
        secrets.set("it", told["refresh_token"])
        secrets.fleeting["it"] = told["access_token"]
        session = Session(BASE, BASE, told["client_id"], secrets, "it")
        return Client(session, transport=InProcessTransport(self.web), sleep=self.waits.append)

    def sync(self, **more: Any) -> Receipt:
        client = self.client()
        try:
            return sync(self.app, client, self.org.user_id, **more)
        finally:
            client.close()

    def plan(self, kind: str, **values: Any) -> None:
        self.web.faults.plan(Fault.read({"kind": kind, **values}))

    def there(self, soql: str, *, is_all: bool = False) -> list[dict[str, Any]]:
        """Records of the org without their attributes."""
        rows = self.org.query(soql, is_all=is_all).records
        return [{name: value for name, value in row.items() if name != "attributes"} for row in rows]

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.app.ask(lambda work: work.rows(sql, values))

    def waiting(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT entity, record_id, state, code FROM outbox_entry ORDER BY entity, record_id")


def make_pair(
    app: App, clock: ManualClock, *, has_key: bool = True, is_rotating: bool = False, has_quotes: bool = True
) -> Pair:
    """An org of one rep, empty but for the rep."""
    lines = ("Quote", "QuoteLineItem") if has_quotes else ("OpportunityLineItem",)
    names = ("Activity", "Contact", "Opportunity", "Account", *lines) if has_key else ()
    fields = [CustomField.parse(f"{name}.{KEY}:Text(36):external,unique") for name in names]
    org = Org(None, clock, custom_fields=fields, has_quotes=has_quotes)
    web = make_app(org, clock, options=Options(is_auto_approved=True, is_rotating=is_rotating))
    return Pair(app, org, web, clock, has_key=has_key)


@pytest.fixture
def pair(app: App, clock: ManualClock) -> Iterator[Pair]:
    made = make_pair(app, clock)
    yield made
    made.web.close()
    made.org.close()


@pytest.fixture
def keyless(app: App, clock: ManualClock) -> Iterator[Pair]:
    """The same where no admin has made the key field."""
    made = make_pair(app, clock, has_key=False)
    yield made
    made.web.close()
    made.org.close()
