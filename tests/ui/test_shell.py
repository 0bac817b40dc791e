"""The window on a real store: pages, keys, the status bar and what it says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.today import summary
from callstation.work import Work
from tests.factories import account, campaign
from tests.ui.pages_for_tests import ENTRIES, DeskForTests
from tests.ui.walk import nameless, rich
from ui import actions
from ui.bus import Notice
from ui.shell import Shell
from ui.status_bar import StatusBar, attention_words, talk_words
from ui.theme import theme


def add_account(work: Work) -> int:
    work.journal.label = "Added Orchard & Vine"
    return account(work, "Orchard & Vine")


def add_campaign(work: Work) -> int:
    return campaign(work)


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    made = Shell(ENTRIES)
    qtbot.addWidget(made)
    made.summary = lambda: app.ask(summary)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app)
    yield made
    made.detach()


@pytest.fixture
def desk(shell: Shell) -> DeskForTests:
    page = shell.page("desk")
    assert isinstance(page, DeskForTests)
    page.told.clear()
    return page


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as a person does: on whatever has the focus."""
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    QTest.keyClick(focus, key, modifiers)


CTRL = Qt.KeyboardModifier.ControlModifier


def test_keys_of_the_page_reach_the_page(desk: DeskForTests) -> None:
    for key in (Qt.Key.Key_Space, Qt.Key.Key_2, Qt.Key.Key_S):
        press(key)
    assert desk.told == ["call", ("log", 2), "skip"]


def test_letters_and_digits_are_typed_while_a_note_has_the_focus(desk: DeskForTests) -> None:
    press(Qt.Key.Key_N)
    assert desk.field.hasFocus()
    for key in (Qt.Key.Key_2, Qt.Key.Key_S, Qt.Key.Key_Space, Qt.Key.Key_G, Qt.Key.Key_A):
        press(key)
    assert desk.field.text() == "2s ga"
    press(Qt.Key.Key_6, CTRL)
    assert desk.told == [("log", 6)]


def test_space_on_a_button_in_focus_presses_the_button(desk: DeskForTests) -> None:
    desk.button.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    assert desk.told == ["pressed", "pressed"]


def test_g_and_a_letter_go_to_a_page(shell: Shell, desk: DeskForTests) -> None:
    for letter, page_id in ((Qt.Key.Key_C, "callbacks"), (Qt.Key.Key_A, "accounts"), (Qt.Key.Key_D, "desk")):
        press(Qt.Key.Key_G)
        press(letter)
        assert shell.current == page_id
    assert desk.told == ["hidden"]


def test_a_key_of_another_page_does_nothing(shell: Shell, desk: DeskForTests) -> None:
    shell.go("accounts")
    accounts = shell.page("accounts")
    assert isinstance(accounts, DeskForTests)
    desk.told.clear()
    accounts.told.clear()
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_Space)
    assert desk.told == accounts.told == []


def test_a_page_is_made_at_its_first_visit_and_read_when_stale(shell: Shell, app: App, desk: DeskForTests) -> None:
    assert list(shell._pages) == ["desk"]
    shell.go("accounts")
    accounts = shell.page("accounts")
    assert isinstance(accounts, DeskForTests)
    assert accounts.told == ["refresh"]
    shell.go("desk")
    desk.told.clear()
    app.do(add_account)
    assert desk.told == ["changes"]
    shell.go("accounts")
    assert accounts.told == ["refresh", "hidden", "refresh"]


def test_changes_of_other_nouns_leave_a_page_alone(shell: Shell, app: App, desk: DeskForTests) -> None:
    app.do(add_campaign)
    assert desk.told == []


def test_a_page_can_be_asked_for_one_thing(shell: Shell, desk: DeskForTests) -> None:
    shell.go("desk", account_id=5)
    assert desk.told == [{"account_id": 5}]


def test_undo_and_redo_by_keys_say_what_they_did(shell: Shell, app: App, desk: DeskForTests) -> None:
    app.do(add_account)
    heard: list[Notice] = []
    shell.bus.noticed.connect(heard.append)
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert [notice.words for notice in heard] == [
        "Undone: Added Orchard & Vine",
        "Done again: Added Orchard & Vine",
        "Undone: Added Orchard & Vine",
        "There is nothing to undo.",
    ]


def test_what_the_user_can_mend_is_said_without_a_dialog(shell: Shell, desk: DeskForTests, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.bus.noticed) as heard:
        press(Qt.Key.Key_Z)
    assert heard.args == [Notice("Nothing to snooze.", "bad", "The <b>list</b> is empty & done.", "Import a list.")]
    assert shell._line.isVisible()
    assert QApplication.activeModalWidget() is None
    assert rich(shell) == []


