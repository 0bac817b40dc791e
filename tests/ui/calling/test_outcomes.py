"""What the keys of the desk do: outcomes, the strip, the gate, skip and snooze, undo and redo."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.clock import ManualClock
from callstation.settings import Settings
from callstation.work import Work
from db.nouns import Phone
from db.vocabulary import Disposition
from tests.journeys.desk import NAMES, Desk, open_desk

LAST = "SELECT disposition, note, duration_s, loss_reason, competitor FROM activity ORDER BY id DESC LIMIT 1"


def test_the_timer_runs_from_space_to_the_digit_and_is_logged(desk: Desk) -> None:
    desk.press("Space")
    desk.clock.advance(252)
    desk.page.show_clock()
    assert desk.page.space.head.clock.shown == "04:12"
    desk.press("1")
    assert desk.rows(LAST)[0][2] == 252


def test_space_again_ends_the_call_without_logging(desk: Desk) -> None:
    desk.press("Space")
    desk.clock.advance(60)
    desk.press("Space")
    desk.clock.advance(500)
    assert desk.page.loop.phase == "wrap_up"
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    desk.press("1")
    assert desk.rows(LAST)[0][2] == 60


def test_the_call_keeps_the_evidence_of_the_gate(desk: Desk) -> None:
    desk.press("Space", "1")
    assert '"rules"' in desk.rows("SELECT evidence FROM activity")[0][0]


def test_a_reason_is_asked_for_declined_and_a_digit_gives_it(desk: Desk) -> None:
    desk.press("Space", "8")
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    desk.press("2")
    assert desk.rows(LAST)[0][:4] == ("not_renewing", "", 0, "budget")
    assert "budget" in desk.said
    assert desk.account == NAMES[1]


def test_a_competitor_is_named_by_typing(desk: Desk) -> None:
    desk.press("Space", "8", "3")
    desk.type("Northwind")
    desk.press("Enter")
    assert desk.rows(LAST)[0][3:] == ("competitor", "Northwind")


def test_the_last_reasons_are_behind_zero(desk: Desk) -> None:
    desk.press("Space", "8", "0")
    desk.type("dupl")
    desk.press("Enter")
    assert desk.rows(LAST)[0][3] == "duplicate_contract"


@pytest.mark.parametrize(("key", "disposition"), [("4", "wrong_number"), ("9", "do_not_call")])
def test_what_cannot_be_taken_lightly_asks_first_and_escape_goes_back(desk: Desk, key: str, disposition: str) -> None:
    desk.press("Space", key)
    desk.press("Esc")
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    assert desk.page.loop.phase == "calling"
    desk.press(key, "1")
    assert desk.rows(LAST)[0][0] == disposition


def test_a_typed_time_is_shown_in_both_zones_before_it_is_taken(app: App, clock: ManualClock) -> None:
    app.settings = Settings(time_zone="America/Los_Angeles")
    desk = open_desk(app, clock)
    desk.press("Space", "6")
    desk.type("wed 10am")
    strip = desk.page.space.strip
    assert strip.strong.text() == "Wed 25 Nov, 10:00 AM in Boston"
    assert strip.words.text() == "7:00 AM for you, before your day starts."
    desk.press("Enter")
    due = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
    assert desk.rows("SELECT due_at FROM callback") == [(int(due.timestamp()) * 1_000_000,)]
    desk.close()


def test_a_time_that_is_not_understood_is_not_taken(desk: Desk) -> None:
    desk.press("Space", "6")
    desk.type("blursday")
    desk.press("Enter")
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    assert "not understood" in desk.page.space.strip.words.text()


def test_an_outcome_without_a_key_is_found_by_its_name(desk: Desk) -> None:
    desk.press("Space", "0")
    desk.type("busy")
    desk.press("Enter")
    assert desk.rows(LAST)[0][0] == "busy"
    assert desk.account == NAMES[1]


def test_a_blocked_number_is_never_rung(desk: Desk) -> None:
    def block(work: Work) -> None:
        work.update(Phone, 1, is_do_not_call=True, do_not_call_evidence="Asked by letter")

    desk.app.do(block)
    desk.press("Space")
    assert desk.page.loop.phase == "ready"
    assert desk.dialler.rung == []
    assert desk.page.space.last.words.accessibleName() == desk.said != ""


def test_a_second_call_within_four_hours_needs_a_typed_reason_which_is_kept(desk: Desk) -> None:
    desk.press("Space", "1")
    desk.page.open(target_id=1)
    desk.press("Space")
    assert desk.page.loop.phase == "ready"
    desk.press("Enter")  # without a reason nothing happens
    assert (desk.page.loop.phase, len(desk.dialler.rung)) == ("ready", 1)
    desk.type("They asked for 1 more call")
    desk.press("Enter")
    assert (desk.page.loop.phase, len(desk.dialler.rung)) == ("calling", 2)
    desk.press("1")
    assert '"reason": "They asked for 1 more call"' in desk.rows("SELECT evidence FROM activity ORDER BY id DESC")[0][0]


def test_the_clipboard_takes_the_number_by_setting(app: App, clock: ManualClock, settings: Settings) -> None:
    app.settings = replace(settings, dial_with="clipboard")
    desk = open_desk(app, clock)
    desk.press("Space")
    assert QGuiApplication.clipboard().text() == "+16175550142"
    assert desk.dialler.rung == []
    desk.close()


def test_a_skip_is_logged_and_the_next_opens(desk: Desk) -> None:
    desk.press("S")
    assert desk.rows("SELECT kind FROM activity") == [("skip",)]
    assert desk.account == NAMES[1]
    desk.press("Ctrl+Z")
    assert desk.account == NAMES[0]


def test_a_snooze_comes_back_at_its_minute_without_interrupting_a_call(desk: Desk) -> None:
    desk.press("Z", "2")
    assert desk.account == NAMES[1]
    desk.press("Space")
    desk.clock.advance(3601)
    desk.page.tick()
    assert desk.account == NAMES[1]  # the call goes on
    first = desk.page.queue.model.targets()[0]
    assert desk.rows(
        "SELECT a.name FROM call_target t JOIN account a ON a.id = t.account_id WHERE t.id = ?", first
    ) == [(NAMES[0],)]
    desk.press("1")
    assert desk.account == NAMES[0]  # and then the one whose minute has come


def test_undo_and_redo_go_many_steps_deep(desk: Desk) -> None:
    desk.press("Space", "1", "Space", "6", "2", "Space", "2")
    assert desk.account == NAMES[3]
    before = desk.rows("SELECT id, uid, disposition FROM activity ORDER BY id")
    for name in reversed(NAMES[:3]):
        desk.press("Ctrl+Z")
        assert desk.account == name
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]
    assert desk.rows("SELECT count(*) FROM callback") == [(0,)]
    desk.press("Ctrl+Shift+Z", "Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert desk.rows("SELECT id, uid, disposition FROM activity ORDER BY id") == before


def test_undo_in_the_middle_of_a_call_stays_with_the_call(desk: Desk) -> None:
    desk.press("Space", "1", "Space")
    desk.press("Ctrl+Z")
    assert desk.account == NAMES[1]
    assert desk.page.loop.phase == "calling"
    assert desk.rows("SELECT count(*) FROM activity") == [(0,)]


def test_asking_or_staying_after_a_log_is_a_setting(app: App, clock: ManualClock, settings: Settings) -> None:
    app.settings = replace(settings, after_logging="ask")
    desk = open_desk(app, clock)
    desk.press("Space", "1")
    assert desk.account == NAMES[0]
    desk.press("Enter")
    assert desk.account == NAMES[1]
    app.settings = replace(settings, after_logging="stay")
    desk.press("Space", "1")
    assert desk.account == NAMES[1]
    desk.press("J")
    assert desk.account == NAMES[2]
    desk.close()


def test_a_call_logged_elsewhere_leaves_the_queue_of_the_desk(desk: Desk) -> None:
    desk.app.do(log_outcome, 2, Disposition.NO_ANSWER)
    assert 2 not in desk.page.queue.model.targets()
    assert desk.account == NAMES[0]


def test_the_day_turns_into_a_fresh_queue(desk: Desk, qtbot: QtBot) -> None:
    desk.press("Space", "1")
    desk.clock.advance(timedelta(days=1).total_seconds())
    desk.page.tick()
    qtbot.waitUntil(lambda: desk.page.queue.called.text() == "0 of 5 called")
    assert desk.account


def test_the_number_is_copied_by_one_key(desk: Desk) -> None:
    desk.press("C")
    assert QGuiApplication.clipboard().text() == "+16175550142"
    assert desk.said == "Copied +1 (617) 555-0142."


def test_other_pages_bring_an_account_to_the_desk(desk: Desk) -> None:
    desk.shell.go("desk", account_id=3)
    assert desk.account == NAMES[2]
    desk.press("Space", "1")
    assert desk.rows("SELECT account_id FROM activity") == [(3,)]
