"""What is owed: shown in order with both times, moved, kept, dropped, and the queue follows."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from callstation.app import App
from callstation.calling import callbacks, queue
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.work import Work
from db.vocabulary import CallbackKind
from tests import factories
from tests.accounts.book import whole_store


def one_target(work: Work) -> int:
    factories.customer(work, ends_on=date(2026, 12, 2), time_zone="America/Denver")
    refresh_targets(work)
    return int(work.rows("SELECT id FROM call_target")[0][0])


def test_a_callback_takes_its_target_out_of_the_order_and_to_its_minute(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_target)
    at = clock.now() + timedelta(hours=2)
    callback_id = app.do(callbacks.add, target_id, at, note="After lunch")
    assert app.undo_label == "Set a callback for Halden Robotics, today 12:00 PM"
    assert app.ask(queue.page).rows == ()
    (row,) = app.ask(callbacks.open_callbacks)
    assert (row.callback_id, row.account, row.contact, row.number, row.note, row.is_overdue) == (
        callback_id, "Halden Robotics", "Priya Raman", "+1 (617) 555-0142", "After lunch", False
    )  # fmt: skip
    assert row.their_at is not None
    assert row.their_at == row.due_at == at
    assert row.their_at.hour == 10  # Denver, two hours behind New York
    clock.advance(3 * 3600)
    assert [one.target_id for one in app.ask(queue.page).due] == [target_id]
    assert app.ask(callbacks.open_callbacks)[0].is_overdue


def test_what_falls_due_first_stands_first_and_nothing_overdue_drops_off(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_target)
    later, sooner = (app.do(callbacks.add, target_id, clock.now() + timedelta(hours=hours)) for hours in (5, 1))
    clock.advance(86_400 * 400)
    assert [row.callback_id for row in app.ask(callbacks.open_callbacks)] == [sooner, later]


def test_the_target_waits_for_the_next_thing_owed(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_target)
    first, second = (clock.now() + timedelta(hours=hours) for hours in (1, 5))
    callback_id = app.do(callbacks.add, target_id, first)
    app.do(callbacks.add, target_id, second, kind=CallbackKind.PROMISE)
    assert app.ask(queue.timed)[0].due_at == first
    app.do(callbacks.complete, callback_id)
    assert app.ask(queue.timed)[0].due_at == second


CHANGES: dict[str, tuple[str, Callable[[App, int, ManualClock], object]]] = {
    "complete": ("Kept the promise for Halden Robotics", lambda app, one, _: app.do(callbacks.complete, one)),
    "cancel": ("Cancelled the promise for Halden Robotics", lambda app, one, _: app.do(callbacks.cancel, one)),
    "move": (
        "Moved the promise for Halden Robotics to tomorrow 10:00 AM",
        lambda app, one, clock: app.do(callbacks.reschedule, one, clock.now() + timedelta(days=1)),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_marked_for_the_crm_and_undone_whole(app: App, clock: ManualClock, change: str) -> None:
    label, act = CHANGES[change]
    target_id = app.do(one_target)
    at = clock.now() + timedelta(hours=1)
    callback_id = app.do(callbacks.add, target_id, at, kind=CallbackKind.PROMISE)
    app.do(lambda work: work.derive("DELETE FROM outbox_entry"))
    before = app.ask(whole_store)
    act(app, callback_id, clock)
    assert app.ask(lambda work: work.rows("SELECT entity, record_id FROM outbox_entry")) == [("callback", callback_id)]
    assert ([row.target_id for row in app.ask(queue.timed)] == [target_id]) is (change == "move")
    assert app.undo() == label
    assert app.ask(whole_store) == before


def test_a_closed_callback_cannot_be_closed_again(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_target)
    callback_id = app.do(callbacks.add, target_id, clock.now() + timedelta(hours=1))
    app.do(callbacks.cancel, callback_id)
    for act in (callbacks.complete, callbacks.cancel):
        with pytest.raises(UserError, match="closed already"):
            app.do(act, callback_id)
    with pytest.raises(UserError, match="closed already"):
        app.do(callbacks.reschedule, callback_id, clock.now() + timedelta(hours=1))


def test_a_moment_that_has_passed_is_refused(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_target)
    with pytest.raises(UserError, match="passed"):
        app.do(callbacks.add, target_id, clock.now())
    callback_id = app.do(callbacks.add, target_id, clock.now() + timedelta(hours=1))
    with pytest.raises(UserError, match="passed"):
        app.do(callbacks.reschedule, callback_id, clock.now() - timedelta(minutes=1))
    with pytest.raises(UserError, match="no longer in the queue"):
        app.do(callbacks.add, 999, clock.now() + timedelta(hours=1))
