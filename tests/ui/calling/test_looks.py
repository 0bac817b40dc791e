"""How the desk shows itself: sizes, hostile words, names for a screen reader, empty states, both directions."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

from callstation.app import App
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.work import Work
from db.vocabulary import AccountKind, Disposition
from tests import factories as make
from tests.journeys.desk import NAMES, Desk, open_desk
from tests.ui.walk import HOSTILE, nameless, rich
from ui.theme import theme


@pytest.fixture
def right_to_left(dressed: QApplication) -> Iterator[None]:
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def beyond(desk: Desk) -> list[str]:
    """Visible parts of the desk that stick out of it."""
    page = desk.page
    room = page.rect()
    found = []
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.window() is desk.shell and not page.context.isAncestorOf(widget):
            corner = widget.mapTo(page, widget.rect().bottomRight())
            if widget.parentWidget() is not None and not room.adjusted(-1, -1, 1, 1).contains(corner):
                found.append(f"{type(widget).__name__} {corner}")
    return [name for name in found if "viewport" not in name and "Check" not in name and "_Point" not in name]


def test_a_low_window_has_lower_keys_and_nothing_is_cut_off(app: App, clock: ManualClock) -> None:
    desk = open_desk(app, clock, size=(1093, 575))
    assert desk.page.space.pad.keys[1].height() == theme.px(42)
    assert desk.page.context.isHidden()
    assert beyond(desk) == []
    desk.press("I")
    assert desk.page.context.isVisible()
    desk.press("I", "6")
    assert beyond(desk) == []
    desk.close()


@pytest.mark.parametrize(("wide", "columns"), [(1440, 5), (1366, 5), (1200, 3), (1093, 5), (800, 3)])
def test_no_key_ever_loses_its_name(app: App, clock: ManualClock, wide: int, columns: int) -> None:
    desk = open_desk(app, clock, size=(wide, 800))
    QApplication.processEvents()
    keys = desk.page.space.pad.keys
    assert len({key.y() for key in keys.values()}) == (2 if columns == 5 else 3)
    for key in keys.values():
        room = key.width() - theme.px(48)
        assert QFontMetrics(theme.font("emphasis")).horizontalAdvance(key.label) <= room, (wide, key.label)
    desk.close()


def test_a_large_window_shows_everything(desk: Desk) -> None:
    assert desk.page.space.pad.keys[1].height() == theme.px(64)
    assert desk.page.context.isVisible()
    assert desk.page.space.track.isVisible()
    assert beyond(desk) == []


def test_the_strip_is_as_high_for_one_outcome_as_for_another(desk: Desk) -> None:
    heights = set()
    for key in "56789":
        desk.press(key)
        QApplication.processEvents()
        heights.add(desk.page.space.strip.height())
        desk.press("Esc")
    assert len(heights) == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_show_as_plain_text(app: App, clock: ManualClock, words: str) -> None:
    desk = open_desk(app, clock, (words or "?", "Calm Ltd"))
    account_id = desk.rows("SELECT id FROM account ORDER BY id")[0][0]

    def soil(work: Work) -> None:
        make.activity(work, account_id, note=words, is_reached=True, disposition=Disposition.CALLBACK_AGREED)
        make.contact(work, account_id, words, role=words)

    desk.app.record(soil)
    desk.page.open(account_id=account_id)
    QApplication.processEvents()
    desk.shell.grab()
    assert rich(desk.shell) == []
    assert desk.page.space.head.account.text() == (words or "?")
    assert desk.shell.width() == 1440
    desk.press("Space", "N")
    desk.page.space.note.editor.insertPlainText(words[:500])
    desk.press("Ctrl+1")
    desk.close()


def test_whatever_takes_the_focus_has_a_name(desk: Desk) -> None:
    assert nameless(desk.page) == []
    desk.press("8")
    assert nameless(desk.page) == []


def test_one_polite_announcement_after_each_log(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: heard.append(event.message()))
    desk.press("Space", "1")
    assert len(heard) == 1
    assert heard[0].startswith("Logged No answer for Halden Robotics.")


def test_when_everybody_is_called_the_desk_says_what_happened_and_what_next(desk: Desk) -> None:
    for _ in NAMES:
        desk.press("Space", "1")
    assert desk.account == ""
    state = desk.page.empty.state
    assert state is not None
    assert state.title.text() == "Nothing left to call right now"
    assert "all 5 accounts" in state.words.text()
    desk.press("Ctrl+Z")
    assert desk.account == NAMES[-1]


def test_an_empty_book_offers_an_import(app: App, clock: ManualClock) -> None:
    app.record(build_day)
    desk = Desk(app, clock)
    state = desk.page.empty.state
    assert state is not None
    assert state.title.text() == "No accounts yet"
    desk.press("Space", "1")
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    desk.close()


def test_a_partner_shows_the_contracts_of_its_end_customers(app: App, clock: ManualClock) -> None:
    def partner_book(work: Work) -> None:
        partner = make.account(work, "Reseller One", kind=AccountKind.PARTNER)
        make.phone(work, make.contact(work, partner, "Pat Partner"), "+16175550100")
        for number, name in enumerate(("End One", "End Two")):
            customer = make.account(work, name)
            ends_on = work.today + timedelta(days=20 + number)
            contract = make.contract(work, customer, ends_on, number=f"P-{number}", partner_id=partner)
            make.renewal(work, contract, customer, ends_on, amount=Decimal(1000))

    app.do(partner_book)
    app.record(refresh_targets)
    app.record(build_day)
    desk = Desk(app, clock)
    assert desk.account == "Reseller One"
    assert [info.title for info in desk.page.context.contracts.shown] == ["End One", "End Two"]
    assert desk.page.context.heading.text() == "End customers' contracts"
    desk.close()


def test_why_here_explains_the_place(desk: Desk) -> None:
    desk.press("W")
    assert desk.page.why.isVisible()
    assert desk.page.why.title.text() == f"Why {NAMES[0]} is here"
    desk.press("1")  # nothing is logged through the sheet
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    desk.press("W")
    assert desk.page.why.isHidden()


@pytest.mark.usefixtures("right_to_left")
def test_the_desk_mirrors_from_right_to_left(app: App, clock: ManualClock) -> None:
    desk = open_desk(app, clock)
    page = desk.page
    assert page.queue.x() > page.space.x() > page.context.x()
    pad = page.space.pad
    assert pad.keys[1].x() > pad.keys[2].x()
    desk.shell.grab()
    desk.close()


def test_the_same_desk_is_painted_the_same_twice(desk: Desk) -> None:
    desk.press("Space", "1", "Ctrl+Z")
    QApplication.processEvents()
    one = desk.shell.grab().toImage()
    desk.press("J", "K")
    QApplication.processEvents()
    assert desk.shell.grab().toImage() == one