def test_the_status_bar_counts_the_day(shell: Shell) -> None:
    status = shell.status
    assert status.connection.text() == "Not connected to Salesforce. Everything is saved on this computer."
    assert (status.calls.text(), status.conversations.text(), status.talk.text()) == (
        "0 calls",
        "0 conversations",
        "0 m talking",
    )
    assert not status.waiting.isVisible()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 m talking"), (59, "0 m talking"), (4320, "1 h 12 m talking"), (14_580, "4 h 03 m talking")],
)
def test_talk_time_is_said_in_hours_and_minutes(seconds: int, words: str) -> None:
    assert talk_words(seconds) == words


@pytest.mark.parametrize(
    ("attention", "without_number", "words"),
    [(0, 0, ""), (1, 12, "1 needs attention"), (1_200, 0, "1,200 need attention"), (0, 12, "12 without a number")],
)
def test_what_needs_attention_is_the_sync_pages_number_and_never_a_sum(
    attention: int, without_number: int, words: str
) -> None:
    assert attention_words(attention, without_number) == words


def test_the_key_sheet_lists_every_key_and_covers_the_page(shell: Shell, desk: DeskForTests) -> None:
    press(Qt.Key.Key_Question)
    assert shell._keys.isVisible()
    press(Qt.Key.Key_S)
    press(Qt.Key.Key_2)
    assert desk.told == []
    press(Qt.Key.Key_Escape)
    assert not shell._keys.isVisible()
    press(Qt.Key.Key_S)
    assert desk.told == ["skip"]


def test_everything_that_takes_the_focus_has_a_name(shell: Shell) -> None:
    assert nameless(shell) == []


def test_it_fits_a_small_laptop_screen(shell: Shell, dressed: QApplication) -> None:
    for text_size in (100, 140):
        theme.apply(dressed, "light", text_size)
        shell.resize(1093, 575)
        assert shell.size() == QSize(1093, 575)


def test_the_window_comes_back_where_it_was(qtbot: QtBot, tmp_path: Path) -> None:
    state = tmp_path / "window.ini"
    before = Shell(ENTRIES, state_file=state)
    qtbot.addWidget(before)
    before.show()
    before.resize(780, 600)
    before.close()
    after = Shell(ENTRIES, state_file=state)
    qtbot.addWidget(after)
    assert after.size() == QSize(780, 600)


def test_another_store_leaves_nothing_of_the_first(shell: Shell, app: App, make_app: Callable[[], App]) -> None:
    other = make_app()
    shell.attach(other)
    assert app.on_changed == []
    app.do(add_account)
    page = shell.page("desk")
    assert isinstance(page, DeskForTests)
    assert page.told == ["refresh"]


@pytest.fixture
def make_app(empty_store: Path, tmp_path: Path) -> Iterator[Callable[[], App]]:
    import shutil

    opened: list[App] = []

    def make() -> App:
        opened.append(App(Path(shutil.copy(empty_store, tmp_path / f"{len(opened)}.db"))))
        return opened[-1]

    yield make
    for app in opened:
        app.close()


def test_the_menus_hold_every_action_by_group(shell: Shell) -> None:
    bar = QMenuBar()
    shell._shortcuts.fill(bar)
    menus = [menu for entry in bar.actions() if isinstance(menu := entry.menu(), QMenu)]
    assert [menu.title() for menu in menus] == list(actions.groups())
    named = {made.text() for menu in menus for made in menu.actions()}
    assert named == {item.label for item in actions.ACTIONS if not item.takes_digit}
    roles = {made.text(): made.menuRole() for menu in menus for made in menu.actions()}
    assert (roles["Quit"], roles["Settings"]) == (QAction.MenuRole.QuitRole, QAction.MenuRole.PreferencesRole)


def test_the_bar_gives_way_when_the_window_is_narrow(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(700, 36)
    bar.show()
    qtbot.waitUntil(lambda: not bar.calls.isVisible())
    assert bar.connection.isVisible()
    bar.resize(1440, 36)
    qtbot.waitUntil(bar.calls.isVisible)


def test_a_page_fills_the_window_after_it_grew_with_a_notice_in_view(shell: Shell, qtbot: QtBot) -> None:
    shell.resize(1093, 575)
    qtbot.wait(1)
    shell.say("Done.")
    shell.resize(1440, 900)
    qtbot.waitUntil(shell.status.calls.isVisible)
    assert shell.page("desk").width() == 1440 - 57
