"""The first page of an empty book, worked by keys, to the practice book and back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.accounts.accounts import count
from callstation.paths import Places
from callstation.settings import Settings, save_settings
from db.vocabulary import AccountKind
from tests.ui.walk import nameless, rich
from ui.bus import Notice
from ui.main import Start
from ui.pages import PAGES
from ui.shell import Shell
from ui.welcome.tour import TOUR

ENTRIES = tuple(
    entry
    if entry.id == "welcome"
    else replace(
        entry, module="tests.ui.pages_for_tests", cls="DeskForTests" if entry.id == "desk" else "OtherForTests"
    )
    for entry in PAGES
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "book")


@pytest.fixture
def shell(qtbot: QtBot, places: Places) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    Start(made, places).open_book()
    qtbot.waitUntil(lambda: made.current == "welcome")
    yield made
    made.close()


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_enter_opens_a_practice_book_of_forty_customers(shell: Shell, places: Places, qtbot: QtBot) -> None:
    heard: list[Notice] = []
    shell.bus.noticed.connect(heard.append)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current == "desk", timeout=20_000)
    assert shell.app.store == places.sample.store
    assert shell.app.ask(count, kind=AccountKind.CUSTOMER) == 40
    assert heard == [TOUR]


def test_the_practice_book_touches_nothing_of_ones_own(shell: Shell, places: Places, qtbot: QtBot) -> None:
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.current == "desk", timeout=20_000)
    shell.run("own_book")
    qtbot.waitUntil(lambda: shell.current == "welcome")
    assert shell.app.store == places.store
    assert shell.app.ask(count) == 0


def test_the_practice_book_follows_the_settings_of_ones_own(shell: Shell, places: Places, qtbot: QtBot) -> None:
    save_settings(places.settings, Settings(theme="dark", time_zone="Europe/Berlin"))
    shell.run("practise")
    qtbot.waitUntil(lambda: shell.current == "desk", timeout=20_000)
    assert (shell.app.settings.theme, shell.places.settings) == ("dark", places.settings)


def test_i_goes_to_the_import(shell: Shell) -> None:
    press(Qt.Key.Key_I)
    assert shell.current == "import"


def test_each_choice_is_reached_by_tab_and_has_a_name(shell: Shell) -> None:
    page = shell.page("welcome")
    press(Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Import a call list"
    assert nameless(page) == []
    assert rich(page) == []


def test_s_goes_where_salesforce_is_connected(shell: Shell) -> None:
    press(Qt.Key.Key_S)
    assert shell.current == "sync"


def test_enter_on_the_third_choice_goes_there_too(shell: Shell) -> None:
    page = shell.page("welcome")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Connect Salesforce"
    press(Qt.Key.Key_Return)
    assert shell.current == "sync"
    assert page.isHidden()


def test_nothing_can_be_chosen_while_the_practice_book_is_made(shell: Shell, qtbot: QtBot) -> None:
    from ui.widgets import Choice

    choices = shell.page("welcome").findChildren(Choice)
    press(Qt.Key.Key_Return)
    assert [choice.isEnabled() for choice in choices] == [False] * 3
    qtbot.waitUntil(lambda: shell.current == "desk", timeout=20_000)
