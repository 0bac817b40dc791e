"""The page of callbacks on a real store: by day, in both zones, worked by keys, every step undoable."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.callbacks import open_callbacks
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.work import Work
from tests.factories import callback, customer
from tests.ui.pages_for_tests import DeskForTests
from tests.ui.walk import HOSTILE, nameless, rich
from ui.callbacks.model import Heading
from ui.callbacks.page import CallbacksPage
from ui.pages import PAGES
from ui.shell import Shell
from ui.theme import theme

ENTRIES = tuple(
    replace(entry, module="tests.ui.pages_for_tests", cls="DeskForTests") if entry.id == "desk" else entry
    for entry in PAGES
)
LATE, SOON, TOMORROW, LATER = (
    timedelta(minutes=-50), timedelta(minutes=15), timedelta(hours=24), timedelta(days=9)
)  # fmt: skip


def owed(work: Work, *, note: str = "") -> None:
    for place, after in enumerate((LATER, SOON, LATE, TOMORROW)):
        name = ("Kestrel Analytics", "Halden Robotics", "Orchard & Vine", "Blue Fjord")[place]
        customer(work, name, ends_on=date(2026, 12, 20), time_zone="America/Denver", e164=f"+1303555014{place}")
        refresh_targets(work)
        (target_id,) = work.rows("SELECT max(id) FROM call_target")[0]
        callback(work, target_id, work.now + after, note=note or f"Note {place}", their_zone="America/Denver")


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.detach()


@pytest.fixture
def page(shell: Shell, app: App) -> CallbacksPage:
    app.do(owed)
    shell.attach(app, "callbacks")
    found = shell.page("callbacks")
    assert isinstance(found, CallbacksPage)
    return found


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


def due(app: App) -> dict[str, datetime]:
    return {row.account: row.due_at for row in app.ask(open_callbacks)}


def test_what_is_owed_stands_by_day_the_overdue_first(page: CallbacksPage) -> None:
    headings = [(item.words, item.count) for item in page.model.items if isinstance(item, Heading)]
    assert headings == [("Overdue", 1), ("Today", 1), ("Tomorrow", 1), ("Wed 2 Dec", 1)]
    assert page.said.text() == "1 overdue, 1 today, 2 later"
    assert page.current is not None
    assert page.current.account == "Orchard & Vine"


def test_enter_opens_the_one_in_hand_on_the_desk(page: CallbacksPage, shell: Shell) -> None:
    press(Qt.Key.Key_J)
    assert page.current is not None
    target_id = page.current.target_id
    press(Qt.Key.Key_Return)
    desk = shell.page("desk")
    assert isinstance(desk, DeskForTests)
    assert shell.current == "desk"
    assert {"target_id": target_id} in desk.told


def test_a_typed_time_moves_it_and_undo_moves_it_back(page: CallbacksPage, app: App) -> None:
    before = due(app)["Orchard & Vine"]
    press(Qt.Key.Key_R)
    assert page.strip.field.hasFocus()
    QTest.keyClicks(page.strip.field, "fri 10am")
    assert "Fri 27 Nov, 10:00 AM" in page.strip.strong.text()
    assert "12:00 PM for you" in page.strip.words.text()
    press(Qt.Key.Key_Return)
    moved = due(app)["Orchard & Vine"]
    assert (moved.day, moved.hour) == (27, 17)
    assert page.list.hasFocus()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert due(app)["Orchard & Vine"] == before


@pytest.mark.parametrize("typed", ["", "yesterday", "gibberish", "25 nov 2020 3pm"])
def test_what_is_no_time_ahead_moves_nothing(page: CallbacksPage, app: App, typed: str) -> None:
    before = due(app)
    press(Qt.Key.Key_R)
    QTest.keyClicks(page.strip.field, typed)
    press(Qt.Key.Key_Return)
    is_asking = page.strip.is_moving
    assert is_asking
    assert due(app) == before
    press(Qt.Key.Key_Escape)
    assert not page.strip.is_moving
    assert page.list.hasFocus()


def test_d_keeps_it_and_x_cancels_it(page: CallbacksPage, app: App) -> None:
    press(Qt.Key.Key_D)
    assert "Orchard & Vine" not in due(app)
    assert page.current is not None
    assert page.current.account == "Halden Robotics"
    press(Qt.Key.Key_X)
    assert sorted(due(app)) == ["Blue Fjord", "Kestrel Analytics"]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(due(app)) == 4


def test_letters_typed_as_a_time_are_no_keys(page: CallbacksPage, app: App) -> None:
    press(Qt.Key.Key_R)
    QTest.keyClicks(page.strip.field, "dxr")
    assert len(due(app)) == 4
    assert page.strip.field.text() == "dxr"


def test_one_falls_due_while_the_page_is_in_view(page: CallbacksPage, clock: ManualClock) -> None:
    clock.advance(16 * 60)
    page._tick.timeout.emit()
    headings = [(item.words, item.count) for item in page.model.items if isinstance(item, Heading)]
    assert headings[0] == ("Overdue", 2)


def test_nothing_owed_says_how_it_comes_about(shell: Shell, app: App) -> None:
    shell.attach(app, "callbacks")
    page = shell.page("callbacks")
    assert isinstance(page, CallbacksPage)
    assert page.empty.isVisible()
    press(Qt.Key.Key_D)
    press(Qt.Key.Key_Return)
    assert shell.current == "callbacks"


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_plain_text(shell: Shell, app: App, words: str) -> None:
    app.do(owed, note=words)
    shell.attach(app, "callbacks")
    page = shell.page("callbacks")
    shell.run("reschedule")
    page.grab()
    assert rich(page) == []
    assert nameless(page) == []


def test_qt_finds_nothing_wrong_with_the_list(page: CallbacksPage) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.refresh()
    assert isinstance(tester.model(), QAbstractItemModel)


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_the_page_fits_a_small_window(page: CallbacksPage, shell: Shell, scheme: str) -> None:
    theme.apply(QApplication.instance(), scheme, 100)  # type: ignore[arg-type]
    shell.resize(1093, 575)
    shell.run("reschedule")
    page.grab()
    assert page.minimumSizeHint().width() <= 1093 - 57
    assert page.minimumSizeHint().height() <= 575 - 36
