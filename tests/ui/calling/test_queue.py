"""The queue beside the call: tabs, search, campaigns, and the list that grows as it is scrolled."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from callstation.app import App
from callstation.calling.campaign_filter import CampaignFilter
from callstation.calling.campaigns import create
from callstation.clock import ManualClock
from db.vocabulary import CampaignKind
from tests.journeys.desk import NAMES, Desk, open_desk
from ui.calling.queue_model import Heading, QueueModel
from ui.calling.queue_panel import CALLBACKS, DONE, TO_CALL


def shown(desk: Desk) -> list[str]:
    """The accounts in the list, without headings."""
    model = desk.page.queue.model
    items = [model.item(place) for place in range(model.rowCount())]
    return [item.account for item in items if item is not None and not isinstance(item, Heading)]


def test_the_queue_stands_in_its_order_under_its_headings(desk: Desk) -> None:
    assert sorted(shown(desk)) == sorted(NAMES)
    assert desk.page.queue.model.data(desk.page.queue.model.index(0)) == "Up next, 5"


def test_j_and_k_walk_the_list(desk: Desk) -> None:
    order = shown(desk)
    desk.press("J", "J", "K")
    assert desk.account == order[1]
    desk.press("K", "K", "K")
    assert desk.account == order[0]


def test_j_is_refused_during_a_call(desk: Desk) -> None:
    desk.press("Space", "J")
    assert desk.account == NAMES[0]
    assert "on a call" in desk.said


def test_a_logged_call_moves_from_one_tab_to_another(desk: Desk) -> None:
    desk.press("Space", "6", "2")
    assert NAMES[0] not in shown(desk)
    tabs = desk.page.queue.tabs
    tabs.setCurrentIndex(DONE)
    assert shown(desk) == [NAMES[0]]
    tabs.setCurrentIndex(CALLBACKS)
    assert shown(desk) == [NAMES[0]]
    tabs.setCurrentIndex(TO_CALL)
    assert desk.page.queue.called.text() == "1 of 5 called"
    assert desk.page.queue.conversations.text() == "1 conversation"


@pytest.mark.parametrize("typed", ["kestrel", "Person 3", "5550145"])
def test_search_finds_by_account_contact_or_number(desk: Desk, typed: str) -> None:
    desk.press("/")
    desk.type(typed)
    assert shown(desk) == ["Kestrel Analytics"]
    desk.press("Enter")
    assert desk.account == "Kestrel Analytics"
    desk.press("Space")  # the hand is back on the keys
    assert desk.page.loop.phase == "calling"


def test_a_search_without_result_says_so_and_escape_shows_the_queue_again(desk: Desk) -> None:
    desk.press("/")
    desk.type("zzzz")
    assert shown(desk) == []
    assert 'Nothing found for "zzzz"' in desk.page.queue.nothing.text()
    desk.press("Esc")
    assert len(shown(desk)) == 5
    desk.press("Esc", "J")
    assert desk.account == shown(desk)[1]


def test_a_campaign_has_its_own_queue_and_keys(app: App, clock: ManualClock) -> None:
    near = CampaignFilter(expires_from_days=0, expires_to_days=14)
    app.do(lambda work: create(work, name="Soon", kind=CampaignKind.EXPIRING, saved_filter=near))
    desk = open_desk(app, clock)
    app.record(lambda work: create(work, name="Touch", kind=CampaignKind.TOUCH_POINT, saved_filter=CampaignFilter()))
    desk.page.refresh()
    campaigns = desk.page.queue.campaigns
    assert [campaigns.itemText(place) for place in range(campaigns.count())] == ["All renewals", "Soon", "Touch"]
    campaigns.setCurrentIndex(2)
    campaigns.activated.emit(2)
    assert "Spoke, next time" in [key.label for key in desk.page.space.pad.keys.values()]
    desk.press("Space", "1")
    assert desk.rows("SELECT campaign_id FROM activity") == [(2,)]
    desk.close()


def test_a_click_on_a_row_opens_it_and_leaves_the_keys_alone(desk: Desk) -> None:
    page = desk.page
    place = page.queue.model.place_of(page.queue.model.targets()[2])
    assert place is not None
    at = page.queue.list.visualRect(page.queue.model.index(place)).center()
    QTest.mouseClick(page.queue.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.account == shown(desk)[2]
    desk.press("Space")
    assert page.loop.phase == "calling"


def test_the_list_grows_as_it_is_scrolled(app: App, clock: ManualClock) -> None:
    desk = open_desk(app, clock, tuple(f"Company {number:03d}" for number in range(70)))
    model = desk.page.queue.model
    assert len(model.targets()) == 50
    desk.page.queue.list.scrollToBottom()
    QTest.qWait(1)
    assert len(model.targets()) == 70
    desk.close()


def test_the_model_keeps_qts_rules(desk: Desk) -> None:
    model = desk.page.queue.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    desk.press("Space", "1", "S", "Ctrl+Z")
    assert isinstance(model, QueueModel)
    assert tester.model() is model
