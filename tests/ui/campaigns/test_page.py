"""The page of campaigns: made, changed, closed and called by keys; every change saved in its place and undoable."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.campaign_filter import CampaignFilter
from callstation.calling.campaigns import create, detail
from callstation.calling.day import build_day
from callstation.calling.outcomes import DEFAULT_KEYS
from callstation.calling.targets import refresh_targets
from db.vocabulary import AccountKind, CampaignKind, Disposition, Purpose, RenewalStage
from tests.journeys.desk import KEYS, small_book
from tests.ui.walk import HOSTILE, nameless, rich
from ui.calling.page import DeskPage
from ui.campaigns.page import CampaignsPage
from ui.shell import Shell
from ui.theme import theme


@pytest.fixture
def shell(qtbot: QtBot, app: App) -> Iterator[Shell]:
    app.do(small_book)
    app.record(refresh_targets)
    app.record(build_day)
    near = CampaignFilter(expires_from_days=0, expires_to_days=14)
    app.do(create, name="Soon", kind=CampaignKind.EXPIRING, saved_filter=near)
    app.do(create, name="Later", kind=CampaignKind.UPGRADE, saved_filter=CampaignFilter(expires_from_days=15))
    app.forget_steps()
    made = Shell()
    qtbot.addWidget(made)
    made.resize(1440, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app, "campaigns")
    yield made
    made.detach()


@pytest.fixture
def page(shell: Shell) -> CampaignsPage:
    found = shell.page("campaigns")
    assert isinstance(found, CampaignsPage)
    return found


def press(shell: Shell, *keys: str) -> None:
    for key in keys:
        held, _, last = key.rpartition("+")
        modifiers = Qt.KeyboardModifier.ControlModifier if held else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or shell, KEYS.get(last) or Qt.Key(ord(last)), modifiers)


def names(page: CampaignsPage) -> list[str]:
    return [row.name for row in page.list.campaigns]


def saved(page: CampaignsPage) -> Any:
    assert page.campaign_id is not None
    return page.app.ask(detail, page.campaign_id)


def type_into(editor: Any, words: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, words)


def test_the_list_shows_how_far_each_has_come_and_j_walks_it(page: CampaignsPage, shell: Shell, qtbot: QtBot) -> None:
    assert names(page) == ["Soon", "Later"]
    assert [page.list.model.words(0, column) for column in range(4)] == ["Soon", "Expiring", "0 of 2", "Running"]
    assert page.head.progress.text() == "0 of 2 called, 0 conversations, 0 done"
    press(shell, "J")
    qtbot.waitUntil(lambda: page.head.name.text() == "Later")
    press(shell, "K")
    qtbot.waitUntil(lambda: page.head.name.text() == "Soon")


def test_a_makes_a_campaign_with_what_its_kind_starts_with(page: CampaignsPage, shell: Shell, qtbot: QtBot) -> None:
    press(shell, "A")
    press(shell, "Enter")
    assert "needs a name" in page.list.form.field.problem.text()
    QTest.keyClicks(page.list.form.name, "Win them back")
    page.list.form.kind.setCurrentIndex(list(CampaignKind).index(CampaignKind.LAPSED_WIN_BACK))
    press(shell, "Enter")
    assert names(page) == ["Soon", "Later", "Win them back"]
    assert (saved(page).kind, saved(page).saved_filter) == (
        CampaignKind.LAPSED_WIN_BACK, CampaignFilter(is_lapsed=True)
    )  # fmt: skip
    assert page.list.table.hasFocus()
    press(shell, "Ctrl+Z")
    qtbot.waitUntil(lambda: names(page) == ["Soon", "Later"])
    assert page.head.name.text() == "Soon"


def test_escape_leaves_the_form_of_a_new_campaign(page: CampaignsPage, shell: Shell) -> None:
    press(shell, "A")
    QTest.keyClicks(page.list.form.name, "Not now")
    press(shell, "Esc")
    assert page.list.form.isHidden()
    assert names(page) == ["Soon", "Later"]


def test_enter_calls_the_campaign_on_the_desk(page: CampaignsPage, shell: Shell, qtbot: QtBot) -> None:
    press(shell, "J", "Enter")
    desk = shell.page("desk")
    assert isinstance(desk, DeskPage)
    assert (shell.current, desk.queue.campaigns.currentText()) == ("desk", "Later")
    assert desk.campaign_id == page.list.campaigns[1].campaign_id
    qtbot.waitUntil(lambda: desk.card is not None)
    assert desk.card is not None
    assert desk.card.account == "Orchard & Vine"


def test_x_closes_a_campaign_and_opens_it_again(page: CampaignsPage, shell: Shell) -> None:
    press(shell, "X")
    assert names(page) == ["Later", "Soon"]  # closed ones come last, and this one stays in hand
    assert (page.head.name.text(), page.head.state.text(), page.head.call.isHidden()) == ("Soon", "Closed", True)
    press(shell, "Enter")
    assert shell.current == "campaigns"
    press(shell, "X")
    assert names(page) == ["Soon", "Later"]
    press(shell, "Ctrl+Z")
    assert not saved(page).is_active


def test_a_name_is_saved_as_it_is_left_and_an_empty_one_is_told(page: CampaignsPage, shell: Shell) -> None:
    type_into(page.about.name, "Q1 renewals")
    press(shell, "Enter")
    assert saved(page).name == "Q1 renewals"
    assert page.list.model.words(0, 0) == "Q1 renewals"
    page.about.name.selectAll()
    press(shell, "Enter")
    page.about.name.clear()
    press(shell, "Enter")
    assert "needs a name" in page.about.name_field.problem.text()
    assert saved(page).name == "Q1 renewals"
    press(shell, "Esc", "Ctrl+Z")
    assert saved(page).name == "Soon"


def test_another_weight_puts_todays_order_anew(page: CampaignsPage, qtbot: QtBot) -> None:
    def points() -> list[Any]:
        return page.app.ask(lambda work: work.rows("SELECT score FROM call_target ORDER BY id"))

    before = points()
    page.about.weight.box.step(6)
    qtbot.waitUntil(lambda: points()[0] > before[0])
    assert page.app.undo_label == "Changed the campaign Soon"


def test_purpose_and_weight_are_saved_at_once(page: CampaignsPage) -> None:
    page.about.purpose.setCurrentIndex(2)
    page.about.purpose.activated.emit(2)
    page.about.weight.box.step(1)
    assert (saved(page).purpose, saved(page).weight) == (Purpose.CROSS_SELL, 55)


def test_the_number_that_match_follows_the_typing_and_is_saved_when_left(page: CampaignsPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "2 people" in page.filter.count.text())
    type_into(page.filter.words["expires_to_days"], "19")
    qtbot.waitUntil(lambda: "4 people" in page.filter.count.text())
    assert saved(page).saved_filter.expires_to_days == 14
    page.setFocus()
    qtbot.waitUntil(lambda: saved(page).saved_filter.expires_to_days == 19)
    assert page.head.progress.text().startswith("0 of 4")


def test_every_field_of_the_filter_comes_back_as_it_was_typed(page: CampaignsPage, qtbot: QtBot) -> None:
    typed = {
        "expires_from_days": "-30", "expires_to_days": "120", "amount_from": "1,000", "amount_to": "90000.50",
        "not_called_days": "7", "countries": "us, de", "regions": "MA", "currencies": "usd",
    }  # fmt: skip
    for name, words in typed.items():
        type_into(page.filter.words[name], words)
    page.filter.stages[RenewalStage.QUOTED].click()
    page.filter.side.setCurrentIndex(1)
    page.filter.side.activated.emit(1)
    page.setFocus()
    wanted = CampaignFilter(
        expires_from_days=-30, expires_to_days=120, amount_from=Decimal(1000), amount_to=Decimal("90000.50"),
        not_called_days=7, countries=("US", "DE"), regions=("MA",), currencies=("USD",),
        stages=(RenewalStage.QUOTED,), account_kind=AccountKind.CUSTOMER,
    )  # fmt: skip
    qtbot.waitUntil(lambda: saved(page).saved_filter == wanted)
    assert page.filter.words["countries"].words() == "US; DE"


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("expires_to_days", "soon", "no number of days"),
        ("expires_from_days", "90", "cannot go from 90 to 14"),
        ("amount_from", "1.2.3", "no amount"),
        ("countries", "Germany", "no code of 2 letters"),
        ("vendors", "Nobody Inc.", "There is no vendor"),
        ("partner_ids", "Nobody Ltd", "There is no partner"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field_and_not_saved(
    page: CampaignsPage, qtbot: QtBot, name: str, words: str, told: str
) -> None:
    before = saved(page).saved_filter
    type_into(page.filter.words[name], words)
    page.setFocus()
    qtbot.waitUntil(lambda: told in page.filter.fields[name].problem.text())
    assert saved(page).saved_filter == before
    assert "Nothing is saved" in page.filter.count.text()


def test_a_filter_that_is_half_typed_is_saved_when_the_page_is_left(page: CampaignsPage, shell: Shell) -> None:
    type_into(page.filter.words["expires_to_days"], "19")
    shell.go("desk")
    assert saved(page).saved_filter.expires_to_days == 19


def test_keys_take_another_outcome_and_words_and_go_back_to_the_kinds_own(page: CampaignsPage, shell: Shell) -> None:
    outcomes = [page.keys.outcomes[1].itemText(i) for i in range(page.keys.outcomes[1].count())]
    page.keys.outcomes[9].setCurrentIndex(outcomes.index("Busy"))
    page.keys.outcomes[9].activated.emit(outcomes.index("Busy"))
    type_into(page.keys.labels[9], "Line is busy")
    press(shell, "Enter")
    last = saved(page).keys[-1]
    assert (last.digit, last.disposition, last.label) == (9, Disposition.BUSY, "Line is busy")
    page.keys.outcomes[8].setCurrentIndex(outcomes.index("Busy"))
    page.keys.outcomes[8].activated.emit(outcomes.index("Busy"))
    assert "Busy stands on 8 and 9" in page.keys.problem.text()
    page.keys.reset.click()
    assert saved(page).keys == DEFAULT_KEYS[CampaignKind.EXPIRING]
    assert page.keys.problem.isHidden()


def test_the_talk_track_is_saved_when_left_and_goes_back_to_the_kinds_own(page: CampaignsPage) -> None:
    before = saved(page).talk_track
    page.track.track.setFocus()
    page.track.track.put("Ask <b>who</b> signs\nAsk when")
    page.setFocus()
    assert saved(page).talk_track == "Ask <b>who</b> signs\nAsk when"
    page.track.reset.click()
    assert saved(page).talk_track == before
    assert page.track.track.words() == before


def test_without_a_campaign_the_page_offers_one(qtbot: QtBot, app: App) -> None:
    made = Shell()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.attach(app, "campaigns")
    page = made.page("campaigns")
    assert isinstance(page, CampaignsPage)
    assert page.empty.isVisible()
    press(made, "A")
    QTest.keyClicks(page.list.form.name, "First")
    press(made, "Enter")
    assert (names(page), page.empty.isVisible()) == (["First"], False)
    made.detach()


def test_hostile_names_are_plain_text_and_everything_has_a_name(page: CampaignsPage) -> None:
    for place, name in enumerate(word for word in HOSTILE if word.strip()):
        page.app.do(
            create, name=name, kind=CampaignKind.EXPIRING, talk_track=name,
            saved_filter=CampaignFilter(vendors=(name,), expires_to_days=place),
        )  # fmt: skip
        page.open(campaign_id=page.list.campaigns[-1].campaign_id)
        page.refresh()
    assert rich(page) == []
    assert nameless(page) == []
    assert page.minimumSizeHint().width() <= 1093 - 57


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_the_page_fits_a_small_window(page: CampaignsPage, shell: Shell, scheme: str) -> None:
    theme.apply(QApplication.instance(), scheme, 140)  # type: ignore[arg-type]
    shell.resize(1093, 575)
    assert page.minimumSizeHint().width() <= 1093 - 57


def test_partners_are_typed_by_name_and_kept_by_id(page: CampaignsPage, qtbot: QtBot) -> None:
    from tests import factories as make

    partner_id = page.app.do(lambda work: make.account(work, "Acme, Inc. & Sons", kind=AccountKind.PARTNER))
    page.app.do(
        lambda work: make.contract(
            work, make.account(work, "Buyer"), work.today + timedelta(days=9), "P-1", partner_id=partner_id
        )
    )
    type_into(page.filter.words["partner_ids"], "acme, inc. & sons")
    page.setFocus()
    qtbot.waitUntil(lambda: saved(page).saved_filter.partner_ids == (partner_id,))
    assert page.filter.words["partner_ids"].words() == "Acme, Inc. & Sons"
