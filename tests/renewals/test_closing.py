"""The closing checklist, what is left to close, and the lapse lane with its cost per day."""

from datetime import date
from decimal import Decimal

import pytest

from callstation.app import App
from callstation.calling.calls import log_outcome
from callstation.clock import ManualClock
from callstation.errors import UserError
from callstation.quotes import quotes
from callstation.quotes.worksheet import Choices
from callstation.renewals.closing import Checklist, checklist_of, clear_step, lapse_lane, mark_step, to_close
from callstation.renewals.lapse import cost_per_day, next_lapse_call
from callstation.work import Work
from db.nouns import Renewal
from db.vocabulary import ClosingStep, Disposition, LossReason, QuoteOption, RenewalStage
from tests.quotes import shop
from tests.quotes.shop import everything, marked, notes, owed, sent

S = ClosingStep


@pytest.fixture
def target(app: App) -> int:
    return app.do(shop.halden)


def _list(app: App) -> Checklist:
    return app.ask(checklist_of, 1)


def _all_steps(app: App) -> None:
    for step in S:
        app.do(mark_step, 1, step, words="PO-77" if step is S.ORDER_NUMBER else "")


def _won(app: App, target: int) -> None:
    app.do(log_outcome, target, Disposition.ORDER_RECEIVED)


def test_nothing_is_done_at_first(app: App, target: int) -> None:
    assert _list(app).missing == tuple(S)
    assert not _list(app).is_complete
    assert [one.label for one in _list(app).steps][:2] == ["Quote accepted", "Order number"]


def test_a_step_is_ticked_off_with_its_moment_and_stands_on_the_timeline(
    app: App, target: int, clock: ManualClock
) -> None:
    done = app.do(mark_step, 1, S.ORDER_NUMBER, words=" PO \n 77 ")
    assert done.label == "Order number PO 77: C-1003, Halden Robotics"
    assert _list(app).order_number == "PO 77"
    assert next(one.done_at for one in _list(app).steps if one.step is S.ORDER_NUMBER) == clock.now()
    assert notes(app, "closing") == ["C-1003: Order number PO 77"]
    assert marked(app) == [("activity", 1)]


def test_an_order_number_is_a_number(app: App, target: int) -> None:
    with pytest.raises(UserError, match="order number is missing"):
        app.do(mark_step, 1, S.ORDER_NUMBER, words="  ")


def test_ticking_again_changes_nothing_and_new_words_correct_the_old(app: App, target: int) -> None:
    app.do(mark_step, 1, S.ORDER_NUMBER, words="PO-77")
    app.do(mark_step, 1, S.ORDER_PLACED)
    assert app.do(mark_step, 1, S.ORDER_PLACED).label == "Order placed was done already"
    app.do(mark_step, 1, S.ORDER_NUMBER, words="PO-78")
    assert _list(app).order_number == "PO-78"
    assert len(notes(app, "closing")) == 3


def test_a_placed_order_does_not_win_an_open_renewal_but_offers_it(app: App, target: int) -> None:
    done = app.do(mark_step, 1, S.ORDER_PLACED)
    assert "Order received" in done.offer
    assert _list(app).stage is RenewalStage.NOT_STARTED


def test_a_tick_does_not_accept_the_quote_that_is_out_but_offers_it(app: App, target: int) -> None:
    assert app.do(mark_step, 1, S.QUOTE_ACCEPTED).offer == ""
    app.undo()
    sent(app, target)
    assert app.do(mark_step, 1, S.QUOTE_ACCEPTED).offer == "Quote Q-2026-0001 v1 still waits for its answer: accept it."


def test_a_quote_accepted_after_the_order_came_ticks_its_step_and_chases_nothing(app: App, target: int) -> None:
    made = sent(app, target)
    _won(app, target)
    app.do(quotes.accept_quote, made.quote_id)
    assert S.QUOTE_ACCEPTED not in _list(app).missing
    assert [note for _, _, note in owed(app) if note.startswith("Order for")] == []


