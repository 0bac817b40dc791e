"""The building blocks: hostile words stay plain words, everything has a name, keys work, right-to-left mirrors."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.walk import HOSTILE, nameless, rich
from ui.theme import theme
from ui.widgets import (
    Avatar,
    Button,
    Card,
    Check,
    Chip,
    Choice,
    Divider,
    ElidedLabel,
    EmptyState,
    Field,
    FieldRow,
    FlowLayout,
    IconLabel,
    KeyBadge,
    Label,
    OutcomeKey,
    ProgressBar,
    SearchField,
    SegmentedTabs,
    Select,
    StatusPill,
)
from ui.widgets.avatar import initials
from ui.widgets.text import tip


def pill(words: str) -> StatusPill:
    made = StatusPill("bad", "triangle-alert")
    made.set_words(words)
    return made


def select(words: str) -> Select:
    made = Select("Choice")
    made.addItem(words)
    return made


def empty(words: str) -> EmptyState:
    made = EmptyState("circle-check", words, words)
    made.add_figure(words[:20], words[:20])
    made.add_action(words, lambda: None, "I")
    return made


MAKERS: tuple[Callable[[str], QWidget], ...] = (
    Label,
    lambda words: Label(words, wraps=True, selectable=True),
    ElidedLabel,
    lambda words: Chip(words, "warn", "clock"),
    pill,
    lambda words: Button(words or "-", "plain", "x"),
    lambda words: Button(words or "-", "icon", "x"),
    lambda words: Button(words or "-", "primary"),
    lambda words: Button(words or "-", "link"),
    lambda words: OutcomeKey("1", words, words, "ok"),
    lambda words: OutcomeKey("1", words, words, "ok", is_compact=True),
    lambda words: SegmentedTabs([words, "Done"], "Lists"),
    SearchField,
    lambda words: Check(words or "-"),
    lambda words: Check(words or "-", is_round=True),
    lambda words: Choice("cloud", words or "-", words, "I"),
    select,
    empty,
    Avatar,
    lambda words: Field(words or "-", QLineEdit(words), words),
    lambda words: FieldRow(words or "-", QLineEdit(words), words),
)


def picture(widget: QWidget) -> QImage:
    """What a widget draws."""
    return widget.grab().toImage()


@pytest.mark.parametrize("make", MAKERS)
def test_hostile_words_are_drawn_as_plain_words(qtbot: QtBot, make: Callable[[str], QWidget]) -> None:
    for words in HOSTILE:
        widget = make(words)
        qtbot.addWidget(widget)
        widget.resize(320, 120)
        widget.show()
        assert not widget.grab().isNull()
        assert rich(widget) == []
        assert not widget.toolTip() or widget.toolTip().startswith("<p>")
        assert "<b>" not in widget.toolTip()
        assert "<img" not in widget.toolTip()


def test_no_widget_grows_with_the_length_of_its_data(qtbot: QtBot) -> None:
    for widget in (ElidedLabel("x" * 10_000), Button("x" * 10_000), Chip("x" * 10_000), OutcomeKey("1", "x" * 10_000)):
        qtbot.addWidget(widget)
        assert widget.minimumSizeHint().width() <= 100


def test_a_button_keeps_its_ampersand_and_makes_no_mnemonic(qtbot: QtBot) -> None:
    for made in (Button("AT&T & Co"), OutcomeKey("1", "AT&T & Co"), Choice("cloud", "AT&T & Co", "")):
        qtbot.addWidget(made)
        assert made.text() == "AT&&T && Co"
        assert made.shortcut().isEmpty()
        assert made.accessibleName().startswith("AT&T & Co")


def test_a_tool_tip_of_data_is_escaped() -> None:
    assert tip("<b>A</b> & B") == "<p>&lt;b&gt;A&lt;/b&gt; &amp; B</p>"


def gallery() -> QWidget:
    root = QWidget()
    rows = QVBoxLayout(root)
    for make in MAKERS:
        rows.addWidget(make("Some words"))
    for other in (ProgressBar("Called"), KeyBadge("Ctrl", "K"), IconLabel("phone"), Divider(), Card()):
        rows.addWidget(other)
    return root


def test_whatever_takes_the_focus_has_a_name(qtbot: QtBot) -> None:
    root = gallery()
    qtbot.addWidget(root)
    assert nameless(root) == []


def test_a_nameless_button_is_caught(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    QVBoxLayout(root).addWidget(QLineEdit())
    assert nameless(root) == ["QLineEdit in QWidget"]


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_focus_is_drawn_in_every_theme(qtbot: QtBot, dressed: QApplication, scheme: str) -> None:
    theme.apply(dressed, scheme)
    for make in MAKERS:
        widget = make("Some words")
        qtbot.addWidget(widget)
        widget.resize(300, 60)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        for inner in (widget, *widget.findChildren(QWidget)):
            if inner.focusPolicy() & Qt.FocusPolicy.TabFocus and inner.isVisible():
                inner.clearFocus()
                without = picture(inner)
                inner.setFocus()
                assert picture(inner) != without, type(inner)


@pytest.mark.parametrize(
    "make",
    [
        lambda: OutcomeKey("1", "No answer", "Again today 4:30 PM"),
        lambda: Button("Skip", "plain", "x"),
        lambda: KeyBadge("Ctrl", "K"),
        lambda: Chip("Callback 2:15", "warn", "clock"),
        lambda: Choice("cloud", "Connect", "Sign in once", "S"),
        lambda: Check("Dial on open"),
        lambda: ElidedLabel("Halden"),
    ],
)
def test_custom_drawing_mirrors_from_right_to_left(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    ink: dict[Qt.LayoutDirection, float] = {}
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        widget = make()
        qtbot.addWidget(widget)
        widget.setLayoutDirection(direction)
        widget.resize(max(240, widget.sizeHint().width()), widget.sizeHint().height())
        image = picture(widget)
        ground = image.pixelColor(image.width() // 2, 4)
        dark = [
            x
            for x in range(4, image.width() - 4)
            for y in range(4, image.height() - 4)
            if image.pixelColor(x, y) != ground
        ]
        ink[direction] = sum(dark) / len(dark) / image.width()
    left, right = ink[Qt.LayoutDirection.LeftToRight], ink[Qt.LayoutDirection.RightToLeft]
    assert left != right
    if abs(left - 0.5) > 0.1:
        assert (left < 0.5) != (right < 0.5)


def test_a_click_on_a_button_leaves_the_focus_where_it_was(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    rows, field, button = QVBoxLayout(root), QLineEdit(), Button("Skip")
    rows.addWidget(field)
    rows.addWidget(button)
    with qtbot.waitExposed(root):
        root.show()
    root.activateWindow()
    field.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert field.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_space_and_enter_press_the_button_in_focus(qtbot: QtBot, key: Qt.Key) -> None:
    for button in (Button("Skip"), OutcomeKey("1", "No answer"), Choice("cloud", "Import", ""), Check("On")):
        qtbot.addWidget(button)
        with qtbot.waitExposed(button):
            button.show()
        button.activateWindow()
        button.setFocus()
        assert isinstance(button, QAbstractButton)
        with qtbot.waitSignal(button.clicked):
            QTest.keyClick(button, key)


def test_arrows_move_between_tabs_and_counts_are_said(qtbot: QtBot) -> None:
    tabs = SegmentedTabs(["To call", "Callbacks", "Done"], "Queue")
    qtbot.addWidget(tabs)
    tabs.set_count(1, 5)
    tabs.show()
    tabs.setFocus()
    with qtbot.waitSignal(tabs.currentChanged):
        QTest.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.tabText(tabs.currentIndex()) == "Callbacks 5"
    tabs.resize(300, 30)
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.segment(2).center())
    assert tabs.currentIndex() == 2


def test_escape_empties_the_search_and_then_leaves_it(qtbot: QtBot) -> None:
    field = SearchField("Find account, contact or number")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field, "hal")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Qt.Key.Key_Escape)


def test_an_empty_chip_hides_and_comes_back(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    chip = Chip()
    chip.set_chip("First", "ok")
    QVBoxLayout(root).addWidget(chip)
    root.show()
    assert chip.isVisible()
    chip.set_chip("")
    assert not chip.isVisible()
    chip.set_chip("Callback due", "warn", "clock")
    assert chip.isVisible()


def test_text_grows_with_the_text_size(qtbot: QtBot, dressed: QApplication) -> None:
    made = [Label("Halden Robotics", "account"), Button("Skip"), OutcomeKey("1", "No answer"), Chip("New")]
    for widget in made:
        qtbot.addWidget(widget)
    before = [widget.sizeHint().height() for widget in made]
    theme.apply(dressed, "light", 140)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert all(widget.sizeHint().height() > height for widget, height in zip(made, before, strict=True))


def test_a_flow_wraps_and_mirrors(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    flow = FlowLayout(root)
    made = [Chip("A chip of some width") for _ in range(6)]
    for chip in made:
        flow.addWidget(chip)
    root.resize(320, 200)
    root.show()
    assert made[0].pos() == QPoint(0, 0)
    assert made[5].y() > made[0].y()
    root.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow.activate()
    assert made[0].geometry().right() == root.rect().right()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Priya Raman", "PR"), ("Dr. Elena van der Voss", "DV"), ("Cher", "C"), ("", "?"), ("  42 ", "?"), ("שלום", "ש")],
)
def test_initials_come_from_the_first_and_last_word(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_the_list_of_a_select_has_its_name_once_it_drops_down(qtbot: QtBot) -> None:
    made = Select("Campaign")
    qtbot.addWidget(made)
    made.addItems(["One", "Two"])
    made.show()
    made.showPopup()
    assert made.view().window().isVisible()
    assert nameless(made) == []
    made.hidePopup()
