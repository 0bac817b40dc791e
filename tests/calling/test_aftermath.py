"""What an outcome leaves behind for everybody else: other contracts, other numbers, partners, promises."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from callstation.app import App
from callstation.calling import callbacks, calls, notes, queue
from callstation.calling.day import build_day
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.work import Work
from db.nouns import Contract
from db.vocabulary import AccountKind, Disposition, LossReason
from tests import factories
from tests.accounts.book import whole_store
from tests.conftest import MONDAY_MORNING

D = Disposition
SOON = date(2026, 12, 2)


def customer(work: Work, /, name: str = "Halden Robotics", ends_on: date = SOON, **values: Any) -> int:
    account_id = factories.customer(work, name, ends_on=ends_on, **values)
    refresh_targets(work)
    return int(work.rows("SELECT id FROM call_target WHERE account_id = ?", (account_id,))[0][0])


def another_contract(work: Work, /, account_id: int, ends_on: date, **values: Any) -> int:
    contract_id = factories.contract(work, account_id, ends_on, "C-again", **values)
    factories.renewal(work, contract_id, account_id, ends_on)
    refresh_targets(work, [account_id])
    return contract_id


def via_partners(work: Work, *names: str) -> list[int]:
    """A customer with one contract through each of these partners; the ids of the partners' accounts."""
    customer_id = factories.account(work, "Orchard & Vine")
    factories.phone(work, factories.contact(work, customer_id), "+16175550100")
    made = []
    for place, name in enumerate(names):
        partner_id = factories.account(work, name, kind=AccountKind.PARTNER)
        factories.phone(work, factories.contact(work, partner_id, f"Sam of {name}"), f"+1617555011{place}")
        contract_id = factories.contract(work, customer_id, SOON, f"C-{name}", partner_id=partner_id)
        factories.renewal(work, contract_id, customer_id, SOON)
        made.append(partner_id)
    refresh_targets(work)
    return made


def covered(app: App) -> list[tuple[Any, ...]]:
    """(account, contracts) of every target that has something to renew."""
    sql = (
        "SELECT a.name, t.renewal_count FROM call_target t JOIN account a ON a.id = t.account_id "
        "WHERE t.renewal_count > 0 ORDER BY a.name"
    )
    return app.ask(lambda work: work.rows(sql))


def state(app: App, target_id: int) -> tuple[Any, ...]:
    return app.ask(lambda work: work.rows("SELECT state, due_kind FROM call_target WHERE id = ?", (target_id,)))[0]


def build(app: App) -> None:
    app.record(build_day)


def test_a_declined_contract_does_not_take_the_others_out_of_the_queue(app: App, clock: ManualClock) -> None:
    target_id = app.do(customer)
    app.do(another_contract, 1, date(2026, 12, 20))
    app.do(calls.log_outcome, target_id, D.NOT_RENEWING, loss_reason=LossReason.PRICE)
    clock.advance(86400)
    build(app)
    assert [row.target_id for row in app.ask(queue.page).rows] == [target_id]


def test_a_new_contract_is_called_before_the_win_back_of_the_old_one(app: App, clock: ManualClock) -> None:
    target_id = app.do(customer)
    app.do(calls.log_outcome, target_id, D.NOT_RENEWING, loss_reason=LossReason.PRICE)
    clock.advance(2 * 86400)
    app.do(another_contract, 1, date(2026, 12, 20))
    build(app)
    assert [row.target_id for row in app.ask(queue.page).next] == [target_id]
    clock.advance(181 * 86400)
    build(app)
    assert [row.target_id for row in app.ask(queue.page).due] == [target_id], "and the win-back has its day"


def test_a_partner_who_must_not_be_called_leaves_the_calls_to_the_customers(app: App) -> None:
    app.do(via_partners, "Partner A")
    assert covered(app) == [("Partner A", 1)]
    (target_id,) = [row.target_id for row in app.ask(queue.page).rows]
    app.do(calls.log_outcome, target_id, D.DO_NOT_CALL)
    assert covered(app) == [("Orchard & Vine", 1)]


def test_a_second_person_is_called_after_the_first_asked_not_to_be(app: App, clock: ManualClock) -> None:
    target_id = app.do(customer)
    app.do(lambda work: factories.phone(work, factories.contact(work, 1, "Sam Ortiz"), "+16175550199"))
    app.do(calls.log_outcome, target_id, D.DO_NOT_CALL)
    assert app.ask(queue.page).rows == ()
    clock.advance(86400)
    assert [row.contact for row in app.ask(queue.page).rows] == ["Sam Ortiz"]


