"""Syncing by the clock on a real window: never during a call, and quiet where there is no network."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from callstation.secrets import SessionSecrets
from callstation.sync.connection import connect
from callstation.sync.practice.inside import connect_inside
from callstation.sync.receipt import receipts
from callstation.sync.salesforce.oauth import Identity
from callstation.sync.salesforce.wire import Wire
from tests.journeys.conftest import desk
from tests.journeys.desk import Desk
from tests.ui.pages_for_tests import ENTRIES, DeskForTests
from ui.bus import Notice
from ui.shell import Shell
from ui.sync.schedule import Schedule

__all__ = ["desk"]

DANA = Identity("005000000000001AAA", "00D000000000001AAA", "dana@acme.example", "Dana", "", "http://127.0.0.1:1")


class CallingDesk(DeskForTests):
    """A desk on which a call can be under way."""

    is_calling = False

    @property
    def is_on_call(self) -> bool:
        return self.is_calling


DESKS = tuple(replace(entry, module=__name__, cls="CallingDesk") if entry.id == "desk" else entry for entry in ENTRIES)


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = Shell(DESKS)
    made.secrets = SessionSecrets()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app)
    yield made
    made.detach()


def scheduled(shell: Shell, **settings: object) -> Schedule:
    shell.app.settings = shell.app.settings.with_values(**settings)
    return Schedule(shell, shell.app)


def runs(shell: Shell) -> int:
    return len(shell.app.ask(receipts))


def looked(schedule: Schedule, shell: Shell, qtbot: QtBot) -> int:
    """Look, let what began end, and count the runs."""
    schedule.look()
    qtbot.waitUntil(lambda: not shell.sync_runner.is_running, timeout=20_000)
    return runs(shell)


def test_nobody_signed_in_nothing_is_tried(shell: Shell, qtbot: QtBot) -> None:
    schedule = scheduled(shell, is_synced_at_start=True)
    assert looked(schedule, shell, qtbot) == 0
    assert shell.current == "desk"


def test_at_the_start_the_book_is_synced_without_a_word(shell: Shell, qtbot: QtBot) -> None:
    connect_inside(shell.app)
    heard: list[Notice] = []
    shell.bus.noticed.connect(heard.append)
    schedule = scheduled(shell, is_synced_at_start=True)
    assert looked(schedule, shell, qtbot) == 1
    assert looked(schedule, shell, qtbot) == 1
    assert heard == []


def test_a_sync_that_is_due_waits_for_the_end_of_the_call(shell: Shell, qtbot: QtBot) -> None:
    connect_inside(shell.app)
    desk = shell.page("desk")
    assert isinstance(desk, CallingDesk)
    desk.is_calling = True
    schedule = scheduled(shell, is_synced_at_start=True)
    assert looked(schedule, shell, qtbot) == 0
    desk.is_calling = False
    assert looked(schedule, shell, qtbot) == 1


def test_the_real_desk_is_on_a_call_from_dialling_until_the_outcome(desk: Desk, qtbot: QtBot) -> None:
    connect_inside(desk.app)
    schedule = scheduled(desk.shell, is_synced_at_start=True)
    desk.press("Space")
    assert looked(schedule, desk.shell, qtbot) == 0
    desk.press("Space")  # wrap-up
    assert looked(schedule, desk.shell, qtbot) == 0
    desk.press("1")
    assert looked(schedule, desk.shell, qtbot) == 1


def test_every_half_hour_by_the_clock(shell: Shell, qtbot: QtBot, clock: ManualClock) -> None:
    connect_inside(shell.app)
    schedule = scheduled(shell, sync_every_min=30)
    assert looked(schedule, shell, qtbot) == 0
    clock.advance(30 * 60)
    assert looked(schedule, shell, qtbot) == 1
    clock.advance(29 * 60)
    assert looked(schedule, shell, qtbot) == 1
    clock.advance(60)
    assert looked(schedule, shell, qtbot) == 2


def test_a_sync_by_hand_puts_the_next_one_off(shell: Shell, qtbot: QtBot, clock: ManualClock) -> None:
    connect_inside(shell.app)
    schedule = scheduled(shell, sync_every_min=30)
    schedule.look()
    clock.advance(29 * 60)
    shell.run("sync_now")
    qtbot.waitUntil(lambda: runs(shell) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: not shell.sync_runner.is_running)
    clock.advance(2 * 60)
    assert looked(schedule, shell, qtbot) == 1


def test_five_minutes_without_a_key_are_a_pause(shell: Shell, qtbot: QtBot, clock: ManualClock) -> None:
    connect_inside(shell.app)
    schedule = scheduled(shell, is_synced_when_idle=True)
    schedule.look()
    clock.advance(4 * 60)
    window = shell.windowHandle()
    assert window is not None
    QTest.keyClick(window, Qt.Key.Key_J)
    clock.advance(4 * 60)
    assert looked(schedule, shell, qtbot) == 0
    clock.advance(60)
    assert looked(schedule, shell, qtbot) == 1


def test_the_end_of_the_day_comes_at_its_hour(shell: Shell, qtbot: QtBot, clock: ManualClock) -> None:
    connect_inside(shell.app)
    schedule = scheduled(shell, is_synced_at_day_end=True)
    clock.advance(7.9 * 3600)
    assert looked(schedule, shell, qtbot) == 0
    clock.advance(0.2 * 3600)
    assert looked(schedule, shell, qtbot) == 1


def unreachable(shell: Shell) -> None:
    """Signed in to a port at which nobody answers."""
    shell.app.record(connect, DANA, host="http://127.0.0.1:1", client_id="callstation")
    shell.secrets.fleeting["salesforce/00D000000000001AAA/005000000000001AAA"] = "token"


def test_without_a_network_it_says_nothing_and_tries_later(
    shell: Shell, qtbot: QtBot, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    defaults = Wire.send.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "tries", 1)  # without the waits between five of them
    unreachable(shell)
    heard: list[Notice] = []
    shell.bus.noticed.connect(heard.append)
    schedule = scheduled(shell, is_synced_at_start=True)
    assert looked(schedule, shell, qtbot) == 1
    assert looked(schedule, shell, qtbot) == 1
    assert (heard, shell.current) == ([], "desk")
    clock.advance(120)
    assert looked(schedule, shell, qtbot) == 2
    clock.advance(120)
    assert looked(schedule, shell, qtbot) == 2


def test_a_window_that_closes_waits_for_no_pause_between_two_tries(shell: Shell, qtbot: QtBot) -> None:
    unreachable(shell)
    schedule = scheduled(shell, is_synced_at_start=True)
    with qtbot.waitSignal(shell.sync_runner.progressed):
        schedule.look()
    assert shell.jobs.finish(2_000)  # five tries would take eight seconds


def test_whom_salesforce_turned_away_is_not_tried_again_until_signed_in_anew(
    shell: Shell, qtbot: QtBot, clock: ManualClock
) -> None:
    shell.app.record(connect, DANA, host="http://127.0.0.1:1", client_id="callstation")  # and no key at all
    schedule = scheduled(shell, sync_every_min=30)
    tried: list[str] = []
    shell.sync_runner.started.connect(lambda: tried.append("tried"))
    for _ in range(3):
        clock.advance(30 * 60)
        looked(schedule, shell, qtbot)
    assert tried == ["tried"]
    clock.advance(60)
    shell.app.record(connect, DANA, host="http://127.0.0.1:1", client_id="callstation")
    clock.advance(30 * 60)
    looked(schedule, shell, qtbot)
    assert tried == ["tried", "tried"]


def test_a_schedule_of_a_closed_book_does_nothing(shell: Shell, qtbot: QtBot) -> None:
    connect_inside(shell.app)
    schedule = scheduled(shell, is_synced_at_start=True)
    schedule.stop()
    assert looked(schedule, shell, qtbot) == 0
