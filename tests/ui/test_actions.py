"""The registry of actions: no key means two things at one place, and every key of the desk is there."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from ui import actions
from ui.actions import ACTIONS, ANYWHERE, PLACES
from ui.pages import PAGES


@pytest.mark.parametrize("page_id", [*(entry.id for entry in PAGES), *PLACES])
def test_a_key_means_one_thing_on_a_page(page_id: str) -> None:
    keys = Counter(QKeySequence(key).toString() for action in ACTIONS if action.is_at(page_id) for key in action.keys)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("page_id", [*(entry.id for entry in PAGES), *PLACES])
def test_no_key_is_the_beginning_of_another(page_id: str) -> None:
    keys = [QKeySequence(key).toString() for action in ACTIONS if action.is_at(page_id) for key in action.keys]
    assert [(a, b) for a in keys for b in keys if a != b and b.startswith(f"{a}, ")] == []


def test_every_key_is_one_that_qt_knows() -> None:
    assert [key for action in ACTIONS for key in action.keys if QKeySequence(key).isEmpty()] == []


def test_ids_are_unique_and_every_action_says_what_it_does() -> None:
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)
    assert [action.id for action in ACTIONS if not (action.label and action.help and action.group)] == []


def test_places_are_pages_or_sheets_with_keys_of_their_own() -> None:
    known = {entry.id for entry in PAGES} | {*PLACES, ANYWHERE}
    assert {place for action in ACTIONS for place in action.where} <= known
    assert {entry.action_id for entry in PAGES if entry.action_id} <= {action.id for action in ACTIONS}


def test_the_keys_of_the_desk_are_all_there() -> None:
    keys = {key for action in ACTIONS if action.is_at("desk") for key in action.keys}
    expected = {"Space", "N", "J", "K", "/", ";", "C", "T", "S", "Z", "I", "?", "0", "Ctrl+K", "Ctrl+,", "Ctrl+Z"}
    expected |= {"Ctrl+Shift+Z", "Ctrl+Q", "Ctrl+O", "G, D", "G, C", "G, A", "Esc"}
    expected |= {str(d) for d in range(1, 10)} | {f"Ctrl+{d}" for d in range(1, 10)}
    assert expected - keys == set()


def test_key_caps_are_split_as_they_are_pressed() -> None:
    assert actions.caps("G, D") == ("G", "D")
    assert len(actions.caps("Ctrl+Shift+Z")) == 3
    assert actions.caps("Ctrl+,")[-1] == ","
    assert actions.caps("/") == ("/",)


def test_on_macos_caps_are_those_of_its_keyboard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert actions.caps("Ctrl+Shift+Z") == ("⌘", "⇧", "Z")


def test_the_readme_table_holds_every_key() -> None:
    table = actions.readme_table()
    for action in ACTIONS:
        shown = action.shown or " or ".join(action.keys)
        if shown:
            assert f"`{shown.replace(', ', ' ')}` | {action.label} |" in table