def test_a_number_shared_by_two_accounts_is_dead_or_blocked_for_both(app: App) -> None:
    def share(work: Work) -> tuple[int, int]:
        first, second = customer(work), customer(work, "Kestrel Foods", e164="+16175550188")
        work.derive("UPDATE contact_phone SET phone_id = 1")
        refresh_targets(work)
        return first, second

    first, second = app.do(share)
    app.do(calls.log_outcome, first, D.WRONG_NUMBER)
    assert state(app, second) == ("blocked", "no_number")
    app.undo()
    assert state(app, second) == ("ready", None)
    app.do(calls.log_outcome, first, D.DO_NOT_CALL)
    assert state(app, second) == ("blocked", "do_not_call")


def test_a_refresh_of_one_partner_leaves_the_contracts_of_another_with_him(app: App) -> None:
    a, _ = app.do(via_partners, "Partner A", "Partner B")
    assert covered(app) == [("Partner A", 1), ("Partner B", 1)]
    app.do(refresh_targets, [a])
    assert covered(app) == [("Partner A", 1), ("Partner B", 1)]


def test_a_contract_that_moves_to_another_partner_leaves_nothing_with_the_first(app: App) -> None:
    _, b = app.do(via_partners, "Partner A", "Partner B")

    def move(work: Work) -> None:
        work.update(Contract, 1, partner_id=b)
        refresh_targets(work, [1])

    app.do(move)
    assert covered(app) == [("Partner B", 2)]


def test_an_overdue_retry_or_snooze_far_from_the_end_is_not_put_off_to_the_next_touch_point(
    app: App, clock: ManualClock
) -> None:
    target_id = app.do(customer, ends_on=date(2027, 6, 15))  # 204 days: between touch points
    for what in (
        lambda: app.do(calls.log_outcome, target_id, D.LEFT_VOICEMAIL),
        lambda: app.do(calls.snooze, target_id, clock.now() + timedelta(hours=2)),
        lambda: app.do(calls.skip, target_id),
    ):
        what()
        clock.advance(3 * 86400)
        build(app)
        build(app)
        assert [row.target_id for row in app.ask(queue.page).rows] == [target_id]


def test_a_skipped_target_still_rises_at_the_minute_that_was_agreed(app: App, clock: ManualClock) -> None:
    target_id = app.do(customer)
    at = clock.now() + timedelta(hours=3)
    app.do(callbacks.add, target_id, at)
    app.do(calls.skip, target_id)
    clock.jump(at)
    assert [row.target_id for row in app.ask(queue.page).due] == [target_id]


def test_a_callback_that_met_a_wrong_number_does_not_come_up_again_at_once(app: App, clock: ManualClock) -> None:
    target_id = app.do(customer)
    app.do(callbacks.add, target_id, clock.now() + timedelta(minutes=5))
    app.do(calls.log_outcome, target_id, D.WRONG_NUMBER)
    assert app.ask(queue.page).rows == ()
    assert len(app.ask(callbacks.open_callbacks)) == 1, "but it is still owed"


def test_who_must_not_be_called_stays_out_of_the_queue_whatever_is_logged(app: App, clock: ManualClock) -> None:
    target_id = app.do(customer)
    app.do(calls.log_outcome, target_id, D.DO_NOT_CALL)
    app.do(calls.log_outcome, target_id, D.NO_ANSWER)
    assert state(app, target_id) == ("blocked", "do_not_call")
    app.do(calls.snooze, target_id, clock.now() + timedelta(minutes=5))
    assert state(app, target_id) == ("blocked", "do_not_call")


def test_a_yes_ends_the_risk(app: App) -> None:
    target_id = app.do(customer)
    app.do(calls.log_outcome, target_id, D.REDUCING_SEATS)
    app.do(calls.log_outcome, target_id, D.REVIEWING_QUOTE)
    stage = "SELECT stage FROM renewal"
    assert app.ask(lambda work: work.rows(stage)) == [("at_risk",)]
    app.do(calls.log_outcome, target_id, D.VERBAL_YES)
    assert app.ask(lambda work: work.rows(stage)) == [("verbal_yes",)]


STAGES = "SELECT stage, category FROM renewal ORDER BY due_on"
MOVED, LEFT = ("verbal_yes", "commit"), ("not_started", "pipeline")


def test_a_yes_moves_what_is_up_and_nothing_that_ends_long_after(app: App) -> None:
    target_id = app.do(customer)
    for days in (-20, 120, 121, 365):
        app.do(another_contract, 1, MONDAY_MORNING.date() + timedelta(days=days))
    logged = app.do(calls.log_outcome, target_id, D.VERBAL_YES)
    assert app.ask(Work.rows, STAGES) == [MOVED, MOVED, MOVED, LEFT, LEFT]
    assert logged.next_words == "Commit, chase Fri 10:00 AM; 2 later contracts stay as they are"
    (never,) = app.ask(Work.rows, "SELECT count(*) FROM renewal WHERE last_contact_at IS NULL")
    assert never == (0,), "the person was spoken to"


