"""From an empty book to a decided conflict, by keys alone, on the pages as they are shipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.clock import ManualClock
from callstation.paths import Places
from callstation.secrets import SessionSecrets
from callstation.settings import Settings, save_settings
from callstation.sync.overview import overview
from callstation.sync.receipt import receipts
from tests.ui.sync.served import Browser, Served, served
from ui.main import Start
from ui.shell import Shell
from ui.sync.page import SyncPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "book")
    made.root.mkdir()
    save_settings(made.settings, Settings(time_zone="America/New_York"))
    return made


@pytest.fixture
def shell(qtbot: QtBot, places: Places, clock: ManualClock) -> Iterator[Shell]:
    """The window on an empty book of its own."""
    made = Shell()
    made.secrets = SessionSecrets()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    Start(made, places, clock).open_book()
    qtbot.waitUntil(lambda: made.current == "welcome")
    yield made
    app = made.detach()
    if app is not None:
        app.close()


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        focus = QApplication.focusWidget() or QApplication.activeWindow()
        assert focus is not None
        QTest.keyClick(focus, key, held)


def page_of(shell: Shell) -> SyncPage:
    found = shell.page("sync")
    assert isinstance(found, SyncPage)
    return found


def sync(shell: Shell, qtbot: QtBot) -> None:
    before = len(shell.app.ask(receipts))
    press(Qt.Key.Key_S, held=CTRL | SHIFT)
    qtbot.waitUntil(
        lambda: len(shell.app.ask(receipts)) == before + 1 and not shell.sync_runner.is_running, timeout=20_000
    )


def test_from_the_first_page_to_a_decided_conflict_in_the_made_up_book(shell: Shell, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return)  # practise with sample accounts
    qtbot.waitUntil(lambda: shell.current == "desk", timeout=20_000)
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=20_000)
    press(Qt.Key.Key_G, Qt.Key.Key_S)
    assert shell.current == "sync"
    press(Qt.Key.Key_P)  # practise syncing
    app = shell.app
    qtbot.waitUntil(lambda: app.ask(overview).waiting == 2 and not shell.jobs.running, timeout=20_000)
    sync(shell, qtbot)
    assert app.ask(overview).attention == 1
    press(Qt.Key.Key_1)  # keep mine
    qtbot.waitUntil(lambda: app.ask(overview).attention == 0)
    sync(shell, qtbot)
    seen = app.ask(overview)
    assert (seen.waiting, seen.attention, seen.sent_this_week) == (0, 0, 2)
    assert seen.last is not None
    assert (seen.last.problem, seen.last.is_balanced) == ("", True)


def test_s_on_the_first_page_leads_to_a_synced_book(shell: Shell, qtbot: QtBot, clock: ManualClock) -> None:
    with served(clock) as org:
        _fill(org)
        browser = Browser("allow")
        try:
            press(Qt.Key.Key_S)
            assert shell.current == "sync"
            panel = page_of(shell).connect_panel
            assert panel is not None
            panel.signing_in.ports = [0]
            panel.form.tabs.setFocus()
            press(*[Qt.Key.Key_Right] * 3)
            panel.form.practice.setText(org.base_url)
            page_of(shell).setFocus()
            press(Qt.Key.Key_I)
            qtbot.waitUntil(lambda: shell.app.ask(overview).connection is not None)
            sync(shell, qtbot)
            assert shell.app.ask(lambda work: work.rows("SELECT name FROM account")) == [("Halden Robotics",)]
            press(Qt.Key.Key_G, Qt.Key.Key_D)
            assert shell.current == "desk"
        finally:
            browser.close()
            shell.jobs.finish()


def test_escape_leaves_the_way_in_where_somebody_is_signed_in_still(shell: Shell, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current == "desk" and not shell.jobs.running, timeout=20_000)
    press(Qt.Key.Key_G, Qt.Key.Key_S, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: shell.app.ask(overview).waiting == 2 and not shell.jobs.running, timeout=20_000)
    page = page_of(shell)
    page.setFocus()
    press(Qt.Key.Key_I)
    assert page.is_signing_in
    press(Qt.Key.Key_Escape)
    assert not page.is_signing_in


def _fill(org: Served) -> None:
    account = org.org.create("Account", {"Name": "Halden Robotics", "BillingCountry": "United States"})
    org.org.create(
        "Contact", {"AccountId": account, "FirstName": "Priya", "LastName": "Raman", "Phone": "(617) 555-0142"}
    )
    org.org.create(
        "Opportunity",
        {
            "AccountId": account,
            "Name": "Renewal",
            "StageName": "Prospecting",
            "CloseDate": "2026-12-02",
            "Amount": 4800,
        },
    )