def test_a_won_renewal_is_complete_only_when_all_is_done(app: App, target: int) -> None:
    _won(app, target)
    assert _list(app).words.startswith("Won, not complete: quote accepted, order number")
    _all_steps(app)
    assert (_list(app).is_complete, _list(app).words) == (True, "Complete")
    assert notes(app, "closing")[-1] == "C-1003: Customer told. The renewal is complete"


def test_all_steps_without_a_win_are_not_complete(app: App, target: int) -> None:
    _all_steps(app)
    assert not _list(app).is_complete
    assert _list(app).words == "All steps done, not won yet"


def test_a_tick_is_taken_back(app: App, target: int) -> None:
    app.do(mark_step, 1, S.ORDER_PLACED)
    app.do(clear_step, 1, S.ORDER_PLACED)
    assert S.ORDER_PLACED in _list(app).missing
    with pytest.raises(UserError, match="not done yet"):
        app.do(clear_step, 1, S.ORDER_PLACED)


def test_ticks_are_undone_to_the_byte(app: App, target: int) -> None:
    before = everything(app)
    _all_steps(app)
    for _ in S:
        app.undo()
    assert everything(app) == before


def test_a_lost_renewal_has_nothing_to_close(app: App, target: int) -> None:
    app.do(log_outcome, target, Disposition.NOT_RENEWING, loss_reason=LossReason.PRICE)
    with pytest.raises(UserError, match="is lost"):
        app.do(mark_step, 1, S.ORDER_PLACED)
    with pytest.raises(UserError, match="no renewal 99"):
        app.ask(checklist_of, 99)


# -- what is to close --------------------------------------------------------------------------------------------------


def test_an_open_renewal_is_not_to_close_until_somebody_said_yes(app: App, target: int) -> None:
    assert app.ask(to_close) == ()
    made = sent(app, target)
    assert app.ask(to_close) == ()
    app.do(quotes.accept_quote, made.quote_id)
    (row,) = app.ask(to_close)
    assert (row.quote, row.days, row.is_won) == ("Q-2026-0001 v1", 0, False)
    assert row.missing_words == "Order number, order placed, licence delivered, customer told missing"


def test_what_was_accepted_is_what_is_to_be_closed(app: App, target: int) -> None:
    made = sent(app, target, Choices(option=QuoteOption.THREE_YEARS))
    app.do(quotes.accept_quote, made.quote_id)
    (row,) = app.ask(to_close)
    assert row.amount == Decimal(32400), "three years, not the year that was up for renewal"


def test_days_count_from_the_yes(app: App, target: int, clock: ManualClock) -> None:
    app.do(log_outcome, target, Disposition.VERBAL_YES)
    clock.advance(4 * 86400)
    assert [(row.days, row.stage) for row in app.ask(to_close)] == [(4, RenewalStage.VERBAL_YES)]


def test_a_won_renewal_stays_until_it_is_complete(app: App, target: int) -> None:
    _won(app, target)
    app.do(mark_step, 1, S.ORDER_NUMBER, words="PO-77")
    (row,) = app.ask(to_close)
    assert (row.is_won, row.order_number, row.amount, row.currency) == (True, "PO-77", Decimal(10800), "USD")
    _all_steps(app)
    assert app.ask(to_close) == ()


# -- the lapse lane ----------------------------------------------------------------------------------------------------


def _late(app: App, due_on: date) -> None:
    app.do(lambda work: work.update(Renewal, 1, due_on=due_on))


def test_a_late_renewal_costs_its_yearly_value_by_the_day(app: App, target: int) -> None:
    _late(app, date(2026, 11, 13))
    (row,) = app.ask(lapse_lane)
    assert row.days_late == 10
    assert (row.cost_per_day, row.cost_so_far) == (Decimal("29.59"), Decimal("295.90"))


