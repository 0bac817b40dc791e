"""What a logged call writes, and what taking it back restores."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from callstation.app import App
from callstation.calling import calls, dial, queue
from callstation.calling.outcomes import OUTCOMES
from callstation.calling.targets import refresh_targets
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.work import Work
from db.stored import from_micros
from db.vocabulary import Disposition, LossReason
from tests import factories

D = Disposition


def one_customer(work: Work, /, **values: object) -> int:
    """A customer with a target; the target's id."""
    account_id = factories.customer(work, ends_on=date(2026, 12, 2), **values)  # type: ignore[arg-type]
    refresh_targets(work)
    return int(work.rows("SELECT id FROM call_target WHERE account_id = ?", (account_id,))[0][0])


def whole_store(work: Work) -> list[object]:
    tables = work.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%' AND name <> 'snapshot_due'"
    )
    return [(name, work.rows(f"SELECT * FROM {name} ORDER BY 1")) for (name,) in tables]


def field(app: App, table: str, column: str) -> object:
    return app.ask(lambda work: work.rows(f"SELECT {column} FROM {table} ORDER BY 1"))[0][0]


def test_a_logged_call_leaves_the_queue_and_is_in_the_outbox(app: App) -> None:
    target_id = app.do(one_customer)
    assert [row.target_id for row in app.ask(queue.page).rows] == [target_id]
    logged = app.do(calls.log_outcome, target_id, D.LEFT_VOICEMAIL, duration_s=31)
    assert app.ask(queue.page).rows == ()
    assert [row.target_id for row in app.ask(queue.done_today)] == [target_id]
    assert app.ask(lambda work: work.rows("SELECT entity, record_id FROM outbox_entry")) == [
        ("activity", logged.activity_id)
    ]
    assert field(app, "activity", "note") == app.settings.voicemail_note
    assert field(app, "phone", "attempts") == 1
    assert logged.next_words == "Again Wed 2:30 PM"
    assert app.undo_label == "Logged Left voicemail for Halden Robotics"


def test_a_retry_of_the_same_day_comes_back_at_its_minute(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_customer)
    logged = app.do(calls.log_outcome, target_id, D.NO_ANSWER)
    assert logged.next_at is not None
    assert logged.next_words == "Again today 4:30 PM"
    clock.jump(logged.next_at - timedelta(minutes=1))
    assert app.ask(queue.page).rows == ()
    clock.advance(61)
    assert [row.section for row in app.ask(queue.page).rows] == ["next"]


def test_a_callback_rises_to_the_top_within_the_look_ahead_and_is_kept_by_a_conversation(
    app: App, clock: ManualClock
) -> None:
    target_id = app.do(one_customer)
    at = clock.now() + timedelta(hours=2)
    with pytest.raises(UserError, match="needs a time"):
        app.do(calls.log_outcome, target_id, D.CALLBACK_AGREED)
    app.do(calls.log_outcome, target_id, D.CALLBACK_AGREED, at=at, note="Has the numbers then")
    assert app.ask(queue.page).rows == ()
    clock.jump(at - timedelta(minutes=20))
    (row,) = app.ask(queue.page).due
    assert row.chip is not None
    assert row.chip.words == "Callback 12:00 PM"
    clock.jump(at)
    app.do(calls.log_outcome, target_id, D.NO_ANSWER)
    assert field(app, "callback", "status") == "open", "no answer leaves the promise owed"
    moved = field(app, "callback", "due_at")
    assert isinstance(moved, int)
    assert from_micros(moved) > at
    app.do(calls.log_outcome, target_id, D.REVIEWING_QUOTE)
    assert field(app, "callback", "status") == "done"


def test_nothing_overdue_ever_drops_out_of_the_queue(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_customer)
    app.do(calls.log_outcome, target_id, D.CALLBACK_AGREED, at=clock.now() + timedelta(hours=2))
    clock.advance(400 * 86400)
    assert [row.target_id for row in app.ask(queue.page).due] == [target_id]


