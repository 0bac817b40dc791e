"""Filters as they are typed, told, taken off, saved by name and recalled by digit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest

from callstation.app import App
from callstation.renewals.pipeline_filter import WHOLE, Filter, Standing, Within
from callstation.renewals.saved_filters import saved_filters
from callstation.settings import Settings
from db.vocabulary import ForecastCategory, RenewalStage
from tests.ui.pipeline.conftest import Hands
from tests.ui.walk import HOSTILE
from ui.pipeline.filter_words import parts, said
from ui.pipeline.narrowing import CURRENCIES
from ui.pipeline.typed_filter import read_filter
from ui.widgets import Button

TODAY = date(2026, 11, 23)
DECEMBER = {"closes_from": date(2026, 12, 1), "closes_to": date(2026, 12, 31)}
CASES = {
    "quoted": Filter(stages=(RenewalStage.QUOTED,)),
    "Verbal yes commit": Filter(stages=(RenewalStage.VERBAL_YES,), categories=(ForecastCategory.COMMIT,)),
    "won": Filter(Standing.ALL, stages=(RenewalStage.WON,)),
    "dec": Filter(**DECEMBER),  # type: ignore[arg-type]
    "December 2026": Filter(**DECEMBER),  # type: ignore[arg-type]
    "next month": Filter(within=Within.NEXT_MONTH),
    "this quarter eur": Filter(currencies=("EUR",), within=Within.THIS_QUARTER),
    "this week pipeline": Filter(categories=(ForecastCategory.PIPELINE,), within=Within.THIS_WEEK),
    "feb": Filter(closes_from=date(2027, 2, 1), closes_to=date(2027, 2, 28)),
    "silent 30": Filter(silent_days=30),
    "silent > 30 days slipped": Filter(silent_days=30, is_slipped=True),
    "incomplete growth EUR": Filter(is_growth=True, currencies=("EUR",), is_incomplete=True),
    "overdue": Filter(within=Within.OVERDUE),
    "halden robotics": Filter(text="halden robotics"),
    "quoted Halden": Filter(stages=(RenewalStage.QUOTED,), text="Halden"),
    "": WHOLE,
}


@pytest.mark.parametrize("typed", CASES)
def test_a_filter_is_read_from_words(typed: str) -> None:
    assert read_filter(typed, WHOLE, TODAY, CURRENCIES) == CASES[typed]


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_filter_that_can_be_told(typed: str) -> None:
    wanted = read_filter(typed, WHOLE, TODAY, CURRENCIES)
    assert said(wanted, TODAY, Settings(), str)


@pytest.mark.parametrize("wanted", CASES.values())
def test_taking_off_every_part_leaves_the_whole(wanted: Filter) -> None:
    for _ in range(10):
        found = parts(wanted, TODAY, Settings(), str)
        if not found:
            break
        wanted = found[0].without
    assert wanted == WHOLE


def test_typing_narrows_and_enter_makes_chips(hands: Hands) -> None:
    hands.press("/")
    hands.type("quoted renewals")
    QTest.qWait(200)
    assert hands.accounts() == ["Halden Robotics"]
    assert hands.page.totals.renewals.number.text() == "$48,200"
    hands.press("Return")
    assert [chip.words for chip in hands.page.bar.chips] == ["Renewals", "Quoted"]
    assert hands.page.table.hasFocus()
    hands.page.bar.chips[0].click()
    assert hands.accounts() == ["Halden Robotics", "Halden Robotics"]
    hands.press("0")
    assert len(hands.accounts()) == 5


def test_a_filter_is_saved_by_name_and_recalled_by_its_digit(hands: Hands, app: App) -> None:
    hands.press("/")
    hands.type("slipped")
    hands.press("Return", "F")
    assert hands.page.ask.says.text() == "Slipped."
    hands.type("Moved deals")
    hands.press("Return")
    assert [one.name for one in app.ask(saved_filters)] == ["Moved deals"]
    hands.press("0")
    assert len(hands.accounts()) == 5
    hands.press("1")
    assert hands.accounts() == ["Orchard & Vine"]
    assert hands.page.narrowing.names == [("Moved deals", True)]
    hands.press("Ctrl+Z")
    assert app.ask(saved_filters) == ()


def shown(hands: Hands) -> list[str]:
    return [button.words for button in hands.page.bar.findChildren(Button) if button.isVisible()]


def test_the_bar_says_how_to_take_all_off_and_to_save_until_it_is(hands: Hands) -> None:
    assert shown(hands) == []
    hands.press("/")
    hands.type("slipped")
    hands.press("Return")
    assert shown(hands) == ["Slipped", "Take all off", "Save"]
    next(one for one in hands.page.bar.findChildren(Button) if one.words == "Save").click()
    hands.type("Moved")
    hands.press("Return")
    assert shown(hands) == ["Slipped", "Take all off", "Moved"]
    next(one for one in hands.page.bar.findChildren(Button) if one.words == "Take all off" and one.isVisible()).click()
    assert (shown(hands), len(hands.accounts())) == (["Moved"], 5)


def test_a_digit_without_a_filter_says_so(hands: Hands) -> None:
    hands.press("3")
    assert len(hands.accounts()) == 5


def test_nothing_under_a_filter_says_how_to_get_out(hands: Hands) -> None:
    hands.press("/")
    hands.type("no such account")
    hands.press("Return")
    assert hands.page.layout_.nothing.isVisible()
    assert "0 shows everything open" in hands.page.layout_.nothing.text()
    hands.press("0")
    assert hands.page.table.isVisible()
    assert hands.page.table.hasFocus()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_are_only_words(hands: Hands, hostile: str) -> None:
    hands.press("/")
    hands.page.layout_.search.setText(hostile)
    hands.press("Return")
    assert all(isinstance(chip, Button) for chip in hands.page.bar.chips)
    hands.press("F")
    hands.page.ask.field.setText(hostile)
    hands.press("Return", "Escape", "0")
    assert len(hands.accounts()) == 5


def test_the_list_is_narrowed_to_what_is_like_the_row_in_hand(hands: Hands) -> None:
    hands.press("J", "L")
    assert [button.words for button in hands.page.ask.buttons][:3] == ["Quoted", "Best case", "December 2026"]
    hands.press("1")
    assert hands.accounts() == ["Halden Robotics", "Halden Robotics"]
    assert hands.page.table.hasFocus()
    hands.press("J", "L", "4")
    assert [chip.words for chip in hands.page.bar.chips] == ["Growth", "Quoted"]
    assert hands.page.totals.growth.count.text() == "in 1 growth opportunity"


@pytest.mark.parametrize("digit", range(1, 10))
def test_what_is_like_a_row_has_that_row(hands: Hands, digit: int) -> None:
    row = hands.page.current
    assert row is not None
    hands.press("L", str(digit))
    assert row.account in hands.accounts()


def test_another_filter_takes_the_marks_off_so_that_nothing_out_of_sight_is_changed(hands: Hands) -> None:
    hands.press("Space", "J", "Space")
    assert len(hands.page.marked) == 2
    hands.press("0")
    assert len(hands.page.marked) == 0


def test_the_chip_of_an_account_has_its_name_of_now(hands: Hands, app: App) -> None:
    hands.press("J", "L", "6")
    assert hands.page.bar.chips[0].words == "Halden Robotics"
    app.record(lambda work: work.derive("UPDATE account SET name = 'Halden Robots' WHERE id = 1", told="account"))
    assert hands.page.bar.chips[0].words == "Halden Robots"
