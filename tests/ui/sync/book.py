"""A book beside a practice org of its own, met in process by the real runner, and fingers on the real window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.calling.today import summary
from callstation.sync.practice.inside import connect_inside, open_org
from callstation.sync.practice.org import Org
from callstation.sync.receipt import Receipt, receipts
from db.vocabulary import Disposition
from ui.pages import PAGES
from ui.shell import Shell
from ui.sync.page import SyncPage

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)
NAMES = ("Halden Robotics", "Orchard & Vine", "Kestrel Analytics")


def fill(org: Org) -> None:
    """Three customers with a person, a number, a contract and an opportunity each."""
    for place, name in enumerate(NAMES):
        account = org.create("Account", {"Name": name, "BillingCountry": "United States", "BillingState": "MA"})
        org.create(
            "Contact",
            {"AccountId": account, "FirstName": "Priya", "LastName": f"Raman{place}", "Phone": f"+1617555014{place}"},
        )
        contract = org.create("Contract", {"AccountId": account, "StartDate": "2025-12-03", "ContractTerm": 12})
        org.create(
            "Opportunity",
            {"AccountId": account, "Name": f"{name} renewal", "StageName": "Prospecting", "CloseDate": "2026-12-02",
             "Amount": 48200, "ContractId": contract},
        )  # fmt: skip


@dataclass
class Book:
    """The window, its Sync page, and both sides."""

    app: App
    shell: Shell
    qtbot: QtBot

    @property
    def page(self) -> SyncPage:
        found = self.shell.page("sync")
        assert isinstance(found, SyncPage)
        return found

    def press(self, *keys: str) -> None:
        """Keys as a person presses them, one after the other."""
        for key in keys:
            stroke: QKeyCombination = QKeySequence.fromString(key)[0]  # type: ignore[index]
            QTest.keyClick(QApplication.focusWidget() or self.shell, stroke.key(), stroke.keyboardModifiers())

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.shell, words)

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=20_000)

    def go(self) -> SyncPage:
        self.press("G", "S")
        assert self.shell.current == "sync"
        return self.page

    def sync(self) -> Receipt:
        """One sync by its key."""
        before = len(self.app.ask(receipts))
        self.press("Ctrl+Shift+S")
        self.until(lambda: not self.shell.sync_runner.is_running and len(self.app.ask(receipts)) > before)
        return self.app.ask(receipts, limit=1)[0]

    def call(self, place: int = 0, note: str = "") -> int:
        """A logged call; its id."""
        ids = [row[0] for row in self.rows("SELECT id FROM call_target ORDER BY id")]
        self.app.do(log_outcome, ids[place], Disposition.NO_ANSWER, note=note, duration_s=20)
        self.app.clock.advance(60)  # type: ignore[attr-defined]
        return int(self.rows("SELECT max(id) FROM activity")[0][0])

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.app.ask(lambda work: work.rows(sql, values))

    def states(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT entity, state FROM outbox_entry ORDER BY marked_at, entity")

    def there(self, soql: str) -> list[dict[str, Any]]:
        """Records of the org without their attributes."""
        with open_org(self.app) as org:
            return [
                {name: value for name, value in row.items() if name != "attributes"} for row in org.query(soql).records
            ]

    def change_there(self, sobject: str, crm_id: str, values: dict[str, Any]) -> None:
        with open_org(self.app) as org:
            org.update(sobject, crm_id, values)


@pytest.fixture
def bare(qtbot: QtBot, app: App) -> Iterator[Book]:
    """The window on an empty book; nobody is signed in."""
    shell = Shell(ENTRIES)
    shell.summary = lambda: app.ask(summary)
    qtbot.addWidget(shell)
    with qtbot.waitExposed(shell):
        shell.show()
    shell.activateWindow()
    shell.attach(app)
    yield Book(app, shell, qtbot)
    shell.detach()


@pytest.fixture
def book(bare: Book) -> Book:
    """The same, connected to its practice org, with three customers that came with the first sync."""
    connect_inside(bare.app)
    with open_org(bare.app) as org:
        fill(org)
    bare.shell.refresh_status()
    receipt = bare.sync()
    assert receipt.problem == ""
    return bare
