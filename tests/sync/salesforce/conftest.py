"""A practice org to sign in to and to ask, in process and over real HTTP, and a rep with a browser."""

import html
import http.client
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
import pytest

from callstation.app import App
from callstation.clock import ManualClock
from callstation.secrets import SessionSecrets
from callstation.sync.connection import Connection, open_client, sign_in
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.org import Org
from callstation.sync.practice.server import PracticeServer
from callstation.sync.practice.transport import InProcessTransport
from callstation.sync.practice.web import Fault, Options, PracticeApp, make_app
from callstation.sync.salesforce.admin import CLIENT_ID
from callstation.sync.salesforce.client import Client

KEY = "Callstation_Key__c"


@dataclass
class Practice:
    """A running practice org; ``transport`` is None over real HTTP."""

    org: Org
    web: PracticeApp
    base_url: str
    transport: httpx2.BaseTransport | None

    def plan(
        self, kind: str, *, times: int = 1, at: int = 1, method: str = "", path: str = "", **values: object
    ) -> None:
        """Let the coming requests meet a fault."""
        self.web.faults.plan(Fault(kind, times=times, at=at, method=method, path=path, **values))  # type: ignore[arg-type]

    def seen(self, path: str = "") -> list[str]:
        """``METHOD path`` of the requests whose path holds some text."""
        return [f"{one.method} {one.path}" for one in self.web.faults.seen if path in one.path]

    def subjects(self) -> list[str]:
        """The tasks that are there, by subject."""
        return sorted(str(row["Subject"]) for row in self.org.query("SELECT Subject FROM Task").records)


@pytest.fixture(params=["in process", "http"])
def practice(request: pytest.FixtureRequest, clock: ManualClock) -> Iterator[Practice]:
    """An org that approves by itself and rotates refresh tokens."""
    fields = [CustomField.parse(f"{name}.{KEY}:Text(36):external,unique") for name in ("Activity", "Account")]
    org = Org(None, clock, custom_fields=fields)
    web = make_app(org, clock, options=Options(is_auto_approved=True, is_rotating=True))
    if request.param == "in process":
        yield Practice(org, web, "http://127.0.0.1:8420", InProcessTransport(web))
    else:
        server = PracticeServer(web)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Practice(org, web, server.base_url, None)
        server.shutdown()
        thread.join()
        server.close()
    web.close()
    org.close()


@dataclass
class Browser:
    """Follows the sign-in page's redirects as a browser does, in a thread of its own."""

    transport: httpx2.BaseTransport | None
    decision: str = ""
    """What to press on the consent page, where there is one: allow or deny."""
    threads: list[threading.Thread] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def open_url(self, url: str) -> bool:
        self.urls.append(url)
        self.threads.append(threading.Thread(target=self._follow, args=(url,)))
        self.threads[-1].start()
        return True

    def _follow(self, url: str) -> None:
        with httpx2.Client(transport=self.transport, trust_env=False) as web:
            page = web.get(url)
            if self.decision:
                hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
                form = {name: html.unescape(value) for name, value in hidden.items()} | {"decision": self.decision}
                page = web.post(url.partition("?")[0], data=form)
            target = urlsplit(page.headers["location"])
        line = http.client.HTTPConnection("127.0.0.1", target.port or 80, timeout=10)
        line.request("GET", f"{target.path}?{target.query}", headers={"Host": target.netloc})
        line.getresponse().read()
        line.close()


@pytest.fixture
def browser(practice: Practice) -> Iterator[Browser]:
    found = Browser(practice.transport)
    yield found
    for thread in found.threads:
        thread.join()


@pytest.fixture
def secrets() -> SessionSecrets:
    return SessionSecrets()


@pytest.fixture
def signed_in(app: App, practice: Practice, browser: Browser, secrets: SessionSecrets) -> Connection:
    """The rep has signed in to the practice org."""
    made = sign_in(
        app, secrets, practice.base_url, CLIENT_ID, browser.open_url, ports=[0], transport=practice.transport
    )
    practice.web.faults.reset()
    return made


@pytest.fixture
def waits() -> list[float]:
    """The seconds the client would have waited."""
    return []


@pytest.fixture
def open_one(
    app: App, practice: Practice, secrets: SessionSecrets, signed_in: Connection, waits: list[float]
) -> Iterator[Callable[[], Client]]:
    """Opens clients of the signed-in rep."""
    made: list[Client] = []

    def make() -> Client:
        made.append(open_client(app, secrets, sleep=waits.append, transport=practice.transport))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def client(open_one: Callable[[], Client]) -> Client:
    return open_one()
