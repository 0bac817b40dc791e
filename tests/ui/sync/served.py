"""A practice org served on this computer, and the user's browser, for tests that sign in by the window."""

import html
import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from callstation.clock import ManualClock
from callstation.sync.practice.org import Org
from callstation.sync.practice.server import PracticeServer
from callstation.sync.practice.web import Options, PracticeApp, make_app


@dataclass
class Served:
    """The org and its address."""

    org: Org
    web: PracticeApp
    base_url: str


@contextmanager
def served(clock: ManualClock) -> Iterator[Served]:
    """An org with its consent page, over real HTTP."""
    org = Org(None, clock)
    web = make_app(org, clock, options=Options(is_rotating=True))
    server = PracticeServer(web)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Served(org, web, server.base_url)
    finally:
        server.shutdown()
        thread.join()
        server.close()
        web.close()
        org.close()


@dataclass
class Visit:
    """What the browser was asked for, and the thread in which a person answers there."""

    urls: list[str] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)


class Browser(QObject):
    """Stands where the system's browser is; ``decision`` allow or deny, or "" to look at the page and do nothing."""

    def __init__(self, decision: str) -> None:
        super().__init__()
        self.decision, self.visit = decision, Visit()
        QDesktopServices.setUrlHandler("http", self, "open_url")  # type: ignore[arg-type]  # takes a name

    def close(self) -> None:
        QDesktopServices.unsetUrlHandler("http")
        for thread in self.visit.threads:
            thread.join()

    @Slot(QUrl)
    def open_url(self, url: QUrl) -> None:
        self.visit.urls.append(url.toString())
        if self.decision:
            address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
            self.visit.threads.append(threading.Thread(target=_answer, args=(address, self.decision)))
            self.visit.threads[-1].start()


def _answer(url: str, decision: str) -> None:
    with httpx2.Client(trust_env=False) as web:
        page = web.get(url)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        form = {name: html.unescape(value) for name, value in hidden.items()} | {"decision": decision}
        target = urlsplit(web.post(url.partition("?")[0], data=form).headers["location"])
    line = http.client.HTTPConnection("127.0.0.1", target.port or 80, timeout=10)
    line.request("GET", f"{target.path}?{target.query}", headers={"Host": target.netloc})
    line.getresponse().read()
    line.close()
