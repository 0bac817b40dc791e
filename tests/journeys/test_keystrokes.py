"""How many keys each thing takes, from an account on screen to its outcome saved and the next account on screen."""

from dataclasses import replace

from callstation.app import App
from callstation.clock import ManualClock
from callstation.settings import Settings
from tests.journeys.desk import NAMES, Desk, open_desk

CALLS = (
    "SELECT a.name, y.disposition, y.note FROM activity y JOIN account a ON a.id = y.account_id WHERE y.kind = 'call'"
)


def test_no_answer_takes_two_keys(desk: Desk) -> None:
    desk.press("Space", "1")
    assert desk.presses == 2
    assert desk.rows(CALLS) == [("Halden Robotics", "no_answer", "")]
    assert desk.account == "Blue Fjord Logistics"
    assert desk.dialler.rung == ["tel:+16175550142"]


def test_no_answer_takes_one_key_with_dial_on_open(app: App, clock: ManualClock, settings: Settings) -> None:
    app.settings = replace(settings, is_dialled_on_open=True)
    desk = open_desk(app, clock)
    desk.press("Space", "1")  # the first account is opened by the window, not by a log
    assert desk.page.loop.phase == "calling"
    before = desk.presses
    desk.press("1")
    assert desk.presses - before == 1
    assert [row[0] for row in desk.rows(CALLS)] == list(NAMES[:2])
    assert desk.account == NAMES[2]
    assert len(desk.dialler.rung) == 3
    desk.close()


def test_voicemail_with_its_standard_note_takes_two_keys(desk: Desk) -> None:
    desk.press("Space", "2")
    assert desk.presses == 2
    assert desk.rows(CALLS) == [("Halden Robotics", "left_voicemail", desk.app.settings.voicemail_note)]
    assert desk.account == "Blue Fjord Logistics"


def test_a_callback_tomorrow_at_the_same_time_takes_three_keys(desk: Desk) -> None:
    desk.press("Space", "6", "2")
    assert desk.presses == 3
    assert desk.rows(CALLS) == [("Halden Robotics", "callback_agreed", "")]
    due = desk.rows("SELECT datetime(due_at / 1000000, 'unixepoch'), status, their_zone FROM callback")
    assert due == [("2026-11-24 15:00:00", "open", "America/New_York")]
    assert desk.account == "Blue Fjord Logistics"


def test_renewing_with_a_note_takes_four_keys_beside_the_typing(desk: Desk) -> None:
    desk.press("Space", "N")
    desk.type("Yes to one year, order this week.")
    desk.press("Ctrl+5", "1")
    assert desk.presses == 4
    assert desk.rows(CALLS) == [("Halden Robotics", "verbal_yes", "Yes to one year, order this week.")]
    assert desk.rows("SELECT stage, category FROM renewal WHERE id = 1") == [("verbal_yes", "commit")]
    assert desk.account == "Blue Fjord Logistics"


def test_undo_takes_one_key_and_brings_the_account_back_with_its_note(desk: Desk) -> None:
    desk.press("Space", "N")
    desk.type("Rang twice")
    desk.press("Esc", "1")
    assert desk.account == "Blue Fjord Logistics"
    before = desk.presses
    desk.press("Ctrl+Z")
    assert desk.presses - before == 1
    assert desk.account == "Halden Robotics"
    assert desk.page.space.note.text == "Rang twice"
    assert desk.rows(CALLS) == []
    assert desk.rows("SELECT state, attempts FROM call_target WHERE id = 1") == [("ready", 0)]
    assert desk.rows("SELECT count(*) FROM outbox_entry") == [(0,)]
