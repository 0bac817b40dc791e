"""A practice org with a few custom fields, reached in process and over real HTTP."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
import pytest

from callstation.clock import ManualClock
from callstation.sync.practice.custom import CustomField
from callstation.sync.practice.org import Org
from callstation.sync.practice.server import PracticeServer
from callstation.sync.practice.transport import InProcessTransport
from callstation.sync.practice.web import Options, PracticeApp, make_app

FIELDS = (
    "Account.Key__c:Text(64):external,unique",
    "Contact.Key__c:Text(64):external,unique",
    "Activity.Key__c:Text(64):external,unique",
    "Account.Loose__c:Text(64):external",
)
DATA = "/services/data/v66.0"


@pytest.fixture
def org(clock: ManualClock) -> Iterator[Org]:
    """An empty org in memory."""
    made = Org(None, clock, custom_fields=[CustomField.parse(line) for line in FIELDS])
    yield made
    made.close()


@pytest.fixture
def practice(org: Org, clock: ManualClock) -> Iterator[PracticeApp]:
    """The org's web side, asking before it lets anyone in."""
    app = make_app(org, clock, options=Options())
    yield app
    app.close()


@contextmanager
def serving(app: PracticeApp) -> Iterator[PracticeServer]:
    """A server of the app in a thread of its own, on a free port."""
    server = PracticeServer(app)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.close()
        thread.join()


@pytest.fixture
def server(practice: PracticeApp) -> Iterator[PracticeServer]:
    with serving(practice) as running:
        yield running


@pytest.fixture(params=["in process", "over http"])
def web(request: pytest.FixtureRequest, practice: PracticeApp) -> Iterator[httpx2.Client]:
    """A client without a session, both ways."""
    if request.param == "in process":
        with httpx2.Client(transport=InProcessTransport(practice), base_url="http://127.0.0.1") as client:
            yield client
    else:
        running: PracticeServer = request.getfixturevalue("server")
        with httpx2.Client(base_url=running.base_url, trust_env=False) as client:
            yield client


@pytest.fixture
def api(web: httpx2.Client, practice: PracticeApp) -> httpx2.Client:
    """A client that is signed in; addresses are below ``/services/data/v66.0``."""
    facts = practice.first_session(str(web.base_url).rstrip("/"))
    web.headers["Authorization"] = f"Bearer {facts['access_token']}"
    web.base_url = f"{facts['base_url']}{DATA}"
    return web


@pytest.fixture
def account(org: Org) -> Callable[..., str]:
    """Make an account; its id."""

    def make(name: str = "Halden Glass", **values: object) -> str:
        return org.create("Account", {"Name": name, **values})

    return make