def test_a_declined_renewal_needs_a_reason_and_closes_only_the_contract_in_hand(app: App) -> None:
    def two_contracts(work: Work) -> int:
        target_id = one_customer(work)
        account_id = work.rows("SELECT account_id FROM call_target")[0][0]
        contract_id = factories.contract(work, account_id, date(2027, 1, 15), "C-9")
        factories.renewal(work, contract_id, account_id, date(2027, 1, 15), amount=Decimal(100))
        refresh_targets(work)
        return target_id

    target_id = app.do(two_contracts)
    with pytest.raises(UserError, match="needs a reason"):
        app.do(calls.log_outcome, target_id, D.NOT_RENEWING)
    app.do(calls.log_outcome, target_id, D.NOT_RENEWING, loss_reason=LossReason.PRICE)
    closed = app.ask(lambda work: work.rows("SELECT stage, loss_reason FROM renewal ORDER BY due_on"))
    assert closed == [("lost", "price"), ("not_started", None)]
    left = app.ask(lambda work: work.rows("SELECT renewal_count, amount, next_expiry_on FROM call_target"))
    assert left == [(1, 100_0000, "2027-01-15")]
    assert app.ask(lambda work: work.rows("SELECT count(*) FROM callback")) == [(0,)]
    app.do(calls.log_outcome, target_id, D.ORDER_RECEIVED)
    assert field(app, "callback", "kind") == "follow_up", "after the last contract a check-in is planned"


def test_do_not_call_blocks_number_and_person_by_flag_and_keeps_the_evidence(app: App) -> None:
    target_id = app.do(one_customer)
    app.do(calls.log_outcome, target_id, D.DO_NOT_CALL, label="Renamed by the campaign")
    assert field(app, "phone", "is_do_not_call") == 1
    assert "Asked on a call" in str(field(app, "phone", "do_not_call_evidence"))
    assert field(app, "call_target", "state") == "blocked"
    verdict = app.ask(dial.verdict, target_id)
    assert not verdict.may_dial
    assert not verdict.needs_reason
    app.undo()
    assert app.ask(dial.verdict, target_id).may_dial


def test_a_wrong_number_hands_over_to_the_next_number_or_asks_for_one(app: App) -> None:
    target_id = app.do(one_customer)

    def second(work: Work) -> None:
        factories.phone(work, work.rows("SELECT id FROM contact")[0][0], "+16175550177")

    app.do(second)
    app.do(calls.log_outcome, target_id, D.WRONG_NUMBER)
    shown = "SELECT p.e164, t.state FROM call_target t JOIN phone p ON p.id = t.phone_id"
    assert app.ask(lambda work: work.rows(shown)) == [("+16175550177", "resting")]
    app.do(calls.log_outcome, target_id, D.WRONG_NUMBER)
    assert app.ask(lambda work: work.rows("SELECT state, due_kind FROM call_target")) == [("blocked", "no_number")]


def test_skip_and_snooze_set_aside_until_their_moment(app: App, clock: ManualClock) -> None:
    target_id = app.do(one_customer)
    app.do(calls.skip, target_id, reason="On holiday")
    assert app.ask(queue.page).rows == ()
    app.undo()
    until = clock.now() + timedelta(minutes=30)
    app.do(calls.snooze, target_id, until)
    assert app.ask(queue.page).rows == ()
    clock.jump(until)
    assert [row.section for row in app.ask(queue.page).rows] == ["due"]
    with pytest.raises(UserError, match="has passed"):
        app.do(calls.snooze, target_id, until)


def test_the_log_keeps_the_evidence_of_the_gate(app: App) -> None:
    target_id = app.do(one_customer)
    judged = app.ask(dial.verdict, target_id)
    app.do(calls.log_outcome, target_id, D.NO_ANSWER, evidence=dial.evidence_of(judged, reason="They asked"))
    kept = json.loads(str(field(app, "activity", "evidence")))
    assert kept["rules"]
    assert kept["local"] == {"America/New_York": "2026-11-23T10:00-05:00"}
    assert kept["reason"] == "They asked"


def test_an_address_to_dial_is_rebuilt_from_the_number(app: App) -> None:
    target_id = app.do(one_customer)
    assert app.ask(dial.address, target_id) == "tel:+16175550142"


@tuned(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(list(Disposition)), min_size=1, max_size=8))
def test_any_run_of_outcomes_is_taken_back_exactly(app: App, run: list[Disposition]) -> None:
    while app.undo():
        pass
    target_id = app.do(one_customer)
    states = [app.ask(whole_store)]
    for disposition in run:
        outcome = OUTCOMES[disposition]
        app.do(
            calls.log_outcome, target_id, disposition,
            at=app.clock.now() + timedelta(days=1) if disposition is D.CALLBACK_AGREED else None,
            loss_reason=LossReason.PRICE if outcome.disposition is D.NOT_RENEWING else None,
        )  # fmt: skip
        states.append(app.ask(whole_store))
    for state in reversed(states[:-1]):
        app.undo()
        assert app.ask(whole_store) == state
    for state in states[1:]:
        app.redo()
        assert app.ask(whole_store) == state
    while app.undo():
        pass
