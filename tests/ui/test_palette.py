"""The command palette, by keys alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.walk import HOSTILE, nameless
from ui.palette import Palette, Sources, matches
from ui.palette_rows import Found


class Desk:
    """A window with a palette over it, and what was chosen."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1000, 700)
        self.chosen: list[str] = []
        self.palette = Palette(self.window, Sources(self.commands, self.search))
        self.window.show()
        self.window.activateWindow()

    def found(self, group: str, title: str) -> Found:
        return Found(group, "phone", title, lambda: self.chosen.append(title), "detail", ("Ctrl", "K"))

    def commands(self) -> list[Found]:
        titles = ("Start or end the call", "Go to callbacks", "Go to accounts", "Undo")
        return [self.found("Commands", title) for title in titles]

    def search(self, words: str) -> list[Found]:
        return [self.found("Accounts", f"{words} & Sons"), *(self.found("Notes", hostile) for hostile in HOSTILE)]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.palette.field, key)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    made.palette.open()
    yield made
    made.palette.close_overlay()


def test_enter_does_the_first_command_found(desk: Desk) -> None:
    QTest.keyClicks(desk.palette.field, "go acc")
    desk.press(Qt.Key.Key_Return)
    assert desk.chosen == ["Go to accounts"]
    assert not desk.palette.isVisible()


def test_arrows_pass_over_headings_and_stop_at_the_ends(desk: Desk) -> None:
    QTest.keyClicks(desk.palette.field, "undo")
    desk.press(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert desk.chosen == ["undo & Sons"]


def test_commands_are_listed_before_a_letter_is_typed(desk: Desk) -> None:
    assert [desk.palette.model.index(row).data() for row in range(2)] == ["Commands", "Start or end the call detail"]


def test_nothing_found_is_said_and_enter_does_nothing(desk: Desk) -> None:
    desk.palette.model.show([], [])
    desk.press(Qt.Key.Key_Return)
    assert desk.palette.model.index(0).data() == "Nothing found"
    assert desk.chosen == []


def test_escape_leaves_without_doing_anything(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Escape)
    assert not desk.palette.isVisible()
    assert desk.chosen == []


def test_hostile_words_are_drawn_as_they_are(desk: Desk) -> None:
    QTest.keyClicks(desk.palette.field, "x")
    assert not desk.window.grab().isNull()
    assert nameless(desk.window) == []


def test_qt_finds_nothing_wrong_with_its_rows(desk: Desk) -> None:
    tester = QAbstractItemModelTester(desk.palette.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    QTest.keyClicks(desk.palette.field, "go")
    assert tester.model() is desk.palette.model


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [("", True), ("go", True), ("GO CALL", True), ("call go", True), ("back", True), ("gone", False), ("go x", False)],
)
def test_words_match_by_their_beginnings_in_any_order(typed: str, is_found: bool) -> None:
    found = Found("Commands", "phone", "Go to callbacks", lambda: None)
    assert matches(found, typed) is is_found