def test_where_nothing_is_up_the_call_is_about_what_ends_first(app: App) -> None:
    target_id = app.do(customer, ends_on=date(2027, 8, 1))
    app.do(another_contract, 1, date(2027, 10, 1))
    logged = app.do(calls.log_outcome, target_id, D.REDUCING_SEATS)
    assert app.ask(Work.rows, STAGES) == [("at_risk", "pipeline"), LEFT]
    assert logged.next_words.endswith("; a later contract stays as it is")


def test_a_call_is_taken_back_though_a_new_note_was_begun(app: App) -> None:
    target_id = app.do(customer)
    app.do(notes.keep_draft, target_id, "Wants two years")
    app.do(calls.log_outcome, target_id, D.NO_ANSWER, note="Wants two years")
    app.do(notes.keep_draft, target_id, "Also asked for")
    assert app.undo() == "Logged No answer for Halden Robotics"
    kept = app.ask(notes.draft, target_id)
    assert kept is not None
    assert kept.text == "Wants two years"


def test_a_contract_that_is_not_open_here_cannot_be_won_or_lost(app: App) -> None:
    target_id = app.do(customer)
    app.do(customer, "Kestrel Foods", e164="+16175550188")
    with pytest.raises(UserError, match="not open with this account"):
        app.do(calls.log_outcome, target_id, D.ORDER_RECEIVED, renewal_id=2)
    app.do(calls.log_outcome, target_id, D.ORDER_RECEIVED, renewal_id=1)
    assert covered(app) == [("Kestrel Foods", 1)]


def test_random_days_leave_every_open_contract_with_somebody_and_are_taken_back_exactly(
    app: App, clock: ManualClock
) -> None:
    """Many outcomes over many days on partners, shared numbers and several contracts."""
    chance = random.Random(7)

    def fill(work: Work) -> None:
        via_partners(work, "Partner A", "Partner B")
        for number in range(6):
            target_id = customer(work, f"Customer {number}", e164=f"+16175550{200 + number}")
            account_id = work.rows("SELECT account_id FROM call_target WHERE id = ?", (target_id,))[0][0]
            another_contract(work, account_id, date(2027, 3 + number, 1), partner_id=1 + number % 3)
            factories.phone(work, factories.contact(work, account_id, "Second"), f"+16175550{300 + number}")
        work.derive("UPDATE contact_phone SET phone_id = 1 WHERE id IN (4, 6)")
        refresh_targets(work)
        work.journal.images.clear()  # the book itself is not part of what is taken back

    app.do(fill)
    build(app)
    before = app.ask(whole_store)
    for _ in range(150):
        rows = app.ask(lambda work: work.rows("SELECT id FROM call_target ORDER BY id"))
        target_id, what = chance.choice(rows)[0], chance.choice([*Disposition, "skip", "snooze", "callback"])
        at = clock.now() + timedelta(minutes=chance.choice([7, 90, 3000]))
        if what == "skip":
            app.do(calls.skip, target_id)
        elif what == "snooze":
            app.do(calls.snooze, target_id, at)
        elif what == "callback":
            app.do(callbacks.add, target_id, at)
        else:
            given = at if what is D.CALLBACK_AGREED else None
            app.do(calls.log_outcome, target_id, D(what), at=given, loss_reason=LossReason.PRICE)
        assert app.ask(misplaced) == [], (target_id, what)
        assert app.do(refresh_targets) == 0, "and the whole book agrees with what was done account by account"
        clock.advance(chance.choice([60, 3600]))
    while app.undo():
        pass
    assert app.ask(whole_store) == before


def misplaced(work: Work) -> list[Any]:
    """Targets that count wrong, open renewals with nobody to call, and states that do not fit."""
    counted = work.rows(
        "SELECT t.id FROM call_target t WHERE t.renewal_count <> "
        "(SELECT count(*) FROM renewal r WHERE r.target_id = t.id AND r.closed_at IS NULL)"
    )
    adrift = work.rows("SELECT id FROM renewal WHERE closed_at IS NULL AND target_id IS NULL")
    silent = work.rows(
        "SELECT id FROM call_target WHERE state = 'finished' AND renewal_count > 0 "
        "OR state = 'ready' AND (renewal_count = 0 OR phone_id IS NULL)"
    )
    return [*counted, *adrift, *silent]
