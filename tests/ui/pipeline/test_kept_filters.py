"""Saved filters by keys: the same name asks, one is renamed, moved, written over, deleted, and each is undone."""

import pytest

from callstation.app import App
from callstation.renewals.pipeline_filter import Filter, to_json
from callstation.renewals.saved_filters import save_filter, saved_filters
from callstation.work import Work
from db.nouns import SavedFilter
from db.vocabulary import RenewalStage
from tests.ui.pipeline.conftest import Hands
from tests.ui.walk import HOSTILE, nameless, rich
from ui.finding import records
from ui.shell import Shell

QUOTED, SLIPPED = Filter(stages=(RenewalStage.QUOTED,)), Filter(is_slipped=True)


@pytest.fixture
def kept(hands: Hands, app: App) -> Hands:
    app.do(save_filter, "Quotes", to_json(QUOTED))
    app.do(save_filter, "Moved deals", to_json(SLIPPED))
    app.do(save_filter, "Renewals", to_json(Filter(is_growth=False)))
    return hands


def names(app: App) -> list[str]:
    return [one.name for one in app.ask(saved_filters)]


def choices(hands: Hands) -> list[str]:
    return [button.words for button in hands.page.ask.buttons]


def test_a_name_that_is_taken_asks_before_it_is_written_over(kept: Hands, app: App) -> None:
    kept.press("2", "F")
    kept.type("quotes")
    kept.press("Return")
    assert kept.page.ask.title.text() == "There is a filter Quotes already"
    assert kept.page.ask.says.text() == "Quoted."
    assert app.ask(saved_filters)[0].text == to_json(QUOTED)
    kept.press("2")
    kept.type("Quotes")
    kept.press("Return", "1")
    assert (names(app), app.ask(saved_filters)[0].text) == (["Quotes", "Moved deals", "Renewals"], to_json(SLIPPED))
    kept.press("Ctrl+Z")
    assert app.ask(saved_filters)[0].text == to_json(QUOTED)


def test_the_filter_that_is_shown_is_told_and_renamed(kept: Hands, app: App) -> None:
    kept.press("2")
    assert kept.page.layout_.said.text() == "1 opportunity under Moved deals."
    assert kept.page.bar.saved[1].accessibleName() == "Saved filter Moved deals, shown now"
    kept.press("Shift+F")
    assert kept.page.ask.title.text() == "Filter Moved deals"
    assert kept.page.ask.says.text() == "2 of 3: Slipped."
    kept.press("1")
    kept.type("Slips")
    kept.press("Return")
    assert names(app) == ["Quotes", "Slips", "Renewals"]
    assert kept.page.table.hasFocus()
    kept.press("Ctrl+Z")
    assert names(app)[1] == "Moved deals"


def test_a_name_of_another_is_refused_in_words(kept: Hands, app: App, told: list[str]) -> None:
    kept.press("2", "Shift+F", "1")
    kept.type("RENEWALS")
    kept.press("Return")
    assert told[-1] == "There is a filter RENEWALS already."
    assert names(app)[1] == "Moved deals"


def test_one_that_is_not_shown_is_picked_first_and_deleted(kept: Hands, app: App) -> None:
    kept.press("Shift+F")
    assert choices(kept) == ["Quotes", "Moved deals", "Renewals"]
    kept.press("3")
    assert choices(kept) == ["Rename", "Delete", "Move to 2", "Write the filter of now over it"]
    kept.press("2")
    assert names(app) == ["Quotes", "Moved deals"]
    kept.press("Ctrl+Z")
    assert names(app) == ["Quotes", "Moved deals", "Renewals"]


def test_one_is_moved_step_by_step_and_its_digit_with_it(kept: Hands, app: App) -> None:
    kept.press("3", "Shift+F", "3")
    assert kept.page.ask.says.text() == "2 of 3: Renewals."
    kept.press("3")
    assert names(app) == ["Renewals", "Quotes", "Moved deals"]
    kept.press("Escape", "0", "1")
    assert kept.page.wanted == Filter(is_growth=False)
    kept.press("Ctrl+Z", "Ctrl+Z")
    assert names(app) == ["Quotes", "Moved deals", "Renewals"]


def test_the_filter_of_now_is_written_over_another(kept: Hands, app: App) -> None:
    kept.press("Shift+F", "1", "4")
    assert app.ask(saved_filters)[0].text == to_json(Filter())
    assert kept.page.layout_.said.text() == "5 opportunities under Quotes."


def test_without_any_it_says_how_to_save_one(hands: Hands, told: list[str]) -> None:
    hands.press("Shift+F")
    assert not hands.page.ask.is_asking
    assert told[-1] == "No filter is saved. F saves the one of now."


def test_the_palette_finds_them_by_name_from_any_page(kept: Hands, app: App, shell: Shell) -> None:
    shell.go("desk")
    found = [one for one in records(shell, app, "moved") if one.icon == "funnel"]
    assert [one.title for one in found] == ["Moved deals"]
    found[0].run()
    assert (shell.current, kept.page.wanted) == ("pipeline", SLIPPED)
    assert [one.title for one in records(shell, app, "filter") if one.icon == "funnel"] == names(app)


def test_one_that_cannot_be_read_any_more_is_told_and_deleted(hands: Hands, app: App, told: list[str]) -> None:
    def spoil(work: Work) -> None:
        work.insert(SavedFilter, page="pipeline", name="Old", filter='{"moon": 1}', position=1)

    app.record(spoil)
    hands.press("1")
    assert told[-1] == "This filter cannot be read."
    hands.press("Shift+F")
    assert hands.page.ask.says.text() == "1 of 1: This filter cannot be read."
    hands.press("2")
    assert names(app) == []


@pytest.mark.parametrize("hostile", [words for words in HOSTILE if words.strip()])
def test_hostile_names_are_only_words(hands: Hands, app: App, hostile: str) -> None:
    hands.press("F")
    hands.page.ask.field.setText(hostile)
    hands.press("Return", "Shift+F")
    assert (rich(hands.page), nameless(hands.page)) == ([], [])
    hands.page.grab()


def test_a_saved_filter_that_went_meanwhile_is_told_and_breaks_nothing(hands: Hands, app: App) -> None:
    for name in ("One", "Two"):
        hands.press("F")
        hands.type(name)
        hands.press("Return")
        hands.press("/")
        hands.type("commit")
        hands.press("Return")
    hands.press("0", "/")
    hands.type("slipped")
    hands.press("Return", "Shift+F")
    assert hands.page.ask.title.text() == "Which saved filter?"
    hands.press("Ctrl+Z", "2")
    assert not hands.page.ask.is_asking or hands.page.ask.title.text() != "Filter Two"


def test_a_saved_filter_that_cannot_be_read_is_told_also_by_a_click_and_from_the_palette(
    hands: Hands, app: App, shell: Shell, told: list[str]
) -> None:
    def save(work: Work) -> None:
        work.insert(SavedFilter, page="pipeline", name="Odd", filter='{"nope": 1}', position=1)

    app.do(save)
    hands.page.bar.saved[0].click()
    assert told == ["This filter cannot be read."]
    next(one for one in records(shell, app, "odd") if one.group == "Filters of the pipeline").run()
    assert told == ["This filter cannot be read."] * 2
