"""The note: kept while it is typed, snippets at the caret, and words typed on after the log."""

from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.clock import ManualClock
from callstation.settings import Settings
from tests.journeys.desk import NAMES, Desk
from ui.calling import note_keeper

DRAFT = "SELECT text FROM note_draft"


def test_the_note_is_on_disk_half_a_second_after_the_last_key(desk: Desk, qtbot: QtBot) -> None:
    desk.press("N")
    desk.type("Half a sentence")
    assert desk.rows(DRAFT) == []
    qtbot.waitUntil(lambda: desk.rows(DRAFT) == [("Half a sentence",)], timeout=1500)
    assert desk.page.space.note.saved.text() == "Saved"


def test_a_note_survives_a_crash(desk: Desk, app: App, settings: Settings, clock: ManualClock) -> None:
    desk.press("N")
    desk.type("Do not lose me")
    desk.press("Esc")  # the caret leaves the note, which is saved at once
    other = App(app.store, settings=settings, clock=clock)  # as after a kill: nothing was closed
    again = Desk(other, clock)
    assert again.account == desk.account
    assert again.page.space.note.text == "Do not lose me"
    again.close()
    other.close()


def test_the_note_of_one_account_never_shows_with_another(desk: Desk) -> None:
    desk.press("N")
    desk.type("Only for the first")
    desk.press("Esc", "J")
    assert desk.account == NAMES[1]
    assert desk.page.space.note.text == ""
    desk.press("K")
    assert desk.page.space.note.text == "Only for the first"


def test_digits_type_in_the_note_and_log_with_ctrl(desk: Desk) -> None:
    desk.press("Space", "N")
    desk.type("12 seats at 4")
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    desk.press("Ctrl+6", "1")
    assert desk.rows("SELECT note FROM activity") == [("12 seats at 4",)]
    assert not desk.page.space.note.editor.hasFocus()


def test_the_next_account_waits_until_the_note_rests_and_takes_the_words_along(desk: Desk, qtbot: QtBot) -> None:
    desk.page.notes._quiet.setInterval(50)
    assert note_keeper.QUIET_MS == 2000
    desk.press("Space", "N")
    desk.type("Rang")
    desk.press("Ctrl+1")
    assert desk.rows("SELECT note FROM activity") == [("Rang",)]  # saved at once
    assert desk.account == NAMES[0]
    desk.type(" twice")
    qtbot.waitUntil(lambda: desk.account == NAMES[1])
    assert desk.rows("SELECT note FROM activity") == [("Rang twice",)]
    assert desk.rows(DRAFT) == []


def test_leaving_the_note_goes_on_at_once(desk: Desk) -> None:
    desk.press("Space", "N")
    desk.type("Rang")
    desk.press("Ctrl+1", "Esc")
    assert desk.account == NAMES[1]
    assert desk.page.space.note.text == ""


def test_a_snippet_is_taken_by_its_first_letters(desk: Desk) -> None:
    desk.press("N")
    desk.type("Spoke. ;cfo")
    assert desk.page.space.note.popup.isVisible()
    desk.press("Enter")
    assert desk.page.space.note.text == "Spoke. Needs CFO sign-off."
    assert not desk.page.space.note.popup.isVisible()


def test_a_semicolon_after_a_word_is_only_a_semicolon(desk: Desk) -> None:
    desk.press("N")
    desk.type("one; two")
    assert desk.page.space.note.text == "one; two"
    assert not desk.page.space.note.popup.isVisible()


def test_the_semicolon_key_opens_the_snippets_from_outside_the_note(desk: Desk) -> None:
    desk.press(";", "Down", "Enter")
    assert desk.page.space.note.text.startswith("Comparing with a competitor:")


def test_ctrl_z_takes_typing_back_first_and_then_the_last_log(desk: Desk) -> None:
    desk.press("Space", "1", "N")
    desk.type("x")
    desk.press("Ctrl+Z")
    assert desk.page.space.note.text == ""
    assert desk.rows("SELECT count(*) FROM activity") == [(1,)]
    desk.press("Ctrl+Z")
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    assert desk.account == NAMES[0]


def test_talk_points_are_ticked_top_to_bottom_and_remembered(desk: Desk) -> None:
    desk.press("T", "T")
    assert desk.page.space.track.done == (0, 1)
    desk.press("J", "K")
    assert desk.page.space.track.done == (0, 1)
