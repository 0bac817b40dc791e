"""The plan of a contract: P shows every step of its cadence with its day and its reason."""

import pytest
from PySide6.QtWidgets import QApplication

from db.vocabulary import StepStatus
from tests.journeys.desk import Desk
from tests.ui.walk import nameless, rich
from ui.calling.plan_sheet import LOOKS
from ui.theme import theme


def test_p_shows_every_step_of_the_contract_as_a_row(desk: Desk) -> None:
    desk.press("P")
    sheet, card = desk.page.plan, desk.page.card
    assert card is not None
    assert card.plan is not None
    assert sheet.isVisible()
    assert desk.account in sheet.title.text()
    assert tuple(row.step for row in sheet.rows) == card.plan.steps
    for row in sheet.rows:
        assert LOOKS[row.step.status][0] in row.accessibleName()
        assert row.step.reason.rstrip(".") in row.accessibleName()
        assert row.day in row.accessibleName()


@pytest.mark.parametrize("key", ["P", "Esc"])
def test_p_and_escape_close_the_plan_and_give_the_keys_back(desk: Desk, key: str) -> None:
    desk.press("P", "1")  # a digit under the sheet logs nothing
    assert desk.rows("SELECT count(*) FROM activity WHERE kind = 'call'") == [(0,)]
    desk.press(key)
    assert not desk.page.plan.isVisible()
    desk.press("Space")
    assert desk.page.loop.phase == "calling"


def test_a_plan_that_waits_for_a_callback_says_when_it_wakes_up(desk: Desk) -> None:
    first = desk.account
    desk.press("Space", "6")
    desk.type("in 9 days at 10am")
    desk.press("Enter")
    target_id = desk.rows(
        "SELECT t.id FROM call_target t JOIN account a ON a.id = t.account_id WHERE a.name = ?", first
    )
    desk.page.open(target_id=target_id[0][0])
    desk.press("P")
    paused = [row for row in desk.page.plan.rows if row.step.status is StepStatus.PAUSED]
    assert paused
    assert all("Wakes up" in row.why and "callback" in row.why for row in paused)


def test_the_plan_opens_at_the_step_that_is_next_and_scrolls(desk: Desk) -> None:
    desk.shell.resize(1093, 575)
    desk.press("P")
    bar = desk.page.plan.area.verticalScrollBar()
    assert bar.maximum() > 0
    desk.press("Down")
    desk.page.plan.area.verticalScrollBar().setValue(0)
    desk.press("J", "Down")
    assert bar.value() > 0
    assert desk.page.plan.card.geometry().bottom() <= desk.page.plan.height()


@pytest.mark.parametrize("scheme", ["light", "dark", "high contrast"])
def test_the_plan_is_plain_text_in_every_look(desk: Desk, scheme: str) -> None:
    theme.apply(QApplication.instance(), scheme, 140)  # type: ignore[arg-type]
    desk.press("P")
    assert nameless(desk.page.plan) == []
    assert rich(desk.page.plan) == []