@pytest.mark.parametrize(
    ("amount", "months", "currency", "cost"),
    [
        ("36500", "12", "USD", "100.00"),
        ("73000", "24", "USD", "100.00"),
        ("10800", "12", "USD", "29.59"),
        ("1000", "12", "JPY", "3"),
        ("0", "12", "USD", "0.00"),
    ],
)
def test_cost_per_day_is_rounded_to_the_minor_unit(amount: str, months: str, currency: str, cost: str) -> None:
    assert cost_per_day(Decimal(amount), Decimal(months), currency) == Decimal(cost)


def test_the_lane_holds_what_is_neither_complete_nor_lost_the_dearest_first(app: App, target: int) -> None:
    def more(work: Work) -> None:
        shop.owned(work, 1, 1, ends_on=date(2026, 11, 10), number="C-2", value="99000")
        shop.owned(work, 1, 1, ends_on=date(2026, 11, 23), number="C-3")
        lost = shop.owned(work, 1, 1, ends_on=date(2026, 11, 1), number="C-4")
        work.update(Renewal, lost, stage=RenewalStage.LOST, closed_at=work.now)

    app.do(more)
    _late(app, date(2026, 11, 13))
    assert [row.contract_number for row in app.ask(lapse_lane)] == ["C-2", "C-1003"]
    _won(app, target)
    rows = {row.contract_number: row.missing_words for row in app.ask(lapse_lane)}
    assert rows["C-1003"].startswith("quote accepted")
    _all_steps(app)
    assert [row.contract_number for row in app.ask(lapse_lane)] == ["C-2"]


def test_currencies_are_compared_by_their_rates(app: App, target: int) -> None:
    app.do(
        lambda work: shop.owned(
            work, 1, 1, ends_on=date(2026, 11, 10), number="C-JP", value="20000", currency="JPY", starts_on=None
        )
    )
    _late(app, date(2026, 11, 13))
    assert [row.contract_number for row in app.ask(lapse_lane)] == ["C-JP", "C-1003"]
    app.settings = app.settings.with_values(rates="JPY: 0.0067, 2026-11-20")
    assert [row.contract_number for row in app.ask(lapse_lane)] == ["C-1003", "C-JP"]


def test_a_value_nobody_knows_has_no_cost(app: App, target: int) -> None:
    _late(app, date(2026, 11, 13))
    app.do(lambda work: work.update(Renewal, 1, amount=None))
    (row,) = app.ask(lapse_lane)
    assert (row.cost_per_day, row.cost_so_far) == (None, None)


@pytest.mark.parametrize(
    ("last", "today", "expected"),
    [
        (None, 1, 1),
        (1, 1, 2),
        (3, 4, 4),
        (5, 5, 12),
        (5, 9, 12),
        (5, 13, 13),
        (12, 12, 19),
        (13, 13, 19),
        (None, 40, 40),
        (-3, 0, 1),
    ],
)
def test_calls_are_daily_for_five_days_then_weekly(last: int | None, today: int, expected: int) -> None:
    day = date(2026, 11, 1).toordinal()
    called = None if last is None else date.fromordinal(day + last)
    found = next_lapse_call(date.fromordinal(day), called, date.fromordinal(day + today))
    assert found.toordinal() - day == expected


def test_the_next_call_is_on_a_working_day_and_what_was_agreed_comes_first(
    app: App, target: int, clock: ManualClock
) -> None:
    _late(app, date(2026, 11, 21))
    assert app.ask(lapse_lane)[0].next_call_on == date(2026, 11, 23)
    clock.advance(2 * 86400)
    app.do(log_outcome, target, Disposition.NO_ANSWER)
    assert app.ask(lapse_lane)[0].next_call_on == date(2026, 11, 27)
    agreed = clock.now().replace(day=30, hour=16)
    clock.advance(86400)
    app.do(log_outcome, target, Disposition.CALLBACK_AGREED, at=agreed)
    assert app.ask(lapse_lane)[0].next_call_on == date(2026, 11, 30)
