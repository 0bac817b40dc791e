"""The start of the program: painted first, store opened behind it, one page at the end."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.opening import open_app
from callstation.paths import Places
from callstation.work import Work
from tests.factories import account, customer
from tests.ui.pages_for_tests import ENTRIES
from ui.bus import Notice
from ui.calling.page import DeskPage
from ui.calling.queue_panel import QueuePanel
from ui.first_frame import LONGEST_WAIT_MS, FirstFrame
from ui.main import Start
from ui.shell import Shell
from ui.tokens import LIGHT


def add_account(work: Work) -> int:
    return account(work)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "book")


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def test_the_window_is_there_before_the_store(shell: Shell, places: Places, qtbot: QtBot) -> None:
    Start(shell, places).open_book()
    assert shell.isVisible()
    assert shell.current == ""
    qtbot.waitUntil(lambda: shell.current == "welcome")
    assert places.store.exists()


def test_a_book_with_accounts_opens_on_the_desk(shell: Shell, places: Places, qtbot: QtBot) -> None:
    before = open_app(places)
    before.do(add_account)
    before.close()
    Start(shell, places).open_book()
    qtbot.waitUntil(lambda: shell.current == "desk")
    assert shell.status.calls.text() == "0 calls"


def test_the_made_up_book_is_a_store_of_its_own(shell: Shell, places: Places, qtbot: QtBot) -> None:
    start = Start(shell, places)
    start.open_book()
    qtbot.waitUntil(lambda: shell.current == "welcome")
    shell.run("practise")
    qtbot.waitUntil(lambda: shell.current != "")
    assert shell.app.store == places.sample.store
    shell.run("own_book")
    qtbot.waitUntil(lambda: shell.current != "")
    assert shell.app.store == places.store


def test_a_store_that_cannot_be_read_is_said_in_a_sentence(shell: Shell, places: Places, qtbot: QtBot) -> None:
    places.root.mkdir()
    places.store.write_bytes(b"not a database, but long enough to look like a file " * 100)
    with qtbot.captureExceptions() as raised:
        Start(shell, places).open_book()
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0].__name__ == "UserError"


def test_keys_do_nothing_harmful_before_the_store_is_open(shell: Shell, qtbot: QtBot) -> None:
    heard: list[Notice] = []
    shell.bus.noticed.connect(heard.append)
    QTest.keyClicks(shell, "1 sgd")
    shell.run("undo")
    assert heard == []
    assert shell.current == ""


def test_the_first_frame_gives_way_to_the_rows_and_they_to_the_desk(places: Places, qtbot: QtBot) -> None:
    before = open_app(places)
    before.do(lambda work: customer(work, ends_on=work.today + timedelta(days=20)))
    before.record(refresh_targets)
    before.record(build_day)
    before.close()
    frame, told = FirstFrame(LIGHT), list[str]()
    shell = Shell(first_frame=frame)
    qtbot.addWidget(shell)
    with qtbot.waitSignal(frame.painted):
        shell.show()

    def hear(step: str) -> None:
        told.append(step)
        if step == "rows":
            assert shell.early is not None
            panels.append(shell.early.queue)
            assert shell.early.isVisible()

    panels: list[QueuePanel] = []
    Start(shell, places, tell=hear).begin()
    qtbot.waitUntil(lambda: told == ["rows", "page"])
    desk = shell.page("desk")
    assert isinstance(desk, DeskPage)
    assert desk.queue is panels[0]  # what was painted early is the desk's own
    assert [desk.queue.model.rowCount(), shell.early] == [2, None]
    shell.close()


def test_a_window_that_is_never_painted_starts_all_the_same(qtbot: QtBot) -> None:
    frame = FirstFrame(LIGHT)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(frame.painted, timeout=3 * LONGEST_WAIT_MS):
        pass
